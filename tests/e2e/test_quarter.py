"""One quarter in Chromium: a unit misses its weekly report; it is reminded, circulated, and an interview proposed."""

from collections.abc import Callable

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import follow_for, takes
from tests.ladder import carry_out
from tests.quarter import INTERVIEWED, MATTER, TITLE, WEEKS, everybody_reports_but, weekly_scheme
from yuetan.actions.messages.daily import daily
from yuetan.models import AccountabilityMeasure, Case, Unit
from yuetan.vocabulary import PostKind, UnitKind, Verb

V = Verb
MISSED = (INTERVIEWED,)
FIRST_THREE, FOURTH = WEEKS[7:10], WEEKS[10]


def test_one_unit_misses_the_weekly_report(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(FIRST_THREE[0].month, FIRST_THREE[0].day - 1)
    carry_out()
    scheme = weekly_scheme(FIRST_THREE[0])
    everybody_reports_but(scheme, MISSED)
    for thursday in FIRST_THREE[1:]:
        it_is(thursday.month, thursday.day - 1)
        daily()
        if thursday != FIRST_THREE[-1]:
            everybody_reports_but(scheme, MISSED)
    by_hand = town_with_a_liaison()
    nothing_to_report(come_in(f"liaison_{by_hand}", width=PHONE), come_in(f"head_{by_hand}", width=PHONE))
    everybody_reports_but(scheme, (*MISSED, by_hand))

    it_is(12, 11)
    daily()
    it_is_found(come_in("officer"))
    it_is_reminded(come_in("supervisor"), come_in("deputy"), come_in(f"liaison_{INTERVIEWED}", width=PHONE))
    it_is(FOURTH.month, FOURTH.day - 1)
    daily()
    it_is(12, 18)
    it_is_circulated(come_in("officer"), come_in("director"), come_in(f"liaison_{INTERVIEWED}", width=PHONE))
    it_is(1, 4, year=2027)
    an_interview_is_proposed_out_of_the_circular(come_in("officer"))


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


def it_is_found(officer: Person) -> None:
    officer.goes_to("/reporting/")
    follow_for(officer, "汇总", TITLE)
    officer.reads(cast.unit(INTERVIEWED).full_name)
    the_missed(officer)
    officer.meets_no_barrier(1366, PHONE)
    officer.reads(f"{cast.unit(INTERVIEWED).full_name}最近3期“{TITLE}”中，3期到期未报")


def the_missed(person: Person) -> Person:
    person.goes_to("/reporting/")
    follow_for(person, "未报提醒", TITLE)
    return person


def is_filled_in(person: Person, **fields: str) -> None:
    """What is known stands in the form already."""
    for name, words in fields.items():
        assert words in person.field(name).input_value()


def it_is_reminded(supervisor: Person, leader: Person, liaison: Person) -> None:
    follow_for(the_missed(supervisor), "起草提醒函", cast.unit(INTERVIEWED).full_name)
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


def it_is_circulated(officer: Person, director: Person, liaison: Person) -> None:
    follow_for(the_missed(officer), "起草通报", cast.unit(INTERVIEWED).full_name)
    is_filled_in(officer, matter=MATTER, facts="最近4期“每周线索摸排情况”中，4期到期未报")
    officer.meets_no_barrier(1366, PHONE)
    for name in ("rung", "door", "grounds"):
        officer.field(name).first.check()
    officer.type(demands="一周内补报。\n明确专人报送。", limit="2026-12-31")
    for answer in officer.page.locator("select[name^=circumstances][name$=applies]").all():
        answer.select_option(label="没有")
    for reason in officer.page.locator("[name^=circumstances][name$=reason]").all():
        reason.fill("经核查，没有这一情节。")
    officer.press("保存")
    officer.reads("拟稿已保存，核对后请报核。")
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(INTERVIEWED))
    takes(officer, measure, V.SUBMIT_MEASURE, "已报核，等待办公室主任核稿。")
    takes(director, measure, V.DECIDE_MEASURE, "已审定，可以印发送达。", opinion="同意。")
    takes(officer, measure, V.SERVE_MEASURE, "已印发送达。")
    takes(liaison, measure, V.ACKNOWLEDGE_MEASURE, "已签收。")
    liaison.reads(MATTER, "4期到期未报")


def an_interview_is_proposed_out_of_the_circular(officer: Person) -> None:
    measure = AccountabilityMeasure.objects.get(unit=cast.unit(INTERVIEWED))
    takes(officer, measure, V.OPEN_INTERVIEW, "已建立约谈建议的拟稿")
    officer.goes_to(f"/cases/{Case.objects.get(rung_laid=measure).pk}/edit/")
    is_filled_in(officer, matter=MATTER)
    officer.choose("第四条第二项")
    late = "时限2026年12月31日，至今未完成，逾期4天"
    is_filled_in(officer, **{"grounds-4_2-facts": "4期到期未报"})
    is_filled_in(officer, **{"grounds-4_2-facts": late, "grounds-4_2-reference_number": measure.issued_paper.number})
    officer.meets_no_barrier(1366, PHONE)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", late)
