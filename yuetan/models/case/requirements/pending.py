"""What waits for somebody's decision: the one list of it, and the requirement that no step sweeps it aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yuetan import permissions
from yuetan.models.flow.requirement import Requirement
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import Party, ReportKind, Role, Verb

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


@dataclass(frozen=True)
class PendingKind:
    """One kind of thing that waits: what it is called, the step that decides it, how many of it there are."""

    label: str
    verb: Verb
    count: Callable[[Case], int]
    or_verb: Verb | None = None  # a step of its own that refuses it

    @property
    def steps(self) -> str:
        """由办公室主任办理“退回整改”或者“不同意重新整改”: what decides it, and whose step it is."""
        steps = [(verb, _whose(verb)) for verb in (self.verb, self.or_verb) if verb]
        if len({who for _, who in steps}) == 1:
            named = "或者".join(f"“{verb.label}”" for verb, _ in steps)
            return f"由{steps[0][1]}办理{named}"
        return "，或者".join(f"由{who}办理“{verb.label}”" for verb, who in steps)


def _whose(verb: Verb) -> str:
    """Whose step it is, in words."""
    permission = permissions.BY_CODENAME[verb]
    roles = [Role(role).label for role in permission.roles]
    return "、".join([*roles, *(Party(party).label for party in permission.parties)])


def _unread_progress_reports(case: Case) -> int:
    reports = [report for task in case.tasks.all() for report in task.handed_in(ReportKind.PROGRESS)]
    return sum(report.decided_at is None for report in reports)


PENDING = (
    PendingKind("请假", Verb.DECIDE_LEAVE, lambda case: len(case.pending_leaves)),
    PendingKind("延期申请", Verb.DECIDE_EXTENSION, lambda case: len(case.pending_extensions)),
    PendingKind("进展报告", Verb.NOTE_PROGRESS, _unread_progress_reports),
    PendingKind(
        "退回整改的提请", Verb.SEND_BACK, lambda case: int(case.pending_rework is not None), Verb.REFUSE_REWORK
    ),
    PendingKind(
        "纪要更正",
        Verb.CONFIRM_CORRECTION,
        lambda case: int(case.open_correction is not None),
        Verb.DROP_CORRECTION,
    ),
)


@Requirement
def nothing_undecided(case: Case) -> Iterator[Finding]:
    """Whatever was asked for is decided before the case goes on: no step sweeps a request aside.

    What nobody can decide any more in this state keeps nobody waiting.
    """
    for kind in PENDING:
        count = kind.count(case) if case.find_step(kind.verb) is not None else 0
        if count:
            yield finding("undecided", count=count, what=kind.label, steps=kind.steps)
