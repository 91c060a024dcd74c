"""What an answer to a log-in tells a stranger: not whether there is such an account; and no session is laid for it."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from yuetan.models import User

PASSWORD = "quiet-lantern-47"


class CountingHasher(MD5PasswordHasher):
    """Any hasher, which counts how often it was asked to do its slow work."""

    algorithm = "counting"
    worked = 0

    def encode(self, password: str, salt: str) -> str:
        CountingHasher.worked += 1
        return super().encode(password, salt)


@pytest.fixture
def known(officer: User, settings) -> User:
    """张一, whose password is known to the test."""
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def answered(username: str) -> tuple[int, str, int]:
    """Status, words and work of the answer to a wrong password."""
    before = CountingHasher.worked
    answer = Client().post(reverse("login"), {"username": username, "password": "wrong-lantern-46"})
    words = " ".join(re.sub("<[^>]*>", " ", answer.content.decode()).split())
    return answer.status_code, words, CountingHasher.worked - before


def test_an_unknown_a_disabled_and_a_passwordless_account_are_answered_as_a_known_one(known, second_officer, deputy):
    """With the same words, after the same work: the slow hash tells nothing by the time it takes."""
    second_officer.is_active = False
    second_officer.save()
    deputy.set_unusable_password()
    deputy.save()
    answers = {name: answered(name) for name in ("officer", "nobody.here", "second_officer", "deputy")}
    assert answers["officer"][0] == 200
    assert answers["officer"][2] == 1
    assert {name: answer for name, answer in answers.items() if answer != answers["officer"]} == {}


def test_a_log_in_gets_a_session_that_nobody_could_have_laid_there(known):
    client = Client()
    client.cookies["sessionid"] = "laidtherebysomebodyelse012345678"
    client.get(reverse("login"))
    client.post(reverse("login"), {"username": "officer", "password": PASSWORD})
    first = client.cookies["sessionid"].value
    assert first != "laidtherebysomebodyelse012345678"
    assert client.get(reverse("home")).status_code == 200
    client.post(reverse("logout"))
    again = Client()
    again.cookies["sessionid"] = first
    assert again.get(reverse("home")).status_code == 302
    again.post(reverse("login"), {"username": "officer", "password": PASSWORD})
    assert again.cookies["sessionid"].value != first
