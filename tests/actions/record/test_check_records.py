"""Straight SQL changes what no step changed: each is named, by number alone, and nothing else is."""

import os
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.assessment import INDICATORS, assessment_of, closed_assessment, presented, sheet_of
from tests.factories import case_after, case_in, later, letter_in, pdf, take
from tests.past_triggers import past_triggers
from tests.received import received
from tests.steps import agreed
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.messages.daily import daily
from yuetan.actions.office.calendar import change_calendar_day
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Alert, CalendarDay, Case, Scan
from yuetan.rules.dates import clock
from yuetan.vocabulary import (
    AssessmentGrade,
    CaseState,
    DayKind,
    DocumentKind,
    LetterState,
    RecordKind,
    TaskState,
    Verb,
)


def sql(statement, *values):
    """Past all of Django, and past the triggers that guard what is kept."""
    with past_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def kinds():
    return {each.kind for each in disagreements()}


def words():
    return [str(each) for each in disagreements()]


@pytest.fixture
def case(office):
    """A case under rectification, with a pause given back and an extension granted; and a letter."""
    case = case_in(CaseState.RECTIFYING)
    letter_in(LetterState.ISSUED)
    take(Verb.ASK_EXTENSION, case)
    take(Verb.DECIDE_EXTENSION, case)
    take(Verb.PAUSE_TASK, case)
    with later(days=7):
        take(Verb.RESUME_TASK, case)
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize("state", CaseState)
def test_no_lawful_case_disagrees_with_itself(office, state):
    case_in(state)
    assert words() == []


def test_letters_pauses_extensions_and_numbers_agree(case):
    reserve_number(by=cast.person("officer"), kind=DocumentKind.INTERVIEW_NOTICE, case=None, purpose="线下文书")
    for state in (LetterState.DRAFTED, LetterState.RETURNED):
        letter_in(state)
    assert words() == []


@pytest.mark.parametrize(
    ("statement", "kind", "stated"),
    [
        (
            "UPDATE yuetan_case SET state = 'closed', retention = 'permanent'",
            RecordKind.STATE,
            "约谈〔2026〕1号：现为“已办结（销号）”，而操作日志到“整改中”为止",
        ),
        (
            "DELETE FROM yuetan_event WHERE verb = 'endorse'",
            RecordKind.STATE,
            "约谈〔2026〕1号：操作日志在“审定同意”处与前一步不相接",
        ),
        ("UPDATE yuetan_letter SET state = 'drafted'", RecordKind.STATE, "而操作日志到“已印发”为止"),
        (
            "UPDATE yuetan_task SET state = 'accepted', progress_due_on = NULL WHERE number = 1",
            RecordKind.TASK,
            "约谈〔2026〕1号：第 1 项“已销号”，而整改报告报送过 0 次",
        ),
        (
            "UPDATE yuetan_task SET agreed_due_on = agreed_due_on - 3",
            RecordKind.DATE,
            "约谈〔2026〕1号：第 1 项约定的时限登记为",
        ),
        (
            "UPDATE yuetan_task SET effective_due_on = effective_due_on + 30",
            RecordKind.DATE,
            "约谈〔2026〕1号：时限登记为",
        ),
        ("UPDATE yuetan_pause SET ended_on = ended_on - 3", RecordKind.DATE, "实际截止日登记为"),
        ("UPDATE yuetan_case SET due_on = due_on + 1", RecordKind.DATE, "约谈〔2026〕1号：时限登记为"),
        (
            "UPDATE yuetan_case SET scheduled_at = scheduled_at + interval '1 day'",
            RecordKind.DATE,
            "约谈〔2026〕1号：约谈时间与最近一次通知不一致",
        ),
        (
            "UPDATE yuetan_case SET closed_on = '2026-11-20'",
            RecordKind.DATE,
            "约谈〔2026〕1号：办结日期登记为2026年11月20日，操作日志为空",
        ),
        ("UPDATE yuetan_minutes SET discussion = '另议。'", RecordKind.TEXT, "约谈〔2026〕1号：讨论分析与江扫黑办"),
        (
            "UPDATE yuetan_measure SET content = '另一项措施' WHERE number = 1",
            RecordKind.TEXT,
            "约谈〔2026〕1号：整改措施及时限与江扫黑办",
        ),
        (
            "UPDATE yuetan_task SET content = '另一项措施' WHERE number = 2",
            RecordKind.TEXT,
            "约谈〔2026〕1号：第 2 项整改任务与纪要的措施不一致",
        ),
        (
            "UPDATE yuetan_proposalversion SET text = jsonb_set(text, '{bound,matter}', '\"另一件事\"')",
            RecordKind.TEXT,
            "约谈〔2026〕1号：约谈建议第 1 稿与其内容校验不一致",
        ),
        (
            "UPDATE yuetan_case SET approved_sha256 = repeat('0', 64)",
            RecordKind.TEXT,
            "约谈〔2026〕1号：审定所依据的稿件与审定的操作日志不一致",
        ),
        (
            "UPDATE yuetan_document SET html = html || ' ' WHERE kind = 'minutes'",
            RecordKind.PAPER,
            "定稿文字与印发时的 SHA-256 不一致",
        ),
        (
            "UPDATE yuetan_document SET wording_sha256 = repeat('0', 64) WHERE kind = 'minutes'",
            RecordKind.PAPER,
            "定稿文字与文书上的内容校验不一致",
        ),
        ("UPDATE yuetan_document SET serial = 77 WHERE kind = 'minutes'", RecordKind.PAPER, "号：文号簿上是江扫黑办"),
        (
            "DELETE FROM yuetan_receipt",
            RecordKind.PAPER,
            "的签收与操作日志不一致",
        ),
        (
            "DELETE FROM yuetan_casegrouppermission",
            RecordKind.GRANT,
            "约谈〔2026〕1号：本事项上的授权不是现在的任职和状态所给的",
        ),
        ("DELETE FROM yuetan_lettergrouppermission", RecordKind.GRANT, "号：本函上的授权不是现在的状态所给的"),
        ("DELETE FROM yuetan_user_groups", RecordKind.GRANT, "：所在的用户组不是现任职务所给的"),
        ("DELETE FROM auth_group_permissions", RecordKind.GRANT, "：角色的权限不是权限表所给的"),
        (
            "UPDATE yuetan_numbercounter SET last = last + 2",
            RecordKind.NUMBER,
            "约谈〔2026〕：取号到 3 号，簿上只有 1 个，缺约谈〔2026〕2号",
        ),
        ("DELETE FROM yuetan_numbercounter", RecordKind.NUMBER, "约谈〔2026〕：编到 1 号，而取号只到 0 号"),
    ],
)
def test_what_straight_sql_changes_is_named(case, statement, kind, stated):
    assert words() == []
    sql(statement)
    assert kind in kinds()
    assert any(stated in line for line in words()), words()


@pytest.fixture
def stored(office):
    """A notice with its stamped scan, kept on disk; and that file."""
    paper = case_after(Verb.SERVE_NOTICE).documents.get()
    upload_scan(paper, by=cast.person("officer"), file=pdf())
    return Path(settings.MEDIA_ROOT, Scan.objects.get().file.name)


def test_a_file_that_is_gone_changed_or_unknown_is_named(stored):
    name = str(stored.relative_to(settings.MEDIA_ROOT))
    assert words() == []
    kept = stored.read_bytes()
    stored.write_bytes(kept[:-1] + b"x")
    assert words() == [f"{name}：文件内容与登记的 SHA-256 不一致"]
    stored.write_bytes(kept + b"more")
    assert words() == [f"{name}：登记为 {len(kept)} 字节，实有 {len(kept) + 4} 字节"]
    stored.unlink()
    assert words() == [f"{name}：文件不在原处"]
    stored.write_bytes(kept)
    other = stored.with_name("other.pdf")
    other.write_bytes(kept)
    os.utime(other, times=(clock.now().timestamp(),) * 2)
    with later(minutes=30):
        assert words() == []  # its step may not have ended yet
    with later(days=1):
        assert words() == [f"{other.relative_to(settings.MEDIA_ROOT)}：没有任何登记的文件"]


def command(**options):
    stated, complained = StringIO(), StringIO()
    try:
        call_command("check_records", stdout=stated, stderr=complained, no_color=True, **options)
    except CommandError as error:
        return complained.getvalue() + str(error)
    return stated.getvalue()


def test_the_command_names_the_first_of_each_kind_and_what_to_do(case):
    assert command() == "记录一致。\n"
    other = case_in(CaseState.NOTIFIED, unit=cast.unit(cast.COUNTY))
    sql("UPDATE yuetan_case SET state = 'approved', due_on = NULL WHERE register_serial IN (1, 2)")
    complained = command()
    assert "状态与操作日志不一致，共 4 处，第一处是约谈〔2026〕1号：现为“已审定，待通知”" in complained
    assert "请停止办理该事项，对照操作日志和备份查明是谁改的，不要再直接改数据库。" in complained
    (of_states,) = [line for line in complained.splitlines() if line.startswith("状态与操作日志不一致")]
    assert other.register_number not in of_states
    assert case.matter not in complained
    only = command(case="2026-2")
    assert "共 2 处，第一处是约谈〔2026〕2号" in only
    assert command(case="2") == only
    assert "没有编号为“99”的约谈事项。" in command(case="99")
    assert "没有编号为“甲”的约谈事项。" in command(case="甲")


def test_the_daily_run_alerts_the_administrator_and_the_auditor_by_numbers_alone(case):
    assert daily()["核对记录"]["不一致"] == 0
    assert not Alert.objects.filter(key__startswith="records:").exists()
    sql("UPDATE yuetan_case SET state = 'closed', retention = 'permanent'")
    assert daily()["核对记录"]["不一致"] > 0
    daily()
    alerts = Alert.objects.filter(key__startswith="records:")
    assert {alert.recipient.username for alert in alerts} == {"sysadmin", "auditor"}
    (text,) = {alert.text for alert in alerts}
    assert text.startswith("每日核对记录发现不一致：状态与操作日志不一致 1 处")
    assert case.matter not in text
    assert case.unit.name not in text


def test_it_costs_the_same_number_of_queries_for_one_case_and_for_three(office):
    case_in(CaseState.NOTIFIED)
    with CaptureQueriesContext(connection) as one:
        list(disagreements())
    for matter in ("另一件事", "第三件事"):
        case_in(CaseState.NOTIFIED, draft={"matter": matter}, serve_notice={"clash_accepted": True})
    with CaptureQueriesContext(connection) as three:
        list(disagreements())
    assert len(three) == len(one)


def test_a_day_off_entered_since_moves_what_was_counted_and_nothing_disagrees(case):
    task = case.tasks.get(number=1)
    assert not CalendarDay.objects.filter(day=task.effective_due_on).exists()
    change_calendar_day(by=cast.person("director"), day=task.effective_due_on, kind="off", name="临时放假")
    assert case.tasks.get(number=1).effective_due_on == task.effective_due_on + timedelta(days=1)
    assert words() == []


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.RECTIFYING])
def test_what_runs_inside_the_office_is_what_the_state_says(office, state):
    case = case_in(state) if state == CaseState.IN_REVIEW else case_after(Verb.HAND_IN_REPORT)
    assert words() == []
    sql("UPDATE yuetan_officewait SET ended_at = began_at WHERE case_id = %s AND ended_at IS NULL", case.pk)
    assert kinds() == {RecordKind.STATE, RecordKind.TALLY}
    assert any("办公室办理的计时与状态不符" in each for each in words())


@pytest.mark.parametrize(
    "column",
    ["grade = 'qualified'", "total = total + 1", "rank = rank + 1", "points = points - 1", "grade = 'excellent'"],
)
def test_a_sheet_that_is_not_that_of_its_lines_is_named(office, column):
    sheet = sheet_of(closed_assessment())
    assert RecordKind.ASSESSMENT not in kinds()
    sql(f"UPDATE yuetan_assessmentsheet SET {column} WHERE id = %s", sheet.pk)
    assert any(f"得分表 {sheet.pk}" in one for one in words())


@pytest.mark.parametrize("says_itself", [True, False])
def test_a_grade_against_a_record_that_alone_makes_unqualified_is_named(office, says_itself):
    received(dated_on=date(2026, 10, 1), received_on=date(2026, 10, 2), reply_due=date(2026, 10, 20))
    failing = [replace(one, fails=one.name == "来函办理") for one in INDICATORS]
    assessment = presented(assessment_of(indicators=failing))
    if not says_itself:  # as sheets were frozen before lines said so
        lines = "(SELECT jsonb_agg(each - 'fails') FROM jsonb_array_elements(lines) AS each)"
        sql(f"UPDATE yuetan_assessmentsheet SET lines = {lines}")
    with later(days=10):
        close_assessment(assessment, by=cast.person("director"))
    sheet = sheet_of(assessment)
    assert sheet.grade == AssessmentGrade.UNQUALIFIED
    assert RecordKind.ASSESSMENT not in kinds()
    sql("UPDATE yuetan_assessmentsheet SET grade = 'excellent' WHERE id = %s", sheet.pk)
    assert any(f"得分表 {sheet.pk}" in one for one in words())


def test_a_limit_that_ran_when_the_calendar_was_another_is_no_disagreement(office, director):
    """Reported with a pause over a day that is off by now; once returned, it is counted by the calendar of now."""
    case = case_in(CaseState.RECTIFYING)
    with later(days=1):
        take(Verb.PAUSE_TASK, case)
    with later(days=7):
        take(Verb.RESUME_TASK, case)
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, case)
    task = case.tasks.get(number=1)
    limit = task.effective_due_on
    with later(days=8):
        change_calendar_day(by=director, day=date(2026, 11, 25), kind=DayKind.OFF, name="临时放假")
        assert words() == []
        take(Verb.RETURN_TASK, case)
        task.refresh_from_db()
        assert (task.state, words()) == (TaskState.RETURNED, [])
        assert task.effective_due_on < limit


def test_reports_on_the_way_move_with_the_calendar_under_inspection_too(office, director):
    case = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 10))
    task = case.tasks.get()
    awaited = task.progress_due_on
    with later(days=20):
        take(Verb.BEGIN_INSPECTION, case)
        change_calendar_day(by=director, day=awaited, kind=DayKind.OFF, name="临时放假")
        assert words() == []
        task.refresh_from_db()
        assert (task.is_unreported, task.runs, task.progress_due_on) == (True, False, awaited + timedelta(days=1))
        sql("UPDATE yuetan_task SET progress_due_on = %s", awaited)
        assert words() == []  # nothing is due while it is inspected
