"""Every ledger as a file: exactly what its person sees, filtered as its page is, at once or in the background."""

from datetime import date

import pytest

from tests import cast
from tests.exports import exported_rows
from tests.factories import appoint, case_in, later, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, Document, Event, Letter, PreparedFile, Task
from yuetan.views.files import prepared_files
from yuetan.vocabulary import CaseState, LetterState, PostKind

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"
ROWS = {"cases": Case, "tasks": Task, "letters": Letter, "documents": Document}


@pytest.fixture
def full(office):
    def history():
        case_in(CaseState.RECTIFYING)
        case_in(CaseState.CLOSED)
        case_in(CaseState.DRAFTED)
        letter_in(LetterState.ISSUED)
        letter_in(LetterState.DRAFTED)
        return list(Case.objects.all())

    return run_or_copy(history, __name__)


@pytest.mark.parametrize("key", ROWS)
@pytest.mark.parametrize("username", ["officer", "supervisor", "group_leader", HEAD, OTHER, "auditor"])
def test_a_file_holds_as_many_rows_as_its_person_may_see(full, key, username):
    head, *rows = exported_rows(username, key, "state=")
    assert len(rows) == ROWS[key].objects.visible_to(cast.person(username)).count()
    assert len(set(head)) == len(head)


@pytest.mark.parametrize("key", ["cases", "letters"])
def test_the_interviewed_side_gets_no_inner_column(full, key):
    inner = {column.head for column in LEDGERS[key].columns if column.inner}
    assert inner >= {"起草人"}
    assert inner <= set(exported_rows("officer", key)[0])
    assert not inner & set(exported_rows(HEAD, key)[0])


def test_what_a_row_of_cases_says(full):
    head, *rows = exported_rows("officer", "cases", "state=rectifying")
    (row,) = [dict(zip(head, row, strict=True)) for row in rows]
    case = Case.objects.get(state=CaseState.RECTIFYING)
    assert (row["编号"], row["被约谈单位"], row["状态"]) == (case.register_number, case.unit_label, "整改中")
    assert row["时限"].date() == case.due_on
    assert row["约谈日期"].date() == case.interviewed_on
    assert row["办结日期"] is None


def test_whose_turn_it_is_stands_in_the_ledger_of_the_inner_side(full):
    rectifying = Case.objects.get(state=CaseState.RECTIFYING)
    page = browser("officer").get("/cases/")
    turns = {row["case"].pk: row["turn"] for row in page.context["rows"]}
    assert turns[rectifying.pk].words.startswith("被约谈单位：")
    assert turns[rectifying.pk].since == rectifying.events.latest("created_at").created_at
    drafted = Case.objects.get(state=CaseState.DRAFTED)
    assert turns[drafted.pk].words == "张一：报核"
    assert "现由谁办" in page.content.decode()
    assert "现由谁办" not in browser(HEAD).get("/cases/").content.decode()


def test_who_keeps_away_from_a_unit_does_not_read_whose_turn_its_cases_are(full, town):
    appoint(cast.person("second_officer"), town, PostKind.LIAISON, "联络员")
    page = browser("second_officer").get("/cases/")
    assert page.context["rows"]
    assert not any(row["turn"].awaited for row in page.context["rows"])


@pytest.mark.parametrize("key", ["cases", "letters"])
def test_who_keeps_away_from_a_unit_gets_nothing_inner_of_it(full, key, town):
    appoint(cast.person("second_officer"), town, PostKind.LIAISON, "联络员")
    Letter.objects.update(unit=town)
    head, *rows = exported_rows("second_officer", key, "state=")
    inner = {column.head for column in LEDGERS[key].columns if column.inner}
    assert rows
    assert {row[place] for row in rows for place, name in enumerate(head) if name in inner} <= {"", None}


def test_who_keeps_away_from_a_unit_reads_no_register_number_of_it(full, town):
    numbers = [case.register_number for case in Case.objects.visible_to(cast.head(cast.TOWN))]
    appoint(cast.person("second_officer"), town, PostKind.LIAISON, "联络员")
    page = browser("second_officer").get("/cases/").content.decode()
    assert numbers
    assert not [number for number in numbers if number in page]


def test_what_a_row_of_letters_says(full):
    head, *rows = exported_rows("supervisor", "letters", "state=issued")
    (row,) = [dict(zip(head, row, strict=True)) for row in rows]
    letter = Letter.objects.get(state=LetterState.ISSUED)
    assert (row["文号"], row["签收人"], row["起草人"]) == (letter.document.number, "", letter.drafter.name)
    assert isinstance(row["印发日期"].date(), date)


@pytest.mark.parametrize(
    ("query", "count"), [("answer=awaited", 1), ("answer=overdue", 0), ("answer=given", 0), ("q=没有", 0), ("", 2)]
)
def test_letters_are_filtered_alike_on_the_page_and_in_the_file(full, query, count):
    page = browser("supervisor").get(f"/letters/?{query}")
    assert len(page.context["rows"]) == len(exported_rows("supervisor", "letters", query)) - 1 == count


def test_what_passed_through_ones_hands_and_nothing_else(full):
    for username in ("officer", "group_leader", HEAD):
        rows = browser(username).get("/done/").context["rows"]
        assert rows
        assert {row["event"].actor.username for row in rows} == {username}
    assert not browser(OTHER).get("/done/").context["rows"]
    running, ended = (browser("officer").get(f"/done/?standing={one}").context["rows"] for one in ("running", "ended"))
    assert {row["event"].case.is_ended for row in ended if row["event"].case} == {True}
    assert {row["event"].case.is_ended for row in running if row["event"].case} == {False}
    titles = [row[2] for row in exported_rows("officer", "done")[1:]]
    assert len(titles) == Event.objects.filter(actor__username="officer").exclude(case=None, letter=None).count()


def test_what_is_no_longer_to_be_seen_is_no_longer_among_what_was_done(full, town):
    drafted = Case.objects.get(state=CaseState.DRAFTED)
    before = {row["event"].case_id for row in browser("officer").get("/done/").context["rows"]}
    assert drafted.pk in before
    appoint(cast.person("officer"), town, PostKind.LIAISON, "联络员")
    assert drafted.pk not in {row["event"].case_id for row in browser("officer").get("/done/").context["rows"]}


def test_a_long_one_is_made_in_the_background(full, monkeypatch):
    monkeypatch.setattr(prepared_files, "MAX_COUNTED", 1)
    client = browser("officer")
    page = client.get(client.post("/ledgers/cases/export/?state=").url)
    assert "已列入后台，等待生成" in page.content.decode()
    assert (
        len(exported_rows("officer", "cases", "state=")) == 1 + Case.objects.visible_to(cast.person("officer")).count()
    )


def test_every_export_is_on_record_with_its_filter(full):
    exported_rows(HEAD, "tasks", "state=&q=棠下")
    row = PreparedFile.objects.get()
    assert (row.title, row.asked_by.username, row.arguments["filters"]) == (
        "整改台账",
        HEAD,
        {"state": [""], "q": ["棠下"]},
    )
    assert row.asked_by_title == cast.person(HEAD).title
    assert "整改台账" in browser(HEAD).get("/prepared/").content.decode()


def test_a_filter_that_cannot_be_read_goes_back_to_the_list(full):
    answer = browser("officer").post("/ledgers/tasks/export/?begin=gestern")
    assert answer["Location"] == "/tasks/?begin=gestern"
    assert not PreparedFile.objects.exists()


def test_no_such_ledger(full):
    assert browser("officer").post("/ledgers/nothing/export/").status_code == 404


def test_a_worker_that_does_not_run_is_noticed(full, monkeypatch):
    monkeypatch.setattr(prepared_files, "MAX_COUNTED", 1)
    client = browser("officer")
    url = client.post("/ledgers/cases/export/").url
    assert "manage.py worker" not in client.get(url).content.decode()
    with later(minutes=2):
        assert "manage.py worker" in client.get(url).content.decode()
