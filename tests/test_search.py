"""Finding by words: everything a person may see, nothing they may not, and rows equal to the text after each step."""

import unicodedata
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_after, case_in, letter_in, take
from yuetan import grants, search_index
from yuetan.actions.people.post_correction import correct_post
from yuetan.actions.record.check_records import disagreements
from yuetan.actions.record.checks.check_search import check_search
from yuetan.actions.step import dry_run
from yuetan.embedded_database import APPLICATION
from yuetan.forms.frame.filters import CaseFilter
from yuetan.forms.letter.letter_filter import LetterFilter
from yuetan.forms.papers.document import DocumentFilter
from yuetan.forms.rectification.task_filter import TaskFilter
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import Case, Document, Letter, Post, SearchEntry, Task, Unit
from yuetan.models.office import written_words
from yuetan.models.office.read_once import reading_once
from yuetan.models.office.written_words import written
from yuetan.models.record import search_entry
from yuetan.vocabulary import CaseState, LetterState, PostKind, RecordKind, Verb

INNER_WORDS = ("线索编号XS-2026-018", "群众举报线索逾期", "转办的举报")
MATTER = "涉黑涉恶线索摸排不深入"


def find(username, words):
    """Keys of the cases and letters a person finds."""
    found = SearchEntry.objects.find(cast.person(username), words)
    rows = SearchEntry.objects.in_bulk(keys := found.keys_in_order(100))
    assert keys == list(found.values_list("pk", flat=True))
    return [rows[key].case_id or rows[key].letter_id for key in keys]


@pytest.fixture
def closed(office):
    """A closed case of the town."""
    return case_in(CaseState.CLOSED)


@pytest.mark.parametrize("words", [*INNER_WORDS, MATTER, "冯十", "棠下", "线索 棠下", "深", "摸排", "整改"])
def test_the_office_finds_a_case_by_what_is_written_in_it(closed, words):
    assert find("officer", words) == [closed.pk]


def test_numbers_are_found_however_they_are_written(closed):
    notice = closed.documents.order_by("issued_at").first()
    registered = closed.register_number
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign.isascii() else sign for sign in registered)
    assert unicodedata.normalize("NFKC", full_width) == registered
    for words in (notice.number, notice.number.replace("〔", "[").replace("〕", "]"), registered, full_width):
        assert find("officer", words) == [closed.pk], words


@pytest.mark.parametrize("words", ["深摸", "不存在的字样", "摸排 不存在的字样", "深入涉黑"])
def test_what_is_written_nowhere_is_not_found(closed, words):
    """Nor two signs that both stand in the text but not in a row."""
    assert find("officer", words) == []


@pytest.mark.parametrize("words", ["", "  ", "〔〕", "% _"])
def test_who_asks_for_nothing_finds_nothing(closed, words):
    assert find("officer", words) == []


def test_unit_by_the_initials_of_its_pinyin_and_by_a_name_it_has_had_since(closed, town):
    assert find("officer", town.initials.upper()) == [closed.pk]
    town.name = "新名镇"
    town.save()
    assert find("officer", "新名镇") == [closed.pk]
    assert list(check_search()) == []


@pytest.mark.parametrize("words", INNER_WORDS)
def test_a_unit_does_not_find_its_case_by_the_inner_half(closed, words):
    assert find(f"head_{cast.TOWN}", words) == []


def test_a_unit_does_not_find_its_case_by_the_register_number(closed):
    assert find(f"head_{cast.TOWN}", closed.register_number) == []


@pytest.mark.parametrize("words", [MATTER, "冯十", "整改", "棠下"])
def test_a_unit_finds_its_own_case_alone(closed, words):
    assert find(f"liaison_{cast.TOWN}", words) == [closed.pk]
    assert find(f"head_{cast.DIVISION_TOWN}", words) == []
    assert find("sysadmin", words) == []


def test_a_unit_finds_nothing_before_the_notice_and_the_measures_only_with_the_minutes(office):
    approved = case_in(CaseState.APPROVED)
    assert find(f"head_{cast.TOWN}", MATTER) == []
    assert find("officer", MATTER) == [approved.pk]
    held = case_after(Verb.HOLD_INTERVIEW)
    measure = held.interview.measures.first().content
    assert find(f"head_{cast.TOWN}", MATTER) == [held.pk]
    assert find(f"head_{cast.TOWN}", measure) == []
    assert find("officer", measure) == [held.pk]


def test_who_holds_a_post_in_the_unit_reads_what_the_unit_reads(closed, town):
    officer = cast.person("second_officer")
    Post.objects.create(
        unit=town, holder=officer, kind=PostKind.LIAISON, title="联络员", began_on=date(2026, 1, 5), rank=""
    )
    grants.follow_posts(officer)
    assert find("second_officer", "线索编号XS-2026-018") == []
    assert find("second_officer", MATTER) == [closed.pk]


def test_letters_are_found_by_the_office_and_once_issued_by_their_unit(office):
    drafted = letter_in(LetterState.DRAFTED)
    assert find("officer", drafted.matter) == [drafted.pk]
    assert find(f"head_{cast.MEMBER_UNIT}", drafted.matter) == []
    issued = letter_in(LetterState.ISSUED)
    assert find(f"head_{cast.MEMBER_UNIT}", issued.matter) == [issued.pk]
    assert find("officer", issued.document.number) == [issued.pk]


def test_the_latest_comes_first(office):
    first, second = case_in(CaseState.DRAFTED), case_in(CaseState.DRAFTED)
    assert find("officer", MATTER) == [second.pk, first.pk]
    take(Verb.SUBMIT, first)
    assert find("officer", MATTER) == [second.pk, first.pk]


def test_a_step_that_is_undone_leaves_no_words(office):
    case = case_in(CaseState.APPROVED)
    with dry_run():
        take(Verb.SERVE_NOTICE, case)
        assert case.search_entries.count() == 2
    assert case.search_entries.count() == 1


@pytest.mark.parametrize("state", [CaseState.IN_REVIEW, CaseState.NOTIFIED, CaseState.CLOSED])
def test_rows_are_equal_to_the_text_after_each_step_and_when_they_are_rebuilt(office, state):
    case_in(state)
    letter_in(LetterState.ISSUED)
    assert list(check_search()) == []
    rows = sorted(SearchEntry.objects.values_list("case", "letter", "is_inner", "words"), key=str)
    call_command("rebuild_search", verbosity=0)
    assert sorted(SearchEntry.objects.values_list("case", "letter", "is_inner", "words"), key=str) == rows


def test_a_corrected_name_is_found(closed):
    post = cast.head(cast.TOWN).posts.get()
    facts = {"title": post.title, "rank": post.rank, "began_on": post.began_on, "ended_on": None}
    correct_post(post, by=cast.person("sysadmin"), name="冯石", reason="登记时写错了姓名", **facts)
    assert find("officer", "冯石") == [closed.pk]
    assert list(check_search()) == []


def test_rows_that_were_changed_are_named_and_mended(closed):
    closed.search_entries.filter(is_inner=False).update(words="别的字")
    assert [each.subject for each in disagreements() if each.kind == RecordKind.SEARCH] == [closed.register_number]
    assert [each.kind for each in disagreements(closed)] == [RecordKind.SEARCH]
    search_index.rebuild()
    assert list(disagreements()) == []
    closed.search_entries.all().delete()
    assert {each.kind for each in disagreements()} == {RecordKind.SEARCH}


@pytest.mark.parametrize(("verb", "state", "statements"), [
    (Verb.ENDORSE, CaseState.IN_REVIEW, 0),  # nothing by which a case is found
    (Verb.REVISE_DRAFT, CaseState.DRAFTED, 1),
    (Verb.SERVE_NOTICE, CaseState.APPROVED, 1),
])  # fmt: skip
def test_a_step_writes_its_words_by_one_statement_if_it_changes_any(office, verb, state, statements):
    case = case_in(state)
    with CaptureQueriesContext(connection) as asked:
        take(verb, case)
    assert sum("yuetan_searchentry" in query["sql"] for query in asked) == statements
    assert list(check_search()) == []


@pytest.mark.parametrize("most", [0, 1000])
def test_the_list_of_cases_finds_a_matter_by_the_words_kept_or_where_many_have_them_by_looking(
    office, monkeypatch, most
):
    monkeypatch.setattr(search_entry, "MAX_CANDIDATES", most)
    case = case_in(CaseState.NOTIFIED)
    assert SearchEntry.objects.cases_with_matter("摸排") == ([case.pk] if most else None)
    for words, cases in (("摸排", [case]), ("转办的举报", []), ("无此词", []), ("，", []), (case.unit.code, [case])):
        assert list(CaseFilter({"q": words}, Case.objects.all(), lights=DeadlineLights.now()).qs) == cases, words


def test_a_word_costs_two_statements_however_many_cases_there_are(office):
    counts = []
    for _ in range(2):
        case_in(CaseState.NOTIFIED)
        user = cast.person("officer")
        with CaptureQueriesContext(connection) as asked:
            SearchEntry.objects.find(user, "摸排").keys_in_order(20)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert Case.objects.count() == len(counts)


@pytest.mark.parametrize(("near", "few"), [(2, 3000), (1, 3000), (1, 0)])
def test_rows_are_read_place_by_place_the_latest_first_and_from_any_row_on(office, monkeypatch, near, few):
    """Whatever lies between them: a place of the index is some thousand rows; beyond those that are near, few rows are
    looked up at once, and many place by place."""
    monkeypatch.setattr(search_entry, "NEAR", near)
    monkeypatch.setattr(search_entry, "MAX_CANDIDATES", few)
    cases = []
    for last in (1, 2, 5):
        with connection.cursor() as cursor:
            place = last * search_entry.ROWS_OF_A_PLACE - 1
            cursor.execute("SELECT setval(pg_get_serial_sequence('yuetan_searchentry', 'id'), %s)", [place])
        with CaptureQueriesContext(connection):  # or copies of cases would bring the keys they had
            cases += [case_in(CaseState.DRAFTED), case_in(CaseState.DRAFTED)]  # one on each side of a border
    assert find("officer", MATTER) == [case.pk for case in reversed(cases)]
    found = SearchEntry.objects.find(cast.person("officer"), MATTER)
    keys = list(found.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as asked:
        assert found.keys_in_order(6) == keys
    in_places = [each for each in asked if "AS place (number)" in each["sql"]]
    assert len(asked) - len(in_places) == (2 if few else 1)  # with the ends of the index
    assert len(in_places) == (2 if few else 3)  # near, a sample, the others
    with reading_once():
        assert found.keys_in_order(2) == keys[:2]
        assert found.keys_in_order(3, keys[1]) == keys[2:5]
        assert found.keys_in_order(3, keys[2], descending=False) == keys[1::-1]
        assert found.keys_in_order(2, descending=False) == keys[:-3:-1]
        assert found.keys_in_order(9, keys[-1]) == []


def leave_only_the_index_of_grams() -> None:
    """In this transaction: which index is the cheapest of so few rows depends on when they were counted last."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SET LOCAL ROLE NONE")
        cursor.execute(
            "SELECT indexrelid::regclass::text, conname FROM pg_index LEFT JOIN pg_constraint ON conindid = indexrelid "
            "WHERE indrelid = 'yuetan_searchentry'::regclass AND indexrelid <> 'search_by_grams'::regclass"
        )
        for name, constraint in cursor.fetchall():
            of_constraint = f"ALTER TABLE yuetan_searchentry DROP CONSTRAINT {constraint}"
            cursor.execute(of_constraint if constraint else f"DROP INDEX {name}")
        cursor.execute(f"SET LOCAL ROLE {APPLICATION}")


@pytest.mark.parametrize("words", ["摸排", "摸排 整改", "棠下", "深"])
def test_the_index_answers_words_sides_and_units_together(closed, words):
    """For who reads a unit's matters as the unit does and all others as the office, too."""
    officer = cast.person("officer")
    unit = cast.unit(cast.DIVISION_TOWN)
    Post.objects.create(
        unit=unit, holder=officer, kind=PostKind.LIAISON, title="联络员", began_on=date(2026, 1, 5), rank=""
    )
    leave_only_the_index_of_grams()
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert len(SearchEntry.objects.find(cast.person("officer"), words, ["case"]).keys_in_order(20)) == 1
        cursor.execute(f"EXPLAIN {asked[-1]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert plan.count("search_by_grams") == plan.count("yuetan_search_grams(words") / 2 == 1  # asked, and rechecked
    assert "Filter: (yuetan_search_grams" not in plan


BOXES = {
    "task": lambda words: TaskFilter({"q": words}, Task.objects.order_by("pk"), lights=DeadlineLights.now()),
    "letter": lambda words: LetterFilter({"q": words}, Letter.objects.order_by("pk"), lights=DeadlineLights.now()),
    "document": lambda words: DocumentFilter({"q": words}, Document.objects.order_by("pk")),
}


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("most", [0, 1000])
def test_a_box_finds_what_is_written_in_its_rows_by_an_index_or_where_many_have_it_by_looking(
    office, monkeypatch, box, most
):
    monkeypatch.setattr(written_words, "MAX_CANDIDATES", most)
    case, letter = case_in(CaseState.RECTIFYING), letter_in(LetterState.ISSUED)
    unit = (case if box == "task" else letter).unit.name
    task, paper = case.tasks.first(), Document.objects.get(letter=letter)
    row, column = {"task": (task, "content"), "letter": (letter, "matter"), "document": (paper, "title")}[box]
    part, everything = getattr(row, column)[1:6], list(BOXES[box]("").qs)
    found = {words: list(BOXES[box](words).qs) for words in (part, f" {part} ", part[::-1], unit)}
    assert row in found[part] == found[f" {part} "]
    assert [each for each in everything if part in getattr(each, column)] == found[part]
    assert found[part[::-1]] == []
    assert row in found[unit]
    assert len(found[unit]) == len(set(found[unit]))


@pytest.mark.parametrize("column", ["content", "matter", "title", "addressee", "prefix"])
def test_an_index_answers_where_a_word_is_written(db, column):
    model = {"content": Task, "matter": Letter}.get(column, Document)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert f"{model.__name__.lower()}_by_words" in model.objects.filter(written(column, "摸排")).order_by().explain()


def test_a_box_of_papers_costs_three_statements(office):
    case_in(CaseState.NOTIFIED)
    with CaptureQueriesContext(connection) as asked:
        list(BOXES["document"]("约谈").qs)
    assert len(asked) == 3  # units of this name, keys, rows


@pytest.mark.parametrize("number", [320, search_entry.MAX_UNITS + 1])
def test_a_word_in_the_names_of_very_many_units_is_found_in_all_of_them(closed, town, number):
    numbers = range(number)
    Unit.objects.bulk_create(
        Unit(code=f"T{each}", first_code=f"T{each}", name=f"{town.name}{each}", kind=town.kind) for each in numbers
    )
    assert find("officer", town.name) == find("officer", town.code) == [closed.pk]
    assert find("officer", f"{town.name} 没有写过的话") == []
