"""The throw-away installation that is broken: its processes, and the ways in which they are."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(os.environ["YUETAN_VAR"])
PASSWORD = "for the faults alone 7"
PATIENCE = 240  # seconds, on a machine that is busy with other things
FILES, LOG = VAR / "files", VAR.with_name("faults.log")
FILES_SIZE, DATABASE_SIZE = "192m", "1500m"  # each a disk of its own in memory


class Site:
    """One installation under script/server, on a port of its own."""

    def __init__(self, port: int = 0) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = port or free.getsockname()[1]
        self.clock = VAR.with_name("faults.clock")
        self.mounted: list[Path] = []
        self.process: subprocess.Popen[bytes] | None = None

    @contextmanager
    def left_running(self) -> Iterator[Site]:
        """One that an earlier run has left, which stays."""
        self.process, self.mounted = None, [VAR, FILES]
        self.await_ready()
        yield self

    @contextmanager
    def running(self) -> Iterator[Site]:
        """Set it up anew, with the demonstration, and start it; it is ended and removed at the end."""
        self._unmount_all()
        shutil.rmtree(VAR, ignore_errors=True)
        for folder, size in ((VAR, DATABASE_SIZE), (FILES, FILES_SIZE)):
            self._mount(folder, size)
        for name in ("fonts", "font_sources"):
            shutil.copytree(Path(os.environ["YUETAN_FAULTS_SOURCE"], name), VAR / name, symlinks=True)
        self.set_clock(0)
        with LOG.open("wb") as log:
            self.process = subprocess.Popen(
                ["script/server"], cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        try:
            self.await_ready(6 * PATIENCE)
            yield self
        finally:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
            for pid in self.pids("") + self._servers():
                self._signal(pid, signal.SIGKILL)
            time.sleep(1)
            self._unmount_all()

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "YUETAN_VAR", "YUETAN_SECRET_KEY")}
        own = {
            "YUETAN_LISTEN": f"127.0.0.1:{self.port}",
            "YUETAN_DEMO": "yes",
            "YUETAN_DEMO_PASSWORD": PASSWORD,
            "YUETAN_FAULTS": str(VAR),
            "YUETAN_FAULTS_CLOCK": str(self.clock),
            "PYTHONPATH": str(Path(__file__).with_name("shifted")),
        }
        return kept | own

    def _mount(self, folder: Path, size: str) -> None:
        folder.mkdir(parents=True)
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)], check=False)
        if done.returncode == 0:
            self.mounted.append(folder)

    def _unmount_all(self) -> None:
        for folder in (FILES, VAR):
            subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)
        self.mounted.clear()

    # ── processes ───────────────────────────────────────────────────────────────────────────────────────────────────

    def pids(self, words: str) -> list[int]:
        """The processes of this installation whose command line holds these words, but for PostgreSQL's."""
        mark, own = f"YUETAN_FAULTS={VAR}".encode(), []
        for entry in Path("/proc").iterdir():
            with suppress(OSError, ValueError):
                pid = int(entry.name)
                if mark in (entry / "environ").read_bytes().split(b"\0"):
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    if words in command:
                        own.append(pid)
        return sorted(own)

    def master(self) -> list[int]:
        """gunicorn's first process."""
        everyone = self.pids("gunicorn yuetan.wsgi")
        return [pid for pid in everyone if _parent(pid) not in everyone]

    def workers(self) -> list[int]:
        """gunicorn's others."""
        everyone = self.pids("gunicorn yuetan.wsgi")
        return [pid for pid in everyone if _parent(pid) in everyone]

    def postmaster(self) -> list[int]:
        """The first process of PostgreSQL."""
        with suppress(OSError, ValueError, IndexError):
            return [int((VAR / "postgres" / "postmaster.pid").read_text().splitlines()[0])]
        return []

    def backends(self) -> list[int]:
        """PostgreSQL's processes that serve a connection."""
        return [pid for pid in self._servers() if b"postgres: yuetan" in _command(pid)]

    def _servers(self) -> list[int]:
        first = self.postmaster()
        everyone = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdecimal())
        return first + [pid for pid in everyone if _parent(pid) in first]

    def _signal(self, pid: int, number: int) -> bool:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
            return True
        return False

    # ── faults ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def kill_one(self, of: Callable[[], list[int]], chance: random.Random) -> bool:
        """kill -9 of one of these; whether there was one."""
        there = of()
        return bool(there) and self._signal(chance.choice(there), signal.SIGKILL)

    def stop_for(self, of: Callable[[], list[int]], seconds: float) -> bool:
        """Let these do nothing for so long."""
        stopped = [pid for pid in of() if self._signal(pid, signal.SIGSTOP)]
        time.sleep(seconds)
        for pid in stopped:
            self._signal(pid, signal.SIGCONT)
        return bool(stopped)

    def fill(self, folder: Path, seconds: float) -> bool:
        """Leave no byte free on the disk of a folder for so long."""
        if folder not in self.mounted:
            return False
        filler = folder / "filler"
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(1024 * 256))
                file.flush()
        with suppress(OSError), filler.open("ab") as file:
            while True:
                file.write(bytes(512))
                file.flush()
        time.sleep(seconds)
        filler.unlink(missing_ok=True)
        return True

    def set_clock(self, seconds: int) -> bool:
        """Let the clock of the installation be so far ahead, or behind."""
        self.clock.write_text(f"{seconds}\n")
        return True

    # ── whether it is well ──────────────────────────────────────────────────────────────────────────────────────────

    def is_ready(self) -> bool:
        """Whether it answers that it can work."""
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", "/ready/")
            status = connection.getresponse().status
            connection.close()
        except (OSError, http.client.HTTPException):
            return False
        return status == http.client.OK

    def await_ready(self, seconds: float = PATIENCE) -> float:
        """How long it took to be well again; raises TimeoutError if it is not by then."""
        began = time.monotonic()
        while not self.is_ready():
            if (self.process and self.process.poll() is not None) or time.monotonic() - began > seconds:
                raise TimeoutError(f"the site did not recover in {seconds} s, see {LOG}")
            time.sleep(0.3)
        return time.monotonic() - began

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """manage.py on the installation, by the true clock."""
        environment = {**os.environ, "YUETAN_VAR": str(VAR)}
        command = [str(ROOT / ".venv/bin/python"), "manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def _parent(pid: int) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command(pid: int) -> bytes:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""
