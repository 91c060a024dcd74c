"""What follows where a report is marked, late or missed, is one click away, for whoever may begin it."""

import pytest
import time_machine

from tests import cast
from tests.factories import pdf
from tests.ladder import carry_out
from tests.refusals import appoint
from tests.reporting import TITLE, accepted, at, filled, report_of, scheme_of
from tests.views.queries import queries_of, statements_of
from tests.web import Visitor, browser
from yuetan.actions.reporting.marks import chase_reports, mark_report, withdraw_report_mark
from yuetan.models import AccountabilityMeasure, Alert, Case
from yuetan.scenarios.measure_drivers import circular
from yuetan.vocabulary import PostKind, UnitKind

LIST, BOARD = "/reporting/", "/reporting/board/"
TOWN_NAME, PROVED = "蓬江区棠下镇", "实地核查场所9处，上报5处。"
PROPOSE, CIRCULATE, CHASE = (f"{words}：{TOWN_NAME}" for words in ("提出约谈建议", "起草通报", "催报"))
STEPS = {"催报", "起草提醒函", "起草通报", "提出约谈建议"}
SAYS = f"经核查：{PROVED}2026年11月23日标记为谎报。"


@pytest.fixture
def scheme(office):
    return scheme_of()


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def report_url(scheme, code=cast.TOWN):
    return f"{LIST}reports/{report_of(scheme, code).public_id}/"


def marked(scheme, code=cast.TOWN):
    accepted(report_of(scheme, code))
    report = report_of(scheme, code)
    return mark_report(report, by=cast.person("officer"), kind="false", words=PROVED, proof=[pdf("核查记录.pdf")])


def steps_on(page):
    """The words of what may be begun, without those of the unit."""
    buttons = [words for form in page.forms for words in form.buttons]
    parted = [words.partition("：") for words in [*buttons, *(words for words, _ in page.links)]]
    return {verb for verb, _, unit in parted if unit == TOWN_NAME and verb in STEPS}


def test_a_mark_leads_to_a_proposal_whose_evidence_is_its_record(scheme):
    marked(scheme)
    officer = visitor("officer", report_url(scheme))
    assert SAYS in officer.page
    officer.open(officer.page.link(PROPOSE))
    assert officer.page.forms[-1].values["matter"] == [f"谎报“{TITLE}”"]
    officer.press("保存草稿", **{"grounds-5_2-ticked": "on"})
    (ground,) = Case.objects.get().case_grounds.all()
    assert SAYS in ground.facts
    assert ground.reference_number == "2026年11月20日至11月26日报表谎报标记"
    assert "张一2026年11月23日标记" in ground.reference_summary
    assert "《核查记录.pdf》" in ground.reference_summary


def test_a_mark_leads_to_a_circular_which_leads_back(scheme):
    carry_out()
    mark = marked(scheme)
    officer = visitor("officer", report_url(scheme))
    officer.open(officer.page.link(CIRCULATE))
    values = officer.page.forms[-1].values
    assert values["matter"] == [f"谎报“{TITLE}”"]
    assert SAYS in values["facts"][0]
    assert "如实更正报表" in values["demands"][0]
    assert "张一" not in values["facts"][0]
    drafted = circular(cast.unit(cast.TOWN))
    chosen = {name: str(drafted[name].pk) for name in ("rung", "door")}
    officer.press("保存", grounds=[str(drafted["grounds"][0].pk)], limit="2026-12-31", **chosen)
    measure = AccountabilityMeasure.objects.get()
    assert measure.title in officer.open(report_url(scheme))
    withdraw_report_mark(mark, by=cast.person("director"), reason="核查有误。")
    assert not steps_on(officer.open(report_url(scheme)))


def test_a_letter_to_a_member_unit_begins_with_what_was_marked(office):
    scheme = scheme_of(kinds=[UnitKind.MEMBER_UNIT])
    marked(scheme, cast.MEMBER_UNIT)
    supervisor = visitor("supervisor", report_url(scheme, cast.MEMBER_UNIT))
    name = cast.unit(cast.MEMBER_UNIT).full_name
    supervisor.open(supervisor.page.link(f"起草提醒函：{name}"))
    values = supervisor.page.forms[-1].values
    assert values["matter"] == [f"谎报“{TITLE}”"]
    assert SAYS in values["problems"][0]
    assert "如实更正报表" in values["requirements"][0]


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("officer", {"催报", "起草通报", "提出约谈建议"}),
        ("director", {"催报"}),
        ("supervisor", {"催报"}),
        (f"head_{cast.TOWN}", set()),
        (f"liaison_{cast.TOWN}", set()),
    ],
)
def test_each_is_offered_what_is_theirs(scheme, who, offered):
    carry_out()
    marked(scheme)
    page = visitor(who, report_url(scheme)).page
    assert steps_on(page) == offered
    assert ("下一步" in page) is bool(offered)
    if offered:
        assert steps_on(visitor(who, f"{BOARD}?q={cast.TOWN}").page) == offered


def test_nothing_is_laid_where_the_office_carries_out_no_ladder(scheme):
    marked(scheme)
    assert steps_on(visitor("officer", report_url(scheme)).page) == {"催报", "提出约谈建议"}


def test_who_holds_a_post_in_the_unit_is_offered_nothing_and_given_no_facts(scheme):
    """回避, on the page, on the board, and by an address that somebody sent them."""
    marked(scheme)
    link = visitor("officer", report_url(scheme)).page.link(PROPOSE)
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    officer = visitor("officer", report_url(scheme))
    assert not steps_on(officer.page)
    assert not steps_on(visitor("officer", f"{BOARD}?q={cast.TOWN}").page)
    assert PROVED not in str(officer.client.get(link).content.decode())


def test_a_link_that_is_kept_fills_in_nothing_once_the_mark_is_withdrawn(scheme):
    mark = marked(scheme)
    officer = visitor("officer", report_url(scheme))
    link = officer.page.link(PROPOSE)
    withdraw_report_mark(mark, by=cast.person("director"), reason="核查有误。")
    assert officer.open(link).forms[-1].values["matter"] == [""]
    for no_report in ("", "x", "00000000-0000-4000-8000-000000000000"):
        officer.open(f"/cases/new/?unit={cast.unit(cast.TOWN).pk}&reported={no_report}")


def test_another_unit_is_not_given_the_facts_of_this_one(scheme):
    marked(scheme)
    officer = visitor("officer", report_url(scheme))
    own, other = (f"unit={cast.unit(code).pk}&" for code in (cast.TOWN, cast.DIVISION_TOWN))
    link = officer.page.link(PROPOSE)
    assert own in link
    assert officer.open(link.replace(own, other)).forms[-1].values["matter"] == [""]


def test_what_is_late_or_missed_leads_on_from_the_board_and_the_page(scheme):
    with time_machine.travel(at(26, 13), tick=False):
        filled(report_of(scheme), by="head")
        board = f"{BOARD}?q={cast.TOWN}"
        officer = visitor("officer", board)
        assert steps_on(officer.page) == {"提出约谈建议"}
        officer.open(officer.page.link(PROPOSE))
        assert officer.page.forms[-1].values["matter"] == [f"逾期报送“{TITLE}”"]
    with time_machine.travel(at(27, 9), tick=False):
        board = f"{BOARD}?q={cast.DIVISION_TOWN}"
        name = cast.unit(cast.DIVISION_TOWN).full_name
        officer = visitor("officer", board)
        page = officer.press(f"催报：{name}")
        assert f"已催报{name}" in page
        assert f"period={scheme.periods.get().pk}" in page.url
        assert Alert.objects.filter(text__contains="请立即报送", recipient=cast.head(cast.DIVISION_TOWN)).exists()
        officer.open(report_url(scheme, cast.DIVISION_TOWN))
        page = officer.press(f"催报：{name}")
        assert "今天已催报过" in page
        assert page.heading.startswith(name)


def test_who_ticks_a_line_and_presses_enter_presses_nobody(office):
    """催报 is no button of the form of 收下所选, of which a browser would press the first."""
    scheme = scheme_of(kinds=[], named_units=[cast.unit(code) for code in (cast.TOWN, cast.DIVISION_TOWN)])
    filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
    with time_machine.travel(at(27, 9), tick=False):
        page = visitor("officer", BOARD).page
    (ticked,) = [form for form in page.forms if "versions" in form.offered]
    assert list(ticked.buttons) == ["收下所选"]
    (pressed,) = [form for form in page.forms if CHASE in form.buttons]
    assert pressed.action.endswith(f"/chase/{cast.unit(cast.TOWN).pk}/?period={scheme.periods.get().pk}")


def test_how_often_a_unit_was_pressed_is_asked_once_and_not_of_what_is_in_order(scheme):
    """By the page of a report: for the fact and for what follows."""
    filled(report_of(scheme, cast.DIVISION_TOWN), by="head")
    with time_machine.travel(at(27, 9), tick=False):
        officer = browser("officer")
        for code, times in ((cast.TOWN, 1), (cast.DIVISION_TOWN, 0)):
            asked = statements_of(officer, report_url(scheme, code))
            assert sum("'chase_reports'" in one and "'scheme'" in one for one in asked) == times
        chase_reports(scheme, by=cast.person("officer"), unit=cast.unit(cast.TOWN))
        page = visitor("officer", report_url(scheme)).page
    assert "已催报 1 次，最近一次 2026年11月27日 09:00" in page
    assert "经催报1次" in page


def test_what_is_in_order_leads_to_nothing(scheme):
    accepted(report_of(scheme))
    assert "下一步" not in visitor("officer", report_url(scheme)).page
    assert "下一步" not in visitor("officer", BOARD).page


def test_the_board_costs_the_same_for_many_lines_with_steps(scheme):
    carry_out()
    with time_machine.travel(at(27, 9), tick=False):
        officer = browser("officer")
        few, many = (queries_of(officer, f"{BOARD}{query}") for query in (f"?q={cast.TOWN}", ""))
    assert many <= few
