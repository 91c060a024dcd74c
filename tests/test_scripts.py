"""What a vendor meets at the first start: each thing that stands in the way is said in words, with the way on."""

import os
import socket
import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings


def started(**environment: str) -> subprocess.CompletedProcess[str]:
    """What script/server says and how it ends, where it must not get as far as to serve."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUETAN_")}
    script = settings.BASE_DIR / "script" / "server"
    return subprocess.run(
        [script], env=kept | environment, capture_output=True, text=True, timeout=60, check=False, cwd="/"
    )


@pytest.fixture
def used_port() -> Iterator[int]:
    """A port at which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_port_in_use_is_said_before_anything_is_set_up(used_port):
    done = started(YUETAN_LISTEN=f"127.0.0.1:{used_port}")
    assert done.returncode == 1
    assert f"端口 {used_port} 上已有程序在运行" in done.stderr
    assert f"YUETAN_LISTEN=127.0.0.1:{used_port + 1} script/server" in done.stderr
    assert done.stdout == ""


def test_other_computers_need_a_name_to_call_it_by():
    done = started(YUETAN_LISTEN="0.0.0.0:8000")
    assert done.returncode == 1
    assert "YUETAN_ALLOWED_HOSTS=" in done.stderr


@pytest.mark.parametrize("listen", ["8000", "localhost", "127.0.0.1:http"])
def test_an_address_without_a_port_is_no_address(listen):
    done = started(YUETAN_LISTEN=listen)
    assert done.returncode == 1
    assert done.stderr.strip() == f"YUETAN_LISTEN 应写成“地址:端口”，如 127.0.0.1:8000，现在是：{listen}"
