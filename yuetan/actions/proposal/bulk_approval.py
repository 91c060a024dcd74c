"""选定的一并同意: each case by its own step, so that one refused does not keep back the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from yuetan.actions.bulk_step import Outcome, attempt
from yuetan.actions.proposal.decision import approve
from yuetan.actions.step import refuse_uncited
from yuetan.models import Case, User
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words

MAX_CASES = 50


def refuse_selection(cases: Sequence[Case], opinion: str) -> None:
    """Raise Refused for what concerns all of them: none chosen, too many, no opinion."""
    refuse_uncited(
        [
            *([] if cases else [finding("approvals_empty", "cases")]),
            *([finding("approvals_too_many", "cases", most=MAX_CASES)] if len(cases) > MAX_CASES else []),
            *require_words(opinion, finding("opinion_missing", "opinion")),
        ]
    )


def approve_in_bulk(cases: Sequence[Case], *, by: User, opinion: str, seen: Collection[str]) -> list[Outcome]:
    """Approve each of these in order; says of each whether it was, and if not, why.

    `seen` holds the digests of the proposals that were shown: a text that is not among them is not approved. Raises
    Refused for what concerns all of them: none chosen, too many, no opinion; what stands against one of them is in its
    outcome.
    """
    refuse_selection(cases, opinion)
    return [_approve_one(case, by, opinion, seen) for case in cases]


def _approve_one(case: Case, by: User, opinion: str, seen: Collection[str]) -> Outcome:
    shown = case.proposal_sha256
    take = partial(approve, case, by=by, opinion=opinion, seen=shown if shown in seen else "")
    return attempt(case, take, not_theirs="这件事项不由您审定。")
