"""确认报送、退回修改 by a head of the unit."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import permissions
from yuetan.actions.reporting.report_rows import ACCEPT, CONFIRM, VERSIONS, released, settle, superseded
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import ReportVersion, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import ReportState


def confirm_report(version: ReportVersion, *, by: User) -> ReportVersion:
    """确认报送 by a head of the unit: with this the office has it, and is alerted of what came at any time.

    Raises NotYours, or Refused with the reason.
    """
    with room_step(CONFIRMING, version, by=by) as held:
        version = held.row
        version.confirmed_by, version.confirmed_at = by, clock.now()
        version.save()
        settle(version)
        alert_of_incident(version)
    return version


def send_back_report(version: ReportVersion, *, by: User, reason: str) -> ReportVersion:
    """退回修改 by a head of the unit, with the reason. Raises NotYours, or Refused; who filled it in is alerted."""
    with room_step(SENDING_BACK, version, by=by) as held:
        version = held.row
        refuse_uncited(reason_problems(reason, "退回"))
        version.sent_back_by, version.sent_back_at, version.sent_back_reason = by, clock.now(), reason
        version.save()
        settle(version)
        held.facts["reason"] = reason
        words = f"{by.name}退回了{version.report}：{reason}请修改后重新填报。"
        people = [] if version.entered_by_id == by.pk else [version.entered_by]
        send_alert(people, key=f"report:{version.pk}:sent_back", words=words)
    return version


def alert_of_incident(version: ReportVersion) -> None:
    """重大情况 is not left until somebody looks: whoever may accept it is alerted at once, none of the unit's own."""
    report = version.report
    if not report.serial:
        return
    people = User.objects.in_roles(*permissions.BY_CODENAME[ACCEPT].roles)
    what = f"{report.period.scheme.title}（第{report.serial}件，第{version.version}版）"
    words = f"{report.unit.full_name}报送了{what}，请及时处理。"
    others = [one for one in people if not one.is_recused_from(report.unit_id)]
    send_alert(others, key=f"report:{version.pk}:handed_in", words=words)


def _released(version: ReportVersion, by: User) -> Iterator[Finding]:
    return released(version.report, by)


def _confirmed_or_sent_back(version: ReportVersion, *_by: User) -> Iterator[Finding]:
    if version.state != ReportState.AWAITS_CONFIRMATION:
        yield finding("report_decided", "", state=version.state.label)


_AGAINST = (superseded, _released, _confirmed_or_sent_back)
CONFIRMING = RoomStep(CONFIRM, VERSIONS, _AGAINST)
SENDING_BACK = RoomStep("send_back_report", VERSIONS, _AGAINST, codename=CONFIRM)
