"""What says nothing is asked for once more wherever words are needed; reports reach who interviewed."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, keywords, later, png, take
from tests.refusals import nothing_stored, refused
from tests.steps import task_words
from tests.web import Visitor
from yuetan.errors import Refused
from yuetan.models import Alert
from yuetan.vocabulary import CaseState, MinutesAnswer, Verb

# After which step, which step, which of its texts.
NEEDED = [
    (Verb.SUBMIT, Verb.ENDORSE, "opinion"),
    (Verb.SUBMIT, Verb.RETURN_FOR_CHANGES, "reason"),
    (Verb.SUBMIT, Verb.TAKE_BACK, "reason"),
    (Verb.ENDORSE, Verb.DECLINE, "opinion"),
    (Verb.APPROVE, Verb.WITHDRAW, "reason"),
    (Verb.SERVE_NOTICE, Verb.ASK_LEAVE, "reason"),
    (Verb.SERVE_NOTICE, Verb.RESCHEDULE, "reason"),
    (Verb.HOLD_INTERVIEW, Verb.RETURN_MINUTES, "reason"),
    (Verb.ASSIGN, Verb.CHASE, "words"),
    (Verb.ASSIGN, Verb.ASK_EXTENSION, "reason"),
    (Verb.HAND_IN_REPORT, Verb.RETURN_TASK, "note"),
    (Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK, "note"),
    (Verb.ACCEPT_TASK, Verb.BEGIN_INSPECTION, "plan"),
    (Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION, "findings"),
    (Verb.BEGIN_INSPECTION, Verb.CONCLUDE_INSPECTION, "basis"),
    (Verb.CONCLUDE_INSPECTION, Verb.CLOSE, "opinion"),
]


@pytest.mark.parametrize(("after", "verb", "field"), NEEDED)
@pytest.mark.parametrize("nothing", ["。", "无"])
def test_a_text_that_says_nothing_is_asked_for_once_more(office, after, verb, field, nothing):
    case = case_after(after)
    with nothing_stored(), pytest.raises(Refused) as error:
        take(verb, case, **{field: nothing})
    (asked,) = [reason for reason in error.value.reasons if "看不出内容" in reason.text]
    assert asked.text.startswith(f"所填的“{nothing}”看不出内容，请写明具体情况（")
    assert asked.field == field


@pytest.mark.parametrize("part", ["problems", "statement", "discussion"])
def test_the_record_of_an_interview_that_says_nothing(office, part):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3), nothing_stored(), pytest.raises(Refused) as error:
        take(Verb.HOLD_INTERVIEW, case, **{part: "其他"})
    assert [reason.field for reason in error.value.reasons] == [part]


def test_a_measure_that_says_nothing(office):
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        measures = keywords(Verb.HOLD_INTERVIEW, case)["measures"]
        measures[0]["content"] = "x"
        with refused("所填的“x”看不出内容，请写明具体情况（第 1 项整改措施还缺：内容）。", field="measures"):
            take(Verb.HOLD_INTERVIEW, case, measures=measures)


def test_an_objection_that_says_nothing(office):
    case = case_after(Verb.SEND_MINUTES)
    with nothing_stored(), pytest.raises(Refused):
        take(Verb.ANSWER_MINUTES, case, answer=MinutesAnswer.OBJECTED, objection="无")


def test_a_report_that_says_nothing_is_not_handed_in(office):
    case = case_in(CaseState.RECTIFYING)
    take(Verb.PREPARE_REPORT, case, **task_words(case, text="无"))
    asked = "第 1 项整改任务尚未填写落实情况，不能报送"
    with refused(f"所填的“无”看不出内容，请写明具体情况（{asked}）。"):
        take(Verb.HAND_IN_REPORT, case)


def test_written_material_with_a_heading_that_says_nothing_is_not_handed_in(office):
    case = take(Verb.PREPARE_SUBMISSION, case_in(CaseState.NOTIFIED), problems="无")
    with refused("所填的“无”看不出内容，请写明具体情况（书面材料还缺：存在问题）。"):
        take(Verb.HAND_IN_SUBMISSION, case)


def test_a_task_is_not_accepted_without_a_word(office):
    case = case_after(Verb.HAND_IN_REPORT)
    with refused("销号须写明核查意见：看了什么、核了什么，是否落实。", field="note"):
        take(Verb.ACCEPT_TASK, case, note="")


def test_the_report_reaches_who_interviewed(office):
    """第十条第一项: in writing, to the side that interviewed."""
    case = case_in(CaseState.RECTIFYING)
    take(Verb.PREPARE_REPORT, case, **task_words(case, text="已摸排12个村，补报线索3条。", files=[png("台账.png")]))
    take(Verb.HAND_IN_REPORT, case)
    deputy = cast.person("deputy")
    assert "整改落实情况已书面报来" in Alert.objects.visible_to(deputy).latest("id").text
    page = Visitor(deputy).open(f"/cases/{case.pk}/")
    assert "已摸排12个村，补报线索3条。" in page
    assert "台账.png" in page
