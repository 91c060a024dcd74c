"""How long an honest reader waits while others send and read as slowly as they can.

python script/slow_clients.py HOST:PORT [N]: four kinds, one after the other, N connections each: heads that never
end, small bodies that never end, large bodies announced and not sent, answers not read. Prints one JSON line a kind
with the answered share and the waits of twenty requests for /login/ meanwhile. Only against an installation of one's
own.
"""

from __future__ import annotations

import http.client
import json
import socket
import statistics
import sys
import time
from collections.abc import Iterable

READS = 20
PATIENCE = 10.0  # seconds, after which a request counts as not answered

HEAD = b"POST /login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
KINDS: dict[str, bytes] = {
    "heads that never end": b"GET /login/ HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n",
    "small bodies that never end": HEAD + b"Content-Length: 900\r\n\r\nusername=",
    "large bodies that never end": HEAD + b"Content-Length: 629145600\r\n\r\nusername=",
    "answers not read": b"GET /static/js/main.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20,
}


def main(address: str, count: int) -> None:
    """Print what each kind of slow client does to an honest one."""
    host, _, port = address.rpartition(":")
    for kind, words in {"nobody": b"", **KINDS}.items():
        slow = [_opened(host, int(port), words) for _ in range(count if words else 0)]
        time.sleep(2)
        waits = [_wait(host, int(port), slow) for _ in range(READS)]
        answered = [wait for wait in waits if wait is not None]
        figures: dict[str, object] = {"slow clients": kind, "connections": len(slow), "answered": len(answered)}
        if answered:
            figures |= {"median s": round(statistics.median(answered), 3), "longest s": round(max(answered), 3)}
        sys.stdout.write(json.dumps(figures | {"asked": READS}) + "\n")
        for each in slow:
            each.close()


def _opened(host: str, port: int, words: bytes) -> socket.socket:
    connection = socket.create_connection((host, port), timeout=PATIENCE)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    connection.sendall(words)
    return connection


def _drip(connection: socket.socket) -> None:
    """One more byte, as slow clients send to look alive."""
    try:
        connection.send(b"x")
    except OSError:
        connection.close()


def _wait(host: str, port: int, slow: Iterable[socket.socket]) -> float | None:
    for each in slow:
        _drip(each)
    began = time.monotonic()
    try:
        reader = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        reader.request("GET", "/login/")
        answer = reader.getresponse()
        if answer.status == http.client.OK and answer.read():
            return time.monotonic() - began
    except OSError:
        pass
    return None


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40)
