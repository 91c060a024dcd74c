"""瞒报、谎报 marked by an officer with words and proof; 催报 of a unit that has missed its reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.actions.files.attachment import Offer
from yuetan.actions.people.released_reports import release
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.reporting.report_rows import MARK, MARKS, REPORTS, WITHDRAW, mark_facts
from yuetan.actions.reporting.scheme_rows import UNIT_SCHEMES, UnitScheme, next_report
from yuetan.actions.room_step import Held, RoomStep, Row, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
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
from yuetan.models.reporting.missed import missed_labels, uncorrected_labels
from yuetan.models.reporting.offered import mark_in_force
from yuetan.models.reporting.pressed import CHASE
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.written_text import personal_problems, reason_problems
from yuetan.vocabulary import ReportMarkKind, ReportState


def mark_report(report: PeriodicReport, *, by: User, kind: str, words: str, proof: Sequence[Offer]) -> ReportMark:
    """标记瞒报、谎报 of what was handed in. Raises NotYours (also 回避), Refused with what is missing.

    Effects: it stands beside the report for the unit too, whose people are alerted; the proof is the office's alone.
    """
    with room_step(MARKING_REPORTED, report, by=by, proof=proof) as held:
        report = held.row
        needed = {"kind": ("标记", kind), "words": ("认定的事实", words), "proof": ("依据材料", held.files["proof"])}
        refuse_uncited([*missing_of("mark_incomplete", needed), *_mark_wording(words)])
        assert report.newest is not None
        return _kept_mark(held, ReportMark(report=report, version=report.newest, kind=kind, words=words))


def mark_concealed(
    scheme: ReportScheme, *, by: User, unit: Unit | None, occurred_on: date | None, words: str, proof: Sequence[Offer]
) -> ReportMark:
    """标记瞒报 of what a unit should have reported as it happened and did not; it then owes the report.

    Raises NotYours (also 回避); Refused with what is missing, for a day that is ahead, and for one on which the scheme
    did not ask it of the unit at any time. Effects as of any mark.
    """
    with room_step(MARKING_CONCEALED, UnitScheme(scheme, unit), by=by, proof=proof) as held:
        needed: dict[str, tuple[str, object]] = {"unit": ("单位", unit), "occurred_on": ("发生日期", occurred_on)}
        needed |= {"words": ("认定的事实", words), "proof": ("依据材料", held.files["proof"])}
        refuse_uncited([*missing_of("mark_incomplete", needed), *_ahead(occurred_on), *_mark_wording(words)])
        assert held.row.unit is not None
        assert occurred_on is not None
        period = _period_of_incident(scheme, held.row.unit, occurred_on)
        facts = {"kind": ReportMarkKind.CONCEALED, "words": words, "occurred_on": occurred_on}
        return _kept_mark(held, ReportMark(report=next_report(period, held.row.unit), **facts))


def _kept_mark(held: Held[Row], mark: ReportMark) -> ReportMark:
    mark.marked_by, mark.marked_at = held.by, clock.now()
    mark.save()
    held.keep("proof", ReportFile, mark=mark)
    held.facts |= {**mark_facts(mark), "words": mark.words}
    held.made = mark.report
    sentence = f"办公室标记{mark.report}为{mark}：{mark.words}"
    send_alert(people_of_unit(mark.report.unit), key=f"report_mark:{mark.pk}", words=sentence)
    return mark


def withdraw_report_mark(mark: ReportMark, *, by: User, reason: str) -> ReportMark:
    """撤销 a mark that was a mistake; it stays for the office to see. Raises NotYours, Refused without a reason."""
    with room_step(WITHDRAWING, mark, by=by) as held:
        mark, report = held.row, held.row.report
        refuse_uncited(reason_problems(reason, "撤销"))
        mark.withdrawn_by, mark.withdrawn_at, mark.withdrawal_reason = by, clock.now(), reason
        mark.save()
        if mark.version_id is None:  # what was never there to report is not owed either
            of_mark = PeriodicReport.objects.filter(pk=report.pk, newest=None, released_at=None)
            release(of_mark, ReportState.EXCUSED, f"标记已撤销：{reason}", by)
        held.facts["reason"] = reason
        words = f"办公室撤销了{report}的{mark}标记：{reason}"
        send_alert(people_of_unit(report.unit), key=f"report_mark:{mark.pk}:withdrawn", words=words)
    return mark


def chase_reports(scheme: ReportScheme, *, by: User, unit: Unit) -> list[User]:
    """催报 what a unit has missed of a scheme, and what was marked and not put right, once a day.

    Raises NotYours (also 回避), Refused where there is nothing.

    Effect: an alert to the heads and liaisons of the unit, which are returned.
    """
    with room_step(CHASING, UnitScheme(scheme, unit), by=by) as held:
        chase = ReportChase.of(held.row)
        refuse_uncited(_chase_problems(chase))
        send_alert(chase.people, key=chase.key, words=f"{scheme.title}{'；'.join(chase.pressed())}。")
        held.facts["periods"] = joined([*chase.missed, *chase.marked])
    return chase.people


@dataclass(frozen=True)
class ReportChase:
    """What a unit would be pressed for today: what it missed, what was marked; who would read it."""

    unit: Unit
    missed: Sequence[str]
    marked: Sequence[str]
    people: list[User]
    key: str

    @classmethod
    def of(cls, asked: UnitScheme) -> ReportChase:
        """The chase of one unit for one return, as things are now."""
        scheme, unit = asked.scheme, asked.unit
        assert unit is not None
        key = f"chase_reports:{scheme.pk}:{unit.pk}:{clock.today().isoformat()}"
        return cls(unit, missed_labels(scheme, unit), uncorrected_labels(scheme, unit), people_of_unit(unit), key)

    def pressed(self) -> Iterator[str]:
        """What the unit is told to do, of what it missed and of what was marked."""
        if self.missed:
            yield f"有{len(self.missed)}期到期未报（{joined(self.missed)}），请立即报送"
        if self.marked:
            marked = "；".join(self.marked)
            yield f"有{len(self.marked)}份报表已标记（{marked}）、还没有更正或者补报，请立即更正、补报"


def _chase_problems(chase: ReportChase) -> Iterator[Finding]:
    if not (chase.missed or chase.marked):
        yield finding("chase_nothing_missed", "", unit=chase.unit.full_name)
    elif not chase.people:
        yield finding("chase_of_nobody", "", unit=chase.unit.full_name)
    elif Alert.objects.filter(recipient__in=chase.people, key=chase.key).exists():
        yield finding("chased_today", "", unit=chase.unit.full_name)


def _before_handed_in(report: PeriodicReport, *_by: User) -> Iterator[Finding]:
    if report.handed_in_at is None:
        yield finding("mark_before_handed_in")


def _marked_already(report: PeriodicReport, *_by: User) -> Iterator[Finding]:
    known = mark_in_force(report)
    if known is not None:
        yield finding("mark_known", "", name=known.marked_by.name, kind=str(known))


def _withdrawn(mark: ReportMark, *_by: User) -> Iterator[Finding]:
    if mark.withdrawn_by is not None:
        yield finding("mark_withdrawn", "", name=mark.withdrawn_by.name)


def _ahead(occurred_on: date | None) -> Iterator[Finding]:
    if occurred_on is not None and occurred_on > clock.today():
        yield finding("conceal_ahead", "occurred_on")


def _never_at_any_time(asked: UnitScheme, *_by: User) -> Iterator[Finding]:
    if not asked.scheme.is_of_any_time():
        yield _not_in_force(asked.scheme, clock.today(), "还没有要求随时报送")


def _not_in_force(scheme: ReportScheme, day: date, why: str) -> Finding:
    words = {"title": scheme.title, "day": chinese_date(day), "why": why}
    return finding("conceal_not_in_force", "occurred_on", **words)


def _period_of_incident(scheme: ReportScheme, unit: Unit, day: date) -> ReportPeriod:
    """The period in which a day lies on which the scheme asked the unit to report at any time."""
    period, ended = scheme.period_on(day), scheme.ended()
    if period is None or period.version.is_periodic:
        why = "已经停止报送" if ended is not None and ended.from_day <= day else "还没有要求随时报送"
        refuse_uncited([_not_in_force(scheme, day, why)])
    assert period is not None
    if not period.version.units().filter(pk=unit.pk).exists():
        refuse_uncited([finding("scheme_not_of_unit", "unit", unit=unit.full_name, title=scheme.title)])
    return period


def _mark_wording(words: str) -> Iterator[Finding]:
    if words.strip():
        yield from require_words(words, finding("mark_incomplete", "words", missing="认定的事实"))
    yield from personal_problems(words=("认定的事实", words))


MARKING_REPORTED = RoomStep(MARK, REPORTS, (_before_handed_in, _marked_already))
MARKING_CONCEALED = RoomStep(MARK, UNIT_SCHEMES, (_never_at_any_time,))
WITHDRAWING = RoomStep(WITHDRAW, MARKS, (_withdrawn,))
CHASING = RoomStep(CHASE, UNIT_SCHEMES)
