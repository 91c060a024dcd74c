"""Pages of an uploaded PDF as pictures, drawn by a process with nothing but the file, little time and little memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import IO

RENDERER = Path(__file__).with_name("page_renderer.py")
SECONDS = 20
CONTENT_TYPE = "image/jpeg"


class NotDrawable(Exception):  # noqa: N818 - a fact about the file, not a fault
    """A page that is not there, or that cannot be drawn within the bounds."""


def page_count(pdf: IO[bytes]) -> int:
    """How many pages there are; raises NotDrawable."""
    return int(_run_renderer(pdf, "count"))


def page_image(pdf: IO[bytes], number: int) -> bytes:
    """One page as a JPEG, the first is number 1; raises NotDrawable."""
    if number < 1:
        raise NotDrawable(f"page {number}")
    return _run_renderer(pdf, "page", str(number))


def _run_renderer(pdf: IO[bytes], *what: str) -> bytes:
    command = [sys.executable, "-I", str(RENDERER), *what]
    try:
        done = subprocess.run(command, input=pdf.read(), capture_output=True, timeout=SECONDS, check=True, env={})
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
        raise NotDrawable(str(failed)) from failed
    return done.stdout
