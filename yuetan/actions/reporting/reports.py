"""报表: filled in by the liaison, confirmed and so handed in by a head, or sent back; corrected by a new version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Max

from yuetan.actions.files.attachment import ExaminedFile, Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.log_event import log_event
from yuetan.actions.reporting.confirmation import hand_in, may_confirm_report
from yuetan.actions.reporting.report_rows import locked_report, released, settle, version_facts
from yuetan.actions.reporting.running_totals import values_after, values_before
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import PeriodicReport, ReportFile, ReportPeriod, ReportScheme, ReportVersion, Unit, User
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import Values, value_problems, zero_values
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.personal_data import personal_data

FILL = "fill_report"
OfferedFiles = Mapping[str, Sequence[Offer]]  # by the key of the field
OfPaper = Mapping[str, object]  # what is kept of the paper on which a version came
NO_PAPER: OfPaper = {}
ExaminedFiles = Mapping[str, Sequence[ExaminedFile]]


def may_fill(unit_id: int, by: User) -> bool:
    """Who answers for the unit or is its liaison today."""
    return unit_id in by.interviewed_units and any(own.party for own in by.posts_in(unit_id))


def fill_report(
    report: PeriodicReport, *, by: User, values: Values, files: OfferedFiles, reason: str, after: int
) -> ReportVersion:
    """填报 for a unit; `after` is the number of the version that was before the eyes, 0 for none.

    A version that was handed in is never changed: a correction is the next one, with its reason. Raises NotYours for
    anybody not of the unit; Refused before the period is open, for a second first version, for what is missing or
    breaks a check of the form. Effects: a head is asked to confirm it; what a head fills in is handed in at once.
    """
    _require_of_unit(report.unit_id, by)
    examined = examined_files(files)
    with kept_whole() as stored:
        report = locked_report(report)
        refuse_uncited(not_to_fill(report, after))
        refuse_uncited(filling_problems(report, values, examined, reason))
        version = new_version(report, by, values, reason=reason)
        store_files(version, examined, by, stored)
        _after_filling(report, version, by)
    return version


def report_zero(report: PeriodicReport, *, by: User, after: int) -> ReportVersion:
    """零报告: nothing new, and it counts as a report; a running total stays as it was reported last.

    Raises NotYours, Refused as filling in does.
    """
    _require_of_unit(report.unit_id, by)
    with transaction.atomic():
        report = locked_report(report)
        refuse_uncited(not_to_fill(report, after))
        values = zero_values(report.period.version.form_fields, values_before(report))
        refuse_uncited(_zero_problems(report, values))
        version = new_version(report, by, values, is_zero=True)
        _after_filling(report, version, by)
    return version


def report_at_any_time(
    scheme: ReportScheme, *, by: User, unit: Unit, values: Values, files: OfferedFiles
) -> ReportVersion:
    """随时报送, as something happens. Raises NotYours, Refused for a scheme with periods, and as filling in does."""
    _require_of_unit(unit.pk, by)
    examined = examined_files(files)
    with kept_whole() as stored:
        report = report_of_incident(scheme, unit, clock.today())
        refuse_uncited(filling_problems(report, values, examined, ""))
        version = new_version(report, by, values)
        store_files(version, examined, by, stored)
        _after_filling(report, version, by)
    return version


def report_of_incident(scheme: ReportScheme, unit: Unit, day: date) -> PeriodicReport:
    """The row for one more thing that a unit reports as it happens, inside a transaction; it came on this day.

    Raises Refused for a scheme with periods, that was not in force then, or that is not asked of the unit.
    """
    period = scheme.period_on(day)
    refuse_uncited(_any_time_problems(scheme, period, unit))
    assert period is not None
    return next_report(period, unit)


def next_report(period: ReportPeriod, unit: Unit) -> PeriodicReport:
    """The next row of a unit in a period of what is reported at any time; two at a time are numbered one by one."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    last = PeriodicReport.objects.filter(period=period, unit=unit).aggregate(last=Max("serial"))["last"]
    return PeriodicReport.objects.create(period=period, unit=unit, serial=(last or 0) + 1)


def _require_of_unit(unit_id: int, by: User) -> None:
    if not may_fill(unit_id, by):
        raise NotYours(FILL)


def examined_files(files: OfferedFiles) -> ExaminedFiles:
    """What was offered for each field, examined; raises Refused for a file that is not accepted."""
    return {key: examine_loose(offered, key) for key, offered in files.items()}


def not_to_fill(report: PeriodicReport, after: int) -> list[Finding]:
    """Owed no more; not open yet; or somebody has filled it in meanwhile, for each period is reported once."""
    period, newest = report.period, report.newest
    if no_more := list(released(report)):
        return no_more
    if not period.is_open:
        return [finding("report_not_open", "", label=period.label, opens=chinese_date(period.opens_on))]
    if newest is not None and newest.version != after:
        words = {"unit": report.unit.full_name, "label": period.label, "name": newest.entered_by.name}
        return [finding("report_known", "", version=newest.version, **words)]
    return []


def filling_problems(report: PeriodicReport, values: Values, files: ExaminedFiles, reason: str) -> Iterator[Finding]:
    """What stands against these values as the next version of a report."""
    fields = report.period.version.form_fields
    newest, year = report.newest, clock.today().year
    kept = ReportFile.objects.of_version(newest).values_list("field", flat=True) if newest else []
    there = frozenset([*kept, *(key for key, given in files.items() if given)])
    around = {"before": values_before(report), "after": values_after(report)}
    yield from value_problems(fields, values, **around, with_file=there, year=year)
    if newest is None:
        return
    if newest.values == dict(values) and not newest.is_zero and not any(files.values()) and newest.sent_back_at is None:
        yield finding("report_unchanged", "", version=newest.version)
    if newest.confirmed_at is not None:
        yield from require_words(reason, finding("report_correction_without_reason", "reason", version=newest.version))
    yield from personal_data("reason", "更正说明", reason, year)


def _zero_problems(report: PeriodicReport, values: Values) -> Iterator[Finding]:
    if not report.period.version.is_periodic:
        yield finding("report_zero_any_time")
        return
    if report.newest is not None and report.newest.confirmed_at is not None:
        yield finding("report_correction_without_reason", "", version=report.newest.version)
    yield from _without_field(
        value_problems(
            [field for field in report.period.version.form_fields if field.is_count],
            values,
            before=values_before(report),
            after=values_after(report),
            with_file=frozenset(),
            year=clock.today().year,
        )
    )


def _without_field(findings: Iterable[Finding]) -> Iterator[Finding]:
    for each in findings:
        yield finding(each.code, "", **each.words)


def new_version(
    report: PeriodicReport,
    by: User,
    values: Values,
    *,
    reason: str = "",
    is_zero: bool = False,
    paper: OfPaper = NO_PAPER,
) -> ReportVersion:
    """The next version of a report, which is held; `paper` is what is kept of the paper it came on."""
    newest = report.newest
    return ReportVersion.objects.create(
        report=report,
        version=newest.version + 1 if newest else 1,
        values=dict(values),
        is_zero=is_zero,
        reason=reason if newest else "",
        entered_by=by,
        entered_at=clock.now(),
        **paper,
    )


def store_files(version: ReportVersion, files: ExaminedFiles, by: User, stored: list[StoredFile]) -> None:
    """Keep the files of a version, by the field that they answer."""
    for key, examined in files.items():
        for file in examined:
            row = ReportFile(version=version, field=key, uploaded_by=by, uploaded_at=clock.now())
            file.store(row, stored)


def _after_filling(report: PeriodicReport, version: ReportVersion, by: User) -> None:
    settle(version)
    log_event(FILL, by, **version_facts(version))
    if may_confirm_report(report.unit_id, by):
        hand_in(version, by)
        return
    heads = [post.holder for post in report.unit.heads() if post.holder.username and post.holder.is_active]
    words = f"{by.name}填报了{report}（第{version.version}版），请确认报送或者退回。"
    send_alert(list({head.pk: head for head in heads}.values()), key=f"report:{version.pk}", words=words)


def _any_time_problems(scheme: ReportScheme, period: ReportPeriod | None, unit: Unit) -> Iterator[Finding]:
    if period is None:
        ended = scheme.ended()
        why = str(ended) if ended else "没有正在进行的一期"
        yield finding("scheme_not_in_force", "", title=scheme.title, why=why)
    elif period.version.is_periodic:
        yield finding("scheme_not_any_time", "", title=scheme.title)
    elif not period.version.units().filter(pk=unit.pk).exists():
        yield finding("scheme_not_of_unit", "", unit=unit.full_name, title=scheme.title)
