"""归档: the card of a closed case, for who sees its inner half: what may still be done, and its 卷宗."""

from __future__ import annotations

from typing import TypedDict

from yuetan.actions.record.case_file import may_take_case_file
from yuetan.models import Case, User
from yuetan.models.case.steps import CASE_STEPS
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import CaseState, PreparedKind


class ArchiveCard(TypedDict):
    """What the card says: when the case was closed, which steps are left, and in which forms it may be taken."""

    closed_on: object
    steps_left: str
    forms: list[PreparedKind]


def archive_card(case: Case, user: User) -> ArchiveCard | None:
    """The card of a closed case; None before its end, and for the interviewed side and whoever keeps away from it."""
    if case.state != CaseState.CLOSED or not case.is_inner_to(user):
        return None
    forms = [PreparedKind.CASE_FILE, PreparedKind.BOUND_CASE_FILE] if may_take_case_file(case, user) else []
    return {"closed_on": case.closed_on, "steps_left": steps_left(), "forms": forms}


def steps_left() -> str:
    """Every step that the table still knows of a closed case, by name; nothing else can change it."""
    return joined(str(step.verb.label) for step in CASE_STEPS if CaseState.CLOSED in step.sources)
