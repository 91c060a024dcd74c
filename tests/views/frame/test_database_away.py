"""While the database is away pages say so in words, and who watches the site from outside is told."""

import pytest
from django.db import OperationalError, connection

from tests.web import Visitor


@pytest.fixture
def away(officer, monkeypatch):
    """Nobody gets an answer from the database; the connection itself is the test's own."""

    def fail(*arguments, **keywords):
        raise OperationalError("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:  # which ends before the test's rows are rolled back
        yield lambda: [patch.setattr(connection, name, fail) for name in ("cursor", "chunked_cursor")]


@pytest.mark.parametrize("path", ["/", "/cases/", "/ready/"])
def test_pages_say_so_and_when_to_come_back(officer, away, path):
    visitor = Visitor(officer)
    visitor.client.raise_request_exception = False
    away()
    answer = visitor.client.get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "现在连不上数据库，这次操作没有办理" in answer.content.decode()


def test_what_was_sent_then_is_answered_in_the_same_words(officer, away):
    visitor = Visitor(officer)
    visitor.client.raise_request_exception = False
    away()
    answer = visitor.client.post("/cases/new/", {"matter": "某镇线索办理迟缓"})
    assert answer.status_code == 503
    assert "内容还留在这台电脑的浏览器里" in answer.content.decode()


def test_ready_is_answered_to_anybody_while_all_is_well(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/ready/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_any_other_error_stays_an_error(officer, monkeypatch):
    visitor = Visitor(officer)
    visitor.client.raise_request_exception = False
    monkeypatch.setattr("yuetan.views.home.home.waiting_todos", lambda *arguments: 1 / 0)
    answer = visitor.client.get("/")
    assert (answer.status_code, "系统出错了" in answer.content.decode()) == (500, True)
