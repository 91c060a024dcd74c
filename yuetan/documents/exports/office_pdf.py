"""An Office file as a PDF, printed by LibreOffice where it is installed and can be shut in; nowhere else.

It runs in namespaces of its own: no network, no process but its own, of this installation the fonts alone; with a
profile of its own that runs no macros and follows no links, with little time and memory, behind everybody's pages.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from shutil import copyfileobj
from typing import IO

from django.conf import settings

SHUT_IN = (
    *("unshare", "--user", "--map-root-user", "--net", "--mount", "--pid", "--fork", "--ipc", "--kill-child"),
    *("--mount-proc",),
)
SCRIPT = Path(__file__).with_name("isolated_office.sh")
PROFILE = Path(__file__).with_name("office_profile.xcu")
SECONDS = 180  # by the clock, of a machine that has much else to do
MAX_BYTES = 50 * 1024 * 1024


class NotConvertible(Exception):  # noqa: N818 - a fact about the file, not a fault
    """LibreOffice made no PDF of the file within its bounds."""


def is_available() -> bool:
    """Whether LibreOffice is installed here, and the system can shut it in."""
    return bool(settings.SOFFICE) and shutil.which(settings.SOFFICE) is not None and _can_shut_in()


@cache
def _can_shut_in() -> bool:
    mounted = [*SHUT_IN, "mount", "-t", "tmpfs", "tmpfs", "/run"]
    try:
        return subprocess.run(mounted, capture_output=True, timeout=20, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def office_pdf(content: IO[bytes], kind: str) -> bytes:
    """The file, of the kind that its ending names, as LibreOffice prints it; raises NotConvertible."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "profile" / "user").mkdir(parents=True)
        shutil.copy(PROFILE, work / "profile" / "user" / "registrymodifications.xcu")
        with (work / f"file.{kind}").open("wb") as file:
            copyfileobj(content, file)
        _print(work, f"file.{kind}")
        printed = work / "file.pdf"
        if printed.is_symlink() or not printed.is_file() or not 0 < printed.stat().st_size <= MAX_BYTES:
            raise NotConvertible("no PDF of a size that could be shown")
        return printed.read_bytes()


def _print(work: Path, name: str) -> None:
    command = [*SHUT_IN, "sh", str(SCRIPT), str(settings.VAR), str(work), settings.SOFFICE, name]
    fonts = os.environ.get("FONTCONFIG_FILE", "")
    environment = {"PATH": os.defpath, "HOME": str(work), "LANG": "C.UTF-8", "FONTCONFIG_FILE": fonts}
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=environment, start_new_session=True
        ) as process,
    ):
        try:
            status = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise NotConvertible("it took too long") from None
        if status:
            output.seek(0)
            raise NotConvertible(f"status {status}: {output.read(2000).decode(errors='replace')}")
