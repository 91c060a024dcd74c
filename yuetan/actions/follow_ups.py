"""据此办理: what was drafted on the facts of a visit, of reports, of a letter received or of a sheet is linked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from yuetan.actions.assessment.assessment_rows import SHEETS
from yuetan.actions.people.for_unit import may_as_office
from yuetan.actions.received.letter_rows import LETTERS
from yuetan.actions.reporting.report_rows import REPORTS
from yuetan.actions.reporting.scheme_rows import UNIT_SCHEMES, UnitScheme
from yuetan.actions.room_step import RoomRows, RoomStep, room_step
from yuetan.actions.rounds.follow_up import LINKING
from yuetan.actions.step import refuse_uncited
from yuetan.models import AssessmentSheet, FollowUp, PeriodicReport, ReceivedLetter, RoundVisit, Subject, User
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.models.received.offered import offered_by_letter
from yuetan.models.reporting.missed import offered_facts
from yuetan.models.reporting.offered import offered_by_report
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.rules.refusals import Finding, finding

Row = TypeVar("Row")
FactsOf = Callable[[Row], OfferedFacts | None]
Source = RoundVisit | PeriodicReport | UnitScheme | ReceivedLetter | AssessmentSheet


@dataclass(frozen=True)
class SourceKind(Generic[Row]):
    """Rows of one kind on whose facts something may be drafted: what they are called, the facts, the step of linking,
    and the columns by which a link names them."""

    called: str
    facts: FactsOf[Row]
    step: RoomStep[Row]
    named: Callable[[Row], dict[str, object]]


def link_follow_up(source: Source, *, by: User, subject: Subject) -> FollowUp:
    """Write down that a 提醒函, a measure or a proposal was drafted on what stands there; the second time the same.

    Raises NotYours (also 回避); Refused where there are no such facts (yet), and for another unit.
    """
    kind = _kind_of(source)
    with room_step(kind.step, source, by=by) as held:
        unit = held.row.unit
        if subject.unit_id != unit.pk:
            refuse_uncited([finding("follow_up_other_unit", "", unit=unit.full_name, source=kind.called)])
        named = {**kind.named(held.row), subject.ABOUT: subject}
        known = FollowUp.objects.filter(**named).first()
        held.needs_line = known is None
        return known or FollowUp.objects.create(linked_by=by, **named)


def facts_of_source(source: Source) -> OfferedFacts | None:
    """What is offered on its facts now; none where there are none."""
    return _kind_of(source).facts(source)


def may_link(source: Source, by: User) -> bool:
    """Whether what this person drafts may be linked to it now."""
    return _kind_of(source).step.is_offered(source, by)


def _kind_of(source: Source) -> SourceKind[Any]:
    return _KINDS[type(source)]


def _linking(rows: RoomRows[Row], facts: FactsOf[Row], called: str, codename: str) -> RoomStep[Row]:
    """As the office, while the facts stand."""

    def without_facts(row: Row, _by: User) -> Iterator[Finding]:
        if facts(row) is None:
            yield finding("follow_up_without_facts", "", source=called)

    of_office = replace(rows, may=lambda row, by, code: may_as_office(_unit_of(row), by, code))
    return RoomStep("link_follow_up", of_office, (without_facts,), codename=codename)


def _unit_of(row: Any) -> int:
    key: int = row.unit.pk
    return key


def _facts_of_scheme(asked: UnitScheme) -> OfferedFacts | None:
    return offered_facts(asked.scheme, asked.unit) if asked.unit else None


_KINDS: Mapping[type, SourceKind[Any]] = {
    RoundVisit: SourceKind("这次督导", offered_by_visit, LINKING, lambda visit: {"visit": visit}),
    PeriodicReport: SourceKind(
        "这份报表",
        offered_by_report,
        _linking(REPORTS, offered_by_report, "这份报表", SEE_REPORTS),
        lambda report: {"report": report},
    ),
    UnitScheme: SourceKind(
        "这项报送的未报情况",
        _facts_of_scheme,
        _linking(UNIT_SCHEMES, _facts_of_scheme, "这项报送的未报情况", SEE_REPORTS),
        lambda asked: {"scheme": asked.scheme},
    ),
    ReceivedLetter: SourceKind(
        "这件来函",
        offered_by_letter,
        _linking(LETTERS, offered_by_letter, "这件来函", SEE_RECEIVED),
        lambda letter: {"received_letter": letter},
    ),
    AssessmentSheet: SourceKind(
        "这张得分表",
        offered_by_sheet,
        _linking(SHEETS, offered_by_sheet, "这张得分表", SEE_ASSESSMENT),
        lambda sheet: {"sheet": sheet},
    ),
}
