"""What is done once a step is kept: files, which know no rollback. Its failure undoes nothing and belies nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.db import transaction

logger = logging.getLogger(__name__)


def after_commit(work: Callable[[], object]) -> None:
    """Do something once the transaction is kept; what it raises is logged and goes no further."""
    # Django's own robust=True reads the name of the function to log it, and a partial has none.
    transaction.on_commit(partial(_attempt, work))


def _attempt(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception:
        logger.exception("could not be done after the commit: %s", work)
