"""The worker of gunicorn that serves the site: whoever sends or reads slowly waits by himself, and keeps no thread.

gunicorn's own `gthread` gives a thread to each connection that has sent a first byte and lets it wait without end, so
that eight half-sent requests stop a site of eight threads. Here the loop that waits for all connections reads heads
and small bodies itself; a thread gets a request that is there. A large body is read by its thread, at a least speed
and by not more than half of the threads at once, after the application has judged its head. What a thread sends must
be taken at that speed, too.
"""

from __future__ import annotations

import errno
import re
import selectors
import socket
import time
from collections import Counter, deque
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from ipaddress import ip_address
from itertools import takewhile
from typing import TYPE_CHECKING

from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

REQUEST_SECONDS = 20  # for a head, and for a body that is small
SMALL_BODY = MAX_HEAD = 64 * 1024
STALL_SECONDS = 15  # without a single byte
GRACE_SECONDS, MIN_RATE = 20.0, 4096  # bytes a second, of the time spent waiting for the other side
CONNECTIONS_OF_ADDRESS = 60  # but for proxies, which come from one address for everybody
LINGER_SECONDS = 2
CROWDED = 0.9

UNREADABLE = """<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>请求无法识别</title>
<h1>请求无法识别</h1><p>网址太长，或者浏览器发来的内容不完整，没有受理。请返回上一页，减少筛选条件后再试。</p></html>""".encode()

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
_UNKNOWN_LENGTH = re.compile(rb"\r\n(transfer-encoding|expect):", re.IGNORECASE)


class PatientSocket(socket.socket):
    """A connection whose other side must keep up a least speed; else it is as if it had gone away."""

    def __init__(self, accepted: socket.socket) -> None:
        super().__init__(fileno=accepted.detach())
        self._moved, self._waited = 0, 0.0

    def setblocking(self, flag: bool, /) -> None:
        """Where it blocks, not for ever."""
        self.settimeout(STALL_SECONDS if flag else 0.0)

    def begin(self) -> None:
        """Another request: what was slow before is forgotten."""
        self._moved, self._waited = 0, 0.0

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        """As of any socket; raises ConnectionResetError if the other side is too slow."""
        began = time.monotonic()
        try:
            part = super().recv(bufsize, flags)
        except TimeoutError as error:
            raise _too_slow() from error
        self._keep_pace(len(part), began)
        return part

    def sendall(self, data: Buffer, flags: int = 0, /) -> None:
        """As of any socket; raises ConnectionResetError if the other side is too slow."""
        left = memoryview(data)
        while left:
            began = time.monotonic()
            try:
                sent = self.send(left, flags)
            except TimeoutError as error:
                raise _too_slow() from error
            self._keep_pace(sent, began)
            left = left[sent:]

    def _keep_pace(self, moved: int, began: float) -> None:
        self._moved += moved
        self._waited += time.monotonic() - began
        if self._waited > GRACE_SECONDS + self._moved / MIN_RATE:
            raise _too_slow()


def _too_slow() -> ConnectionResetError:
    return ConnectionResetError(errno.ECONNRESET, "the other side is too slow")


class PatientConnection(TConn):
    """A connection and what has arrived of its next request."""

    sock: PatientSocket

    def __init__(self, worker: PatientWorker, accepted: socket.socket, client: object, server: object) -> None:
        super().__init__(worker.cfg, PatientSocket(accepted), client, server)
        self.data_ready = True
        self.received, self.is_large, self.until = bytearray(), False, 0.0
        self.address = client[0] if isinstance(client, tuple) else ""
        self._worker, self._is_open = worker, True

    def close(self, graceful: bool = False) -> None:
        """As gunicorn's own; the address may then open another."""
        if self._is_open:
            self._is_open = False
            self._worker.addresses[self.address] -= 1
            self._worker.addresses += Counter()  # forgets those that have none
            if graceful and self._worker.alive:
                self._worker.linger(self)
                return
        super().close()

    def is_complete(self) -> bool:
        """Whether a thread can begin: with all of the request, or with the head of one that is large."""
        end = self.received.find(b"\r\n\r\n")
        if end < 0:
            return len(self.received) > MAX_HEAD  # which gunicorn refuses
        head = bytes(self.received[: end + 2])
        length = _LENGTH.search(head)
        expected = int(length[1]) if length else 0
        self.is_large = expected > SMALL_BODY or bool(_UNKNOWN_LENGTH.search(head))
        return self.is_large or len(self.received) >= end + 4 + expected


class PatientWorker(ThreadWorker):
    """gunicorn's worker with threads, which are given only what has arrived. It speaks no TLS: nginx does that."""

    addresses: Counter[str]

    def __init__(self, *args: object, **keywords: object) -> None:
        super().__init__(*args, **keywords)
        self.addresses = Counter()
        self._arriving: dict[PatientConnection, None] = {}  # in the order in which their time is over
        self._lingering: dict[PatientConnection, None] = {}
        self._queued: deque[PatientConnection] = deque()
        self._large_running = 0

    @classmethod
    def check_config(cls, cfg: Config, log: object) -> None:
        """Raises ValueError for what it cannot do."""
        super().check_config(cfg, log)
        if cfg.is_ssl:
            raise ValueError("PatientWorker 不支持 TLS，请由 nginx 提供 HTTPS（见 deploy/README.md）。")

    def accept(self, listener: socket.socket) -> None:
        """Take a connection and wait for its first request; not more than so many from one address."""
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        conn = PatientConnection(self, accepted, client, listener.getsockname())
        self.nr_conns += 1
        self.addresses[conn.address] += 1
        if self.addresses[conn.address] > CONNECTIONS_OF_ADDRESS and not self._is_proxy(conn.address):
            self._drop(conn)
            return
        if self.nr_conns > self.worker_connections * CROWDED and self._arriving:
            self._drop_arriving(next(iter(self._arriving)))
        self._await_request(conn)

    def _is_proxy(self, address: str) -> bool:
        """Whether it is trusted to speak for many, as a socket of this machine is."""
        return not address or any(ip_address(address) in network for network in self.cfg.forwarded_allow_networks())

    def on_client_socket_readable(self, conn: PatientConnection, client: socket.socket) -> None:
        """The next request of a connection that was kept begins to arrive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self._await_request(conn)

    def _await_request(self, conn: PatientConnection) -> None:
        conn.sock.setblocking(False)
        conn.until = time.monotonic() + REQUEST_SECONDS
        self._arriving[conn] = None
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_arrival, conn))

    def _on_arrival(self, conn: PatientConnection, client: socket.socket) -> None:
        if conn not in self._arriving:
            return  # dropped while the same events were gone through
        try:
            part = conn.sock.recv(SMALL_BODY)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        if not part:
            self._drop_arriving(conn)
            return
        conn.received += part
        if conn.is_complete():
            self.poller.unregister(client)
            del self._arriving[conn]
            self._queue(conn)

    def _queue(self, conn: PatientConnection) -> None:
        if conn.is_large and self._large_running >= max(1, self.cfg.threads // 2):
            self._queued.append(conn)
            return
        self._large_running += conn.is_large
        self.enqueue_req(conn)

    def handle(self, conn: PatientConnection) -> object:
        """Serve what has arrived; runs in a thread."""
        conn.sock.begin()
        conn.sock.setblocking(True)
        conn.init()
        received, conn.received = bytes(conn.received), bytearray()
        conn.parser.unreader.unread(received)
        return super().handle(conn)

    def handle_error(self, req: object, client: socket.socket, addr: object, exc: Exception) -> None:
        """Answer what is no request at all in the words of the site."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        head = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
        with suppress(OSError):
            client.sendall(f"{head}Content-Length: {len(UNREADABLE)}\r\n\r\n".encode() + UNREADABLE)

    def finish_request(self, conn: PatientConnection, fs: Future[object]) -> None:
        """A thread is free again: the next large request may begin."""
        if conn.is_large:
            conn.is_large = False
            self._large_running -= 1
        super().finish_request(conn, fs)
        if self._queued:
            self._queue(self._queued.popleft())

    def linger(self, conn: PatientConnection) -> None:
        """Let the other side read the answer to its end before the connection is closed; the loop waits for nobody."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
            self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._on_lingering, conn))
        except OSError:
            conn.close()
            return
        conn.until = time.monotonic() + LINGER_SECONDS
        self._lingering[conn] = None

    def _on_lingering(self, conn: PatientConnection, client: socket.socket) -> None:
        try:
            if conn in self._lingering and not conn.sock.recv(SMALL_BODY):
                self._end_lingering(conn)
        except BlockingIOError:
            return
        except OSError:
            self._end_lingering(conn)

    def _end_lingering(self, conn: PatientConnection) -> None:
        del self._lingering[conn]
        self.poller.unregister(conn.sock)
        conn.close()

    def murder_pending(self) -> None:
        """Close the connections whose request did not arrive in time; called every second."""
        super().murder_pending()
        now = time.monotonic()
        for conn in list(takewhile(lambda each: each.until < now, self._arriving)):
            self._drop_arriving(conn)
        for conn in list(takewhile(lambda each: each.until < now, self._lingering)):
            self._end_lingering(conn)
        if not self.alive:  # nobody who has sent nothing is waited for
            for conn in [each for each in self._arriving if not each.received]:
                self._drop_arriving(conn)

    def _drop_arriving(self, conn: PatientConnection) -> None:
        del self._arriving[conn]
        self.poller.unregister(conn.sock)
        self._drop(conn)

    def _drop(self, conn: PatientConnection) -> None:
        self.nr_conns -= 1
        conn.close()
