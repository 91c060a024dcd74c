"""What the recused, and the interviewed side, do not come to along any link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve

from tests import cast
from tests.assignments import given
from tests.dossiers import awarded, entered
from tests.factories import case_after, case_in, letter_in, png, take
from tests.figures import assert_each_is_a_list_counted
from tests.ladder import measure_in
from tests.meetings import called, convened, with_item
from tests.received import closed, received, replied
from tests.refusals import appoint
from tests.reporting import marked, report_of, scheme_of
from tests.soft_passkey import SoftPasskey, adds
from tests.views.test_secrecy import reached, text_of
from tests.web import Visitor
from yuetan.actions.dossier.entry import return_dossier
from yuetan.forms.papers.number import NumberFilter
from yuetan.models import Document, NumberEntry
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.urls import urlpatterns
from yuetan.vocabulary import CaseState, LetterState, MeasureState, PostKind, ReportingRhythm, Verb

MANY = 76_543_210  # as if so many rows had gone before
OPINION = "经核只供内部参阅"
# Addresses that bear a number. Of rows that a unit comes to, their table, whose keys count nothing:
BY_TIME = {
    "remove_passkey": "passkey",
    "task_date": "task",
    "drop_filter": "savedfilter",
    "open_alert": "alert",
    **dict.fromkeys(("return_received_reply", "close_received_letter"), "receivedreply"),
    "withdraw_received_closing": "receivedclosing",
    "withdraw_commendation": "commendation",
    "dossier_entry": "dossierentry",
    **dict.fromkeys(
        ("remove_agenda_item", "conclude_agenda_item", "add_agenda_files", "revise_agenda_item"), "agendaitem"
    ),
    **dict.fromkeys(
        ("report_scheme", "revise_scheme", "missed_units", "chase_missed", "report_any_time"), "reportscheme"
    ),
    **dict.fromkeys(("end_scheme", "register_paper_incident", "mark_concealed"), "reportscheme"),
    **dict.fromkeys(
        (
            "report_summary",
            "report_summary_file",
            "report_returns_file",
            "draft_analysis",
            "excuse_reports",
            "chase_period",
        ),
        "reportperiod",
    ),
    "withdraw_report_mark": "reportmark",
}
# Of persons, posts and units, which are no work of the office (docs/decisions/0098):
OF_THE_REGISTER = {
    *("account", "disable_account", "enable_account", "free_account", "reset_second_factor", "autosave_proposal"),
    *("person_dossier", "person_dossier_pdf", "unit_dossier", "unit_dossier_pdf", "record_commendation"),
    *("enter_dossier", "person", "set_account", "change_contact", "end_post", "correct_post", "annul_post"),
    *("unit", "change_unit", "rename_unit", "end_unit", "carry_over", "retire_unit", "begin_post"),
    "assessed_unit",
}
# Of what the office alone comes to:
INNER = {
    *("destruction", "destruction_pdf", "use_number", "void_number", "end_delegation", "anchor"),
    *("decide_setting_change", "retract_setting_change", "restore_wording", "withdraw_score"),
}


def walk(username):
    """Every page to which links lead this person from home, with what it says, one after the other."""
    for url, page in reached(Visitor(cast.person(username)), "/"):
        if not url.startswith(("/files/", "/help/", "/calendar/")):
            yield url, text_of(page)


def pages_of(username):
    """All of them."""
    return dict(walk(username))


def not_come_to(username, words):
    """Which of these words stand on no page; it ends when there is none left."""
    left = set(words)
    for _, text in walk(username):
        left = {word for word in left if word not in text}
        if not left:
            break
    return left


@pytest.fixture
def inner_words(office, town):
    """What only the office may read: of matters that are not open all, of one that is the opinions and the evidence."""
    unopened = [case_in(state, draft={"evidence": [png()]}) for state in (CaseState.IN_REVIEW, CaseState.APPROVED)]
    words = {str(letter_in(LetterState.DRAFTED, to=town).pk), OPINION}
    for case in unopened:
        words |= {str(case.pk), case.matter, *filter(None, [case.register_number])}
        words |= {str(attachment.pk) for attachment in case.attachments.all()}
    words |= {document.number for document in Document.objects.all() if document.number}
    proposal = {"evidence": [png()], "matter": "已经通知的另一事项"}
    opened = case_in(CaseState.NOTIFIED, draft=proposal, endorse={"opinion": OPINION})
    return words | {str(attachment.pk) for attachment in opened.attachments.all()}


@pytest.mark.parametrize("username", ["second_officer", "director", "group_leader"])
def test_who_is_recused_comes_to_nothing_that_the_unit_does_not(inner_words, town, username):
    appoint(cast.person(username), town, PostKind.LIAISON, "联系人")
    pages = pages_of(username)
    assert [(url, word) for url, text in pages.items() for word in inner_words if word in text] == []


def test_who_is_not_recused_comes_to_all_of_it(inner_words):
    assert not_come_to("director", inner_words) == set()


@pytest.fixture
def many_rows_before(office):
    """Every numbered key goes on from the same high number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(oid, %s) FROM pg_class WHERE relkind = 'S'", [MANY])
    return re.compile(rf"{str(MANY)[:-3]}\d\d\d")


@pytest.fixture
def all_that_a_unit_sees(many_rows_before, town):
    """One of every kind of thing, with what is done about it; the case with tasks."""
    head = cast.head(cast.TOWN)
    head.set_password("quiet-lantern-47")
    head.save()
    client = Client()
    client.post("/login/", {"username": head.username, "password": "quiet-lantern-47"})
    assert adds(client, SoftPasskey()) == 200
    client.post("/ledgers/cases/filters/?state=notified", {"name": "待约谈的"})
    case_in(CaseState.NOTIFIED)
    case_after(Verb.SEND_MINUTES)
    case_after(Verb.HAND_IN_REPORT)
    case = case_after(Verb.ASSIGN)
    for verb in (Verb.CHASE, Verb.ASK_EXTENSION, Verb.PREPARE_PROGRESS):
        take(verb, case)
    letter_in(LetterState.ISSUED, to=town)
    marked(report_of(scheme_of()))
    scheme_of("突发情况", rhythm=ReportingRhythm.ANY_TIME)
    convened()
    return_dossier(entered(head, by=cast.liaison(cast.TOWN)), by=head, reason="请补充。")
    entered(head, reason="已补充。")
    awarded(town)
    closed(replied(received()))
    received(number="江检建〔2026〕4号", by=f"liaison_{cast.TOWN}")
    measure_in(MeasureState.SERVED, on=town)
    given(received(number="江检建〔2026〕9号"))
    return case


def test_each_address_with_a_number_is_known_and_those_for_units_count_nothing(db):
    numbered = {pattern.name for pattern in urlpatterns if "<int:" in str(pattern.pattern)}
    numbered = {name for name in numbered if not name.endswith("_page")}
    assert numbered == {*BY_TIME, *OF_THE_REGISTER, *INNER}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns "
            "WHERE column_name = 'id' AND column_default = 'yuetan_key_by_time()'"
        )
        by_time = {table for (table,) in cursor.fetchall()}
    assert {f"yuetan_{table}" for table in BY_TIME.values()} <= by_time


def test_no_number_shows_a_unit_how_much_the_office_does(many_rows_before, all_that_a_unit_sees):
    """Neither on a page, in an address, a field, a file nor in its name."""
    case = all_that_a_unit_sees
    kinds = set()
    for username in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"):
        pages = pages_of(username)
        kinds |= {resolve(urlsplit(url).path).url_name for url in pages}
        assert any(f"/cases/{case.pk}/steps/" in url for url in pages)
        assert not kinds & INNER
        assert [(url, found) for url, text in pages.items() for found in many_rows_before.findall(url + text)] == []
    assert kinds >= {"report", "report_any_time", "meeting", "dossier_entry", "received_letter", "measure_laid"}
    assert kinds >= {
        "assignment",
        "own_account",
        "alert_list",
        "task_date",
        "letter",
        "case",
        "document",
        "unit_dossier",
    }


@pytest.fixture
def narrowed(office, town):
    """What says of two cases narrowed to 张一 and 周七, and of a letter about one, which they are."""
    words = set()
    for number, state in enumerate((CaseState.PROPOSED, CaseState.RECTIFYING)):
        case = case_in(state, draft={"matter": f"知悉范围以内的第{number}件", "evidence": [png()]})
        words |= {str(case.pk), case.matter, case.register_number}
        words |= {str(row.pk) for rows in (case.attachments, case.documents) for row in rows.all()}
        take(Verb.SET_READERS, case)
        if state == CaseState.PROPOSED:
            with_item(called(), case)
    letter = letter_in(LetterState.ISSUED, to=town, case=case, matter="知悉范围以内的提醒函")
    case_in(CaseState.NOTIFIED, draft={"matter": "办公室都知道的"})
    return words | {str(letter.pk), str(letter.document.pk), letter.matter}


def test_who_of_the_office_is_left_out_comes_to_nothing_of_it(narrowed):
    """Pages, lists, searches, exports, the calendar, messages, 待办 and files."""
    pages = pages_of("second_officer")
    assert [(url, word) for url, text in pages.items() for word in narrowed if word in text] == []
    assert any("办公室都知道的" in text for text in pages.values())
    visitor = Visitor(cast.person("second_officer"))
    for address in (
        "/search/?q=知悉范围",
        "/cases/?q=知悉范围",
        "/ledgers/cases/export/",
        "/agenda/mine.ics",
        "/alerts/",
    ):
        text = text_of(b"".join(visitor.client.get(address, follow=True)))
        assert [word for word in narrowed if word in text] == [], address


def test_no_number_names_its_unit_to_who_is_left_out(narrowed):
    counted = {}
    for username in ("second_officer", "officer"):
        person = cast.person(username)
        counted[username] = NumberFilter({"area": cast.TOWN}, NumberEntry.objects.in_order(), by=person).qs.count()
        words = Visitor(person).open("/documents/numbers/").words
        assert ("单位，同一单位按文号" in words) == (username == "officer")
    assert counted["second_officer"] == 1 < counted["officer"]


@pytest.mark.parametrize("username", ["officer", "supervisor", "director", "first_deputy"])
def test_who_may_know_of_it_comes_to_all_of_it(narrowed, username):
    assert not_come_to(username, narrowed) == set()


def test_numbers_of_statistics_count_what_their_lists_hold_for_who_is_left_out(narrowed):
    for username in ("second_officer", "officer"):
        assert_each_is_a_list_counted(cast.person(username), Period(PeriodKind.YEAR, clock.today().year))
    own, all_of_it = (Visitor(cast.person(name)).open("/statistics/").words for name in ("second_officer", "officer"))
    assert own != all_of_it
