"""通行密钥: whose key lets whom in, and when it lets nobody in; what a browser does with it is tested in e2e."""

import pytest
from django.test import Client

from tests import cast
from tests.factories import later
from tests.soft_passkey import FLAG, SoftPasskey, adds, comes_in
from yuetan.actions.people import passkeys
from yuetan.models import Event, OfficeSetting, Passkey, User

PASSWORD = "quiet-lantern-47"


def logs_in(person: User) -> Client:
    """A browser in which the person has typed the password, which the test gives them."""
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    client.post("/login/", {"username": person.username, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def shows(client: Client, key: SoftPasskey) -> int:
    """The answer to the second step of a log-in, by a key in the place of a code."""
    asked = client.post("/login/passkey/question/").json()
    return int(client.post("/login/second/", {"answer": key.shown(asked)}).status_code)


@pytest.fixture
def own(officer: User) -> SoftPasskey:
    """The key of 张一."""
    key = SoftPasskey()
    assert adds(logs_in(officer), key) == 200
    return key


def test_a_key_takes_the_place_of_password_and_code(own):
    own.counter = 1
    client = comes_in(own)
    assert is_in(client)
    assert "张一" in client.get("/").content.decode()
    assert Passkey.objects.get().sign_count == 1


def test_a_key_of_somebody_unknown_or_of_another_site_lets_nobody_in(own):
    assert not is_in(comes_in(SoftPasskey()))
    own.host = "testserver.example"
    assert not is_in(comes_in(own))


def test_who_has_only_the_name_of_a_key_does_not_come_in(own):
    thief = SoftPasskey()
    thief.identity = own.identity
    assert not is_in(comes_in(thief))


def test_a_key_that_nobody_has_unlocked_lets_nobody_in(own):
    own.flags = FLAG.UP
    assert not is_in(comes_in(own))


def test_an_answer_is_good_once(own):
    client = Client()
    asked = client.post("/login/passkey/question/").json()
    answer = {"answer": own.shown(asked)}
    assert client.post("/login/passkey/", answer).status_code == 302
    assert client.post("/logout/").status_code == 302
    assert client.post("/login/passkey/", answer).status_code == 422
    client.post("/login/passkey/question/")
    assert client.post("/login/passkey/", answer).status_code == 422
    assert not is_in(client)


def test_a_copied_key_lets_nobody_in_and_that_is_recorded(own, officer):
    own.counter = 5
    assert is_in(comes_in(own))
    for counter in (5, 4, 0):
        own.counter = counter
        assert not is_in(comes_in(own)), counter
    assert [event.actor for event in Event.objects.filter(verb="copied_passkey")] == [officer] * 3
    own.counter = 6
    assert is_in(comes_in(own))


def test_a_key_that_does_not_count_is_good_every_time(own):
    assert [is_in(comes_in(own)) for _ in range(2)] == [True, True]


def test_the_key_of_a_disabled_account_lets_nobody_in(own, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_in(comes_in(own))


def test_after_the_password_it_must_be_ones_own_key(own, officer, second_officer):
    other = SoftPasskey()
    assert adds(logs_in(second_officer), other) == 200
    client = logs_in(officer)
    assert not is_in(client)
    assert shows(client, other) == 422
    assert not is_in(client)
    assert shows(client, own) == 302
    assert "张一" in client.get("/").content.decode()


def test_after_the_password_the_page_asks_for_keys_of_that_person_alone(own, officer, second_officer):
    asked = logs_in(officer).post("/login/passkey/question/").json()["publicKey"]
    assert len(asked["allowCredentials"]) == 1
    assert asked["userVerification"] == "required"
    assert not Client().post("/login/passkey/question/").json()["publicKey"].get("allowCredentials")


def test_a_key_of_somebody_else_shows_nothing_before_a_decision(own, officer, second_officer):
    other = SoftPasskey()
    adds(logs_in(second_officer), other)
    client = comes_in(own)
    with later(minutes=31):
        for key, status in ((other, 422), (own, 302)):
            asked = client.post("/account/reauthentication/question/").json()
            answer = client.post("/account/totp/remove/", {"again_answer": key.shown(asked)})
            assert answer.status_code == status


def test_the_same_key_is_not_added_twice_and_there_are_so_many(own, officer, second_officer, monkeypatch):
    assert adds(logs_in(second_officer), own) == 422
    client = comes_in(own)
    monkeypatch.setattr(passkeys, "MAX_PASSKEYS", 2)
    assert [adds(client, SoftPasskey()) for _ in range(2)] == [302, 422]
    assert officer.passkeys.count() == 2


def test_who_must_have_a_second_factor_keeps_the_last_key(own, officer):
    OfficeSetting.objects.filter(key="second_factor_posts").update(value=["case_officer"])
    client = comes_in(own)
    [key] = officer.passkeys.all()
    assert client.post(f"/account/passkeys/{key.pk}/remove/").status_code == 422
    assert adds(client, SoftPasskey(), "手机") == 302
    assert client.post(f"/account/passkeys/{key.pk}/remove/").status_code == 302
    assert [each.name for each in officer.passkeys.all()] == ["手机"]
    assert officer.recovery_codes.exists()


def test_with_the_last_key_the_recovery_codes_go_and_nobody_removes_anothers(own, officer, second_officer):
    key = officer.passkeys.get()
    assert logs_in(second_officer).post(f"/account/passkeys/{key.pk}/remove/").status_code == 404
    assert comes_in(own).post(f"/account/passkeys/{key.pk}/remove/").status_code == 302
    assert not officer.passkeys.exists()
    assert not officer.recovery_codes.exists()


def test_what_was_lost_is_cleared_with_keys_and_codes(own, officer, guardian, client):
    client.force_login(cast.person("guardian"))
    assert client.post(f"/accounts/{officer.pk}/second-factor/").status_code == 302
    assert not officer.passkeys.exists()
    assert not officer.recovery_codes.exists()
    assert not is_in(comes_in(own))


def test_attempts_from_another_address_are_counted_apart(own):
    OfficeSetting.objects.filter(key="login_tries_address").update(value=1)
    strange = Client(REMOTE_ADDR="203.0.113.9")
    assert [strange.post("/login/passkey/", {"answer": "{}"}).status_code for _ in range(2)] == [422, 429]
    assert [is_in(comes_in(own)) for _ in range(3)] == [True] * 3  # and what succeeds is no attempt
