"""How often a log-in may be tried: nobody guesses a password, and no stranger locks the owner of an account out."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from axes.models import AccessFailureLog
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import later
from yuetan.actions.people.account import set_account
from yuetan.actions.people.attempts import Limit, count_attempt
from yuetan.models import AttemptCount, OfficeSetting, User

PASSWORD, FAULTS = "quiet-lantern-47", "wrong-lantern-46"
HOME, STRANGE = "10.1.2.3", "203.0.113.9"
EACH, OF_ADDRESS, OF_ACCOUNT, MINUTES = 5, 30, 20, 15


@pytest.fixture
def leader(group_leader: User) -> User:
    """赵四, whose password is known to the test."""
    group_leader.set_password(PASSWORD)
    group_leader.save()
    return group_leader


def browser_at(address: str) -> Client:
    return Client(REMOTE_ADDR=address)


def tries(client: Client, username: str = "group_leader", password: str = FAULTS, times: int = 1) -> int:
    """The answer to the last of these attempts: 302 is in, 200 a wrong password, 429 not looked at."""
    for _ in range(times):
        answer = client.post(reverse("login"), {"username": username, "password": password})
    return int(answer.status_code)


def test_a_password_is_tried_so_often_and_then_not_even_a_right_one_helps(leader):
    guesser = browser_at(HOME)
    assert tries(guesser, times=EACH) == 200
    assert tries(guesser, password=PASSWORD) == 429
    assert AccessFailureLog.objects.filter(locked_out=True).count() == 1
    answer = guesser.post(reverse("login"), {"username": "group_leader", "password": FAULTS})
    assert "请 15 分钟以后再试" in answer.content.decode()
    assert (MINUTES - 1) * 60 < int(answer["Retry-After"]) <= MINUTES * 60
    with later(minutes=MINUTES + 1):
        assert tries(guesser, password=PASSWORD) == 302


def test_a_stranger_does_not_lock_out_a_browser_from_which_the_owner_has_logged_in(leader):
    own = browser_at(HOME)
    assert tries(own, password=PASSWORD) == 302
    own.post(reverse("logout"))
    assert tries(browser_at(HOME), times=EACH + 1) == 429
    for number in range(OF_ACCOUNT):
        tries(browser_at(f"203.0.113.{number}"))
    assert tries(own, password=PASSWORD) == 302


def test_nor_an_address_from_which_the_owner_has_logged_in(leader):
    assert tries(browser_at(HOME), password=PASSWORD) == 302
    for number in range(OF_ACCOUNT):
        assert tries(browser_at(f"203.0.113.{number}")) == 200
    assert tries(browser_at("203.0.113.200"), password=PASSWORD) == 429
    assert tries(browser_at(HOME), password=PASSWORD) == 302


def test_the_own_browser_is_no_licence_to_guess(leader, officer):
    own = browser_at(HOME)
    tries(own, password=PASSWORD)
    own.post(reverse("logout"))
    assert tries(own, times=EACH) == 200
    assert tries(own, password=PASSWORD) == 429
    # and it is known for its owner alone
    assert tries(own, "officer", times=EACH) == 200
    assert tries(own, "officer") == 429
    assert tries(browser_at(HOME), "officer") == 429


def test_what_was_tried_while_the_clock_was_ahead_keeps_nobody_out_once_it_is_right(leader):
    own, guesser = browser_at(STRANGE), browser_at(HOME)
    with later(days=1):
        assert tries(own, password=PASSWORD) == 302
        assert tries(guesser, times=EACH + 1) == 429
    assert tries(guesser, password=PASSWORD) == 302
    assert own.get("/").status_code == 302, "a log-in of tomorrow does not hold today"


def test_one_wrong_try_on_each_of_many_accounts_is_slowed(leader):
    known = browser_at(STRANGE)
    tries(known, password=PASSWORD)
    known.post(reverse("logout"))
    sprayer = browser_at(STRANGE)
    for number in range(OF_ADDRESS):
        assert tries(sprayer, f"name{number}") == 200
    assert tries(sprayer, "name999") == 429
    assert tries(known, password=PASSWORD) == 302  # a person behind the same address, with a browser of their own


def test_an_attempt_that_is_refused_uses_up_nothing_else(leader):
    guesser = browser_at(STRANGE)
    assert tries(guesser, times=EACH + OF_ADDRESS) == 429
    assert tries(guesser, "officer") == 200


def test_many_who_log_in_behind_one_address_do_not_lock_each_other_out(leader):
    OfficeSetting.objects.filter(key="login_tries_address").update(value=3)
    for _ in range(6):
        assert tries(browser_at(HOME), password=PASSWORD) == 302


def test_a_new_password_lets_its_owner_in_at_once(leader, sysadmin):
    guesser = browser_at(HOME)
    assert tries(guesser, times=EACH + 1) == 429
    set_account(leader, by=sysadmin, username="group_leader", password="another-lantern-48")
    assert tries(guesser, password="another-lantern-48") == 302


def test_the_office_sets_how_often(leader):
    OfficeSetting.objects.filter(key="login_tries").update(value=1)
    assert tries(browser_at(HOME)) == 200
    assert tries(browser_at(HOME)) == 429
    OfficeSetting.objects.filter(key="login_tries").update(value=0)
    assert tries(browser_at(HOME), times=EACH + 2) == 200


def test_a_form_that_is_not_filled_in_is_no_attempt(leader):
    assert tries(browser_at(HOME), password="", times=EACH + 2) == 200
    assert not AttemptCount.objects.exists()


def test_a_forged_cookie_makes_no_browser_known(leader):
    forger = browser_at(HOME)
    tries(forger, "officer", times=EACH + 1)
    forger.cookies["yuetan_browser"] = "W1wieFwiLFsxXV0:forged"
    assert tries(forger, "officer") == 429


def test_what_is_no_name_is_answered_like_a_wrong_one(leader):
    for name in ("\0", "名" * 300, "x" * 9000, cast.person("officer").username.upper()):
        assert tries(browser_at(HOME), name) == 200


def test_however_many_come_at_once_no_more_pass_than_may(transactional_db, office):
    limit = Limit("race", EACH, timedelta(minutes=MINUTES), account="group_leader")
    start, waits = Barrier(12), []

    def attempt() -> None:
        try:
            start.wait()
            waits.append(count_attempt(limit))
        finally:
            connection.close()

    threads = [Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(wait is None for wait in waits) == EACH
