"""The ladder of a unit and a matter as one line: on each page that stands on it, for the office and for the unit."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import MEMBER_UNIT, TOWN, liaison, person, unit
from tests.factories import case_in, later
from tests.factories import take as take_of_case
from tests.ladder import checked, listed_in, measure_anew, measure_in, put_right, take
from tests.vetoes import AFTER, veto_in
from tests.vetoes import take as take_of_veto
from tests.views.ladder.test_measures import browser, words
from yuetan.actions.papers.document import void_document
from yuetan.models.ladder.line_of_rungs import day_of, line_of_rungs
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.scenarios.measure_drivers import DAYS_TO_PUT_RIGHT
from yuetan.vocabulary import CaseState, MeasureState, Verb

pytestmark = pytest.mark.usefixtures("office")
LATE = DAYS_TO_PUT_RIGHT + 1
NO_DOOR = "今天没有因逾期未完成整改而成立的下一档条件。"


def line(page: str) -> str:
    """The words of the line on a page; nothing where there is none."""
    found = re.search(r'id="line-heading">(.*?)</section>', page, re.DOTALL)
    return re.sub(r"<[^>]*>|\s", "", found[1]) if found else ""


def test_a_rung_says_its_day_number_limit_and_state() -> None:
    measure = measure_in(MeasureState.SERVED)
    shown = line(words(browser("officer"), "measure_laid", measure))
    for part in (
        chinese_date(clock.today()),
        "通报（本项）",
        measure.issued_paper.number,
        f"整改期限{chinese_date(measure.limit)}",
        measure.get_state_display(),
        NO_DOOR,
    ):
        assert part in shown


def test_what_was_opened_because_of_it_stands_behind_it_with_links_both_ways() -> None:
    measure = measure_in(MeasureState.SERVED)
    with later(days=LATE):
        shown = line(words(browser("officer"), "measure_laid", measure))
        assert "今天可以：约谈（第二十八条：" in shown
        case = take(Verb.OPEN_INTERVIEW, measure).interviews.get()
        of_measure = words(browser("officer"), "measure_laid", measure)
        of_case = browser("officer").get(reverse("case", args=[case.pk])).content.decode()
    assert line(of_measure).index("通报") < line(of_measure).index("约谈")
    assert reverse("case", args=[case.pk]) in of_measure
    assert reverse("measure_laid", args=[measure.pk]) in of_case
    assert "约谈（本项）" in line(of_case)
    assert NO_DOOR in line(of_case)  # the door has been gone through


def test_the_unit_sees_what_was_served_on_it_and_no_door() -> None:
    measure = measure_in(MeasureState.SERVED)
    with later(days=LATE):
        case = take(Verb.OPEN_INTERVIEW, measure).interviews.get()
        page = words(browser(f"liaison_{TOWN}"), "measure_laid", measure)
    assert "通报（本项）" in line(page)
    assert str(case.pk) not in page
    for hidden in ("约谈", "今天可以", NO_DOOR):
        assert hidden not in line(page)


def test_of_many_rungs_the_last_are_shown_with_how_many_more_and_that_of_the_page_always(monkeypatch) -> None:
    first = measure_in(MeasureState.ENDED)
    with later(days=1):
        second = measure_in(MeasureState.ENDED)
    with later(days=2):
        third = measure_in(MeasureState.SERVED)
        for who in ("officer", f"liaison_{TOWN}"):
            monkeypatch.setattr("yuetan.views.case.line_of_rungs.MAX_SHOWN", 2)
            page = words(browser(who), "measure_laid", third)
            assert first.issued_paper.number not in line(page)
            assert second.issued_paper.number in line(page)
            assert "另有1档没有列出" in line(page)
            assert f"{reverse('measure_list')}?area={TOWN}" in page
            assert "没有列出" not in line(words(browser(who), "measure_laid", first))
            monkeypatch.setattr("yuetan.views.case.line_of_rungs.MAX_SHOWN", 3)
            page = words(browser(who), "measure_laid", third)
            assert first.issued_paper.number in line(page)
            assert "没有列出" not in line(page)


def test_another_matter_and_another_unit_stand_on_lines_of_their_own() -> None:
    measure = measure_in(MeasureState.SERVED)
    others = [
        measure_in(MeasureState.SERVED, matter="另一处乱点整治推进缓慢"),
        measure_in(MeasureState.SERVED, on=unit(MEMBER_UNIT)),
    ]
    assert line_of_rungs(measure).rungs == [measure]
    for other in others:
        assert line_of_rungs(other).rungs == [other]


def test_an_interview_stands_under_the_day_on_which_it_was_held_not_that_of_its_minutes() -> None:
    interviewed = case_in(CaseState.INTERVIEWED)
    with later(days=3):
        for verb in (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
            interviewed = take_of_case(verb, interviewed)
        assert day_of(interviewed) == interviewed.interviewed_on == clock.today() - timedelta(days=3)


def test_a_referral_stands_with_its_day_for_the_office_alone() -> None:
    served = veto_in(MeasureState.SERVED)
    with time_machine.travel(AFTER + timedelta(days=2), tick=False):
        measure = take_of_veto(Verb.REFER_MEASURE, served, organ="江门市纪委监委")
        number = measure.referrals.get().document.number
        referred = f"{chinese_date(clock.today())}移送江门市纪委监委（{number}）"
        assert referred in line(words(browser("officer"), "measure_laid", measure))
        assert "移送" not in line(words(browser(f"liaison_{TOWN}"), "measure_laid", measure))


def test_its_end_has_its_day_for_both_sides() -> None:
    ready = take(Verb.ASK_DELISTING, checked(listed_in(MeasureState.SERVED)))
    with later(days=1):
        measure = take(Verb.GRANT_DELISTING, ready)
        words_of_end = f"{chinese_date(clock.today())}摘牌"
    for who in ("officer", f"liaison_{TOWN}"):
        assert words_of_end in line(words(browser(who), "measure_laid", measure))


def test_a_draft_stands_on_the_line_for_the_office_alone() -> None:
    measure = measure_in(MeasureState.DRAFTED)
    assert "通报（本项）" in line(words(browser("officer"), "measure_laid", measure))
    assert line_of_rungs(measure).doors() == []


def test_a_voided_paper_says_so_and_opens_no_door() -> None:
    measure = measure_in(MeasureState.SERVED)
    void_document(measure.issued_paper, by=person("director"), reason="所列情形有误。")
    with later(days=LATE):
        shown = line(words(browser("director"), "measure_laid", measure))
    assert "文书已作废" in shown
    assert NO_DOOR in shown


def test_a_target_met_opens_no_door() -> None:
    measure = put_right(take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED)))
    take(Verb.CONCLUDE_MEASURE, measure)
    with later(days=LATE):
        assert line_of_rungs(type(measure).objects.get(pk=measure.pk)).doors() == []


def test_a_case_that_no_rung_led_to_has_no_line() -> None:
    case = case_in(CaseState.NOTIFIED)
    assert line(browser("officer").get(reverse("case", args=[case.pk])).content.decode()) == ""


def test_of_several_units_each_has_its_own_line() -> None:
    lead = measure_in(MeasureState.SERVED, further_units=[unit(MEMBER_UNIT)])
    copy = lead.copies.get()
    for one, other in ((lead, copy), (copy, lead)):
        assert line_of_rungs(one).rungs == [one]
        assert reverse("measure_laid", args=[other.pk]) not in words(
            browser(liaison(one.unit.code).username), "measure_laid", one
        )


def test_the_line_costs_the_same_however_long_it_is() -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as sent:
            line_of_rungs(type(measure).objects.for_step().get(pk=measure.pk)).doors()
        return len(sent)

    measure = measure_in(MeasureState.SERVED)
    few = counted()
    for number in range(3):
        measure_in(MeasureState.SERVED, matter=f"第{number}处乱点整治推进缓慢")
    with later(days=LATE):
        take(Verb.OPEN_INTERVIEW, measure)
        assert counted() <= few + 4  # the papers and tasks of cases, once there are any


@pytest.mark.parametrize(("days", "stands"), [(730, True), (731, False)])
def test_what_was_over_two_years_before_stands_in_no_line_of_the_same_words(days, stands) -> None:
    met = measure_in(MeasureState.ENDED)
    with later(days=days):
        again = measure_anew(MeasureState.SERVED)
        line = line_of_rungs(again)
        assert (met in line.rungs) is stands
        assert (str(met.pk) in {one.key for one in line.laid}) is stands
        assert again in line.rungs
