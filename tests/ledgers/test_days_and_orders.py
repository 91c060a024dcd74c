"""The ledgers by more of their days, states and units, and in another order: never more than a person may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import appoint, case_in, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.number_register import reserve_number
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, Document, Letter, NumberEntry
from yuetan.scenarios import drivers
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, PostKind, Verb

VIEWERS = ["officer", "second_officer", f"head_{cast.TOWN}", f"head_{cast.COUNTY}"]


@pytest.fixture
def full(office):
    def history():
        for code in (cast.TOWN, cast.COUNTY):
            case_in(CaseState.RECTIFYING, unit=cast.unit(code))
            letter_in(LetterState.ISSUED, to=cast.unit(code))
        case_in(CaseState.NOTIFIED, unit=cast.unit(cast.TOWN))
        case_in(CaseState.DRAFTED, unit=cast.unit(cast.TOWN))
        letter_in(LetterState.DRAFTED, to=cast.unit(cast.TOWN))
        return list(Case.objects.all())

    cases = run_or_copy(history, __name__)
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    return cases


def _listed(key, username, **asked):
    ledger_filter = LEDGERS[key].filtered(cast.person(username), asked)
    assert ledger_filter.is_valid(), ledger_filter.errors
    return list(ledger_filter.qs)


@pytest.mark.parametrize("username", VIEWERS)
def test_letters_and_papers_are_listed_by_unit(full, username):
    own = username.removeprefix("head_")
    for code in (cast.TOWN, cast.TOWN[:6], cast.COUNTY) if "officer" in own else (own,):
        within = {unit.pk for unit in (cast.unit(cast.TOWN), cast.unit(cast.COUNTY)) if unit.code.startswith(code)}
        letters = {letter for letter in Letter.objects.visible_to(cast.person(username)) if letter.unit_id in within}
        papers = {paper for paper in Document.objects.visible_to(cast.person(username)) if paper.open_to_id in within}
        assert set(_listed("letters", username, area=code)) == letters
        assert set(_listed("documents", username, area=code)) == papers
    assert _listed("documents", "officer", area=cast.TOWN)


@pytest.mark.parametrize("username", VIEWERS)
def test_letters_are_listed_by_each_of_their_days(full, username):
    today = timezone.localdate().isoformat()
    visible = list(Letter.objects.visible_to(cast.person(username)))
    issued = {letter for letter in visible if letter.state == LetterState.ISSUED}
    assert set(_listed("letters", username, dated="issued", begin=today, end=today)) == issued
    assert set(_listed("letters", username, dated="due")) == {letter for letter in visible if letter.answer_until}
    assert _listed("letters", username, dated="answered") == []


def test_the_day_of_a_draft_is_not_asked_by_the_other_side(full):
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    assert len(_listed("letters", "officer", begin=today.isoformat())) == 3
    for username in (f"head_{cast.TOWN}", f"head_{cast.COUNTY}"):
        # without a choice it is the day of issue
        assert len(_listed("letters", username, begin=today.isoformat())) == 1
        assert _listed("letters", username, begin=tomorrow.isoformat()) == []
        assert not LEDGERS["letters"].filtered(cast.person(username), {"dated": "drafted"}).is_valid()


def test_papers_are_listed_by_whether_they_hold(full):
    paper = Document.objects.filter(kind=DocumentKind.REMINDER_LETTER).first()
    void_document(paper, by=cast.person("director"), reason="主送单位写错，重新印发。")
    assert _listed("documents", "officer", status="voided") == [paper]
    assert len(_listed("documents", "officer", status="valid")) == Document.objects.count() - 1
    assert _listed("documents", "officer", status="replaced") == []


def test_numbers_are_listed_by_kind_and_day(full):
    kind = DocumentKind.INTERVIEW_NOTICE
    wanted = set(NumberEntry.objects.filter(kind=kind))
    assert set(_listed("numbers", "officer", kind=kind.value)) == wanted != set()
    days = sorted(timezone.localdate(entry.given_at) for entry in wanted)
    listed = _listed("numbers", "officer", kind=kind.value, begin=days[0].isoformat(), end=days[0].isoformat())
    assert len(listed) == days.count(days[0])


@pytest.mark.parametrize("username", VIEWERS)
def test_cases_and_tasks_are_listed_in_another_order(full, username):
    cases = _listed("cases", username, sort="scheduled")
    assert set(cases) == set(_listed("cases", username))
    times = [case.scheduled_at for case in cases if case.scheduled_at]
    assert times == sorted(times)
    assert [case.scheduled_at is None for case in cases] == sorted(case.scheduled_at is None for case in cases)
    assert list(reversed(cases)) == _listed("cases", username, sort="-scheduled")
    limits = [case.due_on for case in _listed("cases", username, sort="due") if case.due_on]
    assert limits == sorted(limits)
    assigned = [task.assigned_on for task in _listed("tasks", username, sort="-assigned", state="")]
    assert assigned == sorted(assigned, reverse=True)
    page = browser(username).get("/cases/?sort=due").context["rows"]
    assert [row["case"] for row in page] == _listed("cases", username, sort="due")


@pytest.mark.parametrize("username", VIEWERS)
def test_letters_are_listed_by_the_day_of_their_answer(full, username):
    letters = _listed("letters", username, sort="due")
    assert set(letters) == set(_listed("letters", username))
    days = [letter.answer_until for letter in letters if letter.answer_until]
    assert days == sorted(days)
    assert [letter.answer_until is None for letter in letters] == sorted(
        letter.answer_until is None for letter in letters
    )
    page = browser(username).get("/letters/?sort=due").context["rows"]
    assert [row["letter"] for row in page] == letters


def _newest_first(paper):
    return -paper.issued_at.timestamp(), -paper.serial, -paper.pk.int


def _by_number(row):
    return -row.year, row.prefix, row.serial


IN_ORDER = {
    "documents": {
        "": _newest_first,
        "issued": lambda paper: tuple(-each for each in _newest_first(paper)),
        "number": _by_number,
        "kind": lambda paper: (paper.kind, *_newest_first(paper)),
        "unit": lambda paper: (paper.open_to_id, *_newest_first(paper)),
    },
    "numbers": {
        "": _by_number,
        "given": lambda entry: (entry.given_at, entry.pk),
        "-given": lambda entry: (-entry.given_at.timestamp(), -entry.pk),
        "kind": lambda entry: (entry.kind, *_by_number(entry)),
        "unit": lambda entry: (entry.open_to_id or 10**9, *_by_number(entry)),
    },
}


ROW_OF = {"documents": "document", "numbers": "entry"}


@pytest.mark.parametrize("key", IN_ORDER)
def test_papers_and_numbers_are_listed_in_another_order(full, key):
    """The page, its Excel file and what is printed read the same filter."""
    reserve_number(by=cast.person("officer"), kind=DocumentKind.MINUTES.value, case=None, purpose="拟印发纪要")
    address = {"documents": "/documents/", "numbers": "/documents/numbers/"}[key]
    for order, sorted_by in IN_ORDER[key].items():
        rows = _listed(key, "officer", sort=order)
        assert rows == sorted(rows, key=sorted_by), order
        assert len(rows) == len(_listed(key, "officer")) > 6
        for print_view in ("", "&print=1"):
            page = browser("officer").get(f"{address}?sort={order}{print_view}").context["rows"]
            assert [row[ROW_OF[key]] for row in page] == rows[: len(page)]
        lines = LEDGERS[key].all_lines(cast.person("officer"), {"sort": order})
        assert [line[ROW_OF[key]] for line in lines] == rows


@pytest.mark.parametrize("sort", ["number", "unit", "kind"])
def test_a_page_of_another_order_goes_on_where_the_last_one_ended(full, sort, monkeypatch):
    for address, key in (("/documents/", "documents"), ("/documents/numbers/", "numbers")):
        monkeypatch.setattr("yuetan.views.frame.pagination.PAGE_LENGTH", 2)
        asked = {"sort": sort if (key, sort) != ("numbers", "number") else ""}
        page = browser("officer").get(address, asked | {"after": _listed(key, "officer", **asked)[2].pk})
        first = page.context["rows"][0]
        assert first[ROW_OF[key]] == _listed(key, "officer", **asked)[3]


def test_a_number_is_found_by_the_unit_to_which_its_paper_is_open(full):
    running = Case.objects.get(unit__code=cast.TOWN, state=CaseState.NOTIFIED)
    hidden = Case.objects.get(unit__code=cast.TOWN, state=CaseState.DRAFTED)
    reserved, unseen = (
        reserve_number(by=cast.person("officer"), kind=DocumentKind.MINUTES.value, case=case, purpose="拟印发纪要")
        for case in (running, hidden)
    )
    papers = {paper.entry for paper in Document.objects.filter(open_to=cast.unit(cast.TOWN))}
    for username in ("officer", "second_officer"):  # the second holds a post there: what is not open stays unsaid
        for code in (cast.TOWN, cast.TOWN[:6]):
            assert papers | {reserved} <= set(_listed("numbers", username, area=code))
        assert set(_listed("numbers", username, area=cast.TOWN)) == papers | {reserved}
    assert unseen in _listed("numbers", "officer")


def test_a_number_reserved_for_a_case_follows_it_when_it_is_opened(office):
    case = case_in(CaseState.APPROVED)
    kept = reserve_number(by=cast.person("officer"), kind=DocumentKind.MINUTES.value, case=case, purpose="拟印发纪要")
    assert _listed("numbers", "officer", area=case.unit.code) == []
    drivers.take(Verb.SERVE_NOTICE, case)
    assert {entry.kind for entry in _listed("numbers", "officer", area=case.unit.code)} == {
        DocumentKind.INTERVIEW_NOTICE,
        kept.kind,
    }
