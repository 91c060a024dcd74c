"""The minutes and their measures change until 印发, and after it by 更正; what stood before is kept and can be read."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from tests import cast
from tests.factories import case_after, case_in, keywords, later, take
from tests.refusals import by_the_office, refused
from tests.web import Visitor
from yuetan.actions.people.unit import end_post
from yuetan.documents.preview import preview
from yuetan.models import Alert, Case, Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    Attendance,
    CaseState,
    DocumentKind,
    MinutesAnswer,
    PostKind,
    ReportRhythm,
    TaskState,
    Verb,
)

OFFICE = "办公室设定："
GIVE_UP = "更正稿不再需要的，请办理“放弃纪要更正”。"
SETTLED = f"{OFFICE}第 1 项整改任务已报告，待核查，其措施、时限不能更正；文字表述可以更正，{GIVE_UP}"


@pytest.fixture(autouse=True)
def _everybody(office):
    return office


def measures(case, number=1, **changed):
    """The measures as they stand, one of them changed."""
    rows = keywords(Verb.REVISE_MINUTES, case)["measures"]
    rows[number - 1] |= changed
    return rows


def current(number=1):
    return Task.objects.get(number=number)


@pytest.mark.parametrize("after", [Verb.HOLD_INTERVIEW, Verb.RETURN_MINUTES, Verb.CONFIRM_MINUTES, Verb.ANSWER_MINUTES])
def test_until_they_are_issued_measures_and_limits_are_revised(after):
    returned = after == Verb.RETURN_MINUTES
    case = take(after, case_after(Verb.HOLD_INTERVIEW)) if returned else case_after(after)
    until = case.interview.measures.first().due_on + timedelta(days=7)
    case = take(Verb.REVISE_MINUTES, case, measures=measures(case, content="逐村摸排", due_on=until))
    first = case.interview.measures.first()
    assert (first.number, first.content, first.due_on) == (1, "逐村摸排", until)
    assert case.interview.measures.count() == 2
    minutes = case.minutes
    assert (minutes.confirmed_at, minutes.sent_at, minutes.answer, minutes.returned_at) == (None, None, "", None)
    with refused(f"{OFFICE}纪要文本尚未经约谈人孙六确认，须先请约谈人确认。"):
        take(Verb.ISSUE_MINUTES, case)


def test_measures_may_be_added_and_taken_out_before_they_are_issued():
    case = case_after(Verb.HOLD_INTERVIEW)
    rows = measures(case)
    case = take(Verb.REVISE_MINUTES, case, measures=[*rows, {**rows[0], "content": "另加一项"}])
    assert [one.number for one in case.interview.measures.all()] == [1, 2, 3]
    case = take(Verb.REVISE_MINUTES, case, measures=rows[1:])
    assert [(one.number, one.content) for one in case.interview.measures.all()] == [(1, rows[1]["content"])]


def test_what_measures_lack_is_asked_as_in_the_record():
    case = case_after(Verb.HOLD_INTERVIEW)
    with refused("依据第九条第三项，尚未确定整改措施，至少一项。", field="measures"):
        take(Verb.REVISE_MINUTES, case, measures=[])
    with refused(f"{OFFICE}第 1 项整改措施的时限须在约谈之日以后。", field="measures"):
        take(Verb.REVISE_MINUTES, case, measures=measures(case, due_on=case.interview.held_on))


def test_the_interviewer_confirms_the_measures_that_were_shown():
    case = case_after(Verb.HOLD_INTERVIEW)
    seen = case.minutes.digest
    take(Verb.REVISE_MINUTES, case, measures=measures(case, content="逐村摸排"))
    with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
        take(Verb.CONFIRM_MINUTES, case, seen=seen)


def test_the_text_that_stood_is_kept_with_what_was_said_of_it(officer, director):
    objection = {"answer": MinutesAnswer.OBJECTED, "objection": "第二项时限过紧。"}
    case = case_after(Verb.ANSWER_MINUTES, answer_minutes=objection)
    before = case.minutes.problems
    take(Verb.REVISE_MINUTES, case, by=director, problems="改过的问题。", measures=measures(case, 2, content="新措施"))
    (kept,) = case.minutes_versions.all()
    assert (kept.number, kept.text["problems"], kept.replaced_by) == (1, before, director)
    assert kept.text["measures"][1]["content"] == "建立举报线索答复台账"
    assert kept.written_by == f"{officer.name}（{officer.title}）"
    assert kept.standing["confirmed"].startswith("孙六，2026年")
    assert kept.standing["answered"].endswith("：有异议　第二项时限过紧。")
    assert case.events.get(verb=Verb.REVISE_MINUTES).data == {"version": 2}
    with pytest.raises(DatabaseError), transaction.atomic():
        case.minutes_versions.update(written_by="他人")


def test_all_texts_can_be_read_side_by_side_by_the_office_alone(head):
    case = take(Verb.REVISE_MINUTES, case_after(Verb.ANSWER_MINUTES), problems="改过的问题。")
    take(Verb.REVISE_MINUTES, case, measures=measures(case, content="逐村摸排"))
    visitor = Visitor(cast.person("officer"))
    visitor.open(f"/cases/{case.pk}/")
    page = visitor.click("各稿对比")
    assert "第 2 稿到第 3 稿，1 处有改动" in page
    assert "逐村摸排" in page
    page = visitor.open(f"/cases/{case.pk}/minutes/?from=1&to=2")
    for words in ("改过的问题。", "约谈人确认", "孙六，", "无异议"):
        assert words in page
    Visitor(head).open(f"/cases/{case.pk}/minutes/", expect=404)
    Visitor(cast.person("officer")).open(f"/cases/{case_in(CaseState.INTERVIEWED).pk}/minutes/", expect=404)


def test_a_correction_moves_the_account_by_the_same_decision():
    case = case_in(CaseState.RECTIFYING)
    before = current()
    until = before.agreed_due_on + timedelta(days=10)
    rows = measures(case, content="逐村摸排", due_on=until, report_rhythm=ReportRhythm.WEEKLY)
    take(Verb.CORRECT_MINUTES, case, measures=rows)
    assert (current().content, current().agreed_due_on) == (
        before.content,
        before.agreed_due_on,
    )  # not a moment earlier
    case = take(Verb.CONFIRM_CORRECTION, case)
    after = current()
    assert (after.content, after.agreed_due_on, after.effective_due_on) == ("逐村摸排", until, until)
    assert after.first_due_on == before.first_due_on
    assert after.progress_due_on is not None
    assert case.interview.measures.get(number=1).due_on == until
    assert current(2).agreed_due_on == case.interview.measures.get(number=2).due_on
    event = case.events.get(verb=Verb.CONFIRM_CORRECTION)
    assert (event.data["tasks"], event.data["limits"]) == ([1], {"1": until.isoformat()})
    assert "逐村摸排" in case.current_minutes.html
    kept = case.minutes_versions.get()
    assert kept.text["measures"][0]["content"] == before.content
    page = Visitor(cast.person("officer")).open(f"/tasks/{after.pk}/date/")
    assert "确认更正并印发" in page
    assert "更正原因：漏列一项问题" in page


def test_a_limit_may_be_corrected_to_an_earlier_day_but_not_to_one_gone_by():
    case = case_in(CaseState.RECTIFYING)
    earlier = current().agreed_due_on - timedelta(days=3)
    take(Verb.CORRECT_MINUTES, case, measures=measures(case, due_on=earlier))
    take(Verb.CONFIRM_CORRECTION, case)
    assert current().effective_due_on == earlier
    gone_by = case.interview.held_on + timedelta(days=1)
    with later(days=5), refused("第 1 项整改任务更正后的时限须在今天以后。", field="measures"):
        take(Verb.CORRECT_MINUTES, case, measures=measures(case, due_on=gone_by))


def test_before_they_are_assigned_measures_may_still_be_added():
    case = case_in(CaseState.MINUTED)
    rows = measures(case)
    take(Verb.CORRECT_MINUTES, case, measures=[*rows, {**rows[0], "content": "漏列的一项"}])
    case = take(Verb.ASSIGN, take(Verb.CONFIRM_CORRECTION, case))
    assert case.tasks.count() == 3
    with refused(f"{OFFICE}整改措施已经交办（共 3 项），更正不能增减，只能改写各项的内容和时限。", field="measures"):
        take(Verb.CORRECT_MINUTES, case, measures=rows)


def test_what_was_reported_is_not_corrected_any_more():
    case = case_after(Verb.HAND_IN_REPORT)
    with refused(SETTLED, field="measures"):
        take(Verb.CORRECT_MINUTES, case, measures=measures(case, content="改写"))
    assert current().state == TaskState.REPORTED
    take(Verb.CORRECT_MINUTES, case)


def test_a_limit_that_moved_or_is_about_to_is_not_corrected():
    case = case_in(CaseState.RECTIFYING)
    rows = measures(case, due_on=current().agreed_due_on + timedelta(days=20))
    take(Verb.ASK_EXTENSION, case)
    with refused(f"{OFFICE}第 1 项整改任务有待审批的延期申请，请先审批，再更正时限。", field="measures"):
        take(Verb.CORRECT_MINUTES, case, measures=rows)
    take(Verb.DECIDE_EXTENSION, case)
    day = current().agreed_due_on
    moved = f"{day.year}年{day.month}月{day.day}日"
    wish = "确需变动的，请被约谈方申请延期"
    sentence = f"{OFFICE}第 1 项整改任务的时限已变动为{moved}，不能再更正；{wish}，{GIVE_UP}"
    with refused(sentence, field="measures"):
        take(Verb.CORRECT_MINUTES, case, measures=rows)


def test_what_came_in_meanwhile_is_asked_again_when_it_is_confirmed():
    case = case_in(CaseState.RECTIFYING)
    take(Verb.CORRECT_MINUTES, case, measures=measures(case, content="改写"))
    take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, case))
    with refused(SETTLED, field="measures"):
        take(Verb.CONFIRM_CORRECTION, case)
    take(Verb.CORRECT_MINUTES, case)
    take(Verb.CONFIRM_CORRECTION, case)


def test_a_correction_from_before_measures_leaves_them_as_they_stand():
    case = take(Verb.CORRECT_MINUTES, case_in(CaseState.RECTIFYING))
    case.corrections.update(measures=None)
    before = list(Task.objects.values_list("content", "agreed_due_on"))
    take(Verb.CONFIRM_CORRECTION, case)
    assert list(Task.objects.values_list("content", "agreed_due_on")) == before


def test_the_form_brings_the_measures_along():
    case = case_after(Verb.HOLD_INTERVIEW)
    visitor = Visitor(cast.person("officer"))
    visitor.open(f"/cases/{case.pk}/steps/revise_minutes/")
    visitor.press("修改纪要", **{"measures-0-content": "逐村摸排", "measures-0-due_on": "2026-12-31"})
    first = case.interview.measures.get(number=1)
    assert (first.content, first.due_on) == ("逐村摸排", date(2026, 12, 31))


@pytest.fixture
def both(town):
    """The minutes of an interview to which both heads came: the case, the secretary's post and the mayor's."""
    posts = sorted(town.heads(), key=lambda post: post.kind != PostKind.PARTY_SECRETARY)
    return case_after(Verb.ANSWER_MINUTES, draft={"interviewees": posts}), *posts


def attendance(case, **changed):
    """Who was there as it is recorded, the row of the mayor changed."""
    rows = keywords(Verb.REVISE_MINUTES, case)["attendances"]
    next(row for row in rows if row["post"].kind == PostKind.GOVERNMENT_HEAD).update(changed)
    return rows


ABSENT = {"attendance": Attendance.ABSENT, "attended_by": "", "absence_reason": "带队处置山火"}


def test_who_came_is_corrected_and_confirmed_anew(both, officer, group_leader):
    case, _, mayor = both
    assert "陈十一（带队" not in preview(DocumentKind.MINUTES, case)
    seen = case.minutes.digest
    case = take(Verb.REVISE_MINUTES, case, attendances=attendance(case, **ABSENT))
    row = case.interview.attendances.get(post=mayor)
    assert (row.attendance, row.absence_reason) == (Attendance.ABSENT, "带队处置山火")
    assert "陈十一（带队处置山火）" in preview(DocumentKind.MINUTES, case)
    assert (case.minutes.confirmed_at, case.minutes.sent_at, case.minutes.answer) == (None, None, "")
    with refused("纪要在您打开本页之后有改动，现在的文本列在本页，请核对后再办理。"):
        take(Verb.CONFIRM_MINUTES, case, seen=seen)
    (kept,) = case.minutes_versions.all()
    assert "陈十一：本人到会" in kept.text["attendance"]
    assert case.events.get(verb=Verb.REVISE_MINUTES).data == {"version": 2, "absent": "陈十一"}
    assert Alert.objects.filter(recipient=group_leader, text__contains="陈十一未经准假缺席").exists()
    for verb in (Verb.CONFIRM_MINUTES, Verb.SEND_MINUTES, Verb.ANSWER_MINUTES, Verb.ISSUE_MINUTES):
        case = take(verb, case)
    assert "陈十一（带队处置山火）" in case.current_minutes.html
    page = Visitor(officer).open(f"/cases/{case.pk}/minutes/?from=1&to=2")
    assert "到会情况" in page
    assert "带队处置山火" in page


def test_who_is_recorded_absent_by_mistake_is_corrected_too_and_nobody_is_alerted_twice(both, group_leader):
    case, _, mayor = both
    case = take(Verb.REVISE_MINUTES, case, attendances=attendance(case, **ABSENT))
    alerts = Alert.objects.filter(recipient=group_leader, text__contains="缺席").count()
    case = take(Verb.REVISE_MINUTES, case, problems="改过的问题。")
    assert Alert.objects.filter(recipient=group_leader, text__contains="缺席").count() == alerts
    came = {"attendance": Attendance.PRESENT, "attended_by": "陈十一", "absence_reason": ""}
    case = take(Verb.REVISE_MINUTES, case, attendances=attendance(case, **came))
    assert case.interview.attendances.get(post=mayor).attendance == Attendance.PRESENT
    assert not Case.objects.with_absence().exists()


def test_a_correction_of_who_came_is_asked_what_the_record_is_asked(both, county):
    case, secretary, _ = both
    for changed, sentence in (
        ({**ABSENT, "absence_reason": ""}, "陈十一缺席，尚未写明缺席原因。"),
        (
            {"attended_by": "褚十二"},
            "约谈对象陈十一须本人到会，不得委托褚十二代为接受约谈；未到会的请记为缺席并写明原因。",
        ),
        ({**ABSENT, "attendance": Attendance.LEFT_OFFICE}, "陈十一仍任镇长，不能记为“已离任”。"),
        (
            {**ABSENT, "attendance": Attendance.ON_LEAVE},
            "陈十一没有获准的请假，不能记为“请假（获准）”；未到会的请记为缺席并写明原因。",
        ),
    ):
        with refused(by_the_office(sentence), field="attendances"):
            take(Verb.REVISE_MINUTES, case, attendances=attendance(case, **changed))
    nobody = [{**row, **ABSENT} for row in attendance(case)]
    with refused(f"{OFFICE}约谈对象至少有一人到会；均未到会的，约谈没有进行，不能记入纪要，请核对到会情况。"):
        take(Verb.REVISE_MINUTES, case, attendances=nobody)
    with refused("陈十一缺席，尚未写明缺席原因。"):
        take(Verb.REVISE_MINUTES, case, attendances=[row for row in attendance(case) if row["post"] == secretary])
    stranger = county.heads().first()
    sentence = f"{stranger.holder.name}不是本次约谈的约谈对象，到会情况只填约谈对象；其他人员请填入“列席人员”。"
    with refused(f"{OFFICE}{sentence}", field="attendances"):
        take(Verb.REVISE_MINUTES, case, attendances=[*attendance(case), {**attendance(case)[0], "post": stranger}])


def test_who_left_between_the_interview_and_the_correction_was_in_office_on_the_day(both):
    case, _, mayor = both
    with later(days=1):
        end_post(mayor, by=cast.person("sysadmin"), ended_on=clock.today())
        case = take(Verb.REVISE_MINUTES, case, attendances=attendance(case, **ABSENT))
    assert case.interview.attendances.get(post=mayor).attendance == Attendance.ABSENT


def test_the_others_at_the_table_and_the_missing_material_are_corrected_too():
    case = case_after(Verb.HOLD_INTERVIEW)
    observers = [{"name": "褚十二", "title": "棠下镇联络员"}, {"name": "", "title": "市司法局"}]
    with refused("列席人员第 2 行还缺：姓名。", field="observers"):
        take(Verb.REVISE_MINUTES, case, observers=observers)
    case = take(Verb.REVISE_MINUTES, case, attendees=[], observers=observers[:1], submission_missing=True)
    assert [str(one) for one in case.interview.participants.all()] == ["棠下镇联络员褚十二"]
    assert "被约谈方未提交书面材料" in preview(DocumentKind.MINUTES, case)


def test_the_form_brings_along_who_was_there(both):
    case, *_ = both
    visitor = Visitor(cast.person("officer"))
    page = visitor.open(f"/cases/{case.pk}/steps/revise_minutes/")
    assert "陈十一（镇长）" in page
    visitor.press(
        "修改纪要",
        **{
            "attendances-1-attendance": "absent",
            "attendances-1-attended_by": "",
            "attendances-1-absence_reason": "因病住院",
        },
    )
    rows = {one.post.holder.name: one.attendance for one in case.interview.attendances.all()}
    assert rows == {"冯十": Attendance.PRESENT, "陈十一": Attendance.ABSENT}
    assert case.interview.participants.count() == 2


def test_who_came_is_corrected_after_the_minutes_are_issued_too(both):
    case, _, mayor = both
    case = take(Verb.ISSUE_MINUTES, case)
    people = {"attendances": attendance(case, **ABSENT), "observers": []}
    case = take(Verb.CORRECT_MINUTES, case, problems=case.minutes.problems, **people)
    assert case.interview.attendances.get(post=mayor).attendance == Attendance.PRESENT  # not a moment earlier
    page = Visitor(cast.person("deputy")).open(f"/cases/{case.pk}/steps/confirm_correction/")
    assert "陈十一：缺席（带队处置山火）" in page
    again = Visitor(cast.person("director")).open(f"/cases/{case.pk}/steps/correct_minutes/").forms[-1].values
    assert again["attendances-1-attendance"] == ["absent"]
    case = take(Verb.CONFIRM_CORRECTION, case)
    assert case.interview.attendances.get(post=mayor).attendance == Attendance.ABSENT
    assert [one.kind for one in case.interview.participants.all()] == ["interviewer_side"]
    assert "陈十一（带队处置山火）" in case.current_minutes.html
    assert "陈十一：本人到会" in case.minutes_versions.get().text["attendance"]
    with refused("更正后的内容与已印发的纪要相同，无需更正；已拟的更正稿不再需要的，请放弃更正。"):
        take(Verb.CORRECT_MINUTES, case, problems=case.minutes.problems)


def test_a_correction_from_before_who_came_leaves_it_as_it_stands(both):
    case, *_ = both
    case = take(Verb.CORRECT_MINUTES, take(Verb.ISSUE_MINUTES, case))
    case.corrections.update(who_was_there=None)
    before = case.interview.attendance_texts
    assert take(Verb.CONFIRM_CORRECTION, case).interview.attendance_texts == before
