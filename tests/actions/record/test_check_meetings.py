"""Straight SQL changes a meeting, or what rests on it: each is named; and nothing is where nothing was changed."""

from datetime import timedelta

import pytest
import time_machine

from tests import cast
from tests.actions.meeting.test_decisions_of_meetings import cited
from tests.actions.record.test_check_records import sql
from tests.assessment import corrected_assessment, published_assessment
from tests.factories import case_in
from tests.ladder import take
from tests.meeting_corrections import drafted, issued, one_more
from tests.meetings import AFTER, called, convened, held, minuted, written
from tests.mergers import merge
from tests.pleas import WEEK_LATER, before_a_meeting, pleaded_veto
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.record.checks.check_assessments import check_assessments
from yuetan.actions.record.checks.check_meetings import check_meetings
from yuetan.models import AgendaItem
from yuetan.vocabulary import CaseState, RecordKind, Verb

pytestmark = pytest.mark.usefixtures("office")
CONVENED, MINUTED = "通知与印发的会议通知不一致", "印发纪要与现行的会议纪要不一致"
ATTENDED, PRESIDED = "召开与各单位、人员的到会情况不一致", "主持人与会议的状态不一致"
CONCLUDED, CORRECTED = "议题的结论与会议的状态不一致", "纪要的更正与印发的纪要或者现在的内容不一致"
GIVEN, CITED = "议定事项第1项没有交办给承办单位", "第1项议题的结论与据以作出的审定不一致"
UNHELD = "held_at = NULL, held_by_id = NULL"
NOBODY = "presence = '', presided = false, attended_name = '', attended_title = '', attended_by_id = NULL"
UNPUBLISHED = "published_at = NULL, published_by_id = NULL"
UNDECIDED = "decided_at = NULL, decided_by_id = NULL, outcome = '', decision = ''"
UNMINUTED = "minuted_at = NULL, minuted_by_id = NULL"


def stated(meeting=None):
    """What is found, each of the meeting if one is named."""
    found = list(check_meetings())
    assert all(each.kind == RecordKind.MEETING for each in found)
    assert meeting is None or all(each.subject == f"会议 {str(meeting.pk)[:8]}" for each in found)
    return [each.words for each in found]


def test_no_lawful_meeting_disagrees_with_itself():
    cancel_meeting(convened(topic="停开"), by=cast.person("officer"), reason="时间有冲突。")
    called(topic="拟开")
    for made in (convened, held, written):
        made()
        assert stated() == []
    meeting = minuted().meeting
    with time_machine.travel(AFTER, tick=False):
        assert stated() == []
        drafted(meeting, agreed=one_more(meeting))
        assert stated() == []
        issued(meeting)
        assert stated() == []
    with time_machine.travel(AFTER + timedelta(hours=1), tick=False):
        drafted(meeting)
        issued(meeting)
        assert stated() == []


@pytest.mark.parametrize(
    ("make", "statement", "words"),
    [
        (called, "meeting SET convened_at = now(), convened_by_id = called_by_id", CONVENED),
        (convened, "meeting SET convened_at = NULL, convened_by_id = NULL", CONVENED),
        (convened, "invitation SET presence = 'absent'", ATTENDED),
        (convened, "invitation SET presence = 'sat_in', attended_name = '冯十' WHERE unit_id IS NOT NULL", ATTENDED),
        (held, f"meeting SET {UNHELD}", ATTENDED),
        (held, f"invitation SET {NOBODY}", ATTENDED),
        (written, f"meeting SET {UNHELD}", CONCLUDED),
        (written, "meeting SET minuted_at = now(), minuted_by_id = called_by_id", MINUTED),
    ],
)
def test_a_state_without_what_makes_it_is_named(make, statement, words):
    meeting = make()
    sql(f"UPDATE yuetan_{statement}")
    assert words in stated(meeting)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE yuetan_meeting SET {UNMINUTED}", MINUTED),
        ("UPDATE yuetan_invitation SET presided = false", PRESIDED),
        (f"UPDATE yuetan_invitation SET {NOBODY} WHERE unit_id IS NOT NULL", ATTENDED),
        (
            "UPDATE yuetan_agendaitem SET conclusion = '', concluded_at = NULL, recorded_by_id = NULL",
            CONCLUDED,
        ),
        ("UPDATE yuetan_task SET content = '另一件事。'", GIVEN),
        ("UPDATE yuetan_resolution SET text = '另一件事。'", GIVEN),
        ("UPDATE yuetan_assignment SET unit_id = (SELECT id FROM yuetan_unit WHERE kind = 'county' LIMIT 1)", GIVEN),
    ],
)
def test_minutes_that_say_otherwise_are_named(statement, words):
    meeting = minuted().meeting
    sql(statement)
    assert stated(meeting) == [words]


@pytest.mark.parametrize(
    "statement",
    [
        "agendaitem SET conclusion = '另一个结论。'",
        "meeting SET observers = '王某'",
        "resolution SET due_on = due_on + 1",
        "meetingcorrection SET confirmed_at = NULL, confirmed_by_id = NULL",
    ],
)
def test_a_correction_that_is_not_what_stands_is_named(statement):
    meeting = minuted().meeting
    with time_machine.travel(AFTER, tick=False):
        drafted(meeting)
        issued(meeting)
    sql(f"UPDATE yuetan_{statement}")
    assert stated(meeting) == [CORRECTED]


def test_what_was_given_to_a_unit_that_ended_goes_on_with_its_successor():
    minuted()
    with time_machine.travel(AFTER, tick=False):
        merge(cast.unit(cast.TOWN), cast.unit(cast.DIVISION_TOWN))
        assert stated() == []


@pytest.mark.parametrize(
    "statement",
    [
        "agendaitem SET decision = 'declined'",
        "agendaitem SET decided_by_id = (SELECT id FROM yuetan_user WHERE username = 'deputy')",
        "decisionregistration SET decision = 'declined'",
    ],
)
def test_a_registered_decision_of_another_conclusion_is_named(statement):
    case = case_in(CaseState.PROPOSED)
    item = written(case).items.get()
    with time_machine.travel(AFTER, tick=False):
        cited(case, item)
        assert stated() == []
        sql(f"UPDATE yuetan_{statement}")
        assert stated(item.meeting) == [CITED]


def test_a_measure_and_a_plea_that_decide_otherwise_are_named():
    measure = pleaded_veto()
    of_plea = before_a_meeting(measure)
    with time_machine.travel(WEEK_LATER + timedelta(hours=4), tick=False):
        take(Verb.UPHOLD_MEASURE, take(Verb.DRAFT_PLEA_ANSWER, measure))
        assert stated() == []
        sql("UPDATE yuetan_plea SET outcome = 'revoked'")
        assert stated(of_plea.meeting) == [CITED]
        sql("UPDATE yuetan_plea SET outcome = 'upheld'")
        of_veto = AgendaItem.objects.get(is_of_plea=False)
        sql("UPDATE yuetan_agendaitem SET decision = 'declined' WHERE id = %s", of_veto.pk)
        assert stated(of_veto.meeting) == [CITED]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (f"UPDATE yuetan_assessment SET {UNPUBLISHED}", "公布与印发的考核结果通报不一致"),
        (
            f"UPDATE yuetan_assessment SET {UNPUBLISHED}, closed_at = NULL, closed_by_id = NULL",
            "关闭与各单位的名次、异议不一致",
        ),
        (
            f"UPDATE yuetan_assessmentobjection SET {UNDECIDED}",
            "关闭与各单位的名次、异议不一致",
        ),
        ("UPDATE yuetan_assessment SET round = round + 1", "送核与各单位的得分表不一致"),
    ],
)
def test_a_year_that_stands_otherwise_than_its_sheets_and_papers_is_named(statement, words):
    assert published_assessment()
    assert list(check_assessments()) == []
    sql(statement)
    found = [each for each in check_assessments() if each.subject == "2026年度考核"]
    assert words in [each.words for each in found]
    assert all(each.kind == RecordKind.ASSESSMENT for each in found)


def test_a_correction_that_says_nothing_of_its_paper_is_named():
    corrected_assessment()
    assert list(check_assessments()) == []
    undone = "granted = false, document_id = NULL, total = NULL, rank = 0, grade = ''"
    former = "former_total = NULL, former_rank = 0, former_grade = ''"
    sql(f"UPDATE yuetan_assessmentcorrection SET {undone}, {former}")
    assert "公布与印发的考核结果通报不一致" in [each.words for each in check_assessments()]


def test_a_correction_of_another_round_is_named():
    correction = corrected_assessment()
    sql("UPDATE yuetan_assessmentsheet SET round = 9 WHERE id = %s", correction.sheet_id)
    assert "更正与印发的更正通报不一致" in [each.words for each in check_assessments()]
