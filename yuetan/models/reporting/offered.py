"""What a letter, a 通报 or a proposal begins with about one report: marked as 瞒报 or 谎报, late, or missed."""

from __future__ import annotations

from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.reporting.mark import ReportMark
from yuetan.models.reporting.missed import against, quoted
from yuetan.models.reporting.pressed import Pressed, pressed_units
from yuetan.models.reporting.report import PeriodicReport
from yuetan.models.reporting.version import ReportVersion
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import ReportField
from yuetan.rules.text.official_text import chinese_date, chinese_datetime, joined
from yuetan.vocabulary import ReportMarkKind


def mark_in_force(report: PeriodicReport) -> ReportMark | None:
    """The mark that stands; none where there was none, or it was withdrawn."""
    return next((mark for mark in report.marks.all() if mark.withdrawn_at is None), None)


def is_not_in_order(report: PeriodicReport) -> bool:
    """Whether something may follow: it bears a mark in force, came late, or is missed."""
    return bool(mark_in_force(report) or report.lateness or report.is_not_put_right)


def is_to_chase(report: PeriodicReport) -> bool:
    """Whether its unit is pressed for it: it is missed, or no head confirmed anything since it was marked."""
    if report.released_at is not None:
        return False
    mark = mark_in_force(report)
    is_missed = report.is_not_put_right or (report.handed_in_at is None and bool(report.lateness))
    return is_missed or (mark is not None and mark.is_unanswered(report.newest))


def offered_by_report(report: PeriodicReport, pressed: Pressed | None = None) -> OfferedFacts | None:
    """The facts, and the record that proves them; none of a report that is in order.

    `pressed` is `pressed_for` the report, where the caller has asked already.
    """
    if not is_not_in_order(report):
        return None
    mark = mark_in_force(report)
    return _of_mark(report, mark) if mark is not None else _of_what_is_late(report, pressed)


def _of_mark(report: PeriodicReport, mark: ReportMark) -> OfferedFacts:
    proved = f"经核查：{_clause(mark.words)}。{chinese_date(mark.marked_at)}标记为{mark}。"
    return OfferedFacts(
        report.unit,
        f"{mark}{quoted(report.period.scheme)}",
        f"{_what_came(report, mark)}。{proved}{against(report.period)}",
        _required_by_mark(report, mark),
        reference_number=f"{report.numbered_period}报表{mark}标记",
        reference_summary=_evidence_of_mark(report, mark),
    )


def _what_came(report: PeriodicReport, mark: ReportMark) -> str:
    """What the unit reported, and when; or that it reported nothing of what happened on a day."""
    unit, title = report.unit.full_name, quoted(report.period.scheme)
    version = mark.version
    if version is None:
        assert mark.occurred_on is not None
        return f"{unit}对{chinese_date(mark.occurred_on)}发生的情况未按{title}的要求报送"
    assert version.confirmed_at is not None
    late = f"（{report.lateness}）" if report.lateness else ""
    content = "零报告" if version.is_zero else _numbers(report, version)
    which = f"{report.numbered_period}{title}报表（第{version.version}版）"
    return f"{unit}{chinese_datetime(version.confirmed_at)}报送{which}{late}{f'：{content}' if content else ''}"


def _numbers(report: PeriodicReport, version: ReportVersion) -> str:
    """摸排场所5处、是否专题研究：是、移交线索未填: what is counted, and not what was written beside it."""
    counted = [field for field in report.period.version.form_fields if field.is_summed]
    return joined(_value_words(field, version.values.get(field.key)) for field in counted)


def _value_words(field: ReportField, value: object) -> str:
    if value is None or value == "":
        return f"{field.label}未填"
    return f"{field.label}{'' if field.is_count else '：'}{field.shown(value).replace(' ', '')}"


def _required_by_mark(report: PeriodicReport, mark: ReportMark) -> str:
    """What the unit is to do; what it has put right since is not asked of it again."""
    if mark.is_put_right():
        return f"查明{mark}的原因和责任，今后如实报送。"
    if mark.version_id is None:
        return "补报未报的情况，查明瞒报的原因和责任，今后发生情况及时如实报送。"
    put_right = "补报瞒报的内容" if mark.kind == ReportMarkKind.CONCEALED else "如实更正报表"
    return f"{put_right}（{report.numbered_period}），查明{mark}的原因和责任，今后如实报送。"


def _evidence_of_mark(report: PeriodicReport, mark: ReportMark) -> str:
    """The record of the mark, with who made it and on what; it is read in the office alone."""
    proof = joined(f"《{name}》" for name in sorted(file.name for file in mark.files.all()))
    marked = f"{mark.marked_by.name}{chinese_date(mark.marked_at)}标记{_titled(report)}为{mark}"
    return f"信息报送记录：{marked}，认定：{_clause(mark.words)}。依据材料：{proof}。"


def _of_what_is_late(report: PeriodicReport, pressed: Pressed | None) -> OfferedFacts:
    """What came late, did not come, or was returned and did not come again."""
    title = quoted(report.period.scheme)
    limit = f"的报送时限为{chinese_datetime(report.due_at)}，" if report.due_at else ""
    begin = f"{report.unit.full_name}{report.numbered_period}{title}报表{limit}"
    if report.is_not_put_right or report.handed_in_at is None:
        matter, words = "未按规定报送", _not_there(report, pressed or pressed_for(report))
        required = f"补报{report.numbered_period}的报表，查明未报的原因，今后按期报送。"
    else:
        matter, words = "逾期报送", f"{chinese_datetime(report.handed_in_at)}才报送，{report.lateness}"
        required = "查明逾期报送的原因，今后按期报送。"
    facts = f"{begin}{words}。"
    return OfferedFacts(
        report.unit,
        f"{matter}{title}",
        f"{facts}{against(report.period)}",
        required,
        reference_number=f"{report.period.scheme.title}报送表",
        reference_summary=f"信息报送记录：{facts}",
    )


def _not_there(report: PeriodicReport, pressed: Pressed) -> str:
    today, times = chinese_date(clock.today()), pressed.since
    after, still = (f"经催报{times}次，", "仍") if times else ("", "")
    if not report.is_not_put_right:
        return f"{after}至{today}{still}未报送"
    assert report.again_by is not None
    return f"报送后被退回，应于{chinese_date(report.again_by)}前重新报送，{after}至{today}{still}未重新报送"


def pressed_for(report: PeriodicReport) -> Pressed:
    """How often its unit was pressed for its scheme, and since it has been missed."""
    return pressed_units(report.period.scheme, {report.unit: report.missed_since})[report.unit_id]


def _titled(report: PeriodicReport) -> str:
    """每周线索摸排情况（2026年11月20日至11月26日）."""
    return f"{report.period.scheme.title}（{report.numbered_period}）"


def _clause(words: str) -> str:
    """Words of an officer within a sentence of ours."""
    return "".join(line.strip() for line in words.splitlines()).rstrip("。；;")
