"""clamd, asked about one stream of bytes at a time: the INSTREAM command of its own protocol and nothing else."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

CONNECT_SECONDS = 3
ANSWER_SECONDS = 60
CHUNK_BYTES = 256 * 1024
MAX_ANSWER_LENGTH = 4096
COMMAND, END, CLEAN, INFECTED = b"zINSTREAM\0", struct.pack("!L", 0), "stream: OK", " FOUND"
UNIX = "unix:"
MAX_THREAT_LENGTH = 200


class ScannerUnreachable(Exception):  # noqa: N818 - a fact, not a fault
    """clamd gave no verdict: nobody is there, the connection broke, or it would not read the file."""


@dataclass(frozen=True)
class Verdict:
    """What clamd says of a file: the name of the virus, or none."""

    threat: str = ""


def is_configured() -> bool:
    """Whether this site has a scanner at all."""
    return bool(settings.CLAMD)


def is_there() -> bool:
    """Whether somebody answers at the address of the scanner."""
    try:
        _connection().close()
    except OSError:
        return False
    return True


def scan(stream: BinaryIO) -> Verdict:
    """Have a whole stream scanned, and leave it at its beginning; raises ScannerUnreachable without a verdict."""
    stream.seek(0)
    try:
        with _connection() as connection:
            answer = _ask_scanner(connection, stream)
    except OSError as error:
        raise ScannerUnreachable(str(error)) from error
    finally:
        stream.seek(0)
    if answer == CLEAN:
        return Verdict()
    if answer.endswith(INFECTED):
        return Verdict(threat=answer.removeprefix("stream: ").removesuffix(INFECTED)[:MAX_THREAT_LENGTH])
    raise ScannerUnreachable(answer or "no answer")


def _connection() -> socket.socket:
    if settings.CLAMD.startswith(UNIX):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(settings.CLAMD.removeprefix(UNIX))
        except OSError:
            connection.close()
            raise
    else:
        host, _, port = settings.CLAMD.rpartition(":")
        connection = socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_SECONDS)
    connection.settimeout(ANSWER_SECONDS)
    return connection


def _ask_scanner(connection: socket.socket, stream: BinaryIO) -> str:
    try:
        connection.sendall(COMMAND)
        while chunk := stream.read(CHUNK_BYTES):
            connection.sendall(struct.pack("!L", len(chunk)) + chunk)
        connection.sendall(END)
    except (BrokenPipeError, ConnectionResetError):
        pass  # it stops reading what is longer than it takes, and says so in its answer
    return _read_answer(connection)


def _read_answer(connection: socket.socket) -> str:
    answer = b""
    while b"\0" not in answer and len(answer) < MAX_ANSWER_LENGTH and (part := connection.recv(MAX_ANSWER_LENGTH)):
        answer += part
    return answer.partition(b"\0")[0].decode(errors="replace").strip()
