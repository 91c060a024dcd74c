"""Steps that are taken while the records are checked: they contradict nothing."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.factories import case_in, take
from tests.test_report_race import is_done
from yuetan.actions.record import check_records
from yuetan.vocabulary import CaseState, Verb

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_step_taken_while_the_records_are_read_is_no_disagreement(office: object, monkeypatch) -> None:
    first, second = case_in(CaseState.IN_REVIEW), case_in(CaseState.IN_REVIEW)
    check_case, taken = check_records.check_case, []

    def steps_meanwhile(case, known):
        if not taken:
            assert case.pk == first.pk
            with ThreadPoolExecutor(1) as pool:
                taken.append(pool.submit(is_done, lambda: take(Verb.ENDORSE, second)).result(timeout=30))
        yield from check_case(case, known)

    monkeypatch.setattr(check_records, "CHUNK", 1)
    monkeypatch.setattr(check_records, "check_case", steps_meanwhile)
    assert list(check_records.disagreements()) == []
    assert taken == [True]
    second.refresh_from_db()
    assert second.state == CaseState.PROPOSED
