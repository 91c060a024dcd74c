"""确认报送、退回修改 by a head of the unit."""

from __future__ import annotations

from django.db import transaction

from yuetan import permissions
from yuetan.actions.log_event import log_event
from yuetan.actions.reporting.report_rows import (
    locked_version,
    released,
    settle,
    superseded,
    version_facts,
    words_problems,
)
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import ReportVersion, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import Party, ReportState

CONFIRM, ACCEPT = "confirm_report", "accept_report"


def may_confirm_report(unit_id: int, by: User) -> bool:
    """Who heads the unit today."""
    return by.is_active and any(own.party == Party.UNIT_HEAD for own in by.posts_in(unit_id))


@transaction.atomic
def confirm_report(version: ReportVersion, *, by: User) -> ReportVersion:
    """确认报送 by a head of the unit: with this the office has it. Raises NotYours, or Refused with the reason."""
    version = _to_confirm(version, by)
    hand_in(version, by)
    return version


@transaction.atomic
def send_back_report(version: ReportVersion, *, by: User, reason: str) -> ReportVersion:
    """退回修改 by a head of the unit, with the reason. Raises NotYours, or Refused; who filled it in is alerted."""
    version = _to_confirm(version, by)
    refuse_uncited(words_problems(reason, "退回"))
    version.sent_back_by, version.sent_back_at, version.sent_back_reason = by, clock.now(), reason
    version.save()
    settle(version)
    log_event("send_back_report", by, **version_facts(version), reason=reason)
    words = f"{by.name}退回了{version.report}：{reason}请修改后重新填报。"
    people = [] if version.entered_by_id == by.pk else [version.entered_by]
    send_alert(people, key=f"report:{version.pk}:sent_back", words=words)
    return version


def hand_in(version: ReportVersion, by: User) -> None:
    """What comes of a version that a head stands for: the office has it, and is alerted of what came at any time."""
    version.confirmed_by, version.confirmed_at = by, clock.now()
    version.save()
    settle(version)
    log_event(CONFIRM, by, **version_facts(version))
    alert_of_incident(version)


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


def _to_confirm(version: ReportVersion, by: User) -> ReportVersion:
    if not may_confirm_report(version.report.unit_id, by):
        raise NotYours(CONFIRM)
    version = locked_version(version)
    refuse_uncited([*superseded(version), *released(version.report)])
    if version.state != ReportState.AWAITS_CONFIRMATION:
        refuse_uncited([finding("report_decided", "", state=version.state.label)])
    return version
