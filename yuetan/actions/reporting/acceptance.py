"""收下、退回 by the office: what it accepts counts in 汇总."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.confirmation import ACCEPT
from yuetan.actions.reporting.report_rows import (
    locked_version,
    settle,
    superseded,
    version_facts,
    words_problems,
)
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import ReportVersion, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportState


@transaction.atomic
def accept_report(version: ReportVersion, *, by: User) -> ReportVersion:
    """收下: from now on its figures count. Raises NotYours (also 回避), Refused for what was not handed in."""
    version = _to_decide(version, by)
    version.accepted_by, version.accepted_at = by, clock.now()
    version.save()
    settle(version)
    log_event(ACCEPT, by, **version_facts(version))
    return version


@transaction.atomic
def accept_reports(versions: Collection[ReportVersion], *, by: User) -> int:
    """收下 several, all or none. Raises NotYours, Refused as for one, and where none is chosen; how many it were."""
    require_right(by, ACCEPT)
    if not versions:
        refuse_uncited([finding("reports_empty")])
    for version in sorted(versions, key=lambda version: version.report_id):  # in one order, so that two never wait
        accept_report(version, by=by)
    return len(versions)


@transaction.atomic
def return_report(version: ReportVersion, *, by: User, reason: str, again_by: date | None) -> ReportVersion:
    """退回 with what is not right in it and the day by which it is to be put right; the version that was accepted
    before, if any, still counts.

    Raises NotYours (also 回避), Refused without reason or day, for a day that is past, for what was not handed in or
    is past. Effect: the people of the unit are alerted; of an ended unit nobody is left who owes it.
    """
    version = _to_decide(version, by)
    refuse_uncited([*words_problems(reason, "退回"), *_again_problems(again_by)])
    assert again_by is not None
    version.returned_by, version.returned_at, version.return_reason = by, clock.now(), reason
    version.again_by = again_by
    version.save()
    settle(version)
    log_event("return_report", by, **version_facts(version), reason=reason)
    words = f"办公室退回了{version.report}：{reason}请修改后于{chinese_date(again_by)}前重新报送。"
    send_alert(people_of_unit(version.report.unit), key=f"report:{version.pk}:returned", words=words)
    return version


def _again_problems(again_by: date | None) -> Iterator[Finding]:
    if again_by is None:
        yield finding("report_again_missing", "again_by")
    elif again_by < clock.today():
        yield finding("report_again_past", "again_by")


def _to_decide(version: ReportVersion, by: User) -> ReportVersion:
    require_right(by, ACCEPT)
    if by.is_recused_from(version.report.unit_id):
        raise NotYours(ACCEPT)
    version = locked_version(version)
    refuse_uncited(superseded(version))
    if version.state != ReportState.HANDED_IN:
        refuse_uncited([finding("report_not_handed_in", "", state=version.state.label)])
    if version.is_registered_by(by):
        refuse_uncited([finding("registrar_decides", "", name=by.name)])
    return version
