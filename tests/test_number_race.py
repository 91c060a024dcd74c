"""Sixteen real connections at once: no number twice, no gap, and one fate for each number."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import cast
from tests.factories import case_in, keywords, letter_in
from yuetan.actions.interview.notice import reschedule, serve_notice
from yuetan.actions.letter.letter import approve_letter
from yuetan.actions.papers.document import void_document
from yuetan.actions.papers.number_register import reserve_number, use_number, void_number
from yuetan.errors import Refused
from yuetan.models import Case, Document, Event, Letter, NumberCounter, NumberEntry
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, NumberState, Verb

MANY = 16

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(operation: Callable[[int], object]) -> list[object]:
    """What came of the deed done by sixteen threads, each with a connection of its own."""
    start = Barrier(MANY)

    def run(number: int) -> object:
        connection.ensure_connection()
        start.wait()
        try:
            return operation(number)
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_notices_reschedulings_and_reservations_share_one_series_without_gap(office: object) -> None:
    """Three kinds under one 机关代字: sixteen at once, five of which are refused after the lock."""
    officer, director = cast.person("officer"), cast.person("director")
    approved = [case_in(CaseState.APPROVED) for _ in range(6)]
    notified = [case_in(CaseState.NOTIFIED) for _ in range(5)]
    first = keywords(Verb.SERVE_NOTICE, approved[0])
    second = keywords(Verb.RESCHEDULE, notified[0])

    def operation(number: int) -> object:
        if number < 6:
            return serve_notice(approved[number], by=officer, **first)
        if number < 11:
            return reschedule(notified[number - 6], by=officer, **(second | {"reason": "" if number == 8 else "冲突"}))
        return reserve_number(by=director, kind=DocumentKind.CANCELLATION, case=None, purpose=f"第{number}个")

    outcomes = at_once(operation)
    assert [n for n, outcome in enumerate(outcomes) if isinstance(outcome, Refused)] == [8]
    given = sorted(NumberEntry.objects.filter(prefix="江扫黑办").values_list("serial", flat=True))
    assert given == list(range(1, 5 + 15 + 1))
    assert NumberCounter.objects.get(prefix="江扫黑办").last == 20
    assert len({entry.state for entry in NumberEntry.objects.select_related("document")}) == 2
    for document in Document.objects.select_related("entry"):
        assert (document.prefix, document.year, document.serial) == (
            document.entry.prefix,
            document.entry.year,
            document.entry.serial,
        )
    codes = list(Document.objects.values_list("check_code", flat=True))
    assert len(set(codes)) == len(codes) == 15


def test_two_series_at_once_are_each_without_gap(office: object) -> None:
    letters = [letter_in(LetterState.DRAFTED) for _ in range(8)]
    cases = [case_in(CaseState.APPROVED) for _ in range(8)]
    officer, leader = cast.person("officer"), cast.person("group_leader")
    facts = keywords(Verb.SERVE_NOTICE, cases[0])

    def operation(number: int) -> object:
        if number % 2:
            return serve_notice(cases[number // 2], by=officer, **facts)
        letter = letters[number // 2]
        return approve_letter(letter, by=leader, seen=letter.digest)

    outcomes = at_once(operation)
    assert {type(outcome) for outcome in outcomes} == {Case, Letter}
    for prefix in ("江扫黑办", "江扫黑函"):
        serials = NumberEntry.objects.filter(prefix=prefix).values_list("serial", flat=True)
        assert sorted(serials) == list(range(1, 9))


def test_a_number_reserved_for_a_case_is_used_or_voided_never_both(office: object) -> None:
    officer, director = cast.person("officer"), cast.person("director")
    cases = [case_in(CaseState.APPROVED) for _ in range(8)]
    facts = keywords(Verb.SERVE_NOTICE, cases[0])
    entries = [
        reserve_number(by=officer, kind=DocumentKind.INTERVIEW_NOTICE, case=case, purpose="预留") for case in cases
    ]

    def operation(number: int) -> object:
        if number % 2:
            return serve_notice(cases[number // 2], by=officer, **facts)
        return void_number(entries[number // 2], by=director, reason="不用了")

    at_once(operation)
    book = NumberEntry.objects.filter(prefix="江扫黑办").select_related("document")
    assert sorted(entry.serial for entry in book) == list(range(1, len(book) + 1))
    assert Document.objects.count() == 8
    for entry in book:
        assert not (entry.voided_at and hasattr(entry, "document"))
        assert entry.state in (NumberState.ISSUED, NumberState.VOIDED)


def test_one_reserved_number_is_used_once(office: object) -> None:
    officer = cast.person("officer")
    entry = reserve_number(by=officer, kind=DocumentKind.INTERVIEW_NOTICE, case=None, purpose="预留")
    outcomes = at_once(lambda number: use_number(entry, by=officer, used_for=f"第{number}份通知"))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == MANY - 1
    assert Event.objects.filter(verb="use_number").count() == 1


def test_one_paper_is_voided_once(office: object) -> None:
    document, director = letter_in(LetterState.ISSUED).document, cast.person("director")
    outcomes = at_once(lambda number: void_document(document, by=director, reason=f"原因{number}"))
    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == MANY - 1
    event = Event.objects.get(verb="void_document")
    assert event.opinion == NumberEntry.objects.get().void_reason
