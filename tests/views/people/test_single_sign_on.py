"""统一身份认证, against a real OpenID Connect provider that runs beside the test."""

import re
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client

from tests.factories import later
from yuetan.models import User

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # what the provider is built with is on its way out there
    from oidc_provider_mock import User as Account
    from oidc_provider_mock import run_server_in_thread

SUBJECT = "subject-of-zhang-yi"
# Of the provider, which answers in a thread of this process.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The address of a provider that knows 张一 under a subject of its own."""
    people = (Account(sub=SUBJECT, claims={"preferred_username": "officer"}),)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with run_server_in_thread(user_claims=people) as server:
            yield f"http://localhost:{server.server_port}"


@pytest.fixture
def signed_on(provider: str, settings: SimpleNamespace, officer: User) -> str:
    """An installation that names the provider."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider, "粤政易"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "yuetan", "a secret of the tests"
    return provider


def at_provider(client: Client, subject: str = SUBJECT, **form: str) -> str:
    """Where the provider leads back to, after the person has said there who they are."""
    address = client.get("/login/sso/")["Location"]
    answer = requests.post(address, data={"sub": subject, **form}, allow_redirects=False, timeout=10)
    path = urlsplit(answer.headers["Location"])
    assert path.path == "/login/sso/callback/"
    return f"{path.path}?{path.query}"


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_somebody_logs_in_by_the_provider(signed_on):
    client = Client()
    assert "用粤政易登录" in client.get("/login/").content.decode()
    answer = client.get(at_provider(client))
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert "张一" in client.get("/").content.decode()


def test_what_is_asked_is_bound_to_this_log_in(signed_on):
    asked = parse_qs(urlsplit(Client().get("/login/sso/")["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["state"]
    assert asked["nonce"]
    thief = Client()
    thief.get("/login/sso/")
    answer = thief.get(at_provider(Client()))  # an answer to somebody else's question
    assert "粤政易没有完成" in answer.content.decode()
    assert not is_in(thief)


def test_an_answer_is_good_once(signed_on):
    client = Client()
    address = at_provider(client)
    assert client.get(address).status_code == 302
    client.post("/logout/")
    assert client.get(address).status_code == 422


@pytest.mark.parametrize("subject", ["nobody-here", "officer"])
def test_whom_nobody_has_an_account_for_is_not_let_in(signed_on, subject):
    client = Client()
    answer = client.get(at_provider(client, subject))
    assert "没有对应的可用账号；请系统管理员开设同名的账号" in answer.content.decode()
    assert not is_in(client)


def test_nor_whose_account_is_disabled(signed_on, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    client = Client()
    assert client.get(at_provider(client)).status_code == 422


@pytest.fixture
def pretender(provider: str) -> Iterator[str]:
    """The address of a server that calls itself by the name of the provider, and leads to it."""
    description = requests.get(f"{provider}/.well-known/openid-configuration", timeout=10).content

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(description)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("localhost", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()


def test_who_signs_is_whom_the_installation_names_whatever_the_server_calls_itself(signed_on, pretender, settings):
    settings.OIDC_ISSUER = pretender
    client = Client()
    assert "粤政易没有完成" in client.get(at_provider(client)).content.decode()
    assert not is_in(client)


def test_who_refuses_there_is_not_let_in(signed_on):
    client = Client()
    address = client.get("/login/sso/")["Location"]
    answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
    path = urlsplit(answer.headers["Location"])
    assert "粤政易没有完成" in client.get(f"{path.path}?{path.query}").content.decode()


def test_an_answer_that_comes_too_late_is_refused(signed_on):
    client = Client()
    address = at_provider(client)
    with later(days=1):
        assert client.get(address).status_code == 422


def test_a_provider_that_is_away_leaves_the_password(signed_on, settings):
    settings.OIDC_ISSUER = "http://localhost:1"
    answer = Client().get("/login/sso/")
    assert answer.status_code == 422
    assert "现在连不上粤政易，请用账号和密码登录" in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(client, office):
    assert client.get("/login/sso/").status_code == 404
    assert client.get("/login/sso/callback/").status_code == 404
    assert not re.search("/login/sso/", client.get("/login/").content.decode())
