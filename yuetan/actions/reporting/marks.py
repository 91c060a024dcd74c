"""瞒报、谎报 marked by an officer with words and proof; 催报 of a unit that has missed its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db import transaction

from yuetan.actions.files.attachment import ExaminedFile, Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.log_event import log_event
from yuetan.actions.people.released_reports import release
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.report_rows import locked_report, words_problems
from yuetan.actions.reporting.reports import next_report
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import (
    Alert,
    PeriodicReport,
    ReportFile,
    ReportMark,
    ReportPeriod,
    ReportScheme,
    Unit,
    User,
)
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.reporting.missed import missed_labels, uncorrected_labels
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import ReportMarkKind, ReportState

MARK, WITHDRAW, CHASE = "mark_report", "withdraw_report_mark", "chase_reports"


def mark_report(report: PeriodicReport, *, by: User, kind: str, words: str, proof: Sequence[Offer]) -> ReportMark:
    """标记瞒报、谎报 of what was handed in. Raises NotYours (also 回避), Refused with what is missing.

    Effects: it stands beside the report for the unit too, whose people are alerted; the proof is the office's alone.
    """
    require_right(by, MARK)
    if by.is_recused_from(report.unit_id):
        raise NotYours(MARK)
    files = examine_loose(proof, "proof")
    with kept_whole() as stored:
        report = locked_report(report)
        refuse_uncited(_mark_problems(report, kind, words, files))
        assert report.newest is not None
        return _kept_mark(ReportMark(report=report, version=report.newest, kind=kind, words=words), by, files, stored)


def _kept_mark(mark: ReportMark, by: User, files: Sequence[ExaminedFile], stored: list[StoredFile]) -> ReportMark:
    mark.marked_by, mark.marked_at = by, clock.now()
    mark.save()
    for file in files:
        file.store(ReportFile(mark=mark, uploaded_by=by, uploaded_at=clock.now()), stored)
    log_event(MARK, by, **_mark_facts(mark), words=mark.words)
    sentence = f"办公室标记{mark.report}为{mark}：{mark.words}"
    send_alert(people_of_unit(mark.report.unit), key=f"report_mark:{mark.pk}", words=sentence)
    return mark


def mark_concealed(
    scheme: ReportScheme, *, by: User, unit: Unit | None, occurred_on: date | None, words: str, proof: Sequence[Offer]
) -> ReportMark:
    """标记瞒报 of what a unit should have reported as it happened and did not; it then owes the report.

    Raises NotYours (also 回避); Refused with what is missing, for a day that is ahead, and for one on which the scheme
    did not ask it of the unit at any time. Effects as of any mark.
    """
    require_right(by, MARK)
    if unit is not None and by.is_recused_from(unit.pk):
        raise NotYours(MARK)
    files = examine_loose(proof, "proof")
    with kept_whole() as stored:
        refuse_uncited(_concealed_problems(unit, occurred_on, words, files))
        assert unit is not None
        assert occurred_on is not None
        period = _period_of_incident(scheme, unit, occurred_on)
        facts = {"kind": ReportMarkKind.CONCEALED, "words": words, "occurred_on": occurred_on}
        return _kept_mark(ReportMark(report=next_report(period, unit), **facts), by, files, stored)


@transaction.atomic
def withdraw_report_mark(mark: ReportMark, *, by: User, reason: str) -> ReportMark:
    """撤销 a mark that was a mistake; it stays for the office to see. Raises NotYours, Refused without a reason."""
    require_right(by, WITHDRAW)
    if by.is_recused_from(mark.report.unit_id):
        raise NotYours(WITHDRAW)
    report = locked_report(mark.report)
    mark = ReportMark.objects.select_related("withdrawn_by").get(pk=mark.pk)
    mark.report = report
    if mark.withdrawn_by is not None:
        refuse_uncited([finding("mark_withdrawn", "", name=mark.withdrawn_by.name)])
    refuse_uncited(words_problems(reason, "撤销"))
    mark.withdrawn_by, mark.withdrawn_at, mark.withdrawal_reason = by, clock.now(), reason
    mark.save()
    if mark.version_id is None:  # what was never there to report is not owed either
        of_mark = PeriodicReport.objects.filter(pk=report.pk, newest=None, released_at=None)
        release(of_mark, ReportState.EXCUSED, f"标记已撤销：{reason}", by)
    log_event(WITHDRAW, by, **_mark_facts(mark), reason=reason)
    words = f"办公室撤销了{report}的{mark}标记：{reason}"
    send_alert(people_of_unit(report.unit), key=f"report_mark:{mark.pk}:withdrawn", words=words)
    return mark


@transaction.atomic
def chase_reports(scheme: ReportScheme, *, by: User, unit: Unit) -> list[User]:
    """催报 what a unit has missed of a scheme, and what was marked and not put right, once a day.

    Raises NotYours (also 回避), Refused where there is nothing.

    Effect: an alert to the heads and liaisons of the unit, which are returned.
    """
    require_right(by, CHASE)
    if by.is_recused_from(unit.pk):
        raise NotYours(CHASE)
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    missed, marked, people = missed_labels(scheme, unit), uncorrected_labels(scheme, unit), people_of_unit(unit)
    key = f"chase_reports:{scheme.pk}:{unit.pk}:{clock.today().isoformat()}"
    labels = [*missed, *marked]
    refuse_uncited(_chase_problems(unit, labels, people, key))
    send_alert(people, key=key, words=f"{scheme.title}{'；'.join(_pressed(missed, marked))}。")
    log_event(CHASE, by, scheme=scheme.title, unit=unit.full_name, periods=joined(labels))
    return people


def _pressed(missed: Sequence[str], marked: Sequence[str]) -> Iterator[str]:
    """What the unit is told to do, of what it missed and of what was marked."""
    if missed:
        yield f"有{len(missed)}期到期未报（{joined(missed)}），请立即报送"
    if marked:
        yield f"有{len(marked)}份报表已标记（{'；'.join(marked)}）、还没有更正或者补报，请立即更正、补报"


def _mark_problems(report: PeriodicReport, kind: str, words: str, files: Sequence[ExaminedFile]) -> Iterator[Finding]:
    if report.handed_in_at is None:
        yield finding("mark_before_handed_in")
    known = report.marks.filter(withdrawn_at=None).select_related("marked_by").first()
    if known is not None:
        yield finding("mark_known", "", name=known.marked_by.name, kind=str(known))
    needed = {"kind": ("标记", kind), "words": ("认定的事实", words), "proof": ("依据材料", files)}
    yield from missing_of("mark_incomplete", needed)
    yield from _mark_wording(words)


def _concealed_problems(
    unit: Unit | None, occurred_on: date | None, words: str, files: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    needed: dict[str, tuple[str, object]] = {"unit": ("单位", unit), "occurred_on": ("发生日期", occurred_on)}
    needed |= {"words": ("认定的事实", words), "proof": ("依据材料", files)}
    yield from missing_of("mark_incomplete", needed)
    if occurred_on is not None and occurred_on > clock.today():
        yield finding("conceal_ahead", "occurred_on")
    yield from _mark_wording(words)


def _period_of_incident(scheme: ReportScheme, unit: Unit, day: date) -> ReportPeriod:
    """The period in which a day lies on which the scheme asked the unit to report at any time."""
    period, ended = scheme.period_on(day), scheme.ended()
    if period is None or period.version.is_periodic:
        why = "已经停止报送" if ended is not None and ended.from_day <= day else "还没有要求随时报送"
        words = {"title": scheme.title, "day": chinese_date(day), "why": why}
        refuse_uncited([finding("conceal_not_in_force", "occurred_on", **words)])
    assert period is not None
    if not period.version.units().filter(pk=unit.pk).exists():
        refuse_uncited([finding("scheme_not_of_unit", "unit", unit=unit.full_name, title=scheme.title)])
    return period


def _mark_wording(words: str) -> Iterator[Finding]:
    if words.strip():
        yield from require_words(words, finding("mark_incomplete", "words", missing="认定的事实"))
    yield from personal_data("words", "认定的事实", words, clock.today().year)


def _mark_facts(mark: ReportMark) -> dict[str, object]:
    report = mark.report
    facts = {"scheme": report.period.scheme.title, "period": report.period.label}
    return {**facts, "unit": report.unit.full_name, "mark": str(mark)}


def _chase_problems(unit: Unit, labels: Sequence[str], people: Sequence[User], key: str) -> Iterator[Finding]:
    if not labels:
        yield finding("chase_nothing_missed", "", unit=unit.full_name)
    elif not people:
        yield finding("chase_of_nobody", "", unit=unit.full_name)
    elif Alert.objects.filter(recipient__in=people, key=key).exists():
        yield finding("chased_today", "", unit=unit.full_name)
