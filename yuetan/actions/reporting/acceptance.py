"""收下、退回 by the office: what it accepts counts in 汇总."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.report_rows import ACCEPT, VERSIONS, VERSIONS_TOGETHER, settle, superseded
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import ReportVersion, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import ReportState


def accept_report(version: ReportVersion, *, by: User) -> ReportVersion:
    """收下: from now on its figures count. Raises NotYours (also 回避), Refused for what was not handed in."""
    with room_step(ACCEPTING, version, by=by) as held:
        version = held.row
        version.accepted_by, version.accepted_at = by, clock.now()
        version.save()
        settle(version)
    return version


def accept_reports(versions: Collection[ReportVersion], *, by: User) -> int:
    """收下 several, all or none. Raises NotYours, Refused as for one, and where none is chosen; how many it were."""
    with room_step(ACCEPTING_SEVERAL, versions, by=by) as held:
        for version in held.row:
            accept_report(version, by=by)
    return len(versions)


def return_report(version: ReportVersion, *, by: User, reason: str, again_by: date | None) -> ReportVersion:
    """退回 with what is not right in it and the day by which it is to be put right; the version that was accepted
    before, if any, still counts.

    Raises NotYours (also 回避), Refused without reason or day, for a day that is past, for what was not handed in or
    is past. Effect: the people of the unit are alerted; of an ended unit nobody is left who owes it.
    """
    with room_step(RETURNING, version, by=by) as held:
        version = held.row
        refuse_uncited([*reason_problems(reason, "退回"), *_again_problems(again_by)])
        assert again_by is not None
        version.returned_by, version.returned_at, version.return_reason = by, clock.now(), reason
        version.again_by = again_by
        version.save()
        settle(version)
        held.facts["reason"] = reason
        words = f"办公室退回了{version.report}：{reason}请修改后于{chinese_date(again_by)}前重新报送。"
        send_alert(people_of_unit(version.report.unit), key=f"report:{version.pk}:returned", words=words)
    return version


def _again_problems(again_by: date | None) -> Iterator[Finding]:
    if again_by is None:
        yield finding("report_again_missing", "again_by")
    elif again_by < clock.today():
        yield finding("report_again_past", "again_by")


def _not_handed_in(version: ReportVersion, *_by: User) -> Iterator[Finding]:
    if version.state != ReportState.HANDED_IN:
        yield finding("report_not_handed_in", "", state=version.state.label)


def _registered_by_oneself(version: ReportVersion, by: User) -> Iterator[Finding]:
    """That the person entered it from paper: somebody else decides on it."""
    if version.is_registered_by(by):
        yield finding("registrar_decides", "", name=by.name)


def _none_chosen(versions: Collection[ReportVersion], *_by: User) -> Iterator[Finding]:
    if not versions:
        yield finding("reports_empty")


_AGAINST = (superseded, _not_handed_in, _registered_by_oneself)
ACCEPTING = RoomStep(ACCEPT, VERSIONS, _AGAINST)
ACCEPTING_SEVERAL = RoomStep(ACCEPT, VERSIONS_TOGETHER, explained=(_none_chosen,), is_logged=False)
RETURNING = RoomStep("return_report", VERSIONS, _AGAINST, codename=ACCEPT)
