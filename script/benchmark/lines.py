"""What is printed, and how a time is taken."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable

ROUNDS = 5
PATIENCE = 10.0  # seconds after which nothing is repeated


def report(**line: object) -> None:
    """One JSON line for a machine."""
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def milliseconds(perform: Callable[[], object]) -> float:
    """The median time of an act once it is warm; what takes long is not done again."""
    first = _once(perform)
    if first > PATIENCE * 1000:
        return first
    return statistics.median(_once(perform) for _ in range(ROUNDS))


def _once(perform: Callable[[], object]) -> float:
    begun = time.perf_counter()
    perform()
    return (time.perf_counter() - begun) * 1000
