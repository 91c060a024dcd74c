"""记录约谈: who came, what was said, which measures were fixed until when."""

from datetime import time, timedelta

import pytest

from tests import cast
from tests.factories import case_after, case_in, keywords, later, take
from tests.refusals import not_theirs, refused, too_late
from yuetan.models import OfficeSetting
from yuetan.rules.dates import clock
from yuetan.vocabulary import Attendance, CaseState, PostKind, Verb


@pytest.fixture
def at_the_table(office):
    """A case whose interview has begun; the written material was handed in."""
    case = case_after(Verb.HAND_IN_SUBMISSION)
    with later(days=3):
        yield case


@pytest.fixture
def both_at_the_table(office, town):
    """The same with both heads to be interviewed: the case, the secretary's post and the mayor's."""
    both = list(town.heads())
    case = case_after(Verb.HAND_IN_SUBMISSION, draft={"interviewees": both})
    with later(days=3):
        yield case, *sorted(both, key=lambda post: post.kind != PostKind.PARTY_SECRETARY)


def attendance_of(post):
    present = {"attendance": Attendance.PRESENT, "absence_reason": "", "arrived_at": time(8, 55)}
    return {"post": post, "attended_by": post.holder.name, **present}


def record(case, **changed):
    return keywords(Verb.HOLD_INTERVIEW, case) | changed


def measure(**changed):
    due_on = clock.today() + timedelta(days=14)
    lawful = {"content": "摸排", "responsible_person": "冯十", "due_on": due_on, "proof_required": "台账"}
    lawful |= {"acceptance_standard": "抽查属实", "report_rhythm": ""}
    return lawful | changed


def attendance(case, **changed):
    post = case.interviewees.get()
    return attendance_of(post) | changed


def test_the_record_makes_measures_and_the_first_text_of_the_minutes(at_the_table, officer):
    OfficeSetting.objects.filter(key="minutes_copied_to").update(value="市委政法委")
    case = take(Verb.HOLD_INTERVIEW, at_the_table)
    interview = case.interview
    assert (interview.recorder, interview.interviewer, interview.place) == (officer, case.interviewer, case.place)
    assert [row.attendance for row in interview.attendances.all()] == [Attendance.PRESENT]
    assert [row.number for row in interview.measures.all()] == [1, 2]
    assert case.minutes.problems == interview.problems
    assert case.minutes.copied_to == "市委政法委"
    assert (case.state, case.interviewed_on) == (CaseState.INTERVIEWED, interview.held_on)


def test_no_interview_is_recorded_before_it_takes_place(office):
    case = case_in(CaseState.NOTIFIED)
    with refused("办公室设定：约谈时间2026年11月30日（星期一）上午9:00未到，不能记录约谈。"):
        take(Verb.HOLD_INTERVIEW, case)


@pytest.mark.parametrize(
    ("unit", "article", "interviewer"),
    [
        ("member_unit", "第四条", "组长赵四"),
        ("county", "第五条", "组长赵四"),
        ("division_town", "第五条", "第一副组长钱五"),
        ("town", "第五条", "副组长孙六"),
    ],
)
def test_the_right_interviewer_must_have_been_there(office, request, unit, article, interviewer):
    case = case_after(Verb.HAND_IN_SUBMISSION, unit=request.getfixturevalue(unit))
    with later(days=3), refused(f"依据{article}，约谈应由{interviewer}进行，记录中尚未勾选其到会。"):
        take(Verb.HOLD_INTERVIEW, case, interviewer_present=False)


@pytest.mark.parametrize(("came", "named"), [("陈十一", "陈十一"), ("", "他人"), ("冯十一", "冯十一")])
def test_nobody_comes_for_the_interviewee(at_the_table, came, named):
    substitute = attendance(at_the_table, attended_by=came)
    sentence = f"约谈对象冯十须本人到会，不得委托{named}代为接受约谈；未到会的请记为缺席并写明原因。"
    with refused(f"办公室设定：{sentence}", field="attendances"):
        take(Verb.HOLD_INTERVIEW, at_the_table, attendances=[substitute])


def test_an_absence_is_recorded_with_its_reason(both_at_the_table):
    case, secretary, mayor = both_at_the_table
    absent = attendance_of(mayor) | {"attendance": Attendance.ABSENT, "attended_by": ""}
    with refused("陈十一缺席，尚未写明缺席原因。", field="attendances"):
        take(Verb.HOLD_INTERVIEW, case, attendances=[attendance_of(secretary), absent])
    attendances = [attendance_of(secretary), absent | {"absence_reason": "因病住院", "arrived_at": time(9)}]
    case = take(Verb.HOLD_INTERVIEW, case, attendances=attendances)
    rows = {row.post: (row.attendance, row.absence_reason, row.arrived_at) for row in case.interview.attendances.all()}
    assert rows[mayor] == (Attendance.ABSENT, "因病住院", None)
    assert rows[secretary] == (Attendance.PRESENT, "", time(8, 55))


def test_every_interviewee_is_accounted_for(both_at_the_table):
    case, secretary, _ = both_at_the_table
    with refused("陈十一缺席，尚未写明缺席原因。"):
        take(Verb.HOLD_INTERVIEW, case, attendances=[attendance_of(secretary)])


def test_an_interview_to_which_nobody_came_was_none(at_the_table):
    absent = attendance(at_the_table, attendance=Attendance.ABSENT, attended_by="", absence_reason="因病住院")
    with refused(
        "办公室设定：约谈对象均未到会，不能记为已约谈；请办理“记录缺席”，再办理“改期”，另行约谈。",
        field="attendances",
    ):
        take(Verb.HOLD_INTERVIEW, at_the_table, attendances=[absent])
    assert take(Verb.RESCHEDULE, at_the_table).state == CaseState.NOTIFIED


def test_on_leave_is_only_who_was_given_leave(office, town):
    both = list(town.heads())
    case = case_after(Verb.HAND_IN_SUBMISSION, draft={"interviewees": both})
    there, away = both
    gone = {"attendance": Attendance.ON_LEAVE, "absence_reason": "赴省开会", "attended_by": "", "arrived_at": None}
    attendances = [attendance_of(there), attendance_of(away) | gone]
    sentence = f"{away.holder.name}没有获准的请假，不能记为“请假（获准）”；未到会的请记为缺席并写明原因。"
    with later(days=3), refused(f"办公室设定：{sentence}", field="attendances"):
        take(Verb.HOLD_INTERVIEW, case, attendances=attendances)
    take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, case, post=away))
    with later(days=3):
        case = take(Verb.HOLD_INTERVIEW, case, attendances=attendances)
    assert case.interview.attendances.get(post=away).attendance == Attendance.ON_LEAVE


def test_others_at_the_table_are_recorded_by_name_and_post(at_the_table):
    observers = [{"name": "褚十二", "title": "棠下镇联络员"}, {"name": "", "title": "市司法局"}]
    with refused("列席人员第 2 行还缺：姓名。", field="observers"):
        take(Verb.HOLD_INTERVIEW, at_the_table, observers=observers)
    case = take(Verb.HOLD_INTERVIEW, at_the_table, observers=observers[:1])
    kept = [(one.kind, str(one)) for one in case.interview.participants.all()]
    assert kept == [("interviewer_side", "市司法局副局长尤二十"), ("observer", "棠下镇联络员褚十二")]


def test_a_companion_stands_for_nobody(at_the_table):
    companion = [{"name": "褚十二", "title": "棠下镇联络员"}]
    substitute = attendance(at_the_table, attended_by="褚十二")
    sentence = "约谈对象冯十须本人到会，不得委托褚十二代为接受约谈；未到会的请记为缺席并写明原因。"
    with refused(f"办公室设定：{sentence}"):
        take(Verb.HOLD_INTERVIEW, at_the_table, attendances=[substitute], observers=companion)


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("problems", "依据第九条第一项，约谈记录还缺：约谈事由和目的、通报的存在问题。"),
        ("statement", "依据第九条第二项，约谈记录还缺：被约谈方的陈述说明和拟采取的整改措施。"),
        ("discussion", "依据第九条第三项，约谈记录还缺：讨论分析情况。"),
    ],
)
def test_each_part_of_the_talk_is_recorded(at_the_table, part, sentence):
    with refused(sentence, field=part):
        take(Verb.HOLD_INTERVIEW, at_the_table, **{part: " \n"})


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "依据第九条第三项，尚未确定整改措施，至少一项。"),
        ([{"due_on": None}], "依据第九条第三项，第 1 项整改措施还缺：时限。"),
        ([{}, {"content": ""}], "依据第九条第三项，第 2 项整改措施还缺：内容。"),
        ([{"responsible_person": ""}], "第 1 项整改措施还缺：责任人。"),
        ([{"responsible_person": "", "proof_required": ""}], "第 1 项整改措施还缺：责任人、佐证要求。"),
        ([{"acceptance_standard": " "}], "第 1 项整改措施还缺：验收标准。"),
    ],
)
def test_a_measure_is_whole(at_the_table, rows, sentence):
    with refused(sentence, field="measures"):
        take(Verb.HOLD_INTERVIEW, at_the_table, measures=[measure(**row) for row in rows])


def test_a_time_limit_lies_after_the_day_of_the_interview(at_the_table):
    held_on = clock.today()
    with refused("办公室设定：第 1 项整改措施的时限须在约谈之日以后。", field="measures"):
        take(Verb.HOLD_INTERVIEW, at_the_table, measures=[measure(due_on=held_on)])
    tomorrow = [measure(due_on=held_on + timedelta(days=1))]
    assert take(Verb.HOLD_INTERVIEW, at_the_table, measures=tomorrow).state == CaseState.INTERVIEWED


def test_missing_written_material_is_noted(office):
    case = case_after(Verb.ACKNOWLEDGE_RECEIPT)
    with later(days=7):
        with refused(
            "依据第八条，被约谈方应当准备的书面材料尚未提交，请在约谈记录中勾选“被约谈方未提交书面材料”。",
            field="submission_missing",
        ):
            take(Verb.HOLD_INTERVIEW, case, submission_missing=False)
        assert take(Verb.HOLD_INTERVIEW, case, submission_missing=True).interview.submission_missing


def test_everything_wrong_is_shown_at_once(at_the_table):
    with refused(
        "依据第五条，约谈应由副组长孙六进行，记录中尚未勾选其到会。",
        "冯十缺席，尚未写明缺席原因。",
        "依据第九条第三项，约谈记录还缺：讨论分析情况。",
        "依据第九条第三项，尚未确定整改措施，至少一项。",
    ):
        take(Verb.HOLD_INTERVIEW, at_the_table, interviewer_present=False, attendances=[], discussion="", measures=[])


@pytest.mark.parametrize("who", ["director", "deputy", "supervisor", "head", "liaison"])
def test_nobody_but_a_case_officer_records(at_the_table, request, who):
    lawful = record(at_the_table)
    with not_theirs():
        take(Verb.HOLD_INTERVIEW, at_the_table, by=request.getfixturevalue(who), **lawful)


def test_it_is_recorded_once(at_the_table, second_officer):
    lawful = record(at_the_table)
    take(Verb.HOLD_INTERVIEW, at_the_table)
    with too_late() as error:
        take(Verb.HOLD_INTERVIEW, at_the_table, by=cast.person("second_officer"), **lawful)
    assert error.value.what == "记录约谈（现为“已约谈，待印发纪要”）"
