"""选定的一并同意: each case by its own step, so that one refused does not keep back the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from yuetan.actions.approval import approve
from yuetan.actions.bulk_step import Outcome, attempt
from yuetan.actions.unit import refuse_plainly
from yuetan.models import Case, User
from yuetan.rules.findings import found

MOST = 50


def refuse_selection(cases: Sequence[Case], opinion: str) -> None:
    """Raise Refused for what concerns all of them: none chosen, too many, no opinion."""
    refuse_plainly(
        [
            *([] if cases else [found("approvals_empty", "cases")]),
            *([found("approvals_too_many", "cases", most=MOST)] if len(cases) > MOST else []),
            *([] if opinion.strip() else [found("opinion_missing", "opinion")]),
        ]
    )


def approve_several(cases: Sequence[Case], *, by: User, opinion: str, seen: Collection[str]) -> list[Outcome]:
    """Approve each of these in order; says of each whether it was, and if not, why.

    `seen` holds the digests of the proposals that were shown: a text that is not among them is not approved.
    """
    refuse_selection(cases, opinion)
    return [_approved(case, by, opinion, seen) for case in cases]


def _approved(case: Case, by: User, opinion: str, seen: Collection[str]) -> Outcome:
    shown = case.proposal_sha256
    take = partial(approve, case, by=by, opinion=opinion, seen=shown if shown in seen else "")
    return attempt(case, take, not_theirs="这件事项不由您审定。")
