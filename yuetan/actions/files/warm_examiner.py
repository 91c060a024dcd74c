"""The process by which this one has files examined: started with the first file, started anew should it die."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from typing import IO

from django.conf import settings

from yuetan.rules.files.file_kind import OfferedFile

# By an isolated Python that is told nothing but where our modules lie, and has none of our secrets.
PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
from yuetan.rules.files.examiner_parent import serve
serve(int(sys.argv[2]))
"""
SECONDS = 150  # longer than it lets any file take
STATUS_BYTES = 4


class ExaminerDied(Exception):  # noqa: N818 - a fact, not a fault of this process
    """The process that examines files ended or gave no answer, and so did the one started after it."""


class WarmExaminer:
    """One process that has read the libraries; whoever asks it has the turn (examination.py)."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None

    def examine(self, question: OfferedFile, files: list[IO[bytes]]) -> int:
        """The status with which the child ended that examined the file; raises ExaminerDied."""
        for _ in range(2):
            for file in files:
                file.seek(0)
            status = self._ask(json.dumps(question).encode(), [file.fileno() for file in files])
            if status is not None:
                return status
            self.stop()
        raise ExaminerDied(question["name"])

    def stop(self) -> None:
        """End the process, and whatever it still has running; the next file starts another."""
        process, line, self._process, self._line = self._process, self._line, None, None
        if process is None or line is None:
            return
        line.close()
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _ask(self, question: bytes, open_files: list[int]) -> int | None:
        """The status, or None where nobody answers."""
        line = self._line or self._start()
        try:
            socket.send_fds(line, [question], open_files)
            status = line.recv(STATUS_BYTES)
        except OSError:
            return None
        return int.from_bytes(status, sys.byteorder, signed=True) if status else None

    def _start(self) -> socket.socket:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(SECONDS)
        with theirs:
            number = theirs.fileno()
            command = [sys.executable, "-I", "-c", PROGRAM, str(settings.BASE_DIR), str(number)]
            # In a session of its own: Ctrl-C ends who asks, and with it the line.
            self._process = subprocess.Popen(
                command, pass_fds=[number], env={}, stdin=subprocess.DEVNULL, start_new_session=True
            )
        return self._line


warm_examiner = WarmExaminer()
atexit.register(warm_examiner.stop)
