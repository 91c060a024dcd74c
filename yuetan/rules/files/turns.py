"""Work that only few processes of an installation may do at a time: who may is whoever holds one of a few files."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

BETWEEN_LOOKS = 0.02


class NoTurn(Exception):  # noqa: N818 - a fact, not a fault
    """All places were taken for as long as one would wait."""


@contextmanager
def own_turn(places: Sequence[Path], seconds: float) -> Iterator[None]:
    """Wait for one of these places and hold it; the kernel takes it back even from the killed.

    Raises NoTurn, with nothing held, if none was free for so many seconds.
    """
    last = time.monotonic() + seconds
    with ExitStack() as opened:
        files = [opened.enter_context(place.open("a")) for place in places]
        while not any(_is_got(file) for file in files):
            if time.monotonic() > last:
                raise NoTurn
            time.sleep(BETWEEN_LOOKS)
        yield


def _is_got(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
