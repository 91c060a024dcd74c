"""样稿 of minutes that are not issued: for who reads their text, marked on every page, and written down."""

from __future__ import annotations

import hashlib

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.step import state_changed
from yuetan.documents.preview import preview
from yuetan.documents.watermark import watermark
from yuetan.errors import NotYours
from yuetan.models import Case, User
from yuetan.vocabulary import CaseState, DocumentKind


def may_read_unissued(case: Case, user: User) -> bool:
    """Whether this person reads the text of the minutes before they are issued: the unit, once it was sent to it."""
    if case.state != CaseState.INTERVIEWED:
        return False
    return case.is_inner_to(user) or case.minutes.sent_at is not None


@transaction.atomic
def take_minutes_sample(case: Case, *, by: User) -> str:
    """The minutes as they would be printed now, with 样稿 across every page; nothing is issued, no number taken.

    Raises NotYours for who may not read the text yet, and StateChanged once they are issued. Effects: the log says
    who took it, and the digest of which text.
    """
    if hasattr(case, "minutes") and case.state != CaseState.INTERVIEWED:
        raise state_changed(case, by)
    if not may_read_unissued(case, by):
        raise NotYours("take_minutes_sample")
    paper = preview(DocumentKind.MINUTES, case)
    digest = hashlib.sha256(paper.encode()).hexdigest()
    log_event("take_minutes_sample", by, name=case.register_number, sha256=digest)
    return watermark(paper, by)
