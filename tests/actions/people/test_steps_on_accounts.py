"""Steps on accounts: asked of the row that is held, refused and not broken where two come at once."""

import pytest

from tests import cast
from tests.refusals import refused_among
from yuetan.actions.people import account
from yuetan.actions.people.account import set_account
from yuetan.actions.people.account_guard import DISABLING, ENABLING, RESETTING_FACTOR
from yuetan.actions.people.unit import end_post
from yuetan.errors import Refused
from yuetan.models import Post, User
from yuetan.rules.dates import clock

GOOD = {"username": "mayor", "password": "quiet-lantern-47"}


def test_who_holds_no_post_any_more_gets_no_account(office, sysadmin, town):
    post = town.heads().get(holder__username=None)
    end_post(post, by=sysadmin, ended_on=clock.today())
    with refused_among("现无任职"):
        set_account(post.holder, by=sysadmin, **GOOD)


def test_a_name_that_another_takes_at_the_same_moment_is_refused(office, sysadmin, town, monkeypatch):
    """Judged before the other had it, written after."""
    mayor = town.heads().get(holder__username=None).holder
    monkeypatch.setattr(account, "check_password", lambda *_: User.objects.create_person("吕二三", username="mayor"))
    with pytest.raises(Refused, match="已被使用"):
        set_account(mayor, by=sysadmin, **GOOD)


def test_what_the_page_of_an_account_offers_is_what_may_be_done(office):
    guardian, officer = cast.person("guardian"), cast.person("officer")
    assert DISABLING.is_offered(officer, guardian)
    assert not DISABLING.is_offered(guardian, guardian)
    assert not ENABLING.is_offered(officer, guardian)
    assert not RESETTING_FACTOR.is_offered(officer, guardian)
    Post.objects.filter(holder=officer).update(ended_on=clock.today())
    User.objects.filter(pk=officer.pk).update(is_active=False)
    officer = User.objects.get(pk=officer.pk)
    assert not DISABLING.is_offered(officer, guardian)
    assert not ENABLING.is_offered(officer, guardian)
