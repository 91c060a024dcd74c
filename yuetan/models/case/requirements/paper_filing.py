"""Requirements about what the office registered on a unit's behalf: another person decides on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from yuetan.models.flow.requirement import refuses
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import ReportKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.task_account import HasTasks
    from yuetan.models.papers.paper_filing import PaperFiling
    from yuetan.models.people.user import User


class Filed(Protocol):
    """What may have come on paper."""

    paper_filing_id: int | None


def registered_by(origin: HasTasks, user: User, filed: Filed) -> bool:
    """Whether this person registered it on the unit's behalf."""
    return any(filing.pk == filed.paper_filing_id and filing.registered_by_id == user.pk for filing in _filings(origin))


def _filings(origin: HasTasks) -> Iterable[PaperFiling]:
    return origin.paper_filings.all()


def registrar_decides(origin: HasTasks, user: User, filed: Filed, field: str) -> list[Finding]:
    """Refusal of a decision by the person who registered what is decided on."""
    return [finding("registrar_decides", field, name=user.name)] if registered_by(origin, user, filed) else []


def _sole_registrar(origin: HasTasks, waiting: Iterable[Filed]) -> set[int]:
    """The key of the person who registered all that waits; nobody if it was not one person alone."""
    rows, registrars = list(waiting), {filing.pk: filing.registered_by_id for filing in _filings(origin)}
    people = {registrars.get(row.paper_filing_id or 0) for row in rows}
    return {key for key in people if key} if len(people) == 1 else set()


@refuses("registrar_decides")
def leave_registered_by_another(case: Case) -> Iterable[int]:
    """Who registered a request for leave does not decide on it."""
    return _sole_registrar(case, case.pending_leaves)


@refuses("registrar_decides")
def extension_registered_by_another(origin: HasTasks) -> Iterable[int]:
    """Who registered a request for a later date does not decide on it."""
    return _sole_registrar(origin, origin.pending_extensions)


@refuses("registrar_decides")
def report_registered_by_another(origin: HasTasks) -> Iterable[int]:
    """Who registered a report does not review it."""
    tasks = [task for task in origin.tasks.all() if task.state == TaskState.REPORTED]
    return _sole_registrar(origin, [task.handed_in(ReportKind.COMPLETION)[0] for task in tasks])


@refuses("registrar_decides")
def progress_registered_by_another(origin: HasTasks) -> Iterable[int]:
    """Who registered a progress report does not note it."""
    reports = [report for task in origin.tasks.all() for report in task.handed_in(ReportKind.PROGRESS)]
    return _sole_registrar(origin, [report for report in reports if report.decided_at is None])
