"""What browsers, proxies and the log are answers by the settings, as an installation behind https has them."""

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import get_hasher
from django.test import Client

from tests.cast import person
from tests.web import BACKEND, Visitor
from yuetan.rules.text.log_lines import LogLine

ROOT = Path(__file__).resolve().parent.parent
ASKED = """
import json
from django.conf import settings
names = ("SESSION", "CSRF", "MESSAGE", "BROWSER")
from yuetan.views.frame.message_cookie import MessageCookie
print(json.dumps({
    "cookies": [getattr(settings, f"{name}_COOKIE_NAME") for name in names], "message": MessageCookie.cookie_name,
    "secure": [settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE],
    "domain": [settings.SESSION_COOKIE_DOMAIN, settings.CSRF_COOKIE_DOMAIN],
    "hsts": [settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS],
    "hosts": settings.ALLOWED_HOSTS,
    "hasher": settings.PASSWORD_HASHERS[0], "debug": settings.DEBUG,
}))
"""


def test_behind_https_every_cookie_is_this_hosts_alone_and_the_browser_is_held_to_https():
    environment = {
        **os.environ,
        "YUETAN_HTTPS": "yes",
        "YUETAN_ALLOWED_HOSTS": "yuetan.example",
        "DJANGO_SETTINGS_MODULE": "yuetan.settings",
    }
    command = [sys.executable, "-W", "ignore", "-c", ASKED]
    asked = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    answers = json.loads(asked.stdout)
    assert [name for name in answers["cookies"] if not name.startswith("__Host-")] == []
    assert len(set(answers["cookies"])) == 4
    assert answers["message"] in answers["cookies"]
    assert answers["secure"] == [True, True]
    assert answers["domain"] == [None, None]  # a cookie of a whole domain is refused under that name
    assert answers["hsts"] == [31_536_000, True]
    assert answers["debug"] is False
    assert answers["hosts"] == ["yuetan.example", "127.0.0.1", "localhost", "[::1]"]  # /ready/ is asked on the machine
    assert answers["hasher"] == "django.contrib.auth.hashers.PBKDF2PasswordHasher"


def test_a_password_is_kept_by_a_slow_hash(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    hasher = get_hasher()
    assert hasher.algorithm == "pbkdf2_sha256"
    assert hasher.iterations >= 600_000  # OWASP's Password Storage Cheat Sheet


def test_cookies_of_a_log_in_go_to_no_script_and_to_no_other_site(officer):
    officer.set_password("quiet-lantern-48")
    officer.save()
    visitor = Visitor()
    visitor.open("/login/")
    visitor.press("登录", username="officer", password="quiet-lantern-48")
    cookies = dict(visitor.client.cookies)
    assert {"sessionid", "csrftoken", "yuetan_browser"} <= set(cookies)
    assert [name for name, cookie in cookies.items() if cookie["samesite"] != "Lax" or cookie["path"] != "/"] == []
    # Scripts of our pages send the token with what is saved as one types.
    assert [name for name, cookie in cookies.items() if not cookie["httponly"]] == ["csrftoken"]


def test_who_logs_out_leaves_nothing_in_the_browser(officer):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    assert client.post("/logout/")["Clear-Site-Data"] == '"cache"'
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("address", ["/.git/config", "/static/", "/static/../yuetan/settings.py", "/var/", "/files/"])
def test_no_folder_is_listed_and_nothing_of_the_program_is_served(office, address):
    assert Visitor(person("officer")).client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_nothing_is_asked_for_in_a_way_that_no_browser_uses(officer, method):
    client = Client()
    client.force_login(officer, backend=BACKEND)
    for address in ("/login/", "/verify/", "/ready/", "/", "/cases/", "/nowhere/"):
        answer = client.generic(method, address)
        assert (answer.status_code, answer["Allow"], answer.content) == (405, "GET, HEAD, POST", b"")


def _line(message: str, **extra: object) -> str:
    record = logging.LogRecord("yuetan.trial", logging.WARNING, __file__, 1, message, None, None)
    record.created = 0
    vars(record).update(extra)
    return LogLine().format(record)


def test_a_line_of_the_log_says_when_in_utc_and_is_one_line_whatever_was_typed():
    forged = "/cases/\n1970-01-01T00:00:00+00:00 ERROR yuetan.trial broken\x1b[31m\u2028"
    written = r"/cases/\n1970-01-01T00:00:00+00:00 ERROR yuetan.trial broken\x1b[31m\u2028"
    assert _line(forged) == f"1970-01-01T00:00:00+00:00 WARNING yuetan.trial {written}"
    assert _line("约谈") == "1970-01-01T00:00:00+00:00 WARNING yuetan.trial 约谈"


def test_a_line_about_a_request_says_whose_and_from_where(officer, caplog):
    client = Client(REMOTE_ADDR="10.1.2.3")
    client.force_login(officer, backend=BACKEND)
    client.get("/log/")
    (refused,) = [LogLine().format(record) for record in caplog.records if record.name == "django.request"]
    assert refused.endswith(f"Forbidden: /log/ person={officer.pk} address=10.1.2.3")


def test_a_line_about_a_request_asks_the_database_nothing():
    assert _line("Not Found: /x/", request=SimpleNamespace(source="10.1.2.3")).endswith("/x/ address=10.1.2.3")
