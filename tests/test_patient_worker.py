"""The worker of the site under a real gunicorn: slow clients keep no thread, and quick ones are served meanwhile."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing

import pytest
from django.conf import settings

THREADS = 2
SITE = """
import time
import yuetan.patient_worker as worker

worker.REQUEST_SECONDS, worker.STALL_SECONDS, worker.GRACE_SECONDS, worker.LINGER_SECONDS = 2, 2, 1.0, 1
worker_class = worker.PatientWorker
workers, threads, keepalive, sendfile, control_socket_disable = 1, 2, 5, False, True

def application(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/large":  # answers by the head alone
        start_response("413 Too Large", [("Content-Length", "2")])
        return [b"no"]
    body = environ["wsgi.input"].read()
    content = b"x" * 30_000_000 if path == "/much" else str(len(body)).encode()
    start_response("200 OK", [("Content-Length", str(len(content)))])
    return [content[at:at + 8192] for at in range(0, len(content), 8192)]
"""
HEAD = b"POST / HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a small site of one process with two threads, whose patience is two seconds."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "slow_site.py").write_text(SITE)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "slow_site", "--bind", f"127.0.0.1:{port}", "--config"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(settings.BASE_DIR)])}
    with subprocess.Popen([*command, "python:slow_site"], cwd=folder, env=environment) as server:
        try:
            _await(port)
            yield port
        finally:
            server.terminate()


def _await(port: int) -> None:
    for _ in range(600):
        try:
            ask(port)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site did not start")


def ask(port: int, path: str = "/", body: bytes = b"") -> bytes:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("POST", path, body)
        return connection.getresponse().read()


def is_closed_soon(connection: socket.socket) -> bool:
    connection.settimeout(30)
    try:
        while connection.recv(65536):
            pass
    except ConnectionResetError:
        return True
    return True


@pytest.mark.parametrize(
    "half",
    [b"GET / HTTP/1.1\r\nX-A: b", HEAD + b"Content-Length: 9\r\n\r\nab", HEAD + b"Content-Length: 999999\r\n\r\nab"],
    ids=["head", "small body", "large body"],
)
def test_half_sent_requests_keep_nobody_waiting_and_are_ended(site, half):
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", site))) for _ in range(5 * THREADS)]
        for each in slow:
            each.sendall(half)
        began = time.monotonic()
        assert ask(site, body=b"abc") == b"3"
        assert time.monotonic() - began < 1.5  # before the patience with any of them is over
        assert all(is_closed_soon(each) for each in slow)


def test_answers_that_are_not_read_keep_nobody_waiting_and_are_ended(site):
    with socket.create_connection(("127.0.0.1", site)) as slow:
        slow.sendall(b"GET /much HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert ask(site, body=b"abc") == b"3"
        time.sleep(4)
        read, part = 0, b"-"
        while part:
            try:
                part = slow.recv(65536)
            except ConnectionResetError:
                break
            read += len(part)
        assert read < 30_000_000


def test_whole_requests_of_every_size_are_served_on_one_connection(site):
    with closing(http.client.HTTPConnection("127.0.0.1", site, timeout=30)) as connection:
        for size in (0, 10, 65_000, 3_000_000, 5):
            connection.request("POST", "/", b"x" * size)
            assert connection.getresponse().read() == str(size).encode()
    assert len(ask(site, "/much")) == 30_000_000


def test_a_request_that_comes_byte_by_byte_is_served(site):
    with socket.create_connection(("127.0.0.1", site)) as connection:
        for byte in HEAD + b"Content-Length: 3\r\nConnection: close\r\n\r\nabc":
            connection.sendall(bytes([byte]))
        assert b"\r\n\r\n3" in _all(connection)


def test_what_is_refused_by_its_head_is_answered_though_its_body_never_comes(site):
    with socket.create_connection(("127.0.0.1", site)) as connection:
        connection.sendall(b"POST /large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 629145600\r\n\r\n")
        assert _all(connection).startswith(b"HTTP/1.1 413")


def test_a_head_without_end_is_refused(site):
    with socket.create_connection(("127.0.0.1", site)) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * 20_000)
        assert _all(connection)[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 431")


@pytest.mark.parametrize("line", [b"GET /" + b"a" * 9000 + b" HTTP/1.1", b"no request at all", b"GET / HTTP/9.9"])
def test_what_is_no_request_is_refused_in_words(site, line):
    with socket.create_connection(("127.0.0.1", site)) as connection:
        connection.sendall(line + b"\r\nHost: localhost\r\n\r\n")
        answer = _all(connection)
    assert answer.startswith(b"HTTP/1.1 400")
    assert "请求无法识别" in answer.decode()


def _all(connection: socket.socket) -> bytes:
    connection.settimeout(30)
    content = b""
    try:
        while part := connection.recv(65536):
            content += part
    except ConnectionResetError:
        pass
    return content
