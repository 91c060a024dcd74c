"""A real clamd of the tests' own, with one local signature, for EICAR; and one that does what a test tells it."""

import os
import shutil
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

THREAT = "Yuetan.Test.EICAR.UNOFFICIAL"
# Put together here, so that no file of this repository is itself what a scanner looks for.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!" + b"$H+H*"
PLACES = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])  # where Debian puts it, off other people's path
SETTINGS = """
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/clamd.sock
LogFile {folder}/clamd.log
TemporaryDirectory {folder}
Foreground yes
MaxThreads 2
StreamMaxLength {limit}
ExitOnOOM yes
"""
SECONDS_TO_START = 60


@contextmanager
def clamd(*, limit: str = "60M") -> Iterator[str]:
    """The address of a clamd that runs for as long as this lasts."""
    program = shutil.which("clamd", path=PLACES)
    if program is None:
        pytest.fail("there is no clamd: run script/setup --tests, or install clamav-daemon")
    with TemporaryDirectory(prefix="clamd-") as folder:
        signatures = Path(folder) / "signatures"
        signatures.mkdir()
        (signatures / "yuetan.ndb").write_text(f"Yuetan.Test.EICAR:0:*:{EICAR.hex()}\n")
        settings = Path(folder) / "clamd.conf"
        settings.write_text(SETTINGS.format(folder=folder, limit=limit))
        process = subprocess.Popen(
            [program, "--config-file", settings], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            _wait(process, f"{folder}/clamd.sock")
            yield f"unix:{folder}/clamd.sock"
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _wait(process: subprocess.Popen, path: str) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket(socket.AF_UNIX) as asking:
            if asking.connect_ex(path) == 0:
                return
        time.sleep(0.05)
    process.kill()
    pytest.fail(f"clamd did not start: {process.communicate()[0].decode()}")


@contextmanager
def stand_in(answer: Callable[[bytes], str]) -> Iterator[str]:
    """The address of somebody who speaks clamd's protocol, has the whole stream, and says what he is told to."""

    class Conversation(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
            content = b""
            while length := struct.unpack("!L", self.rfile.read(4))[0]:
                content += self.rfile.read(length)
            self.wfile.write(answer(content).encode() + b"\0")

    with (
        TemporaryDirectory(prefix="stand-in-") as folder,
        socketserver.UnixStreamServer(f"{folder}/clamd.sock", Conversation) as server,
    ):
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield f"unix:{folder}/clamd.sock"
        finally:
            server.shutdown()
            serving.join()
