"""The ledgers by more of their days, states and units, and in another order: never more than a person may see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast
from tests.factories import appoint, case_in, later, letter_in
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.actions.papers.document import void_document
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, Document, Letter, NumberEntry, Task
from yuetan.scenarios import drivers
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, PostKind, Verb

VIEWERS = ["officer", "supervisor", "second_officer", f"head_{cast.TOWN}", f"head_{cast.COUNTY}"]
STRANGE = ["", "x", "0", "-1", "9" * 40, "\x00", "2026-02-30", "🀄"]
FILTERS = {
    "cases": ("sort", "office", "dated"),
    "tasks": ("sort", "office", "dated"),
    "letters": ("area", "dated", "begin", "end", "sort"),
    "documents": ("area", "status", "answer", "begin", "end"),
    "numbers": ("kind", "begin", "end"),
}


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
    for code in (cast.TOWN, cast.TOWN[:6], cast.COUNTY):
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


def test_supervision_letters_are_listed_by_their_answer(full):
    task = Task.objects.filter(case__unit__code=cast.TOWN).first()
    with later(days=(task.effective_due_on - task.assigned_on).days + 60):
        drivers.take(Verb.ISSUE_SUPERVISION_LETTER, task.case)
        (paper,) = _listed("documents", "officer", answer="awaited")
        assert paper.kind == DocumentKind.SUPERVISION_LETTER
        assert _listed("documents", "officer", answer="overdue") == []
        with later(days=60):
            assert _listed("documents", "officer", answer="overdue") == [paper]
            assert _listed("documents", f"head_{cast.COUNTY}", answer="overdue") == []
    assert _listed("documents", "officer", answer="given") == _listed("documents", "officer", answer="late") == []


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


@pytest.mark.parametrize("key", FILTERS)
def test_a_strange_value_is_answered(full, key):
    addresses = {"numbers": "/documents/numbers/"}
    for name in FILTERS[key]:
        for words in STRANGE:
            for username in ("officer",) if key == "numbers" else ("officer", f"head_{cast.TOWN}"):
                answer = browser(username).get(addresses.get(key, f"/{key}/"), {name: words})
                assert answer.status_code == 200
