"""第二十八条: what was not met in time opens an interview, bound both ways; what was found met does not."""

from datetime import timedelta

import pytest

from tests.cast import COUNTY, TOWN, person, unit
from tests.consistency import check_all
from tests.factories import case_in, later
from tests.factories import take as take_of_case
from tests.ladder import measure_in, put_right, take
from tests.refusals import refused
from tests.web import browser
from yuetan.actions.ladder import offer_doors
from yuetan.actions.ladder.offer_doors import offer_rungs
from yuetan.actions.record.check_records import disagreements
from yuetan.models import AccountabilityMeasure, Alert, Case, PendingStep
from yuetan.models.ladder.laid_rungs import rungs_for, standing_after
from yuetan.models.ladder.matters import matters_of
from yuetan.models.ladder.offered import offered_by_measure
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import begin
from yuetan.vocabulary import CaseState, MeasureState, PostKind, Rank, Verb

pytestmark = pytest.mark.usefixtures("office")
DOOR = "受到通报后仍未按期完成整改目标"


@pytest.fixture
def served() -> AccountabilityMeasure:
    return take(Verb.ACKNOWLEDGE_MEASURE, measure_in(MeasureState.SERVED))


def stands_not(fault: str) -> str:
    other = "有其他条件的，请在“提出约谈建议”中另行提出。"
    return f"依据第二十八条，约谈的条件“{DOOR}”现在不成立：{fault}，不能启动约谈；{other}"


def test_article_28_no_interview_while_the_limit_runs_nor_on_its_last_day(served) -> None:
    for days in (0, 60):
        with later(days=days), refused(stands_not("通报的整改时限还没有到，或者已经报告、等待验收")):
            take(Verb.OPEN_INTERVIEW, served)


def test_article_28_an_interview_is_opened_the_day_after_and_bound_both_ways(served) -> None:
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)
        case = Case.objects.get()
        assert (case.rung_laid, case.state, case.unit, case.matter) == (
            served,
            CaseState.DRAFTED,
            served.unit,
            served.matter,
        )
        assert {post.holder.name for post in case.interviewees.all()} == {"冯十", "陈十一"}
        assert list(served.interviews.all()) == [case]
        assert list(disagreements()) == []


def test_heads_whom_different_leaders_interview_do_not_keep_the_interview_from_being_opened(served) -> None:
    unit(TOWN).posts.filter(kind=PostKind.GOVERNMENT_HEAD).update(rank=Rank.DIVISION)
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)
        assert [post.holder.name for post in Case.objects.get().interviewees.all()] == ["冯十"]


def test_its_draft_opens_with_what_the_paper_says_until_a_ground_is_named(served) -> None:
    with later(days=66):
        take(Verb.OPEN_INTERVIEW, served)
        case = Case.objects.get()
        number, officer = served.issued_paper.number, browser("officer")
        page = officer.get(f"/cases/{case.pk}/edit/").content.decode()
        late, offered = "第1项时限2027年1月22日，至今未完成，逾期6天", offered_by_measure(served)
        summary = f"《{served.issued_paper.title}》（{number}）2026年11月23日印发，要求限期整改。{late}"
        assert offered.reference_number == number
        assert offered.reference_summary.startswith(summary)
        assert offered.facts == f"{served.facts}\n{offered.reference_summary}"
        assert f'value="{number}"' in page
        assert page.count(late) >= 2
        case = take_of_case(Verb.REVISE_DRAFT, case)
        assert late not in officer.get(f"/cases/{case.pk}/edit/").content.decode()


def test_article_28_it_is_not_opened_twice_unless_the_first_came_to_nothing(served) -> None:
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)
        with refused(stands_not("该事项已经实施约谈")):
            take(Verb.OPEN_INTERVIEW, served)
        take_of_case(Verb.WITHDRAW, Case.objects.get())
        take(Verb.OPEN_INTERVIEW, served)
    assert Case.objects.count() == 2


def test_article_28_what_was_found_met_opens_nothing(served) -> None:
    with later(days=61):
        ended = take(Verb.CONCLUDE_MEASURE, put_right(served))
        assert (ended.state, ended.met_on) == (MeasureState.ENDED, clock.today())
        assert ended.find_step(Verb.OPEN_INTERVIEW) is None
        again = begin(unit(TOWN))
        assert take(Verb.SUBMIT_MEASURE, again).state == MeasureState.IN_REVIEW  # it has come up again
        check_all()


def test_article_28_another_matter_and_another_unit_have_their_own_doors(served) -> None:
    with later(days=30):
        other = measure_in(MeasureState.SERVED, matter="校园周边治安乱点整治不力")
        elsewhere = measure_in(MeasureState.SERVED, on=unit(COUNTY))
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)
        for one in (other, elsewhere):
            with refused(stands_not("通报的整改时限还没有到，或者已经报告、等待验收")):
                take(Verb.OPEN_INTERVIEW, one)


def test_article_28_an_interview_over_before_shuts_no_door(served) -> None:
    case_in(CaseState.CLOSED, draft={"matter": served.matter})
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)


def test_of_what_a_unit_has_had_the_rungs_of_one_matter_alone_are_read(served) -> None:
    of_matter = [case_in(CaseState.CLOSED, draft={"matter": served.matter})]
    measure_in(MeasureState.ENDED, matter="校园周边治安乱点整治不力")
    with later(days=61):
        take(Verb.OPEN_INTERVIEW, served)
        of_matter.append(Case.objects.get(rung_laid=served))
        case_in(CaseState.CLOSED)
        matter = matters_of(served.unit_id).of(served)
        rungs = rungs_for(served.unit_id, matter)
    assert {one.pk for one in rungs.all} == {served.pk, *(case.pk for case in of_matter)}
    assert {one.matter for one in rungs.laid()} == {matter}


def test_what_follows_a_rung_laid_on_another_unit_is_of_its_matter(served) -> None:
    with later(days=61):
        case = take(Verb.OPEN_INTERVIEW, served).interviews.get()
    Case.objects.filter(pk=case.pk).update(matter="另外的事由", unit=unit(COUNTY))
    case.refresh_from_db()
    assert matters_of(case.unit_id).of(case) == str(served.pk)
    assert [one.pk for one in rungs_for(case.unit_id, str(served.pk)).all] == [case.pk]


def test_article_28_an_interview_held_since_and_over_by_now_shuts_it(served) -> None:
    with later(days=200):
        case_in(CaseState.CLOSED, draft={"matter": served.matter})
        with refused(stands_not("该事项已经实施约谈")):
            take(Verb.OPEN_INTERVIEW, served)


def test_nothing_is_found_met_before_it_is_signed_for_nor_on_a_day_that_cannot_be(served) -> None:
    unsigned = measure_in(MeasureState.SERVED, on=unit(COUNTY))
    for measure in (unsigned, served):
        put_right(measure)
    with refused("办公室设定：文书还没有签收，请先由单位签收或者登记纸质回执，再认定整改完成。"):
        take(Verb.CONCLUDE_MEASURE, unsigned)
    with refused("尚未写明整改完成的日期。", field="met_on"):
        take(Verb.CONCLUDE_MEASURE, served, met_on=None)
    for days in (-1, 1):
        sentence = "办公室设定：整改完成的日期应在送达之日（2026年11月23日）以后、今天以前，请核对。"
        with refused(sentence, field="met_on"):
            take(Verb.CONCLUDE_MEASURE, served, met_on=clock.today() + timedelta(days=days))


def test_the_director_is_awaited_once_every_task_is_accepted(served) -> None:
    def awaited() -> set[str]:
        return {row.verb for row in PendingStep.objects.now().filter(measure_laid=served)}

    assert awaited() == {"prepare_report"}
    put_right(served)
    assert awaited() == {"conclude_measure"}


def test_what_has_no_door_open_keeps_no_other_from_being_offered(served, monkeypatch) -> None:
    measure_in(MeasureState.SERVED, on=unit(COUNTY))
    closed, open_one = AccountabilityMeasure.objects.in_force().order_by("-limit", "pk")
    monkeypatch.setattr(offer_doors, "MAX_AT_ONCE", 1)
    monkeypatch.setattr(
        offer_doors, "standing_after", lambda before: [] if before == closed else standing_after(before)
    )
    with later(days=61):
        assert offer_rungs(clock.today()) == {"提示": 1}
    assert Alert.objects.filter(key=f"door:{open_one.pk}").exists()


def test_the_office_gets_one_alert_by_itself_with_the_facts(served) -> None:
    assert offer_rungs(clock.today()) == {"提示": 0}
    with later(days=61):
        assert offer_rungs(clock.today()) == {"提示": 1}
        assert offer_rungs(clock.today()) == {"提示": 0}
    alert = Alert.objects.get(key=f"door:{served.pk}", recipient=person("director"))
    assert "可以据责任制约谈：《关于治安重点地区整治推进缓慢的通报》（江扫黑通〔2026〕1号）" in alert.text
    assert "第1项时限2027年1月22日，至今未完成，逾期1天" in alert.text
