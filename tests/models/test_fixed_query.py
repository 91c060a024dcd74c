"""Queries that are written once and planned once: what they find, and that no connection plans them again."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import case_in
from yuetan.models import Case, Post
from yuetan.models.office.fixed_query import FixedQuery
from yuetan.vocabulary import CaseState


def planned() -> int:
    """How many statements this connection has planned."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


@pytest.fixture
def by_key():
    return FixedQuery(lambda key: Case.objects.select_related("unit").filter(pk=key, state="drafted"), uuid4())


def test_each_value_finds_its_own_rows_by_one_plan(office, by_key):
    one, other = case_in(CaseState.DRAFTED), case_in(CaseState.IN_REVIEW)
    assert by_key.get(one.pk) == one
    before = planned()
    with CaptureQueriesContext(connection) as captured:
        assert by_key.get(one.pk).unit == one.unit
        assert list(by_key.rows(other.pk)) == []
    assert planned() == before
    assert [each["sql"].split("(")[0].rstrip("0123456789") for each in captured] == ["EXECUTE yuetan_case_"] * 2
    with pytest.raises(ObjectDoesNotExist):
        by_key.get(uuid4())


def test_a_plan_outlasts_a_transaction_that_is_rolled_back_and_sees_what_was_changed(office, by_key):
    case = case_in(CaseState.DRAFTED)
    with transaction.atomic():
        assert by_key.get(case.pk) == case
        transaction.set_rollback(True)
    Case.objects.filter(pk=case.pk).update(matter="改过的事由")
    assert by_key.get(case.pk).matter == "改过的事由"


def test_the_same_value_may_stand_in_several_places_and_a_percent_sign_is_one(office):
    query = FixedQuery(
        lambda day: Post.objects.filter(began_on__lte=day).exclude(ended_on__lt=day).exclude(title__contains="100%"),
        date.min,
    )
    held = Post.objects.filter(began_on__lte=date(2026, 11, 23)).count()
    assert 0 < len(query.rows(date(2026, 11, 23))) <= held
    assert list(query.rows(date(1900, 1, 1))) == []


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_plans_anew(office, by_key):
    case = case_in(CaseState.DRAFTED)
    assert by_key.get(case.pk) == case
    connection.close()
    assert by_key.get(case.pk) == case
