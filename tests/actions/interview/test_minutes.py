"""The minutes on their way out: revised, confirmed, sent, answered, issued."""

import pytest

from tests.factories import case_after, case_in, keywords, later, take
from tests.refusals import not_theirs, refused
from yuetan.actions.office.office import change_office_setting
from yuetan.models import OfficeSetting
from yuetan.vocabulary import CaseState, DocumentKind, MinutesAnswer, Verb


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def test_the_minutes_are_numbered_and_frozen(director):
    case = case_in(CaseState.MINUTED)
    minutes = case.documents.get(kind=DocumentKind.MINUTES)
    assert (minutes.number, minutes.issued_by) == ("江扫黑办纪〔2026〕1号", director)
    for words in ("开展一轮线索集中摸排", "建立举报线索答复台账", "冯十", "孙六"):
        assert words in minutes.html


def test_no_minutes_before_the_interviewer_stands_by_them():
    case = case_after(Verb.HOLD_INTERVIEW)
    with refused("办公室设定：纪要文本尚未经约谈人孙六确认，须先请约谈人确认。"):
        take(Verb.ISSUE_MINUTES, case)
    with refused("办公室设定：纪要文本尚未经约谈人孙六确认，须先请约谈人确认。"):
        take(Verb.SEND_MINUTES, case)


def test_no_minutes_before_the_interviewed_side_was_asked():
    case = case_after(Verb.CONFIRM_MINUTES)
    with refused("办公室设定：纪要文本尚未送被约谈方确认，须先由承办人送出。"):
        take(Verb.ISSUE_MINUTES, case)
    with refused("办公室设定：纪要文本尚未送被约谈方确认，须先由承办人送出。"):
        take(Verb.ANSWER_MINUTES, case)


def test_an_answer_is_waited_for_as_long_as_the_office_has_set():
    case = case_after(Verb.SEND_MINUTES)
    awaited = "办公室设定：纪要已送被约谈方确认，尚未反馈；可于2026年11月26日之后印发。"
    with refused(awaited):
        take(Verb.ISSUE_MINUTES, case)
    with later(days=3), refused(awaited):
        take(Verb.ISSUE_MINUTES, case)
    with later(days=4):
        assert take(Verb.ISSUE_MINUTES, case).state == CaseState.MINUTED


def test_the_wait_is_the_offices_own(director):
    setting = OfficeSetting.objects.get(key="minutes_answer_days")
    change_office_setting(setting, by=director, value=10)
    case = case_after(Verb.SEND_MINUTES)
    with refused("办公室设定：纪要已送被约谈方确认，尚未反馈；可于2026年12月7日之后印发。"):
        take(Verb.ISSUE_MINUTES, case)


def test_an_objection_is_printed_and_stops_nothing():
    objection = "第二项时限过紧。"
    case = take(Verb.ANSWER_MINUTES, case_after(Verb.SEND_MINUTES), answer=MinutesAnswer.OBJECTED, objection=objection)
    minutes = take(Verb.ISSUE_MINUTES, case).documents.get(kind=DocumentKind.MINUTES)
    assert "第二项时限过紧" in minutes.html


def test_an_objection_says_what_is_objected():
    case = case_after(Verb.SEND_MINUTES)
    with refused("选择“有异议”的，须写明异议内容。", field="objection"):
        take(Verb.ANSWER_MINUTES, case, answer=MinutesAnswer.OBJECTED, objection=" ")


def test_the_unit_answers_once():
    case = case_after(Verb.ANSWER_MINUTES)
    with refused("被约谈方已经反馈意见，不必再次反馈。"):
        take(Verb.ANSWER_MINUTES, case)


def test_a_text_is_confirmed_and_sent_once():
    case = case_after(Verb.SEND_MINUTES)
    with refused("纪要文本已经约谈人确认，不必再次确认；请等待被约谈方反馈或者印发。"):
        take(Verb.CONFIRM_MINUTES, case)
    with refused("纪要文本已送被约谈方确认，不必再送。"):
        take(Verb.SEND_MINUTES, case)


def test_a_changed_text_is_confirmed_sent_and_answered_anew():
    case = take(Verb.REVISE_MINUTES, case_after(Verb.ANSWER_MINUTES), discussion="经讨论，时限改由双方另议。")
    minutes = case.minutes
    assert (minutes.confirmed_at, minutes.sent_at, minutes.answer, minutes.answered_at) == (None, None, "", None)
    with refused("办公室设定：纪要文本尚未经约谈人孙六确认，须先请约谈人确认。"):
        take(Verb.ISSUE_MINUTES, case)


@pytest.mark.parametrize("part", ["problems", "statement", "discussion"])
def test_a_text_keeps_its_parts(part):
    case = case_after(Verb.HOLD_INTERVIEW)
    with refused("依据第九条第四项，约谈纪要还缺：正文。", field=part):
        take(Verb.REVISE_MINUTES, case, **{part: ""})


def test_minutes_without_measures_do_not_go_out():
    case = case_after(Verb.ANSWER_MINUTES)
    case.interview.measures.all().delete()
    with refused("依据第九条第三项，约谈纪要未载明整改措施及时限，不能印发。"):
        take(Verb.ISSUE_MINUTES, case)


def test_each_of_the_four_steps_has_its_person(officer, director, deputy, head):
    everybody = (officer, director, deputy, head)
    rightful = [
        (Verb.CONFIRM_MINUTES, Verb.HOLD_INTERVIEW, deputy),
        (Verb.SEND_MINUTES, Verb.CONFIRM_MINUTES, officer),
        (Verb.ANSWER_MINUTES, Verb.SEND_MINUTES, head),
        (Verb.ISSUE_MINUTES, Verb.ANSWER_MINUTES, director),
    ]
    for verb, after, whose in rightful:
        case = case_after(after)
        for somebody in everybody:
            if somebody != whose:
                with not_theirs():
                    take(verb, case, by=somebody)
        take(verb, case, by=type(whose).objects.get(pk=whose.pk))


def test_the_interviewer_returns_the_text_with_what_to_change(deputy):
    case = case_after(Verb.HOLD_INTERVIEW)
    with refused("尚未写明退回的原因。", field="reason"):
        take(Verb.RETURN_MINUTES, case, reason=" ")
    case = take(Verb.RETURN_MINUTES, case, reason="第三部分请补充时限。")
    assert (case.minutes.returned_by, case.minutes.return_reason) == (deputy, "第三部分请补充时限。")
    assert case.events.newest_first()[0].opinion == "第三部分请补充时限。"
    with refused("办公室设定：纪要文本已由约谈人孙六退回修改，请等待修改后的文本。"):
        take(Verb.CONFIRM_MINUTES, case)
    case = take(Verb.REVISE_MINUTES, case, discussion="时限为一个月。")
    assert (case.minutes.returned_by, case.minutes.return_reason) == (None, "")
    assert take(Verb.CONFIRM_MINUTES, case).minutes.confirmed_by == deputy


def test_what_was_confirmed_is_not_returned(head, officer):
    case = case_after(Verb.CONFIRM_MINUTES)
    with refused("纪要文本已经约谈人确认，不必再次确认；请等待被约谈方反馈或者印发。"):
        take(Verb.RETURN_MINUTES, case)
    case = case_after(Verb.HOLD_INTERVIEW)
    for somebody in (head, officer):
        with not_theirs():
            take(Verb.RETURN_MINUTES, case, by=somebody)


UNDERWAY = (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES)


@pytest.mark.parametrize("verb", [Verb.RETURN_MINUTES, *UNDERWAY])
def test_a_step_counts_for_the_text_that_was_read_and_for_no_other(verb):
    before = UNDERWAY[: UNDERWAY.index(verb)] if verb in UNDERWAY else ()
    case = case_after(before[-1] if before else Verb.HOLD_INTERVIEW)
    read = keywords(verb, case)
    case = take(Verb.REVISE_MINUTES, case, discussion="另有决定。")
    for step in before:
        case = take(step, case)
    with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
        take(verb, case, **read)
    assert take(verb, case).minutes.discussion == "另有决定。"


def test_an_objection_that_came_meanwhile_is_read_before_the_minutes_go_out(director):
    case = case_after(Verb.SEND_MINUTES)
    with later(days=4):
        read = keywords(Verb.ISSUE_MINUTES, case)
        case = take(Verb.ANSWER_MINUTES, case, answer=MinutesAnswer.OBJECTED, objection="时限过紧。")
        assert case.minutes.is_answered_late
        with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
            take(Verb.ISSUE_MINUTES, case, **read)


def test_who_revises_second_reads_who_was_first(second_officer):
    case = case_after(Verb.HOLD_INTERVIEW)
    read = keywords(Verb.REVISE_MINUTES, case)
    take(Verb.REVISE_MINUTES, case, discussion="先写的一稿。")
    first = "张一（江门市扫黑除恶专项斗争领导小组办公室承办人）已于2026年11月23日（星期一）上午10:00办理：修改纪要"
    sentence = f"{first}；纪要现在的文本列在旁边，您写的仍在，请合并后保存。"
    with refused(sentence):
        take(Verb.REVISE_MINUTES, case, by=second_officer, **read | {"discussion": "后写的一稿。"})


def test_who_only_confirmed_or_sent_the_text_is_not_said_to_have_changed_it(second_officer):
    case = case_after(Verb.HOLD_INTERVIEW)
    read = keywords(Verb.REVISE_MINUTES, case)
    take(Verb.REVISE_MINUTES, case, discussion="先写的一稿。")
    with later(days=1):
        take(Verb.CONFIRM_MINUTES, case)
        take(Verb.SEND_MINUTES, case)
        first = "张一（江门市扫黑除恶专项斗争领导小组办公室承办人）已于2026年11月23日（星期一）上午10:00办理：修改纪要"
        with refused(f"{first}；纪要现在的文本列在旁边，您写的仍在，请合并后保存。"):
            take(Verb.REVISE_MINUTES, case, by=second_officer, **read | {"discussion": "后写的一稿。"})


def test_the_unit_that_answered_is_said_to_have_changed_what_is_printed(second_officer):
    case = case_after(Verb.SEND_MINUTES)
    read = keywords(Verb.REVISE_MINUTES, case)
    take(Verb.ANSWER_MINUTES, case, answer=MinutesAnswer.OBJECTED, objection="时限过紧。")
    sentence = (
        "已于2026年11月23日（星期一）上午10:00办理：反馈纪要意见；纪要现在的文本列在旁边，您写的仍在，请合并后保存。"
    )
    with refused(f"冯十（蓬江区棠下镇党委书记）{sentence}"):
        take(Verb.REVISE_MINUTES, case, by=second_officer, **read)


def test_a_correction_is_confirmed_as_it_was_read(deputy):
    case = take(Verb.CORRECT_MINUTES, case_in(CaseState.MINUTED))
    read = keywords(Verb.CONFIRM_CORRECTION, case)
    case = take(Verb.CORRECT_MINUTES, case, problems="又改了一处。")
    with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
        take(Verb.CONFIRM_CORRECTION, case, **read)
    assert take(Verb.CONFIRM_CORRECTION, case).minutes.problems == "又改了一处。"
