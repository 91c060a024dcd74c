"""Sixteen real connections at once: of a code, a year and a name one is first, and the others are told."""

from collections.abc import Callable

import pytest

from tests import cast
from tests.actions.office.test_calendar import enter
from tests.test_number_race import MANY, at_once
from yuetan.actions.people.unit import add_unit
from yuetan.errors import Refused
from yuetan.models import CalendarYear, Event, Unit
from yuetan.vocabulary import UnitKind

pytestmark = pytest.mark.django_db(transaction=True)


def one_is_first(operation: Callable[[int], object], words: str) -> None:
    """One got through, and each of the others is refused with the sentence of who comes later."""
    refused = [outcome for outcome in at_once(operation) if isinstance(outcome, Refused)]
    assert len(refused) == MANY - 1
    assert all(words in one.reasons[0].text for one in refused)


def test_one_year_entered_by_sixteen_is_entered_once(office: object) -> None:
    director = cast.person("director")
    one_is_first(lambda _: enter(by=director), "已经载入")
    assert CalendarYear.objects.filter(year=2027).count() == Event.objects.filter(verb="enter_calendar_year").count()


def test_one_code_given_by_sixteen_is_given_once(office: object) -> None:
    sysadmin = cast.person("sysadmin")
    new = {"code": "440700-998", "name": "新设局", "kind": UnitKind.MEMBER_UNIT, "parent": None}
    one_is_first(lambda _: add_unit(by=sysadmin, **new), "使用，请核对后另填")
    assert Unit.objects.filter(code=new["code"]).count() == Event.objects.filter(verb="add_unit").count() == 1
