"""约谈记录台: the four parts, and beside them what the recorder needs; rows are moved without scripts."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.refusals import nothing_stored
from tests.web import Visitor
from yuetan.models import Leave
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def recorder(office):
    """Who records an interview that has begun."""
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        yield sits_at("officer", case)


def sits_at(username, case):
    visitor = Visitor(cast.person(username))
    visitor.open(f"/cases/{case.pk}/steps/{Verb.HOLD_INTERVIEW}/")
    return visitor


def measures(page, key="content"):
    values = page.forms[-1].values
    return ["".join(values[f"measures-{i}-{key}"]) for i in range(int(values["measures-count"][0]))]


def test_what_the_recorder_needs_stands_beside(recorder):
    for words in ("今年以来上报有效线索仅2条", "摸排不细。", "责任不实。", "市扫黑办会议室", "第五条第二项"):
        assert words in recorder.page
    assert recorder.fetch("打印签到表").startswith(b"%PDF-")


def test_the_first_part_begins_with_what_the_unit_was_notified_of_and_never_with_what_it_was_not(recorder):
    problems = recorder.page.forms[-1].values["problems"][0]
    assert problems.startswith("涉黑涉恶线索摸排不深入。")
    assert "第五条第二项：涉黑涉恶线索摸排不扎实深入，有效线索不多，对群众举报线索不回应的。" in problems
    assert "仅2条" not in problems


def test_measures_are_moved_and_taken_out_without_scripts(recorder):
    typed = {f"measures-{i}-content": words for i, words in enumerate(("甲", "乙", "丙"))}
    with nothing_stored():
        assert measures(recorder.press("下移第 1 项", **typed)) == ["乙", "甲", "丙"]
        assert measures(recorder.press("上移第 3 项")) == ["乙", "丙", "甲"]
        assert measures(recorder.press("删除第 1 项")) == ["丙", "甲", ""]
        assert measures(recorder.press("上移第 1 项")) == ["丙", "甲", ""]


def test_a_time_limit_is_counted_and_a_day_off_is_shown(recorder):
    page = recorder.press("下移第 3 项", **{"measures-0-due_on": "2026-12-05", "measures-1-due_on": "2026-12-18"})
    assert "星期六。注意：当天不是工作日。" in page
    assert "个工作日，星期五。" in page
    assert "注意：时限须在约谈之日以后。" in recorder.press("下移第 3 项", **{"measures-0-due_on": "2026-11-20"})


def test_the_record_page_is_open_before_the_interview_and_the_step_is_not(office):
    case = case_in(CaseState.NOTIFIED)
    not_yet = "约谈时间2026年11月30日（星期一）上午9:00未到，不能记录约谈。"
    officer = Visitor(cast.person("officer"))
    officer.open(f"/cases/{case.pk}/")
    officer.click("先打开记录台做准备")
    assert not_yet in officer.page
    with nothing_stored():
        page = officer.press("下一步：核对", expect=422, statement="先写一句。")
    assert not_yet in page
    assert page.forms[-1].values["statement"] == ["先写一句。"]


def test_words_that_read_like_a_code_are_left_as_they_were_typed(recorder):
    typed = {"attendees-0-name": "absent", "statement": "present", "measures-0-content": "on_leave"}
    rest = {"responsible_person": "present", "due_on": "2026-12-18", "report_rhythm": "weekly"}
    typed |= {f"measures-0-{key}": words for key, words in rest.items()}
    proofs = {"measures-0-proof_required": "absent", "measures-0-acceptance_standard": "present"}
    page = recorder.press("下一步：核对", interviewer_present="on", discussion="讨论。", **typed, **proofs)
    assert "到会情况：本人到会" in page
    assert "姓名：absent" in page
    assert "被约谈方陈述说明，提出拟采取的整改措施 present" in page
    line = (
        "整改措施：on_leave；责任人：present；时限：2026年12月18日；进展报告：每周；佐证要求：absent；验收标准：present"
    )
    assert line in page


def test_leave_that_was_granted_is_filled_in_and_no_other_counts(office, town):
    case = case_after(Verb.HAND_IN_SUBMISSION, draft={"interviewees": list(town.heads())})
    mayor = case.interviewees.get(kind="government_head")
    with later(days=3):
        officer = sits_at("officer", case)
        at = next(i for i in (0, 1) if officer.page.forms[-1].values[f"attendances-{i}-post"] == [str(mayor.pk)])
        row = f"attendances-{at}"
        assert officer.page.forms[-1].values[f"{row}-attended_by"] == ["陈十一"]
        typed = {f"{row}-attendance": "on_leave", f"{row}-absence_reason": "赴省参会。"}
        page = officer.press("下一步：核对", expect=422, **typed)
        assert "陈十一没有获准的请假，不能记为“请假（获准）”；未到会的请记为缺席并写明原因。" in page
    take(Verb.ASK_LEAVE, case, post=mayor, reason="赴省参会。")
    take(Verb.DECIDE_LEAVE, case, leave=Leave.objects.get(), granted=True, opinion="同意。")
    with later(days=3):
        values = sits_at("officer", case).page.forms[-1].values
        assert (values[f"{row}-attendance"], values[f"{row}-absence_reason"]) == (["on_leave"], ["赴省参会。"])


def test_nobody_of_the_unit_opens_the_record_page(recorder):
    for username in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", "director", "deputy"):
        Visitor(cast.person(username)).open(recorder.page.url, expect=403)
