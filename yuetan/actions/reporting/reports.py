"""报表: filled in by the liaison, confirmed and so handed in by a head, or sent back; corrected by a new version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.reporting.confirmation import CONFIRMING, confirm_report
from yuetan.actions.reporting.report_rows import FILL, REPORTS, released, settle, version_facts
from yuetan.actions.reporting.running_totals import values_after, values_before
from yuetan.actions.reporting.scheme_rows import UNIT_SCHEMES, UnitScheme, next_report
from yuetan.actions.room_step import Held, RoomStep, Row, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import PeriodicReport, ReportFile, ReportScheme, ReportVersion, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.reporting.form_fields import Values, value_problems, zero_values
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems

OfferedFiles = Mapping[str, Sequence[Offer]]  # by the key of the field
OfPaper = Mapping[str, object]  # what is kept of the paper on which a version came
NO_PAPER: OfPaper = {}
ExaminedFiles = Mapping[str, Sequence[ExaminedFile]]


def fill_report(
    report: PeriodicReport, *, by: User, values: Values, files: OfferedFiles, reason: str, after: int
) -> ReportVersion:
    """填报 for a unit; `after` is the number of the version that was before the eyes, 0 for none.

    A version that was handed in is never changed: a correction is the next one, with its reason. Raises NotYours for
    anybody not of the unit; Refused before the period is open, for a second first version, for what is missing or
    breaks a check of the form. Effects: a head is asked to confirm it; what a head fills in is handed in at once.
    """
    with room_step(FILLING, report, by=by, **files) as held:
        report = held.row
        refuse_uncited(filled_meanwhile(report, after))
        refuse_uncited(filling_problems(report, values, held.files, reason))
        return _handed_on(held, new_version(report, by, values, reason=reason))


def report_zero(report: PeriodicReport, *, by: User, after: int) -> ReportVersion:
    """零报告: nothing new, and it counts as a report; a running total stays as it was reported last.

    Raises NotYours, Refused as filling in does, at any time, and for a correction.
    """
    with room_step(FILLING_ZERO, report, by=by) as held:
        report = held.row
        refuse_uncited(filled_meanwhile(report, after))
        values = zero_values(report.period.version.form_fields, values_before(report))
        refuse_uncited(_zero_problems(report, values))
        return _handed_on(held, new_version(report, by, values, is_zero=True))


def report_at_any_time(
    scheme: ReportScheme, *, by: User, unit: Unit, values: Values, files: OfferedFiles
) -> ReportVersion:
    """随时报送, as something happens. Raises NotYours, Refused for a scheme with periods, and as filling in does."""
    with room_step(FILLING_AT_ANY_TIME, UnitScheme(scheme, unit), by=by, **files) as held:
        report = incident_report(held.row, clock.today())
        refuse_uncited(filling_problems(report, values, held.files, ""))
        return _handed_on(held, new_version(report, by, values))


def incident_report(asked: UnitScheme, day: date) -> PeriodicReport:
    """The row for one more thing that a unit, which is held, reports as it happens; it came on this day, on which
    nothing stands against that (`incident_problems`)."""
    period = asked.scheme.period_on(day)
    assert period is not None
    assert asked.unit is not None
    return next_report(period, asked.unit)


def incident_problems(asked: UnitScheme, day: date) -> Iterator[Finding]:
    """Why a unit does not report of a scheme as something happens, on this day."""
    scheme, unit, period = asked.scheme, asked.unit, asked.scheme.period_on(day)
    if period is None:
        ended = scheme.ended()
        why = str(ended) if ended else "没有正在进行的一期"
        yield finding("scheme_not_in_force", "", title=scheme.title, why=why)
    elif period.version.is_periodic:
        yield finding("scheme_not_any_time", "", title=scheme.title)
    elif unit is not None and not period.version.units().filter(pk=unit.pk).exists():
        yield finding("scheme_not_of_unit", "", unit=unit.full_name, title=scheme.title)


def _no_incident_today(asked: UnitScheme, *_by: User) -> Iterator[Finding]:
    return incident_problems(asked, clock.today())


def not_open(report: PeriodicReport, *_by: User) -> Iterator[Finding]:
    """That its period may not be filled in yet."""
    period = report.period
    if not period.is_open:
        yield finding("report_not_open", "", label=period.label, opens=chinese_date(period.opens_on))


def filled_meanwhile(report: PeriodicReport, after: int) -> Iterator[Finding]:
    """That somebody has filled it in since that version, for each period is reported once."""
    period, newest = report.period, report.newest
    if newest is not None and newest.version != after:
        words = {"unit": report.unit.full_name, "label": period.label, "name": newest.entered_by.name}
        yield finding("report_known", "", version=newest.version, **words)


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
    yield from personal_problems(reason=("更正说明", reason))


def _no_zero(report: PeriodicReport, *_by: User) -> Iterator[Finding]:
    """That nothing need be said where nothing happens; or that it was handed in, so that a correction says why."""
    if not report.period.version.is_periodic:
        yield finding("report_zero_any_time")
    elif report.handed_in_at is not None and (former := report.last_handed_in()) is not None:
        yield finding("report_correction_without_reason", "", version=former.version)


def _zero_problems(report: PeriodicReport, values: Values) -> Iterator[Finding]:
    counts = [field for field in report.period.version.form_fields if field.is_count]
    around = {"before": values_before(report), "after": values_after(report)}
    yield from _without_field(value_problems(counts, values, **around, with_file=frozenset(), year=clock.today().year))


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


def keep_answers(held: Held[Row], version: ReportVersion) -> None:
    """Keep the files of a version, by the field that they answer."""
    for key in held.files:
        held.keep(key, ReportFile, version=version, field=key)


def _handed_on(held: Held[Row], version: ReportVersion) -> ReportVersion:
    keep_answers(held, version)
    settle(version)
    held.facts |= version_facts(version)
    held.made = version.report
    held.log()
    if CONFIRMING.may_take(version, held.by):
        return confirm_report(version, by=held.by)
    report = version.report
    heads = [post.holder for post in report.unit.heads() if post.holder.username and post.holder.is_active]
    words = f"{held.by.name}填报了{report}（第{version.version}版），请确认报送或者退回。"
    send_alert(list({head.pk: head for head in heads}.values()), key=f"report:{version.pk}", words=words)
    return version


OPEN = (released, not_open)  # else nobody fills it in, nor enters it from paper
FILLING = RoomStep(FILL, REPORTS, OPEN)
FILLING_ZERO = RoomStep(FILL, REPORTS, (*OPEN, _no_zero))
FILLING_AT_ANY_TIME = RoomStep(FILL, UNIT_SCHEMES, explained=(_no_incident_today,))
