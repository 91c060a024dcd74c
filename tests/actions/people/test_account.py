"""Accounts are the system administrator's to give, and nobody else's."""

import pytest

from tests import cast
from yuetan.actions.people.account import set_account
from yuetan.errors import NotYours, Refused
from yuetan.models import Event

GOOD = {"username": "mayor", "password": "quiet-lantern-47"}


@pytest.fixture
def mayor(town):
    """The head of the town who has no account yet."""
    return town.heads().get(holder__username=None).holder


def test_somebody_in_office_gets_an_account_and_it_is_recorded_without_the_password(sysadmin, mayor):
    person = set_account(mayor, by=sysadmin, **GOOD)
    assert cast.person("mayor").check_password(GOOD["password"])
    event = Event.objects.get(verb="set_account")
    assert event.actor == sysadmin
    assert event.data["name"] == person.name
    assert GOOD["password"] not in str(event.data)


def test_a_lost_password_is_replaced(sysadmin, head):
    set_account(head, by=sysadmin, username=head.username, password="another-lantern-48")
    assert cast.person(head.username).check_password("another-lantern-48")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"username": ""}, "尚未填写账号"),
        ({"username": "officer"}, "账号“officer”已被使用"),
        ({"password": ""}, "尚未填写密码"),
        ({"password": "12345678901"}, "密码"),
    ],
)
def test_what_is_wrong_is_shown_and_nothing_is_kept(sysadmin, mayor, changed, words):
    with pytest.raises(Refused, match=words):
        set_account(mayor, by=sysadmin, **GOOD | changed)
    mayor.refresh_from_db()
    assert mayor.username is None


def test_nobody_else_may(director, mayor):
    with pytest.raises(NotYours):
        set_account(mayor, by=director, **GOOD)
