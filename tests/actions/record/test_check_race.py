"""Steps that are taken while the records are checked: they contradict nothing, and no transaction lasts for all."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.factories import case_in, take
from tests.test_report_race import is_done
from yuetan.actions.record import check_records
from yuetan.actions.record.snapshots import at_one_moment, pieces
from yuetan.models import Seal, StalePending
from yuetan.vocabulary import CaseState, RecordKind, Verb

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(verb, case):
    """Take a step as somebody else does, in another connection, and have it committed."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(is_done, lambda: take(verb, case)).result(timeout=30)


def test_a_step_taken_between_a_case_and_its_events_is_no_disagreement(office: object) -> None:
    """Of a piece everything is as it was when its first row was read."""
    case = case_in(CaseState.IN_REVIEW)
    taken = []

    def step_meanwhile(execute, sql, params, many, context):
        if "prefetch" not in taken and 'FROM "yuetan_event"' in sql:
            taken.extend(["prefetch", elsewhere(Verb.ENDORSE, case)])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(step_meanwhile):
        assert list(check_records.disagreements()) == []
    assert taken == ["prefetch", True]
    case.refresh_from_db()
    assert case.state == CaseState.PROPOSED


def test_each_piece_is_a_moment_of_its_own(office: object, monkeypatch) -> None:
    """A step on the second case while the first is checked is seen, for its piece is read afterwards."""
    first, second = case_in(CaseState.IN_REVIEW), case_in(CaseState.IN_REVIEW)
    check_case, looked_at, moments = check_records.check_case, [], set()

    def steps_meanwhile(case, known):
        with connection.cursor() as cursor:
            cursor.execute("SELECT transaction_timestamp(), current_setting('transaction_isolation')")
            moments.add(cursor.fetchone())
        if not looked_at:
            assert elsewhere(Verb.ENDORSE, second)
        looked_at.append((case.pk, case.state))
        yield from check_case(case, known)

    monkeypatch.setattr(check_records, "CHUNK", 1)
    monkeypatch.setattr(check_records, "check_case", steps_meanwhile)
    assert list(check_records.disagreements()) == []
    assert looked_at == [(first.pk, CaseState.IN_REVIEW), (second.pk, CaseState.PROPOSED)]
    assert len(moments) == 2
    assert {isolation for _, isolation in moments} == {"repeatable read"}


@pytest.mark.parametrize("size", [1, 2, 7, 1000])
def test_pieces_leave_out_nothing_and_repeat_nothing(office: object, size: int) -> None:
    case_in(CaseState.IN_REVIEW)
    few = Seal.objects.filter(chain__startswith="case:") | Seal.objects.filter(chain__startswith="user:")
    for order in (("chain", "number"), ("pk",)):
        read = [seal.pk for piece in pieces(few, size, order) for seal in piece]
        assert read == list(few.order_by(*order).values_list("pk", flat=True))
    assert few.filter(number__gt=2).exists()


def test_what_is_marked_as_stale_is_no_disagreement_until_it_is_derived(office: object) -> None:
    case = case_in(CaseState.IN_REVIEW)
    case.pending_steps.all().delete()
    assert RecordKind.PENDING in {each.kind for each in check_records.disagreements()}
    StalePending.objects.create(case=case)
    assert list(check_records.disagreements()) == []


def test_a_moment_within_another_is_that_one(office: object) -> None:
    with at_one_moment(), at_one_moment():
        assert connection.in_atomic_block
