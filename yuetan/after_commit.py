"""What is done once a step is kept: files, which know no rollback. Its failure undoes nothing and belies nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial

from django.db import transaction

logger = logging.getLogger(__name__)

_unfinished: ContextVar[list[str] | None] = ContextVar("unfinished", default=None)


def after_commit(work: Callable[[], object], sentence: str) -> None:
    """Do something once the transaction is kept; what it raises is logged and goes no further.

    `sentence` says to whoever took the step what is not there yet and how it comes; empty if it is none of theirs.
    """
    # Django's own robust=True reads the name of the function to log it, and a partial has none.
    transaction.on_commit(partial(_attempt, work, sentence))


def _attempt(work: Callable[[], object], sentence: str) -> None:
    try:
        work()
    except Exception:
        logger.exception("could not be done after the commit: %s", sentence or work)
        unfinished = _unfinished.get()
        if sentence and unfinished is not None:
            unfinished.append(sentence)


@contextmanager
def unfinished_work() -> Iterator[list[str]]:
    """The sentences about what could not be done after the commits inside, as they come."""
    sentences: list[str] = []
    before = _unfinished.set(sentences)
    try:
        yield sentences
    finally:
        _unfinished.reset(before)
