"""挂牌督办（黄牌警告）: through which door, what its paper says, how it and the interview before it are bound."""

import re

import pytest

from tests.cast import COUNTY, person, unit
from tests.consistency import check_all
from tests.factories import case_in, later
from tests.ladder import carry_out, listed_in, measure_in, put_right, take
from tests.refusals import refused
from yuetan.actions.ladder.offer_doors import offer_rungs
from yuetan.models import AccountabilityMeasure, Alert, Case, Document, Task
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.rules.dates import clock
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.measure_drivers import after_interview
from yuetan.vocabulary import CaseState, MeasureState, RungKind, Verb

pytestmark = pytest.mark.usefixtures("office")
DOOR = "受到约谈后仍未按期完成整改目标"
LATE = 200  # days after the tasks of the usual history were handed over


def drafted_after(case: Case, /, **changed: object) -> AccountabilityMeasure:
    carry_out()
    return measure_drivers.draft.draft_measure(by=person("officer"), **after_interview(case) | changed)


@pytest.fixture
def signed() -> AccountabilityMeasure:
    return take(Verb.ACKNOWLEDGE_MEASURE, listed_in(MeasureState.SERVED))


def plain(paper: Document) -> str:
    return re.sub(r"<[^>]*>|\s", "", paper.html)


def test_article_28_it_follows_an_interview_that_was_not_met_in_time_and_is_bound_to_it() -> None:
    case = case_in(CaseState.RECTIFYING)
    with later(days=LATE):
        measure = drafted_after(case)
        for verb in (Verb.SUBMIT_MEASURE, Verb.DECIDE_MEASURE, Verb.SERVE_MEASURE):
            measure = take(verb, measure)
        paper = Document.objects.get(measure_laid=measure)
        minutes = case.documents.get(kind="minutes")
        assert (paper.number, paper.title) == ("江扫黑挂〔2027〕1号", f"关于{case.matter}的挂牌督办通知书")
        assert list(case.measures_laid.all()) == [measure]
        for words in (
            f"。你镇受到约谈后，仍未按期完成《{minutes.title}》（{minutes.number}）确定的整改目标",
            "第二十八条规定，现对你镇予以挂牌督办（黄牌警告），限期整改",
            "第二十九条规定，自本通知书印发之日起，在半年内取消你镇综合性评选的资格和你镇主要领导干部",
            "第三十条规定，提请江门市扫黑除恶专项斗争领导小组商有关部门共同研究实行一票否决权制。",
        ):
            assert words in plain(paper)
        assert [task.content for task in Task.objects.of(measure)] == measure.demanded
        check_all()


def test_article_28_it_does_not_follow_while_the_limit_of_the_minutes_runs() -> None:
    measure = drafted_after(case_in(CaseState.RECTIFYING))
    with refused(
        f"依据第二十八条，挂牌督办（黄牌警告）的条件“{DOOR}”现在不成立：约谈的整改时限还没有到，"
        "或者已经报告、等待验收，请核对单位和事由；确有其他条件的，改选其他条件并写明。",
        field="door",
    ):
        take(Verb.SUBMIT_MEASURE, measure)


def test_article_28_it_says_which_interview_it_follows() -> None:
    case = case_in(CaseState.RECTIFYING)
    with later(days=LATE):
        measure = drafted_after(case, case=None)
        with refused(
            f"依据第二十八条，挂牌督办（黄牌警告）以“{DOOR}”为条件的，须在“关联的约谈事项”里填写是哪一次约谈。",
            field="case",
        ):
            take(Verb.SUBMIT_MEASURE, measure)


def test_article_28_a_matter_never_interviewed_about_is_reached_through_gravity_in_words() -> None:
    measure = listed_in(MeasureState.DRAFTED, door_words="")
    words = measure.door.words
    with refused(
        f"依据第二十八条，以“{words}”为条件的，须写明危害、影响的具体情况，不能只选条件。", field="door_words"
    ):
        take(Verb.SUBMIT_MEASURE, measure)
    served = listed_in(MeasureState.SERVED)
    paper = plain(served.paper)
    assert f"。上述情形符合《办法》第二十八条“{words}”的规定。" in paper
    assert served.door_words not in paper


def test_article_28_a_limit_is_required() -> None:
    measure = listed_in(MeasureState.DRAFTED, limit=None)
    with refused("依据第二十八条，挂牌督办（黄牌警告）须限期整改，尚未写明整改期限。"):
        take(Verb.SUBMIT_MEASURE, measure)


def test_article_28_the_case_of_another_unit_is_not_followed() -> None:
    carry_out()
    case = case_in(CaseState.RECTIFYING)
    with refused(f"办公室设定：关联的约谈事项不是{unit(COUNTY).full_name}的，请改选其中一项。", field="case"):
        drafted_after(case, unit=unit(COUNTY))


def test_the_whole_way_up_is_one_matter_though_its_words_changed() -> None:
    """通报 not met opened the interview, which has other words; that not met in time is followed all the same."""
    circular = measure_in(MeasureState.SERVED)
    case = case_in(CaseState.RECTIFYING)
    assert case.matter != circular.matter
    Case.objects.filter(pk=case.pk).update(rung_laid=circular)
    case = Case.objects.get()
    with later(days=LATE):
        assert standing_after(circular) == []  # its door was gone through
        assert [one.door.rung for one in standing_after(case)] == [RungKind.LISTED_SUPERVISION]
        measure = take(Verb.SUBMIT_MEASURE, drafted_after(case))
        assert measure.state == MeasureState.IN_REVIEW


def test_a_door_that_has_come_to_stand_behind_an_interview_is_pointed_out_once() -> None:
    case = case_in(CaseState.RECTIFYING)
    with later(days=LATE):
        assert offer_rungs(clock.today()) == {"提示": 0}  # no text is carried out
        carry_out()
        assert offer_rungs(clock.today()) == {"提示": 1}
        assert offer_rungs(clock.today()) == {"提示": 0}
        assert [one.door.rung for one in standing_after(case)] == [RungKind.LISTED_SUPERVISION]
    alert = Alert.objects.get(key=f"door:{case.pk}", recipient=person("director"))
    assert "可以据责任制挂牌督办（黄牌警告）：《" in alert.text
    assert "第1项时限" in alert.text


def test_an_interview_met_in_time_has_no_door_behind_it() -> None:
    case = case_in(CaseState.INSPECTING)
    carry_out()
    with later(days=LATE):
        assert standing_after(case) == []
        assert offer_rungs(clock.today()) == {"提示": 0}


def test_article_30_one_not_met_in_time_opens_the_door_of_a_veto_by_itself(signed) -> None:
    assert standing_after(signed) == []
    with later(days=61):
        (door,) = standing_after(signed)
        assert (door.door.rung, door.row.article.number) == (RungKind.VETO, 30)
        assert "第1项时限2027年1月22日，至今未完成，逾期1天" in door.facts
        assert offer_rungs(clock.today()) == {"提示": 1}
        assert "可以据责任制一票否决" in Alert.objects.filter(key=f"door:{signed.pk}").first().text


def test_article_30_one_put_right_in_time_opens_nothing(signed) -> None:
    measure = put_right(signed)
    with later(days=61):
        assert standing_after(measure) == []


def test_no_interview_is_opened_out_of_it(signed) -> None:
    with later(days=61), refused("办公室设定：本办公室执行的责任制没有规定挂牌督办（黄牌警告）以后的约谈。"):
        take(Verb.OPEN_INTERVIEW, signed)


def test_its_tasks_are_pressed_by_a_paper_that_names_it(signed) -> None:
    with later(days=61):
        take(Verb.ISSUE_SUPERVISION_LETTER, signed)
        paper = Document.objects.get(kind="supervision_letter")
        assert paper.title == f"关于落实{signed.matter}挂牌督办（黄牌警告）整改任务的督办通知（黄色）"
        assert "江扫黑挂〔2026〕1号" in paper.html
        check_all()
