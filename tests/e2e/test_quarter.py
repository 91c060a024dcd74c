"""One quarter in Chromium, of eighty units that report each week: three miss it, and each gets what comes next.

One is reminded, one circulated, one interviewed until its case is closed. A round, a joint meeting and an inspection
letter go on beside it, and the year is assessed. What the other units report each week is done by actions.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests import assignments, cast
from tests.e2e import quarter_case, quarter_year
from tests.e2e import test_meeting_and_letter as meeting
from tests.e2e import test_round as rounds
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import follow_for, on_disk, takes
from tests.ladder import carry_out, put_right, take
from tests.quarter import (
    CIRCULATED,
    INTERVIEWED,
    MATTER,
    MISSING,
    REMINDED,
    REPORTING_MEMBERS,
    TITLE,
    WEEKS,
    circulated,
    everybody_reports_but,
    reminded,
    weekly_scheme,
)
from tests.reporting import towns
from yuetan.actions.messages.daily import daily
from yuetan.models import AccountabilityMeasure, Assignment, Case, ReportScheme, ReportVersion, Unit
from yuetan.vocabulary import MeasureState, PostKind, UnitKind, Verb

V = Verb


@pytest.fixture
def as_in_its_room(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Steps that the story of a room takes too, which looks for barriers on each of these pages."""

    @contextmanager
    def as_there() -> Iterator[None]:
        with monkeypatch.context() as patched:
            patched.setattr(Person, "meets_no_barrier", lambda *_: None)
            yield

    return as_there


def test_three_units_miss_the_weekly_report(
    come_in: Callable[..., Person], it_is: Callable[..., None], as_in_its_room: Callable[..., Any], tmp_path: Path
) -> None:
    it_is(10, 7)
    carry_out()
    scheme = weekly_scheme()
    assert scheme.periods.get().reports.count() == towns() + len(REPORTING_MEMBERS) == 80
    by_hand = town_with_a_liaison()
    nothing_to_report(come_in(f"liaison_{by_hand}", width=PHONE), come_in(f"head_{by_hand}", width=PHONE))
    everybody_reports_but(scheme, (*MISSING, by_hand))
    weeks_pass(it_is, scheme, WEEKS[1:3], MISSING)
    it_is(10, 23)
    they_are_listed(come_in("officer"))
    one_is_reminded(come_in("supervisor"), come_in("deputy"), come_in(f"liaison_{REMINDED}", width=PHONE))
    for code in (CIRCULATED, INTERVIEWED):
        reminded(scheme, code)
    weeks_pass(it_is, scheme, WEEKS[3:6], (CIRCULATED, INTERVIEWED))
    it_is(11, 13)
    one_is_circulated(come_in("officer"), come_in("director"), come_in(f"liaison_{CIRCULATED}", width=PHONE))
    circulated(scheme, INTERVIEWED)
    weeks_pass(it_is, scheme, WEEKS[6:7], (INTERVIEWED,))
    with as_in_its_room():
        a_round_is_announced(come_in, it_is)
    weeks_pass(it_is, scheme, WEEKS[7:8], (INTERVIEWED,))
    it_is(11, 25, 15)
    with as_in_its_room():
        it_finds_something(come_in, tmp_path)
    it_is(11, 27)
    of_circulated = AccountabilityMeasure.objects.get(unit=cast.unit(CIRCULATED))
    assert take(V.CONCLUDE_MEASURE, put_right(of_circulated)).state == MeasureState.ENDED
    weeks_pass(it_is, scheme, WEEKS[8:9], (INTERVIEWED,))
    it_is(12, 7)
    case = an_interview_is_proposed_out_of_the_circular(come_in("officer"))
    it_is(12, 8)
    quarter_case.is_decided_and_served(case, come_in)
    weeks_pass(it_is, scheme, WEEKS[9:10])
    it_is(12, 14)
    with as_in_its_room():
        meeting.a_meeting_is_convened(come_in("officer"), CIRCULATED)
        meeting.the_notice_is_received(come_in(f"liaison_{CIRCULATED}", width=PHONE))
    it_is(12, 15, 11)
    quarter_case.is_interviewed(case, come_in)
    weeks_pass(it_is, scheme, WEEKS[10:11])
    it_is(12, 16, 15)
    with as_in_its_room():
        a_meeting_gives_tasks(come_in)
        a_letter_comes(come_in, it_is, tmp_path)
    it_is(12, 22)
    quarter_case.is_put_right_and_closed(case, come_in)
    what_was_agreed_is_accepted(come_in)
    quarter_year.is_previewed(come_in("officer"), come_in(f"head_{REMINDED}"))
    weeks_pass(it_is, scheme, WEEKS[11:])
    assert scheme.periods.count() == len(WEEKS)
    the_quarter_is_added_up(come_in("officer"))
    with as_in_its_room():
        quarter_year.is_objected_to_and_published(come_in, it_is, tmp_path)
    each_reads_of_itself_alone(come_in)


def name_of(code: str) -> str:
    """What a unit is called where others of the city are named."""
    return cast.unit(code).full_name


def weeks_pass(
    it_is: Callable[..., None], scheme: ReportScheme, weeks: tuple[date, ...], missing: tuple[str, ...] = ()
) -> None:
    """What the units report of some weeks, each on the day before the Thursday on which it is due."""
    for thursday in weeks:
        before = thursday - timedelta(days=1)
        it_is(before.month, before.day)
        daily()
        everybody_reports_but(scheme, missing)


def town_with_a_liaison() -> str:
    """A further 镇（街） whose liaison fills in by hand."""
    town = Unit.objects.interviewed().in_use().filter(kind=UnitKind.TOWN).exclude(code=cast.TOWN)[0]
    cast.engage("孔十九", f"liaison_{town.code}", town, PostKind.LIAISON, "联络员", "")
    return town.code


def nothing_to_report(liaison: Person, head: Person) -> None:
    liaison.follow("填报报表")
    liaison.meets_no_barrier()
    liaison.press("零报告")
    liaison.reads("零报告")
    head.goes_to("/")
    head.follow("确认报送报表")
    head.reads("零报告")
    head.press("确认报送")
    head.reads("已确认报送。")


def they_are_listed(officer: Person) -> None:
    officer.goes_to("/reporting/")
    follow_for(officer, "汇总", TITLE)
    names = [name_of(code) for code in MISSING]
    officer.reads(*names)
    the_missed(officer)
    officer.meets_no_barrier(1366, PHONE)
    officer.reads(*(f"{name}最近3期“{TITLE}”中，3期到期未报" for name in names))


def the_missed(person: Person) -> Person:
    person.goes_to("/reporting/")
    follow_for(person, "未报提醒", TITLE)
    return person


def is_filled_in(person: Person, **fields: str) -> None:
    """What is known stands in the form already."""
    for name, words in fields.items():
        assert words in person.field(name).input_value()


def one_is_reminded(supervisor: Person, leader: Person, liaison: Person) -> None:
    follow_for(the_missed(supervisor), "起草提醒函", name_of(REMINDED))
    is_filled_in(supervisor, matter=MATTER, problems="3期到期未报")
    supervisor.press("保存，送签发")
    supervisor.reads(f"关于{MATTER}的提醒函")
    leader.goes_to("/")
    leader.follow(f"关于{MATTER}的提醒函")
    leader.follow(V.APPROVE_LETTER.label)
    leader.press("确认签发")
    leader.reads("已签发")
    liaison.goes_to("/letters/")
    liaison.follow(f"关于{MATTER}的提醒函")
    liaison.follow(V.ACKNOWLEDGE_LETTER.label)
    liaison.press("确认签收")
    liaison.reads("已签收")


def one_is_circulated(officer: Person, director: Person, liaison: Person) -> None:
    follow_for(the_missed(officer), "起草通报", name_of(CIRCULATED))
    is_filled_in(officer, matter=MATTER, facts="最近4期“每周线索摸排情况”中，4期到期未报")
    officer.meets_no_barrier(1366, PHONE)
    for name in ("rung", "door", "grounds"):
        officer.field(name).first.check()
    officer.type(demands="一周内补报。\n明确专人报送。", limit="2026-12-04")
    for answer in officer.page.locator("select[name^=circumstances][name$=applies]").all():
        answer.select_option(label="没有")
    for reason in officer.page.locator("[name^=circumstances][name$=reason]").all():
        reason.fill("经核查，没有这一情节。")
    officer.press("保存")
    officer.reads("拟稿已保存，核对后请报核。")
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(CIRCULATED))
    takes(officer, measure, V.SUBMIT_MEASURE, "已报核，等待办公室主任核稿。")
    takes(director, measure, V.DECIDE_MEASURE, "已审定，可以印发送达。", opinion="同意。")
    takes(officer, measure, V.SERVE_MEASURE, "已印发送达。")
    takes(liaison, measure, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.reads(MATTER, "4期到期未报")


def an_interview_is_proposed_out_of_the_circular(officer: Person) -> Case:
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(INTERVIEWED))
    takes(officer, measure, V.OPEN_INTERVIEW, "已建立约谈建议的拟稿")
    case = Case.objects.get(rung_laid=measure)
    officer.goes_to(f"/cases/{case.pk}/edit/")
    is_filled_in(officer, matter=MATTER)
    officer.choose("第四条第二项")
    late = "时限2026年12月4日，至今未完成，逾期3天"
    is_filled_in(officer, **{"grounds-4_2-facts": "4期到期未报"})
    is_filled_in(officer, **{"grounds-4_2-facts": late, "grounds-4_2-reference_number": measure.issued_paper.number})
    officer.meets_no_barrier(1366, PHONE)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", late)
    return case


def a_round_is_announced(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 23)
    officer = come_in("officer")
    rounds.plan(officer)
    rounds.announce(officer)
    it_is(11, 24)
    liaison = rounds.at_the_visit(come_in(f"liaison_{cast.TOWN}", width=PHONE), rounds.TITLE)
    liaison.press("签收督导通知书")
    liaison.reads("已签收。")


def it_finds_something(come_in: Callable[..., Person], folder: Path) -> None:
    officer = rounds.at_the_visit(come_in("officer"), rounds.UNIT)
    rounds.write_down(officer, on_disk(folder, "现场照片.png"))
    rounds.conclude(officer, on_disk(folder, "集体结论签名页.pdf"))
    rounds.inform(come_in("director"))
    head = rounds.at_the_visit(come_in(f"head_{cast.TOWN}", width=PHONE), rounds.TITLE)
    head.reads(rounds.WRONG, rounds.CONCLUSION)
    head.press("签收督导意见书")
    head.reads("已签收。")
    rounds.hand_out(rounds.at_the_visit(come_in("officer"), rounds.UNIT))


def the_quarter_is_added_up(officer: Person) -> None:
    """The thirteen weeks on one page: what every accepted report of them says."""
    officer.goes_to("/reporting/")
    follow_for(officer, "汇总", TITLE)
    officer.follow("多期汇总")
    officer.follow("2026年第4季度（不全）")
    reported = ReportVersion.objects.filter(accepted_at__isnull=False).values_list("values", flat=True)
    total = officer.page.get_by_role("row", name="合计").first
    for key in ("f1", "f2", "f3"):
        expect(total).to_contain_text(str(sum(values[key] for values in reported)))
    officer.reads("13 期", "累计移交线索（末期数）", f"{name_of(INTERVIEWED)}（13期中未报")
    officer.meets_no_barrier(1366, PHONE)


def a_meeting_gives_tasks(come_in: Callable[..., Person]) -> None:
    meeting.its_record_is_written(come_in("officer"), CIRCULATED)
    meeting.its_minutes_are_issued(come_in("director"))
    meeting.what_was_agreed_is_a_task(come_in(f"liaison_{CIRCULATED}", width=PHONE))


def a_letter_comes(come_in: Callable[..., Person], it_is: Callable[..., None], folder: Path) -> None:
    """A 检察建议书 to the town, its reply and its closing."""
    meeting.a_letter_is_registered(come_in("officer"), on_disk(folder, "检察建议书.pdf"))
    it_is(12, 17)
    meeting.it_is_replied_to(come_in(f"liaison_{cast.TOWN}", width=PHONE), on_disk(folder, "回复.pdf"))
    meeting.it_is_closed(come_in("officer"), come_in(f"head_{cast.TOWN}", width=PHONE))


def what_was_agreed_is_accepted(come_in: Callable[..., Person]) -> None:
    """The report on the resolution, accepted, and all of it concluded."""
    about = Assignment.objects.get(meeting__isnull=False)
    assignments.take(V.PREPARE_REPORT, about)
    quarter_case.report_is_accepted(f"/assignments/{about.pk}/", CIRCULATED, come_in)
    supervisor = come_in("supervisor")
    supervisor.goes_to(f"/assignments/{about.pk}/")
    supervisor.follow(V.CONCLUDE_ASSIGNMENT.label)
    supervisor.type(opinion="已落实。")
    supervisor.press(V.CONCLUDE_ASSIGNMENT.label)
    supervisor.reads("已办结。")


def each_reads_of_itself_alone(come_in: Callable[..., Person]) -> None:
    """The papers of the three, each of one of them, are found by nobody of the other two."""
    laid = {one.unit.code: one for one in AccountabilityMeasure.objects.select_related("unit")}
    for code in MISSING:
        head = come_in(f"head_{code}", width=PHONE)
        others = [other for other in MISSING if other != code]
        for room in ("/", "/reporting/", "/letters/", "/measures/", "/cases/", "/assignments/"):
            head.goes_to(room)
            head.reads_nowhere(*map(name_of, others))
        for other in laid.keys() & set(others):
            head.finds_nothing(f"/measures/{laid[other].pk}/")
