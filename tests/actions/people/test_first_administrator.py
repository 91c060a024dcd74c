"""A new installation gets its first system administrator on the machine, and only its first."""

import pytest

from yuetan.actions.people.first_administrator import appoint_system_administrator
from yuetan.errors import Refused
from yuetan.models import Event, Post, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

ADMINISTRATOR = {"name": "王甲", "username": "administrator", "password": "long-enough-9137"}


@pytest.fixture
def nobody(office):
    """An office whose system administrator has left."""
    Post.objects.filter(kind=PostKind.SYSTEM_ADMINISTRATOR).update(ended_on=clock.today())


def test_the_first_one_may_keep_units_and_nothing_of_a_case(nobody):
    post = appoint_system_administrator(**ADMINISTRATOR)
    person = User.objects.get(pk=post.holder.pk)
    assert person.has_perm("yuetan.keep_units")
    assert not person.has_perm("yuetan.see_case")
    assert person.check_password(ADMINISTRATOR["password"])
    assert Event.objects.get(verb="begin_post").data["name"] == "王甲"


def test_there_is_no_second_one_this_way(office, sysadmin):
    with pytest.raises(Refused, match=sysadmin.name):
        appoint_system_administrator(**ADMINISTRATOR)
    assert not User.objects.filter(username="administrator").exists()


def test_a_weak_password_is_shown(nobody):
    with pytest.raises(Refused, match="密码太常见，容易被猜中，请另换一个。"):
        appoint_system_administrator(**ADMINISTRATOR | {"password": "12345678901"})
    assert not User.objects.filter(username="administrator").exists()
