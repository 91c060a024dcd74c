"""代录纸质报表: a return signed on paper counts as of the moment when the office received it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Unpack

from django.utils import timezone

from yuetan.actions.files.paper_filing import FiledPaper, StatedPaper, filed_paper, scan_offered
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.confirmation import alert_of_incident
from yuetan.actions.reporting.report_rows import REGISTER, REPORTS, settle, version_facts
from yuetan.actions.reporting.reports import (
    OPEN,
    OfferedFiles,
    filled_meanwhile,
    filling_problems,
    incident_problems,
    incident_report,
    keep_answers,
    new_version,
)
from yuetan.actions.reporting.scheme_rows import UNIT_SCHEMES, UnitScheme
from yuetan.actions.room_step import Held, RoomStep, Row, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import PeriodicReport, ReportScheme, ReportVersion, Unit, User
from yuetan.models.reporting.report_file import SCAN
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import Values
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME, short_datetime


def register_paper_report(
    report: PeriodicReport,
    *,
    by: User,
    values: Values,
    files: OfferedFiles,
    reason: str,
    after: int,
    **stated: Unpack[StatedPaper],
) -> ReportVersion:
    """代录 a report of a period: late or not by when it was received; it stands before the office as any other.

    Raises NotYours (also 回避), Refused as filling in does and for a paper that is not whole. Effect: the people of the
    unit are alerted; who registered it neither accepts nor returns it.
    """
    offers = {**files, SCAN: scan_offered(stated)}
    with room_step(REGISTERING_PAPER, report, by=by, **offers) as held:
        refuse_uncited(filled_meanwhile(held.row, after))
        return _kept_return(held, held.row, values, filed_paper(stated, held.files[SCAN]), reason)


def register_paper_incident(
    scheme: ReportScheme,
    *,
    by: User,
    unit: Unit | None,
    values: Values,
    files: OfferedFiles,
    **stated: Unpack[StatedPaper],
) -> ReportVersion:
    """代录 what a unit reports on paper as it happens, in the period in which the office received it, also once that
    is over or the scheme has ended.

    Raises NotYours (also 回避), Refused as above.
    """
    offers = {**files, SCAN: scan_offered(stated)}
    with room_step(REGISTERING_INCIDENT, UnitScheme(scheme, unit), by=by, **offers) as held:
        if held.row.unit is None:
            refuse_uncited([finding("filing_incomplete", "unit", missing="报送单位")])
        day = day_of_paper(scheme, stated["received_at"])
        refuse_uncited(incident_problems(held.row, day))
        report = incident_report(held.row, day)
        return _kept_return(held, report, values, filed_paper(stated, held.files[SCAN]), "")


def _kept_return(
    held: Held[Row], report: PeriodicReport, values: Values, paper: FiledPaper, reason: str
) -> ReportVersion:
    """The next version of the report, as the paper has it."""
    refuse_uncited(paper.problems(report, *_answered_since(report)))
    refuse_uncited(filling_problems(report, values, held.files, reason))
    version = new_version(report, held.by, values, reason=reason, paper=_of_paper(paper))
    keep_answers(held, version)
    settle(version)
    assert paper.received_at is not None
    received_at = short_datetime(timezone.localtime(paper.received_at))
    held.facts |= {**version_facts(version), **paper.who_brought, "received_at": received_at}
    held.made = version.report
    words = f"办公室代录了本单位的纸质报表：{version.report}（第{version.version}版），请核对。"
    send_alert(people_of_unit(version.report.unit), key=f"report:{version.pk}:registered", words=words)
    alert_of_incident(version)
    return version


def day_of_paper(scheme: ReportScheme, received_at: datetime | None) -> date:
    """The day by which the period of a paper is found: when it was received; today where that is in no period, so
    that it is said that it cannot be."""
    day = timezone.localtime(received_at).date() if received_at else clock.today()
    is_ahead_or_early = day > clock.today() or not scheme.periods.filter(first__lte=day).exists()
    return clock.today() if is_ahead_or_early else day


def _answered_since(report: PeriodicReport) -> tuple[str, datetime]:
    """What the paper answers: the period may be filled in, or the office has decided on the version before; what is
    older than the version that holds does not replace it."""
    last = report.last_handed_in()
    if last is not None and last.decided_at is not None:
        return "办公室上次办理的时间", last.decided_at
    if last is not None and last.confirmed_at is not None:
        return "现有报表报送的时间", last.confirmed_at
    opened = datetime.combine(report.period.opens_on, time(), CHINA_STANDARD_TIME)
    return "开始填报的时间", opened


def _of_paper(paper: FiledPaper) -> dict[str, object]:
    assert paper.signer is not None
    return {
        "signer": paper.signer,
        "brought_by": paper.brought_by,
        "brought_by_title": paper.brought_by_title,
        "confirmed_by": paper.signer.holder,
        "confirmed_at": paper.received_at,
    }


def _of_periods_alone(asked: UnitScheme, *_by: User) -> Iterator[Finding]:
    if not asked.scheme.is_of_any_time():
        yield finding("scheme_not_any_time", "", title=asked.scheme.title)


REGISTERING_PAPER = RoomStep(REGISTER, REPORTS, OPEN)
REGISTERING_INCIDENT = RoomStep(REGISTER, UNIT_SCHEMES, (_of_periods_alone,))
