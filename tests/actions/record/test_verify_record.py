"""What was sealed and is otherwise now is found, whatever column of whatever table it is, and named in words."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import QuerySet

from tests import cast
from tests.agenda_files import heard_meeting
from tests.assessment import as_evidence, correction_decided, correction_proposed, published_assessment, sheet_of
from tests.destructions import AFTERWARDS, destroyed, done_with
from tests.dossiers import awarded, entered
from tests.factories import case_after, case_in, later, letter_in, pdf, take
from tests.ladder import listing_with_records, measure_in
from tests.ladder import take as take_of_measure
from tests.meeting_corrections import drafted as drafted_correction
from tests.meetings import convened, minuted
from tests.opinion_corrections import corrected_draft
from tests.past_triggers import past_triggers
from tests.pleas import pleaded
from tests.received import closed, due_moved, received, replied
from tests.reporting import analysed, issued, marked, report_of, scheme_of
from tests.restrictions import inquired, restricting
from tests.room_receipts import notice_on_paper
from tests.rounds import informed_visit
from tests.vetoes import veto_in
from yuetan import sealing
from yuetan.actions.files.receipt_correction import correct_receipt
from yuetan.actions.follow_ups import link_follow_up
from yuetan.actions.messages.daily import daily
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.papers.statistics_sheet import issue_statistics
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.post_correction import annul_post
from yuetan.actions.people.unit_change import end_unit
from yuetan.actions.record.anchor_record import anchor_file, anchor_record
from yuetan.actions.record.verify_record import Counts, record_faults, row_faults
from yuetan.actions.reporting.release import end_scheme
from yuetan.models import (
    Alert,
    Anchor,
    Case,
    ChangedRow,
    Event,
    OfficeSetting,
    Post,
    RecordVerification,
    Seal,
    Unit,
    User,
)
from yuetan.models.record.sealed_tables import SEALED_TABLES, model_of
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.text.canonical_row import row_digest
from yuetan.rules.text.sm3 import sm3
from yuetan.sealing import seal_table, seal_transaction
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PrintMethod, Verb

# What is no record: why each of these may change without anybody having done anything that counts.
NOT_SEALED = {
    "alert": "站内消息，说的都在操作日志里",
    "attemptcount": "登录和查验的次数限制",
    "keptpassword": "用过的密码，只为不再使用",
    "session": "登录状态",
    "totpdevice": "第二重验证的凭据",
    "passkey": "第二重验证的凭据",
    "recoverycode": "第二重验证的凭据",
    "periodicreport": "由报表各版得出，谁应报在各期里",
    "filepreview": "文件预览，按期清理",
    "reportsum": "由报表得出，check_records 核对",
    "tally": "由记录得出，check_records 核对",
    "casetally": "由记录得出，check_records 核对",
    "anchor": "存证自己的链",
    "anchoredhead": "由存证封存",
    "backuprun": "备份的运行情况",
    "casegrouppermission": "由任职和事项得出，check_records 核对",
    "caseuserpermission": "由任职和事项得出，check_records 核对",
    "changedrow": "封存以前的一瞬",
    "clockjump": "服务器时间的异常",
    "dailyrun": "每日任务的运行情况",
    "delivery": "消息的投送",
    "draftfield": "没有提交的内容",
    "follow": "个人的关注",
    "formkey": "防止重复提交的标记",
    "heartbeat": "值守程序的心跳",
    "lettergrouppermission": "由任职和提醒函得出，check_records 核对",
    "letteruserpermission": "由任职和提醒函得出，check_records 核对",
    "assignmentgrouppermission": "由任职和交办事项得出，check_records 核对",
    "assignmentuserpermission": "由任职和交办事项得出，check_records 核对",
    "measuregrouppermission": "由任职和责任措施得出，check_records 核对",
    "measureuserpermission": "由任职和责任措施得出，check_records 核对",
    "officewait": "由操作日志得出，check_records 核对",
    "pendingstep": "由步骤得出，check_records 核对",
    "preparedfile": "导出的文件，按期清理",
    "recordverification": "查验的结果",
    "reminder": "提醒过的标记",
    "savedfilter": "个人的常用筛选",
    "seal": "封存链自己",
    "searchentry": "由文字得出，check_records 核对",
    "sight": "查阅记录，比操作日志轻，只增不改",
    "stalepending": "由步骤得出",
    "tableimport": "待导入的表格，按期清理",
}

OTHER = {
    **dict.fromkeys(("bigint", "integer", "numeric", "smallint"), "COALESCE({0}, 0) + 100"),
    **dict.fromkeys(("character varying", "text"), "'改'"),
    "boolean": "NOT COALESCE({0}, false)",
    "date": "COALESCE({0} + 1, '2026-01-05')",
    "timestamp with time zone": "COALESCE({0}, now()) + interval '1 microsecond'",
    "jsonb": "'{{\"another\": 1}}'",
    "uuid": "gen_random_uuid()",
    "time without time zone": "COALESCE({0} + interval '1 hour', '09:00')",
    "inet": "COALESCE({0}, '10.0.0.1'::inet) + 1",
    "ARRAY": "COALESCE({0}, '{{}}') || 1::bigint",
}


def seal():
    """What the end of a transaction does; a test's own is never committed."""
    with connection.connection.cursor() as cursor:
        sealed = seal_transaction(cursor)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return sealed


def straight(statement, *values):
    """By somebody who owns the tables, past all of Django and past every trigger."""
    with past_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def hits():
    return [str(fault) for fault in record_faults(Counts())]


def by_itself(execute, *statement):
    """While somebody looks on, no step is copied: its rows are written, and noted, one by one."""
    return execute(*statement)


@pytest.fixture
def case(office):
    """A case that was announced, sealed step by step."""
    with connection.execute_wrapper(by_itself):
        case = case_in(CaseState.PROPOSED)
        seal()
        take(Verb.APPROVE, case)
        seal()
        take(Verb.SERVE_NOTICE, case)
        seal()
    return Case.objects.get(pk=case.pk)


@pytest.fixture
def whole(office):
    """At least one row in every sealed table, all of them sealed."""
    officer, today = cast.person("officer"), cast.MONDAY.date()
    gone = done_with(cast.unit(cast.DIVISION_TOWN))
    with later(days=AFTERWARDS):
        destroyed(gone)
    case = case_after(Verb.CLOSE)
    take(Verb.PLACE_HOLD, case)
    with later(days=80):
        for verb in (Verb.RECORD_REVISIT, Verb.REQUEST_REOPENING, Verb.REOPEN):
            take(verb, case)
    running = case_in(CaseState.RECTIFYING, unit=cast.unit(cast.COUNTY))
    for verb in (Verb.CHASE, Verb.REGISTER_EXTENSION, Verb.PAUSE_TASK, Verb.CORRECT_MINUTES, Verb.RECORD_SITE_CHECK):
        take(verb, running)
    take(Verb.RECORD_CONSEQUENCE, running)
    with later(days=80):
        take(Verb.ISSUE_SUPERVISION_LETTER, running)
    take(Verb.REVISE_MINUTES, case_in(CaseState.INTERVIEWED))
    take(Verb.REGISTER_DECISION, case_in(CaseState.PROPOSED))
    asked = case_after(Verb.SERVE_NOTICE, unit=cast.unit(cast.MEMBER_UNIT))
    take(Verb.ASK_LEAVE, asked)
    announced = case_after(Verb.ACKNOWLEDGE_RECEIPT)
    with later(days=8):
        take(Verb.RECORD_ABSENCE, announced)
    record_printing([asked.documents.first()], by=officer, method=PrintMethod.DOWNLOAD)
    upload_scan(asked.documents.first(), by=officer, file=pdf())
    signed = take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED)).current_notice
    revoked = {"signer_name": "", "signer_title": "", "signed_on": None, "scan": None, "never_signed": True}
    correct_receipt(signed, by=officer, reason="登记错了文书。", **revoked)
    letter_in(LetterState.ISSUED)
    measure_in(MeasureState.DRAFTED, further_units=[cast.unit(cast.MEMBER_UNIT)])
    take_of_measure(Verb.ASK_CONSULTATION, take_of_measure(Verb.ENDORSE_MEASURE, veto_in(MeasureState.IN_REVIEW)))
    listing_with_records()
    inquired(restricting())
    referred = measure_in(MeasureState.SERVED, matter="另一处乱点整治推进缓慢")
    pleaded(take_of_measure(Verb.REFER_MEASURE, referred))
    issue_statistics(by=cast.person("director"), period=Period.around(PeriodKind.YEAR, today), count=list)
    span = {"begins_on": today, "ends_on": today + timedelta(days=4)}
    delegate_approval(by=cast.person("group_leader"), delegate=cast.person("deputy"), reason="外出学习", **span)
    annul_post(Post.objects.last(), by=cast.person("sysadmin"), reason="登记有误")
    change_office_setting(OfficeSetting.objects.get(key="delegation_allowed"), by=cast.person("director"), value=False)
    registered = {"kind": "merged", "effective_on": today, "paper_number": "江民〔2026〕8号", "paper": pdf()}
    successor = cast.unit(cast.TOWN)
    ended = Unit.objects.filter(parent=successor.parent).exclude(pk=successor.pk)[0]
    end_unit(ended, by=cast.person("sysadmin"), successor=successor, **registered)
    entered(cast.head(cast.TOWN))
    awarded(cast.unit(cast.TOWN))
    reported = marked(report_of(scheme_of())).report
    with later(days=9):
        issued(analysed(reported.period))
    stopped = {"at_once": True, "from_day": None, "reason": "并入月报。"}
    end_scheme(scheme_of("另一种报表"), by=cast.person("director"), **stopped)
    drafted_correction(minuted().meeting)
    heard_meeting()
    notice_on_paper(convened(topic="纸质回执"), "deputy", by=cast.person("officer"))
    letter = received()
    due_moved(letter)
    closed(replied(letter))
    sheet = sheet_of(published_assessment())
    with later(days=12):
        as_evidence(sheet, distinct_from=list(Case.objects.open().filter(unit=sheet.unit)))
        correction_decided(correction_proposed(sheet))
    of_visit = informed_visit()
    corrected_draft(of_visit)
    link_follow_up(of_visit, by=cast.person("officer"), subject=letter_in(LetterState.ISSUED, to=successor))
    seal()
    for table in SEALED_TABLES:
        seal_table(table)


def columns_of(table):
    """Every column that is sealed, but the key, with an expression for another value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY 1",
            [model_of(table)._meta.db_table],
        )
        left_out = (model_of(table)._meta.pk.column, *SEALED_TABLES[table].unsealed)
        return {name: OTHER[kind].format(f'"{name}"') for name, kind in cursor.fetchall() if name not in left_out}


def drop_checks():
    """An owner may take away whatever constraint stands against another value."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint AS c JOIN pg_class ON pg_class.oid = conrelid "
            "WHERE contype = 'c' AND relname LIKE 'yuetan%%' AND NOT relispartition",
            [],
        )
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indpred IS NOT NULL", [])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")


def test_every_table_is_sealed_or_no_record():
    named = {model._meta.model_name for model in apps.get_app_config("yuetan").get_models()}
    assert named == SEALED_TABLES.keys() | NOT_SEALED.keys()
    assert not SEALED_TABLES.keys() & NOT_SEALED.keys()


def test_each_column_of_each_sealed_table_flipped_in_sql_is_found(whole):
    assert hits() == []
    assert [table for table in SEALED_TABLES if not QuerySet(model_of(table)).exists()] == []
    with past_triggers():
        drop_checks()
        for table in SEALED_TABLES:
            for column, other in columns_of(table).items():
                assert faults_when_flipped(table, column, other) == 1, (table, column)


def faults_when_flipped(table, column, other):
    """How many rows of the table are found to be otherwise when one of them is, in this column."""
    named, key = model_of(table)._meta.db_table, model_of(table)._meta.pk.column
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'UPDATE {named} SET "{column}" = {other} WHERE {key} = (SELECT {key} FROM {named} LIMIT 1)')
        assert cursor.rowcount == 1, table
        faults = list(row_faults(table, Counts()))
        transaction.set_rollback(True)
    return sum(fault.problem == "内容与封存时不一致。" for fault in faults)


def test_what_was_done_by_the_program_is_as_it_was_sealed(case):
    assert hits() == []


def test_the_wrong_row_is_named_in_words(case):
    straight("UPDATE yuetan_document SET title = '改' WHERE case_id = %s", case.pk)
    paper = case.documents.get()
    assert hits() == [f"{case.register_number}的文书（编号 {paper.pk}）：内容与封存时不一致。"]


def test_a_deleted_row_is_named(case):
    event = case.events.get(verb=Verb.APPROVE)
    straight("DELETE FROM yuetan_event WHERE id = %s", event.pk)
    assert hits() == [f"{case.register_number}的操作日志（编号 {event.pk}）：封存之后被删除。"]


def test_a_row_written_straight_is_named(case):
    """A back-dated event of another person: whatever it says, it was never sealed."""
    straight(
        "INSERT INTO yuetan_event (case_id, verb, actor_title, from_state, to_state, opinion, data, is_outer, "
        "created_at) VALUES (%s, 'chase', '主任', '', '', '', '{}', false, '2026-01-05')",
        case.pk,
    )
    event = Event.objects.latest("pk")
    assert hits() == [f"{case.register_number}的操作日志（编号 {event.pk}）：没有封存，不是由本系统写入的。"]


def test_a_change_that_no_trigger_was_kept_from_noting_is_named_all_the_same(case):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE yuetan_case SET place = '另处' WHERE id = %s", [case.pk])
    assert f"约谈事项（编号 {case.pk}）：被本系统以外的程序改过，没有封存。" in hits()


def test_a_chain_is_broken_where_an_entry_was_changed_taken_out_or_put_in(case):
    chain = f"case:{case.pk}"
    third = Seal.objects.get(chain=chain, number=3)
    broken = [f"{case.register_number}的封存链在第 3 条断开：该条与前一条不相接。"]
    for statement in (
        "UPDATE yuetan_seal SET row_digest = repeat('0', 64) WHERE id = %s",
        "UPDATE yuetan_seal SET sealed_at = sealed_at + interval '1 second' WHERE id = %s",
    ):
        with transaction.atomic():
            straight(statement, third.pk)
            assert [each for each in hits() if "封存链" in each] == broken
            transaction.set_rollback(True)
    with transaction.atomic():
        straight("DELETE FROM yuetan_seal WHERE id = %s", third.pk)
        assert f"{case.register_number}的封存链在第 4 条断开：该条与前一条不相接。" in hits()
        transaction.set_rollback(True)


def test_a_whole_chain_written_anew_is_found_by_its_anchor(case):
    anchor_record(clock.today())
    assert hits() == []
    chain = f"case:{case.pk}"
    previous = ""
    for entry in Seal.objects.filter(chain=chain).order_by("number"):
        entry.row_digest = entry.row_digest[::-1] if entry.number == 1 else entry.row_digest
        digest = entry.computed_digest(previous)
        straight(
            "UPDATE yuetan_seal SET row_digest = %s, digest = %s WHERE id = %s", entry.row_digest, digest, entry.pk
        )
        previous = digest
    last = Seal.objects.filter(chain=chain).count()
    assert f"记录存证第 1 号：{case.register_number}的封存链第 {last} 条已不是存证时的那一条。" in hits()


def test_the_file_of_an_anchor_is_on_the_disk_before_it_has_its_name(case, monkeypatch):
    synced, fsync = [], os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda number: synced.append(str(Path(f"/proc/self/fd/{number}").readlink())) or fsync(number)
    )
    anchor_record(clock.today())
    file = anchor_file(Anchor.objects.get())
    assert synced == [str(file.with_suffix(".new")), str(file.parent)]


def test_an_anchor_follows_from_the_one_before_and_stands_in_a_file(case):
    assert anchor_record(clock.today())["chains"] > 1
    assert anchor_record(clock.today()) == {"chains": 0}  # once a day
    with later(days=1):
        assert anchor_record(clock.today()) == {"chains": 0}
    first, second = Anchor.objects.order_by("number")
    assert (second.number, second.previous) == (2, first.digest)
    assert anchor_file(first).read_text().strip() == first.line
    assert hits() == []
    straight("UPDATE yuetan_anchor SET made_at = made_at - interval '1 hour' WHERE number = 1")
    anchor_file(second).unlink()
    assert hits() == [
        "记录存证第 1 号：与前一号或者所存的各链不相接。",
        "记录存证第 1 号：存证文件与数据库不一致。",
        "记录存证第 2 号：存证文件不在原处。",
    ]


def test_the_daily_run_anchors_verifies_and_alerts_the_watchers_once(case, auditor, sysadmin, officer, client):
    assert daily()["查验记录"] == {"不符": 0}
    assert Alert.objects.filter(key="anchor:1").get().recipient == auditor
    straight("UPDATE yuetan_document SET title = '改' WHERE case_id = %s", case.pk)
    with later(days=1):
        for _ in range(2):
            assert daily()["查验记录"] == {"不符": 1}
        alerts = Alert.objects.filter(key__startswith="verification:")
        assert {alert.recipient for alert in alerts} == {auditor, sysadmin}
        assert alerts.count() == 2
        for person, is_alarmed in ((auditor, True), (sysadmin, True), (officer, False)):
            client.force_login(person)
            assert ("记录被改动" in client.get("/").content.decode()) is is_alarmed


def test_the_command_names_the_first_fault_and_keeps_what_it_found(case, capsys):
    call_command("verify_record")
    assert "记录完好" in capsys.readouterr().out
    straight("UPDATE yuetan_document SET title = '改' WHERE case_id = %s", case.pk)
    with pytest.raises(CommandError, match="记录被改动，共 1 处，第一处是：约谈〔2026〕1号的文书"):
        call_command("verify_record")
    assert list(RecordVerification.objects.newest_first().values_list("faults", flat=True)) == [1, 0]


def test_who_logs_in_leaves_no_change_behind(case, officer, client):
    client.force_login(officer)
    assert seal() == 0


@pytest.mark.django_db(transaction=True)
def test_a_transaction_is_sealed_when_it_is_committed(office, officer):
    before = Seal.objects.count()
    User.objects.filter(pk=officer.pk).update(telephone="0750-3000001")  # a statement by itself
    assert Seal.objects.filter(chain=f"user:{officer.pk}").latest("pk").row_key == str(officer.pk)
    assert Seal.objects.count() == before + 1
    with transaction.atomic():
        User.objects.filter(pk=officer.pk).update(telephone="0750-3000002")
        transaction.set_rollback(True)
    assert Seal.objects.count() == before + 1
    assert ChangedRow.objects.count() == 0
    assert hits() == []


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_only_reads_may_be_one_that_must_not_write(office):
    before = Seal.objects.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        assert Case.objects.count() == 0
    assert Seal.objects.count() == before


def test_sm3_is_the_one_of_the_standard():
    assert sm3("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_null_and_nothing_are_two_contents():
    empty = {"accepted": None, "note": ""}
    digests = {row_digest("t", "1", json.dumps({"accepted": a, "note": ""}), empty) for a in (None, False, 0, "", True)}
    assert len(digests) == 5 - (
        row_digest("t", "1", '{"accepted": 0}', empty) == row_digest("t", "1", '{"accepted": false}', empty)
    )
    later_version = row_digest("t", "1", '{"accepted": null, "note": "", "new": null}', {**empty, "new": None})
    assert later_version == row_digest("t", "1", '{"accepted": null, "note": ""}', empty)


class CountedCursor:
    """A cursor of the driver that keeps what it was asked."""

    def __init__(self, cursor):
        self.cursor, self.asked = cursor, []

    def execute(self, statement, values=None):
        self.asked.append(statement)
        self.cursor.execute(statement, values)

    def __getattr__(self, name):
        return getattr(self.cursor, name)


@pytest.mark.parametrize("verb", [Verb.ENDORSE, Verb.SERVE_NOTICE])
def test_a_step_is_sealed_by_four_statements_into_however_many_tables_it_wrote(office, verb):
    case = case_in(CaseState.IN_REVIEW if verb == Verb.ENDORSE else CaseState.APPROVED)
    seal()
    take(verb, case)
    tables = ChangedRow.objects.values("table_name").distinct().count()
    with connection.connection.cursor() as cursor:
        counted = CountedCursor(cursor)
        assert seal_transaction(counted) >= tables > 1
    assert len(counted.asked) == 4


@pytest.mark.parametrize("at_once", [1, 2, 5])
def test_a_transaction_of_many_rows_is_sealed_piece_by_piece_to_its_end(office, monkeypatch, at_once):
    seal()
    monkeypatch.setattr(sealing, "AT_ONCE", at_once)
    case_in(CaseState.DRAFTED)
    assert ChangedRow.objects.count() == 5
    seal()
    assert not ChangedRow.objects.exists()
    assert list(record_faults(Counts())) == []
