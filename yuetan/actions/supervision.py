"""整改督办函: the office presses in writing for what a unit has not reported in time."""

from __future__ import annotations

from yuetan.actions.step import step
from yuetan.documents.issue import issue
from yuetan.models import Case, User
from yuetan.vocabulary import DocumentKind, Verb


def issue_supervision_letter(case: Case, *, by: User, reason: str) -> Case:
    """印发整改督办函: only where a task is overdue; `reason` is what the office requires beside that."""
    facts: dict[str, str] = {}
    with step(case, Verb.ISSUE_SUPERVISION_LETTER, by=by, opinion=reason, facts=facts) as case:
        facts["document"] = issue(DocumentKind.SUPERVISION_LETTER, case, by=by, reason=reason).number
    return case
