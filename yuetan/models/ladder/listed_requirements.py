"""Requirements for what 挂牌督办 alone has: its work team (工作组), and its end by 摘牌."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.requirement import Requirement, admits_only
from yuetan.permissions import DIRECTOR, LEADERS
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import MeasureState, Party, ReportKind, TaskState

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.people.user import User
    from yuetan.models.rectification.team import InspectionTeam

MIN_CHECKERS = 2


@Requirement
def listing_in_force(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A team may be named before the paper goes out; a voided paper needs none any more."""
    if measure.state == MeasureState.SERVED and not measure.is_in_force:
        voided_at = measure.issued_paper.entry.voided_at
        assert voided_at is not None
        yield finding("measure_voided", time=official_text.chinese_date(voided_at))


@Requirement
def has_work_team(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """There was a team that can report."""
    if not measure.team_members.all():
        yield finding("work_team_missing")


@Requirement
def nothing_left_to_accept(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What it demands is done, each of it."""
    open_ones = [str(task.number) for task in measure.tasks.all() if task.state != TaskState.ACCEPTED]
    if open_ones:
        yield finding("delisting_task_open", numbers=official_text.joined(open_ones))


@Requirement
def no_delisting_asked(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """What was asked is decided before it is asked again."""
    if measure.delistings_asked:
        yield finding("delisting_waits")


@Requirement
def no_delisting_asked_by_unit(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A unit asks once at a time. What the office proposes meanwhile does not keep it from asking: it knows nothing of
    that."""
    if unit_has_asked(measure):
        yield finding("delisting_waits_of_unit")


def unit_has_asked(measure: AccountabilityMeasure) -> bool:
    """Whether the unit itself waits for an answer."""
    return any(request.by_unit for request in measure.delistings_asked)


@Requirement
def delisting_asked(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """It is asked by the unit, or proposed by the supervisor."""
    if not measure.delistings_asked:
        yield finding("delisting_not_asked")


@Requirement
def checked_on_site(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Two persons have looked at it on the spot, since the last of it was reported done."""
    if not any(_is_check_by_two(team, measure) for team in measure.inspection_teams.all()):
        yield finding("delisting_not_checked")


def waits_for_a_check(measure: AccountabilityMeasure) -> bool:
    """Whether 摘牌 is asked for, and nobody has looked on the spot yet."""
    return delisting_is_to_be_decided(measure) and not checked_on_site(measure)


def _is_check_by_two(team: InspectionTeam, measure: AccountabilityMeasure) -> bool:
    if team.inspected_on is None or len(team.members.all()) < MIN_CHECKERS:
        return False
    reports = [report for task in measure.tasks.all() for report in task.handed_in(ReportKind.COMPLETION)]
    moments = [report.handed_in_at for report in reports if report.handed_in_at is not None]
    return not moments or team.inspected_on >= timezone.localtime(max(moments)).date()


def _who_listed(measure: AccountabilityMeasure) -> Iterable[int]:
    """Whoever holds the post today by which it was laid: the director, or a leader where it went to one."""
    parties, by_office = CurrentParties.today(), measure.endorser_id is None
    people = [person.pk for person in parties.in_roles((DIRECTOR if by_office else LEADERS,), measure)]
    return [*people, *(measure.office_parties().get(Party.ACTING_DIRECTOR, ()) if by_office else ())]


@admits_only(_who_listed)
def by_who_listed(measure: AccountabilityMeasure, user: User) -> Iterator[Finding]:
    """摘牌 is decided by who listed."""
    if user.pk not in _who_listed(measure):
        by_office, by_leaders = finding("delisting_by_director"), finding("delisting_by_leaders")
        yield by_office if measure.endorser_id is None else by_leaders


def delisting_is_to_be_decided(measure: AccountabilityMeasure) -> bool:
    """Whether it was asked for and not decided."""
    return measure.is_in_force and bool(measure.delistings_asked)
