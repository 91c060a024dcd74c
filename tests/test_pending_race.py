"""What is marked as stale while somebody derives it: no mark is lost, and nobody waits for whoever acts on it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from tests.factories import case_in, letter_in
from yuetan.models import Case, StalePending
from yuetan.models.letter.letter import LetterQuerySet
from yuetan.pending_steps import follow_stale, rebuild
from yuetan.vocabulary import CaseState, LetterState

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(operation: Callable[[], int]) -> int:
    """What it returns in a connection of its own."""

    def run() -> int:
        try:
            return operation()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=30)


def test_what_is_marked_again_by_who_has_not_ended_stays_marked(office: object) -> None:
    case = case_in(CaseState.IN_REVIEW)
    StalePending.objects.create(case=case)
    with transaction.atomic():
        StalePending.objects.mark(Case.ABOUT, Case.objects.values("pk"))  # for what it has changed, unseen yet
        assert elsewhere(follow_stale) == 1
    assert StalePending.objects.get().case == case
    assert (follow_stale(), StalePending.objects.count()) == (1, 0)


def test_what_somebody_acts_on_stays_marked_and_the_others_follow(office: object) -> None:
    held, case, letter = case_in(CaseState.IN_REVIEW), case_in(CaseState.IN_REVIEW), letter_in(LetterState.ISSUED)
    for of in ({"case": held}, {"case": case}, {"letter": letter}):
        StalePending.objects.create(**of)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=held.pk)
        assert elsewhere(follow_stale) == 2
    assert StalePending.objects.get().case == held


def test_what_is_not_rebuilt_stays_marked(office: object, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = letter_in(LetterState.CANCELLED)
    monkeypatch.setattr(LetterQuerySet, "that_may_wait", LetterQuerySet.none)
    StalePending.objects.create(letter=letter)
    rebuild()
    assert StalePending.objects.get().letter == letter
    assert follow_stale() == 1
