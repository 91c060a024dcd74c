"""The minutes on their pages: the paper as it will be printed, the text that was read, the other's text beside mine."""

import pytest

from tests import cast
from tests.factories import case_after, take
from tests.refusals import nothing_stored
from tests.web import Visitor
from yuetan.models import Case
from yuetan.vocabulary import MinutesAnswer, Verb

HEAD = f"head_{cast.TOWN}"
CHANGED = "纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"


def at_step(username, case, verb):
    """Somebody opens the page of a step."""
    visitor = Visitor(cast.person(username))
    visitor.open(f"/cases/{case.pk}/steps/{verb}/")
    return visitor


@pytest.mark.parametrize(
    ("verb", "after", "whose"),
    [
        (Verb.CONFIRM_MINUTES, Verb.HOLD_INTERVIEW, "deputy"),
        (Verb.RETURN_MINUTES, Verb.HOLD_INTERVIEW, "deputy"),
        (Verb.SEND_MINUTES, Verb.CONFIRM_MINUTES, "officer"),
        (Verb.ANSWER_MINUTES, Verb.SEND_MINUTES, HEAD),
    ],
)
def test_the_paper_is_seen_as_it_will_be_printed(office, verb, after, whose):
    page = at_step(whose, case_after(after), verb).page
    for words in ("江门市扫黑除恶专项斗争约谈纪要", "一、约谈事由、目的与通报的问题", "认领问题", "副组长孙六"):
        assert words in page


def test_the_unit_sees_no_text_before_it_is_sent_to_it(office):
    case = case_after(Verb.CONFIRM_MINUTES)
    page = at_step(HEAD, case, Verb.ANSWER_MINUTES).page
    assert "纪要文本尚未送被约谈方确认，须先由承办人送出。" in page
    assert "认领问题" not in page
    assert "印出来是这样" not in page


def test_who_confirms_is_shown_the_changed_text_and_may_then_confirm_it(office):
    case = case_after(Verb.HOLD_INTERVIEW)
    deputy = at_step("deputy", case, Verb.CONFIRM_MINUTES)
    take(Verb.REVISE_MINUTES, case, discussion="改过的讨论分析。")
    with nothing_stored():
        page = deputy.press("确认纪要文本", expect=422)
    assert CHANGED in page
    assert "改过的讨论分析。" in page
    assert "已办理：确认纪要文本。" in deputy.press("确认纪要文本")


def test_who_answers_is_shown_the_changed_text_and_keeps_what_was_typed(office):
    case = case_after(Verb.SEND_MINUTES)
    head = at_step(HEAD, case, Verb.ANSWER_MINUTES)
    for verb, changed in (
        (Verb.REVISE_MINUTES, {"discussion": "改过了。"}),
        (Verb.CONFIRM_MINUTES, {}),
        (Verb.SEND_MINUTES, {}),
    ):
        take(verb, case, **changed)
    with nothing_stored():
        page = head.press("下一步：核对", expect=422, answer=MinutesAnswer.OBJECTED, objection="时限过紧。")
    assert CHANGED in page
    assert page.forms[-1].values["objection"] == ["时限过紧。"]
    head.press("下一步：核对")
    head.press("反馈纪要意见")
    assert Case.objects.get().minutes.objection == "时限过紧。"


def test_two_who_revise_lose_nothing(office):
    case = case_after(Verb.HOLD_INTERVIEW)
    first, second = (at_step(who, case, Verb.REVISE_MINUTES) for who in ("officer", "second_officer"))
    assert "通报了线索摸排不深入的问题。" in first.page
    first.press("修改纪要", discussion="先写的讨论。")
    with nothing_stored():
        page = second.press("修改纪要", expect=409, discussion="后写的讨论。")
    assert "没有提交：您打开这一页以后，有的栏目已被修改" in page
    assert "纪要现在的文本" in page
    assert "先写的讨论。" in page
    assert page.forms[-1].values["discussion"] == ["后写的讨论。"]
    second.press("修改纪要", discussion="先写的讨论。后写的讨论。")
    assert Case.objects.get().minutes.discussion == "先写的讨论。后写的讨论。"


def test_what_the_interviewer_wants_changed_stands_over_the_text(office):
    case = take(Verb.RETURN_MINUTES, case_after(Verb.HOLD_INTERVIEW), reason="请补充时限。\n并核对人数。")
    page = at_step("officer", case, Verb.REVISE_MINUTES).page
    assert "约谈人退回修改 请补充时限。并核对人数。 孙六" in page
    assert "开展一轮线索集中摸排" in page
    assert "退回修改" not in at_step(HEAD, case, Verb.ANSWER_MINUTES).page


def test_each_copied_unit_is_listed_and_printed(office):
    case = take(
        Verb.REVISE_MINUTES,
        case_after(Verb.HOLD_INTERVIEW),
        copied_to="省扫黑除恶专项斗争领导小组、市委办公室，市公安局",
    )
    assert case.minutes.copied_units == ["省扫黑除恶专项斗争领导小组", "市委办公室", "市公安局"]
    page = at_step("deputy", case, Verb.CONFIRM_MINUTES).page
    assert "抄送：省扫黑除恶专项斗争领导小组，市委办公室，市公安局。" in page


def test_who_hands_in_another_text_than_was_shown_is_shown_it_first(office):
    case = case_after(Verb.PREPARE_SUBMISSION)
    head = at_step(HEAD, case, Verb.HAND_IN_SUBMISSION)
    head.press("下一步：核对")
    take(Verb.PREPARE_SUBMISSION, case, situation="后来改过的情况。")
    with nothing_stored():
        page = head.press("提交书面材料", expect=422)
    assert "书面材料在您打开本页之后有改动，现在的内容列在本页，请核对后再提交。" in page
    assert "后来改过的情况。" in page
    head.press("下一步：核对")
    assert "已办理：提交书面材料。" in head.press("提交书面材料")


def test_two_who_write_a_correction_lose_nothing(office):
    case = case_after(Verb.ISSUE_MINUTES)
    first, second = (at_step("director", case, Verb.CORRECT_MINUTES) for _ in range(2))
    assert "约谈纪要" in first.page
    first.press("拟定纪要更正", reason="漏列一项问题", problems="先写的更正。")
    with nothing_stored():
        page = second.press("拟定纪要更正", expect=409, reason="另有一处有误", problems="后写的更正。")
    assert "先写的更正。" in page
    assert page.forms[-1].values["problems"] == ["后写的更正。"]
    second.press("拟定纪要更正", problems="先写的更正。后写的更正。")
    assert Case.objects.get().open_correction.problems == "先写的更正。后写的更正。"
