"""查阅记录: whatever is shown, taken out or refused is recorded once, by number, and the auditor alone reads it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from tests import cast
from tests.dossiers import entered
from tests.exports import exported_rows
from tests.factories import case_in, letter_in, png
from tests.views.queries import queries_of
from tests.web import BACKEND, Visitor
from yuetan.actions.record.record_sight import make_sight_months
from yuetan.forms.office.office import LogFilter
from yuetan.forms.office.sights import PrintedFilter, SightFilter
from yuetan.models import Event, Printing, Sight
from yuetan.views.frame import sights as middleware
from yuetan.vocabulary import SIGHT_LABELS, CaseState, LetterState, Verb

PAGE = "/log/sights/"
ADDRESS = "10.1.2.3"
SIGHT = "yuetan_record_sight"
CHINA = ZoneInfo("Asia/Shanghai")


def at(address, username):
    client = Client(REMOTE_ADDR=address)
    client.force_login(cast.person(username), backend=BACKEND)
    return client


@pytest.fixture
def officer_there(office):
    return at(ADDRESS, "officer")


def rows_of(auditor, query=""):
    """What the auditor's page lists, the newest first."""
    client = Client()
    client.force_login(auditor, backend=BACKEND)
    return client.get(PAGE + query).context["rows"]


def test_what_was_seen_is_listed_by_number_with_who_when_and_from_where(officer_there, auditor):
    case = case_in(CaseState.NOTIFIED, draft={"evidence": [png()]})
    paper, file = case.documents.get(), case.attachments.get()
    for address in (
        reverse("case", args=[case.pk]),
        reverse("take_step", args=[case.pk, Verb.HOLD_INTERVIEW]),
        reverse("document_pdf", args=[paper.pk]),
        reverse("attachment", args=[file.pk]),
        reverse("attachment_page", args=[file.pk, 1]),
    ):
        assert officer_there.get(address).status_code == 200
    of_case = case.register_number
    assert [(line["operation"], line["subject"]) for line in rows_of(auditor)] == [
        ("查看附件", f"{of_case}的附件　第 1 页"),
        ("下载附件", f"{of_case}的附件"),
        ("查阅文书", paper.number),
        (f"查看办理页：{Verb.HOLD_INTERVIEW.label}", of_case),
        ("查看事项", of_case),
    ]
    line = rows_of(auditor)[0]
    officer = cast.person("officer")
    who = (line["name"], line["title"], line["address"], line["result"], line["when"])
    assert who == (officer.name, officer.title, ADDRESS, "成功", Sight.objects.newest_first()[0].at)
    page = Visitor(auditor).open(PAGE)
    for content in (case.title, case.matter, file.name, paper.title):
        assert content not in page


def test_whose_dossier_was_seen_or_taken_out_is_listed(officer_there, auditor, town):
    head = cast.head(cast.TOWN)
    entry = entered(head)
    for address in (
        reverse("person_dossier", args=[head.pk]),
        reverse("unit_dossier_pdf", args=[town.pk]),
        reverse("dossier_entry", args=[entry.pk]),
    ):
        assert officer_there.get(f"{address}?year=2026").status_code == 200
    assert [(line["operation"], line["subject"]) for line in rows_of(auditor)] == [
        ("查看实绩材料", f"{head.name}2026年的实绩材料"),
        ("下载单位实绩档案", f"{town.name}的实绩档案"),
        ("查看领导实绩档案", f"{head.name}的实绩档案"),
    ]


def test_a_letter_its_paper_and_the_auditors_own_refusal(officer_there, auditor):
    letter = letter_in(LetterState.ISSUED)
    assert officer_there.get(reverse("letter", args=[letter.pk])).status_code == 200
    assert at(ADDRESS, "auditor").get(reverse("letter", args=[letter.pk])).status_code == 404
    (refused, seen) = rows_of(auditor)
    assert refused["subject"] == seen["subject"] == f"提醒函 {letter.document.number}"
    assert (refused["name"], refused["result"]) == (auditor.name, "不存在或无权查看")


def test_refusals_are_recorded_with_what_was_tried(office, auditor, other_head):
    case = case_in(CaseState.PROPOSED)
    stranger, officer = Client(), at(ADDRESS, "officer")
    stranger.force_login(other_head, backend=BACKEND)
    assert stranger.get(reverse("case", args=[case.pk])).status_code == 404
    assert officer.get(reverse("office_settings")).status_code == 403
    assert officer.post(reverse("take_step", args=[case.pk, Verb.WITHDRAW]), {}).status_code == 422
    assert officer.get("/cases/那件事/").status_code == 404
    tried = [(line["operation"], line["subject"], line["result"]) for line in rows_of(auditor, "?result=refused")]
    assert tried == [
        ("打开页面", "（没有这个地址）", "不存在或无权查看"),
        (f"办理“{Verb.WITHDRAW.label}”", case.register_number, "不符合条件，被拒绝"),
        ("打开页面", "/settings/", "无权，被拒绝"),
        ("查看事项", case.register_number, "不存在或无权查看"),
    ]
    assert rows_of(auditor, "?result=done") == []


def test_a_sight_costs_one_statement_and_what_shows_no_content_none(officer_there):
    case = case_in(CaseState.PROPOSED)
    for address, cost in ((reverse("case", args=[case.pk]), 1), (reverse("case_list"), 0), (reverse("home"), 0)):
        with CaptureQueriesContext(connection) as captured:
            assert officer_there.get(address).status_code == 200
        assert sum(SIGHT in query["sql"] for query in captured) == cost
    assert Sight.objects.count() == 1


def test_nobody_who_is_not_logged_in_is_recorded(office):
    assert Client().get("/cases/1/").status_code == 404
    assert Client().get(reverse("case_list")).status_code == 302
    assert Client().post(reverse("login"), {"username": "officer", "password": "x"}).status_code != 302
    assert not Sight.objects.exists()


def test_an_export_and_a_print_are_written_once_each(officer_there, auditor):
    case = case_in(CaseState.NOTIFIED)
    paper = case.documents.get()
    assert officer_there.post(reverse("export_ledger", args=["cases"])).status_code == 200
    assert officer_there.post(reverse("download_document", args=[paper.pk, "print"])).status_code == 200
    assert [(line["operation"], line["subject"]) for line in rows_of(auditor)] == [("导出台账", "约谈台账")]
    (printed,) = rows_of(auditor, "?of=printed")
    assert (printed["operation"], printed["subject"], printed["address"]) == ("打印", paper.number, ADDRESS)
    assert Printing.objects.get().address == ADDRESS


def test_the_auditor_filters_and_exports(officer_there, auditor):
    case, other = case_in(CaseState.NOTIFIED), case_in(CaseState.DRAFTED)
    for key in (case.pk, other.pk):
        officer_there.get(reverse("case", args=[key]))
    officer_there.get(reverse("document_pdf", args=[case.documents.get().pk]))
    at("10.1.2.4", "director").get(reverse("case", args=[case.pk]))
    number = case.register_number

    def count(**query):
        client = Client()
        client.force_login(auditor, backend=BACKEND)
        return len(client.get(PAGE, query).context["rows"])

    assert count() == 4
    assert count(subject=number) == 3
    assert count(subject=other.register_number) == 1
    assert count(subject="没有编号") == count(subject="2031-99") == 0
    assert count(address="10.1.2.4") == count(person=cast.person("director").name) == 1
    assert count(kind="document_pdf") == 1
    assert count(result="done", begin="2020-01-01") == 4
    assert count(end="2020-01-01") == count(result="failed") == 0
    head, *lines = exported_rows("auditor", "sights", f"subject={number}")
    assert head[:4] == ("时间", "姓名", "当时职务", "操作")
    assert {line[4] for line in lines} == {number, case.documents.get().number}


def test_the_page_costs_the_same_for_more_rows(officer_there, client, auditor):
    cases = [case_in(CaseState.NOTIFIED), case_in(CaseState.DRAFTED), case_in(CaseState.PROPOSED)]
    officer_there.get(reverse("case", args=[cases[0].pk]))
    client.force_login(auditor, backend=BACKEND)
    cost = queries_of(client, PAGE)
    for case in cases:
        officer_there.get(reverse("case", args=[case.pk]))
    assert queries_of(client, PAGE) == cost


def partitions():
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'yuetan_sight'::regclass")
        return {name for (name,) in cursor.fetchall()}


def test_a_month_without_a_table_gets_one_with_its_first_sight(office, officer_there):
    case = case_in(CaseState.DRAFTED)
    last_second = datetime(2031, 7, 31, 23, 59, 59, tzinfo=CHINA)
    for moment, month in ((last_second, "2031_07"), (last_second + timedelta(seconds=1), "2031_08")):
        assert f"yuetan_sight_{month}" not in partitions()
        with time_machine.travel(moment, tick=False):
            assert at(ADDRESS, "officer").get(reverse("case", args=[case.pk])).status_code == 200
        assert f"yuetan_sight_{month}" in partitions()
        with connection.cursor() as cursor:
            cursor.execute("SELECT tableoid::regclass::text FROM yuetan_sight WHERE at = %s", [moment])
            assert cursor.fetchone() == (f"yuetan_sight_{month}",)


def test_the_daily_job_makes_the_months_ahead_once(office):
    day = datetime(2031, 12, 5, tzinfo=CHINA).date()
    assert make_sight_months(day) == {"months": 3}
    assert {f"yuetan_sight_{month}" for month in ("2031_12", "2032_01", "2032_02")} <= partitions()
    assert make_sight_months(day) == {"months": 0}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE yuetan_sight SET status = 200",
        "DELETE FROM yuetan_sight",
        "TRUNCATE yuetan_sight",
        "DELETE FROM {month}",
        "INSERT INTO {month} SELECT * FROM yuetan_sight",
        "ALTER TABLE yuetan_sight DETACH PARTITION {month}",
        "DROP TABLE {month}",
    ],
)
def test_the_program_can_neither_change_nor_take_away_a_sight(office, statement):
    month = max(partitions())
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(month=month))


def test_a_failure_is_answered_even_where_it_cannot_be_recorded(office, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("away")

    client = at(ADDRESS, "officer")
    client.raise_request_exception = False
    case = case_in(CaseState.DRAFTED)
    monkeypatch.setattr("yuetan.views.steps.cases.visible_case", away)
    assert client.get(reverse("case", args=[case.pk])).status_code == 503
    assert [row.status for row in Sight.objects.all()] == [503]
    monkeypatch.setattr(middleware, "record_sight", away)
    assert client.get(reverse("case", args=[case.pk])).status_code == 503
    assert client.get(reverse("letter_list")).status_code == 200
    # What is shown is shown only once it is recorded.
    assert client.get(reverse("document_pdf", args=[case_in(CaseState.NOTIFIED).documents.get().pk])).status_code == 503


# Of things with a key of their own these show nothing that must be recorded, or are recorded otherwise.
NO_SIGHT = {
    "autosave_revision": "what somebody is writing, asked for by the page",
    "autosave_step": "the same",
    "autosave_letter_revision": "the same",
    "autosave_letter_answer": "the same",
    "autosave_measure_revision": "the same",
    "autosave_task_step_of_measure_laid": "the same",
    "autosave_task_step_of_assignment": "the same",
    "follow_case": "a mark of the person's own",
    "follow_letter": "the same",
    "follow_measure": "the same",
    "follow_assignment": "the same",
    "download_document": "in the print log",
    "attachment_preview": "name and size; each of its pages is recorded",
    "scan_preview": "the same",
    "unit_paper_preview": "the same",
    "dossier_paper_preview": "the same",
    "report_file_preview": "the same",
    "assessment_paper_preview": "the same",
    "received_paper_preview": "the same",
    "round_file_preview": "the same",
    "item_file_preview": "the same",
    "receipt_scan_preview": "the same",
    "receive_round_paper": "an act",
    "take_case_file": "asks for a file; fetching it is recorded",
    "take_meeting_file": "the same",
    "take_round_file": "the same",
    "take_measure_file": "the same",
    "prepared_file": "how far a file is; fetching it is recorded",
    "send_again": "an act",
    "import": "the person's own table",
    "confirm_import": "an act",
    "drop_import": "an act",
    "forget_passwords": "an act",
    "end_session": "an act",
    "report_zero": "an act",
    "receive_meeting_notice": "an act",
    "remove_agenda_file": "an act",
    "reply_restrictions": "an act; the asking is recorded where it is seen",
}


def test_whatever_shows_a_case_a_letter_a_paper_or_a_file_is_recorded():
    patterns = get_resolver().url_patterns
    with_key = {each.name for each in patterns if any(key in str(each.pattern) for key in ("uuid:",))}
    assert with_key == {name for name in SIGHT_LABELS if name in with_key} | NO_SIGHT.keys()
    assert not SIGHT_LABELS.keys() & NO_SIGHT.keys()
    assert SIGHT_LABELS.keys() <= {each.name for each in patterns}


def test_a_number_is_looked_up_before_the_log_is_read(officer_there):
    """Which things bear the number is asked first: an OR over joins would read the whole log."""
    case = case_in(CaseState.NOTIFIED)
    number = case.register_number
    lists = (
        LogFilter({"subject": number}, Event.objects.all()).qs,
        SightFilter({"subject": number}, Sight.objects.all()).qs,
        PrintedFilter({"subject": number}, Printing.objects.all()).qs,
    )
    assert not [rows for rows in lists if "JOIN" in str(rows.query)]
    assert set(lists[0].values_list("pk", flat=True)) == set(case.events.values_list("pk", flat=True))
