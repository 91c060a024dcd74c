"""What a vendor meets at the first start: each thing that stands in the way is said in words, with the way on."""

import os
import socket
import subprocess
from collections.abc import Iterator

import pytest
from django.conf import settings


def started(name: str = "server", **environment: str) -> subprocess.CompletedProcess[str]:
    """What a script says and how it ends, where it must not get as far as to serve."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("YUETAN_")}
    script = settings.BASE_DIR / "script" / name
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


def test_a_folder_that_cannot_be_written_is_named():
    done = started(YUETAN_LISTEN="127.0.0.1:1", YUETAN_VAR="/dev/null/var")
    assert done.returncode == 1
    assert "不能写入目录 /dev/null/var。" in done.stderr
    assert done.stderr.strip().endswith("script/server。")


@pytest.mark.parametrize("script", ["server", "manage"])
def test_who_may_install_nothing_reads_what_to_have_installed_and_what_to_run_again(script, tmp_path):
    """As anybody but root on a machine without the packages."""
    for name, lines in {"dpkg-query": "exit 0", "id": "echo 1000", "sudo": "exit 1"}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{lines}\n")
        (tmp_path / name).chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    done = started(script, PATH=path, YUETAN_LISTEN="127.0.0.1:1", YUETAN_VAR=str(tmp_path / "var"))
    assert done.returncode == 1
    assert f"然后重新运行 {settings.BASE_DIR / 'script' / script}：" in done.stderr
    assert "sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends ca-certificates" in done.stderr


@pytest.mark.parametrize("listen", ["8000", "localhost", "127.0.0.1:http"])
def test_an_address_without_a_port_is_no_address(listen):
    done = started(YUETAN_LISTEN=listen)
    assert done.returncode == 1
    assert done.stderr.strip() == f"YUETAN_LISTEN 应写成“地址:端口”，如 127.0.0.1:8000，现在是：{listen}"
