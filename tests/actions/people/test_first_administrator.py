"""A new installation gets its first system administrator on the machine, and only its first."""

import pytest

from yuetan.actions.people.first_administrator import appoint_system_administrator, let_in_again
from yuetan.errors import Refused
from yuetan.models import Alert, Event, Post, User
from yuetan.rules.dates import clock
from yuetan.vocabulary import DisabledFor, PostKind

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


def test_who_is_locked_out_is_let_in_again_on_the_machine(sysadmin, guardian):
    User.objects.filter(pk=sysadmin.pk).update(is_active=False, disabled_for=DisabledFor.ADMINISTRATOR)
    person = let_in_again(username="sysadmin", password="initial-lantern-46")
    person.refresh_from_db()
    assert (person.is_active, person.password_is_initial) == (True, True)
    assert person.check_password("initial-lantern-46")
    assert "已在服务器上重设" in Alert.objects.get(recipient=guardian).text
    assert Event.objects.get(verb="set_account").actor is None


def test_nobody_is_let_in_who_holds_no_post(sysadmin):
    sysadmin.posts.update(ended_on=clock.today())
    for username in ("sysadmin", "nobody"):
        with pytest.raises(Refused, match="现无任职"):
            let_in_again(username=username, password="initial-lantern-46")
