"""交办事项: what a meeting agreed or a letter asks for is accounted for task by task, concluded or revoked."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from tests import cast
from tests.assignments import DUE, given, put_right, stated, take
from tests.factories import later
from tests.meetings import AFTER, agreed, concluded, held, minuted, recorded, written
from tests.received import closed, received, replied
from tests.refusals import appoint, not_theirs, nothing_stored, refused
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.messages.task_reminders import remind_of_tasks
from yuetan.actions.received.closing import close_received_letter
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.record.check_records import disagreements
from yuetan.errors import Refused
from yuetan.models import Alert, Assignment, Document, Meeting, PendingStep, SearchEntry
from yuetan.rules.dates import clock
from yuetan.vocabulary import AssignmentState, DocumentKind, PostKind, TaskState, Verb

pytestmark = pytest.mark.usefixtures("office")
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


def alerts_of(username):
    return list(Alert.objects.filter(recipient=cast.person(username)).order_by("pk").values_list("text", flat=True))


def without_marks(html):
    return re.sub(r"<[^>]+>", "", html)


def waits_for(assignment):
    return set(PendingStep.objects.now().filter(assignment=assignment).values_list("verb", flat=True))


def _in_sql(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_each_unit_of_a_meeting_has_its_resolutions_as_tasks_once_the_minutes_are_issued():
    meeting = held()
    with time_machine.travel(AFTER, tick=False):
        items = meeting.items.all()
        for item in items:
            concluded(item)
        other = cast.DIVISION_TOWN
        lines = [agreed("第一项。"), agreed("第二项。", other), agreed("第三项。", due_on=date(2026, 12, 31))]
        recorded(meeting, *lines)
        seen = digest_of_meeting(Meeting.objects.get(pk=meeting.pk))
        paper = issue_meeting_minutes(meeting, by=cast.person("director"), seen=seen)
        town = Assignment.objects.get(unit=cast.unit(cast.TOWN))
        assert Assignment.objects.get(unit=cast.unit(other)).tasks.get().content == "第二项。"
        assert town.title == "落实领导小组2026年第1次会议议定事项"
        assert (town.source_number, town.state) == (paper.number, AssignmentState.RUNNING)
        rows = list(town.tasks.order_by("number").values_list("content", "effective_due_on", "open_to"))
        assert rows == [
            ("第一项。", date(2026, 12, 20), town.unit_id),
            ("第三项。", date(2026, 12, 31), town.unit_id),
        ]
        assert any("承办" in text and town.matter in text for text in alerts_of(HEAD))
        assert waits_for(town) == {"prepare_report"}
        assert list(disagreements()) == []


def test_a_resolution_whose_day_has_passed_is_put_right_before_the_minutes():
    meeting = written()
    with time_machine.travel(AFTER + timedelta(days=30), tick=False):
        seen = digest_of_meeting(meeting)
        with nothing_stored(), pytest.raises(Refused, match="第1项议定事项的完成时限2026年12月20日已过"):
            issue_meeting_minutes(meeting, by=cast.person("director"), seen=seen)


def test_whoever_holds_a_post_in_the_unit_issues_no_minutes_that_give_it_something():
    meeting = written()
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with time_machine.travel(AFTER, tick=False), nothing_stored(), not_theirs():
        issue_meeting_minutes(meeting, by=cast.person("director"), seen=digest_of_meeting(meeting))


def test_what_is_no_interview_cites_nothing_of_the_measures_on_interviews():
    assignment = given()
    assert assignment.regulation.cited_by("report_empty")
    with refused("办公室设定：第 1 项整改任务尚未填写落实情况，不能报送。"):
        take(Verb.HAND_IN_REPORT, assignment, tasks=[assignment.tasks.first()])


def test_from_report_to_conclusion():
    assignment = given()
    assert assignment.title == "落实检察建议书（江门市人民检察院江检建〔2026〕3号）整改事项"
    assert [task.responsible_person for task in assignment.tasks.all()][1] == "张一、李二"
    with pytest.raises(Refused, match="第 1、2 项还没有销号，不能办结"):
        take(Verb.CONCLUDE_ASSIGNMENT, assignment)
    assignment = put_right(assignment)
    assert waits_for(assignment) == {"conclude_assignment"}
    with pytest.raises(Refused, match="尚未填写"):
        take(Verb.CONCLUDE_ASSIGNMENT, assignment, opinion="")
    with not_theirs():
        take(Verb.CONCLUDE_ASSIGNMENT, assignment, by=cast.person("officer"))
    done = take(Verb.CONCLUDE_ASSIGNMENT, assignment)
    assert (done.state, done.concluded_on) == (AssignmentState.CONCLUDED, clock.today())
    assert f"棠下镇“{done.matter}”已办结。" in alerts_of(LIAISON)
    assert not PendingStep.objects.filter(assignment=done).exists()
    assert list(disagreements()) == []


def test_a_letter_is_closed_with_its_tasks_and_handed_out_once():
    letter = received()
    assignment = given(letter)
    reply = replied(letter)
    with pytest.raises(Refused, match="来函的整改已经交办"):
        given(letter)
    with pytest.raises(Refused, match="第1、2项整改任务还没有销号，不能办结来函；请先核查"):
        closed(reply)
    with pytest.raises(Refused, match="来函的整改已经交办、还没有办结，不能撤销登记；请办公室主任先撤销交办"):
        withdraw_received_letter(letter, by=cast.person("officer"), reason="登记有误。")
    assignment = put_right(assignment)
    with pytest.raises(Refused, match="整改任务已经全部销号，交办事项还没有办结；请督查员先办结交办事项，再办结来函。"):
        closed(reply)
    take(Verb.CONCLUDE_ASSIGNMENT, assignment)
    assert closed(reply).letter == letter
    with pytest.raises(Refused, match="这件来函已经办结"):
        given(letter)


def test_what_was_revoked_may_be_handed_out_anew():
    letter = received()
    first = given(letter)
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        take(verb, first)
    revoked = take(Verb.REVOKE_ASSIGNMENT, first)
    assert set(revoked.tasks.values_list("state", flat=True)) == {TaskState.ACCEPTED, TaskState.REVOKED}
    assert not PendingStep.objects.filter(assignment=first).exists()
    assert any("撤销交办" in text for text in alerts_of(HEAD))
    assert given(letter).state == AssignmentState.RUNNING
    assert list(disagreements()) == []


@pytest.mark.parametrize(
    ("tasks", "sentence"),
    [
        ([], "尚未填写整改任务"),
        ([stated(""), stated()], "第1项整改任务还缺：内容。"),
        ([stated(), stated(due_on=None)], "第2项整改任务还缺：完成时限。"),
        ([stated(due_on=cast.MONDAY.date())], "第1项整改任务的完成时限2026年11月23日不在今天以后"),
        ([stated("找张三，身份证号11010519491231002X。")], "第1项整改任务"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_stored(tasks, sentence):
    letter = received()
    with nothing_stored(), pytest.raises(Refused, match=sentence):
        given(letter, tasks=tasks)


@pytest.mark.parametrize("who", [HEAD, LIAISON, "group_leader", "sysadmin"])
def test_nobody_else_hands_out_or_revokes(who):
    letter = received()
    with not_theirs():
        given(letter, by=who)
    assignment = given(letter)
    with not_theirs():
        take(Verb.REVOKE_ASSIGNMENT, assignment, by=cast.person(who))


def test_the_unit_sees_its_own_alone_and_is_reminded_of_each_day():
    assignment = given()
    assert list(Assignment.objects.visible_to(cast.person(HEAD))) == [assignment]
    assert not Assignment.objects.visible_to(cast.person(f"head_{cast.DIVISION_TOWN}")).exists()
    with later(days=(DUE - clock.today()).days):
        remind_of_tasks(clock.today())
        about = Alert.objects.filter(recipient=cast.person(HEAD), text__contains="今天到期")
        assert {alert.assignment for alert in about} == {assignment}
        assert about.count() == 2


def test_it_is_found_by_words_of_its_tasks_on_both_sides():
    assignment = given()
    for who in ("officer", HEAD):
        assert [row.assignment for row in SearchEntry.objects.find(cast.person(who), "每周巡查")] == [assignment]
    assert not SearchEntry.objects.find(cast.person(f"head_{cast.DIVISION_TOWN}"), "每周巡查").exists()


def test_a_supervision_letter_names_what_the_tasks_come_from():
    assignment = given()
    with later(days=40):
        take(Verb.ISSUE_SUPERVISION_LETTER, assignment, tasks=list(assignment.tasks.all()))
        paper = Document.objects.get(kind=DocumentKind.SUPERVISION_LETTER)
    assert paper.assignment == assignment
    assert paper.title.startswith("关于落实检察建议书（江门市人民检察院江检建〔2026〕3号）整改事项的督办通知")
    assert (
        "应当按照交办时确定的时限，落实《检察建议书》（江门市人民检察院江检建〔2026〕3号）涉及的整改事项并书面报告"
        in without_marks(paper.html)
    )


@pytest.mark.parametrize(
    "change",
    ["UPDATE yuetan_assignment SET matter = '别的'", "state"],
)
def test_the_database_keeps_what_was_handed_out(change):
    assignment = given()
    if change == "state":
        change = "UPDATE yuetan_assignment SET state = 'concluded', concluded_on = '2026-11-23'"
    with pytest.raises(IntegrityError):
        _in_sql(f"{change} WHERE id = '{assignment.pk}'")


def test_no_task_is_without_one_origin_or_of_two():
    task = given().tasks.first()
    minuted()
    other = Assignment.objects.exclude(pk=task.assignment_id).get()
    for change in ("assignment_id = NULL", f"assignment_id = '{other.pk}'"):
        with pytest.raises(IntegrityError):
            _in_sql(f"UPDATE yuetan_task SET {change} WHERE id = {task.pk}")


def test_closing_refuses_until_the_director_revokes():
    letter = received()
    assignment, reply = given(letter), replied(letter)
    take(Verb.REVOKE_ASSIGNMENT, assignment)
    assert close_received_letter(reply, by=cast.person("officer"), opinion="整改到位。").letter == letter
