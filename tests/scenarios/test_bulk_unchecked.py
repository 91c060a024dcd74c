"""Bulk data of which only the first copies are checked: the same rows, and afterwards everything is asked as before."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import UUIDField

from yuetan.actions.record.check_records import disagreements
from yuetan.models import Event, PeriodicReport, ReceivedLetter, ReportVersion, Unit
from yuetan.scenarios.bulk.all_rooms import ROOMS
from yuetan.scenarios.bulk.load import load_bulk
from yuetan.scenarios.bulk.returns import load_returns
from yuetan.vocabulary import UnitKind

LETTERS = [room for room in ROOMS if room.root is ReceivedLetter]
CASES_WITH_210_LETTERS = 2100  # the first batch is of 200
NO_UNIT = 0


@pytest.fixture
def written():
    """What a way of loading leaves, checked and unchecked; it is undone."""

    def load(load_data, *models):
        left = []
        for is_checked in (True, False):
            with transaction.atomic():
                _as_owner()
                load_data(is_checked)
                left.append([sorted(map(str, model.objects.values_list(*_fields(model)))) for model in models])
                assert [str(each) for each in disagreements()] == []
                _everything_is_asked()
                transaction.set_rollback(True)
        return left

    return load


def _as_owner():
    """As whoever makes databases to measure with."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")


def _fields(model):
    """All but keys, which are numbered on or drawn."""
    fields = [each for each in model._meta.concrete_fields if not each.is_relation and not isinstance(each, UUIDField)]
    return [each.attname for each in fields if not each.primary_key]


def _everything_is_asked():
    """A foreign key to nothing is refused, and so is a change of what is kept."""
    with transaction.atomic():
        Unit.objects.filter(pk=Unit.objects.earliest("pk").pk).update(parent_id=NO_UNIT)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        transaction.set_rollback(True)
    with pytest.raises(IntegrityError, match="kept"), transaction.atomic():
        Event.objects.update(actor_title="另一职务")


def _indexes():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
        return cursor.fetchall()


def test_returns(office, written):
    towns, before = Unit.objects.in_use().filter(kind=UnitKind.TOWN).count(), _indexes()
    checked, unchecked = written(
        lambda is_checked: load_returns(towns, 4, 7, is_checked=is_checked), PeriodicReport, ReportVersion
    )
    assert checked == unchecked
    assert all(checked)
    assert _indexes() == before


def test_rooms(office, written):
    before = _indexes()
    checked, unchecked = written(
        lambda is_checked: load_bulk(CASES_WITH_210_LETTERS, 7, rooms=LETTERS, is_checked=is_checked), ReceivedLetter
    )
    assert checked == unchecked
    assert len(checked[0]) > 200
    assert _indexes() == before
