"""代录纸质报表: a return signed on paper counts as of the moment when the office received it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Unpack

from django.utils import timezone

from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.files.paper_filing import FiledPaper, StatedPaper, examined_loose_paper
from yuetan.actions.log_event import log_event
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.confirmation import alert_of_incident
from yuetan.actions.reporting.report_rows import locked_report, settle, version_facts
from yuetan.actions.reporting.reports import (
    OfferedFiles,
    examined_files,
    filling_problems,
    new_version,
    not_to_fill,
    report_of_incident,
    store_files,
)
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import PeriodicReport, ReportFile, ReportScheme, ReportVersion, Unit, User
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.reporting.report_file import SCAN
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import Values
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME, short_datetime

REGISTER = "register_paper_report"


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
    _require_may_register(report.unit_id, by)
    paper, examined = examined_loose_paper(**stated), examined_files(files)
    with kept_whole() as stored:
        report = locked_report(report)
        refuse_uncited(not_to_fill(report, after))
        refuse_uncited(_paper_problems(paper, report))
        refuse_uncited(filling_problems(report, values, {**examined, SCAN: paper.scan}, reason))
        version = new_version(report, by, values, reason=reason, paper=_of_paper(paper))
        store_files(version, examined, by, stored)
        _keep_paper_return(version, paper, by, stored)
    return version


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
    require_right(by, REGISTER)
    if unit is None:
        refuse_uncited([finding("filing_incomplete", "unit", missing="报送单位")])
    assert unit is not None
    _require_may_register(unit.pk, by)
    paper, examined = examined_loose_paper(**stated), examined_files(files)
    with kept_whole() as stored:
        report = report_of_incident(scheme, unit, day_of_paper(scheme, paper.received_at))
        refuse_uncited(_paper_problems(paper, report))
        refuse_uncited(filling_problems(report, values, examined, ""))
        version = new_version(report, by, values, paper=_of_paper(paper))
        store_files(version, examined, by, stored)
        _keep_paper_return(version, paper, by, stored)
    return version


def _require_may_register(unit_id: int, by: User) -> None:
    require_right(by, REGISTER)
    if by.is_recused_from(unit_id):
        raise NotYours(REGISTER)


def day_of_paper(scheme: ReportScheme, received_at: datetime | None) -> date:
    """The day by which the period of a paper is found: when it was received; today where that is in no period, so
    that it is said that it cannot be."""
    day = timezone.localtime(received_at).date() if received_at else clock.today()
    is_ahead_or_early = day > clock.today() or not scheme.periods.filter(first__lte=day).exists()
    return clock.today() if is_ahead_or_early else day


def _paper_problems(paper: FiledPaper, report: PeriodicReport) -> Iterator[Finding]:
    return paper.problems(report, *_answered_since(report))


def _answered_since(report: PeriodicReport) -> tuple[str, datetime]:
    """What the paper answers: the period may be filled in, or the office has decided on the version before; what is
    older than the version that holds does not replace it."""
    last = report.versions.filter(confirmed_at__isnull=False).order_by("-version").first()
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


def _keep_paper_return(version: ReportVersion, paper: FiledPaper, by: User, stored: list[StoredFile]) -> None:
    for file in paper.scan:
        file.store(ReportFile(version=version, field=SCAN, uploaded_by=by, uploaded_at=clock.now()), stored)
    settle(version)
    assert paper.received_at is not None
    received_at = short_datetime(timezone.localtime(paper.received_at))
    log_event(REGISTER, by, **version_facts(version), **paper.who_brought, received_at=received_at)
    words = f"办公室代录了本单位的纸质报表：{version.report}（第{version.version}版），请核对。"
    send_alert(people_of_unit(version.report.unit), key=f"report:{version.pk}:registered", words=words)
    alert_of_incident(version)
