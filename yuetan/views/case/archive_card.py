"""归档: the card of a closed case, for who sees its inner half: what may still be done, and its 卷宗."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from yuetan.ledgers.record.archive import standing
from yuetan.models import Case, User
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.vocabulary import CaseState, PreparedKind


class ArchiveCard(TypedDict):
    """What the card says: when the case was closed, how long it is kept, what is left to do, how it may be taken."""

    closed_on: date | None
    retention: str
    standing: dict[str, str]
    holds: list[str]
    steps_left: str
    forms: list[PreparedKind]


def archive_card(case: Case, user: User) -> ArchiveCard | None:
    """The card of a closed case; None before its end, and for the interviewed side and whoever keeps away from it."""
    if case.state != CaseState.CLOSED or not case.is_inner_to(user):
        return None
    until = f"至{chinese_date(case.keep_until)}" if case.keep_until else ""
    return {
        "closed_on": case.closed_on,
        "retention": f"{case.get_retention_display()}{until and f'（{until}）'}",
        "standing": standing(case),
        "holds": [str(hold) for hold in case.holds_in_force],
        "steps_left": joined(str(step.verb.label) for step in case.steps_now()),
        "forms": forms_of_case_file(case, user),
    }
