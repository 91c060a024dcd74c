"""Requirements about what the office registered on a unit's behalf: another person decides on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Protocol

from yuetan.models.flow.requirement import PersonalRequirement
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ReportKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.papers.paper_filing import PaperFiling
    from yuetan.models.people.user import User


class Filed(Protocol):
    """What may have come on paper."""

    paper_filing_id: int | None


def registered_by(case: Case, user: User, filed: Filed) -> bool:
    """Whether this person registered it on the unit's behalf."""
    return any(filing.pk == filed.paper_filing_id and filing.registered_by_id == user.pk for filing in _filings(case))


def _filings(case: Case) -> Iterable[PaperFiling]:
    return case.paper_filings.all()


def registrar_decides(case: Case, user: User, filed: Filed, field: str) -> list[Finding]:
    """Refusal of a decision by the person who registered what is decided on."""
    return [finding("registrar_decides", field, name=user.name)] if registered_by(case, user, filed) else []


def _only_own(case: Case, user: User, waiting: Iterable[Filed]) -> Iterator[Finding]:
    """Whether all that waits was registered by the person who would decide."""
    rows = list(waiting)
    if rows and all(registered_by(case, user, row) for row in rows):
        yield finding("registrar_decides", name=user.name)


@PersonalRequirement
def leave_registered_by_another(case: Case, user: User) -> Iterator[Finding]:
    """Who registered a request for leave does not decide on it."""
    yield from _only_own(case, user, case.pending_leaves)


@PersonalRequirement
def extension_registered_by_another(case: Case, user: User) -> Iterator[Finding]:
    """Who registered a request for a later date does not decide on it."""
    requests = [task.pending_extension for task in case.tasks.all()]
    yield from _only_own(case, user, [request for request in requests if request])


@PersonalRequirement
def report_registered_by_another(case: Case, user: User) -> Iterator[Finding]:
    """Who registered a report does not review it."""
    tasks = [task for task in case.tasks.all() if task.state == TaskState.REPORTED]
    yield from _only_own(case, user, [task.handed_in(ReportKind.COMPLETION)[0] for task in tasks])


@PersonalRequirement
def progress_registered_by_another(case: Case, user: User) -> Iterator[Finding]:
    """Who registered a progress report does not note it."""
    reports = [report for task in case.tasks.all() for report in task.handed_in(ReportKind.PROGRESS)]
    yield from _only_own(case, user, [report for report in reports if report.decided_at is None])
