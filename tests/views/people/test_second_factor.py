"""第二重验证: set up by its owner, asked for at each log-in, required of some posts, cleared where it was lost."""

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import later
from tests.past_triggers import past_triggers
from yuetan.actions.people.second_factor import accounts_of_another_key
from yuetan.models import Alert, Event, OfficeSetting, RecoveryCode, Session, TotpDevice, User
from yuetan.rules.dates import clock

PASSWORD = "quiet-lantern-47"
SECRET = re.compile(r'class="totp-secret">([A-Z2-7 ]+)<')
CODE = re.compile(r"<li>([a-z2-9]{5}-[a-z2-9]{5})</li>")


@pytest.fixture
def leader(group_leader: User) -> User:
    """赵四, whose password is known to the test."""
    group_leader.set_password(PASSWORD)
    group_leader.save()
    return group_leader


def logs_in(username: str = "group_leader") -> Client:
    client = Client()
    client.post(reverse("login"), {"username": username, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


def code_of(secret: str, spans_on: int = 0) -> str:
    return pyotp.TOTP(secret).at(clock.now() + spans_on * timedelta(seconds=30))


def sets_up(client: Client) -> tuple[str, list[str]]:
    """The secret that the page shows, and the recovery codes that follow."""
    secret = SECRET.search(client.get("/account/totp/").content.decode())[1].replace(" ", "")
    answer = client.post("/account/totp/", {"code": code_of(secret)})
    return secret, CODE.findall(answer.content.decode())


def shows(client: Client, code: str) -> int:
    return int(client.post("/login/second/", {"code": code}).status_code)


@pytest.fixture
def guarded(leader: User) -> tuple[str, list[str]]:
    """The secret and the recovery codes of 赵四, who has set an app up a minute ago."""
    with later(minutes=-2):
        return sets_up(logs_in())


def test_an_app_is_set_up_by_a_code_that_it_shows(leader):
    client = logs_in()
    page = client.get("/account/totp/").content.decode()
    assert 'src="data:image/svg+xml' in page
    assert client.post("/account/totp/", {"code": "000000"}).status_code == 422
    assert not TotpDevice.objects.exists()
    secret, codes = sets_up(client)
    assert len(set(codes)) == 10
    assert secret not in TotpDevice.objects.get().encrypted_secret
    assert all(code.replace("-", "") != row.digest for code, row in zip(codes, RecoveryCode.objects.all(), strict=True))
    assert Event.objects.get(verb="add_totp").actor == leader
    assert secret not in str(Event.objects.get(verb="add_totp").data)


def test_a_password_alone_is_no_longer_enough(guarded):
    secret, _ = guarded
    client = logs_in()
    assert not is_in(client)
    assert shows(client, "000000") == 422
    assert not is_in(client)
    assert shows(client, code_of(secret)) == 302
    assert is_in(client)


def test_a_code_is_good_once(guarded):
    secret, _ = guarded
    code = code_of(secret)
    assert shows(logs_in(), code) == 302
    assert shows(logs_in(), code) == 422
    with later(minutes=1):
        assert shows(logs_in(), code_of(secret)) == 302
        assert shows(logs_in(), code_of(secret, -1)) == 422  # an older one than was used


def test_a_clock_may_be_half_a_minute_off_and_no_more(guarded):
    secret, _ = guarded
    assert shows(logs_in(), code_of(secret, 2)) == 422
    assert shows(logs_in(), code_of(secret, 1)) == 302


def test_a_recovery_code_is_good_once(guarded, leader):
    _, codes = guarded
    assert shows(logs_in(), codes[0].upper()) == 302
    assert shows(logs_in(), codes[0]) == 422
    assert shows(logs_in(), codes[1].replace("-", "")) == 302
    assert [event.data["left"] for event in Event.objects.filter(verb="use_recovery_code").order_by("id")] == ["9", "8"]


def test_new_recovery_codes_take_the_place_of_the_old(guarded):
    secret, codes = guarded
    client = logs_in()
    shows(client, code_of(secret))
    new = CODE.findall(client.post("/account/recovery-codes/").content.decode())
    assert len(set(new) - set(codes)) == 10
    assert shows(logs_in(), codes[0]) == 422
    assert shows(logs_in(), new[0]) == 302


def test_codes_are_not_guessed(guarded):
    secret, _ = guarded
    client = logs_in()
    assert [shows(client, f"00000{number}") for number in range(6)] == [422] * 5 + [429]
    assert shows(logs_in(), code_of(secret)) == 429
    with later(minutes=16):
        assert shows(logs_in(), code_of(secret)) == 302


def test_a_log_in_that_is_half_done_does_not_wait_for_long(guarded):
    secret, _ = guarded
    client = logs_in()
    with later(minutes=11):
        answer = client.post("/login/second/", {"code": code_of(secret)})
        assert "等得太久" in answer.content.decode()
        assert not is_in(client)


def test_nobody_comes_to_the_second_step_without_a_password(guarded):
    secret, _ = guarded
    assert shows(Client(), code_of(secret)) == 422
    client = Client()
    client.post(reverse("login"), {"username": "group_leader", "password": "wrong"})
    assert shows(client, code_of(secret)) == 422
    assert not is_in(client)


def test_who_must_have_one_sets_it_up_before_anything_else(leader):
    OfficeSetting.objects.filter(key="second_factor_posts").update(value=["group_leader"])
    client = logs_in()
    for name in ("home", "case_list", "approval_list"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer["Location"]) == (302, "/account/"), name
    assert "您的职务按办公室设定须设置第二重验证" in client.get("/account/").content.decode()
    sets_up(client)
    assert is_in(client)
    answer = client.post("/account/totp/remove/")
    assert answer.status_code == 422
    assert "请先设置另一种，再停用这一种" in answer.content.decode()
    assert TotpDevice.objects.exists()


def test_it_is_required_of_no_other_post(leader, officer):
    OfficeSetting.objects.filter(key="second_factor_posts").update(value=["group_leader"])
    officer.set_password(PASSWORD)
    officer.save()
    assert is_in(logs_in("officer"))


def test_as_delivered_it_is_required_of_leaders_and_administrators(office):
    from yuetan.loading.fixtures import load_fixtures  # noqa: PLC0415

    with past_triggers():
        OfficeSetting.objects.filter(key="second_factor_posts").delete()
    load_fixtures()
    required = OfficeSetting.objects.posts("second_factor_posts")
    assert {"group_leader", "first_deputy_leader", "deputy_leader", "system_administrator", "security_auditor"} <= set(
        required
    )


def test_who_need_not_have_one_may_give_it_up(guarded):
    secret, _ = guarded
    client = logs_in()
    shows(client, code_of(secret))
    client.post("/account/totp/remove/")
    assert is_in(logs_in())
    assert not RecoveryCode.objects.exists()
    assert Event.objects.filter(verb="remove_totp").count() == 1


def test_an_administrator_clears_what_was_lost_and_others_learn_of_it(guarded, leader, guardian, sysadmin, client):
    client.force_login(guardian)
    assert "清除第二重验证" in client.get(f"/accounts/{leader.pk}/").content.decode()
    there = Session.objects.of(leader).count()
    assert there
    assert client.post(f"/accounts/{leader.pk}/second-factor/").status_code == 302
    assert not Session.objects.of(leader).exists()
    assert is_in(logs_in())
    assert "施二十已清除您的第二重验证" in Alert.objects.get(recipient=leader).text
    assert "施二十清除了赵四" in Alert.objects.get(recipient=sysadmin).text
    assert Event.objects.get(verb="reset_second_factor").data["name"] == "赵四"
    assert client.post(f"/accounts/{leader.pk}/second-factor/").status_code == 422


def test_under_another_key_of_the_installation_it_says_so_and_what_to_do(guarded, leader, guardian, client, settings):
    """As after a restore on a machine with another YUETAN_SECRET_KEY."""
    secret, codes = guarded
    assert accounts_of_another_key() == []
    settings.SECRET_KEY = "another-key-of-another-machine-0123456789"
    assert accounts_of_another_key() == ["group_leader"]
    for code in (code_of(secret), codes[0]):
        answer = logs_in().post("/login/second/", {"code": code})
        assert (answer.status_code, "换过密钥" in answer.content.decode()) == (422, True)
    client.force_login(guardian)
    client.post(f"/accounts/{leader.pk}/second-factor/")
    new, _ = sets_up(logs_in())
    with later(minutes=2):
        assert shows(logs_in(), code_of(new)) == 302


def test_nobody_clears_their_own_that_way(guardian):
    guardian.set_password(PASSWORD)
    guardian.save()
    own = logs_in("guardian")
    sets_up(own)
    answer = own.post(f"/accounts/{guardian.pk}/second-factor/")
    assert answer.status_code == 422
    assert "不能清除自己的第二重验证" in answer.content.decode()


@pytest.mark.parametrize(
    "answer", ["", "x", "[]", "{}", '{"id": "a", "rawId": "a", "response": {}, "type": "x"}', "[" * 9000]
)
def test_what_is_no_passkey_lets_nobody_in(leader, answer):
    client = Client()
    assert client.post("/login/passkey/question/").json()["publicKey"]["rpId"] == "testserver"
    assert client.post("/login/passkey/", {"answer": answer}).status_code == 422
    assert not is_in(client)
    own = logs_in()
    own.post("/account/passkeys/question/")
    assert own.post("/account/passkeys/new/", {"name": "电脑", "answer": answer}).status_code == 422
    assert not leader.passkeys.exists()


def test_passkeys_are_not_tried_by_the_thousand(office):
    client = Client()
    OfficeSetting.objects.filter(key="login_tries_address").update(value=2)
    assert [client.post("/login/passkey/", {"answer": "{}"}).status_code for _ in range(3)] == [422, 422, 429]
