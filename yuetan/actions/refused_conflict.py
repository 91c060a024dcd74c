"""Two who take the same name or place at once: the later one is refused as if it had come after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from yuetan.actions.step import refuse_uncited
from yuetan.rules.refusals import Finding


@contextmanager
def refused_conflict(problems: Callable[[], Iterable[Finding]]) -> Iterator[None]:
    """Write what the database keeps single; where it refuses, the problems are asked again, for they are known by then.

    Raises Refused with the problems of then, IntegrityError where there is none.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        refuse_uncited(problems())
        raise
