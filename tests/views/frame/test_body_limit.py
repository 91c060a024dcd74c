"""How much may be sent is judged before anything of it is read: by address, by log-in, by what else one is sending."""

import shutil
import threading
from collections import namedtuple
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from yuetan.models import User
from yuetan.views.frame.body_limit import (
    FREE_BYTES,
    LARGE_BYTES,
    MEGABYTE,
    STRANGERS_BYTES,
    UPLOADS_OF_PERSON,
    BodyLimitMiddleware,
)

Usage = namedtuple("Usage", "total used free")


class Unread(BytesIO):
    """A body that must not be read."""

    def read(self, *size):
        raise AssertionError("the body was read")


def sent(path: str, size: int | str, user: User | None = None, view=None):
    request = RequestFactory().post(path, content_type="multipart/form-data; boundary=b")
    request.META["CONTENT_LENGTH"], request.META["wsgi.input"] = str(size), Unread()
    request.user = user or AnonymousUser()
    middleware = view if isinstance(view, BodyLimitMiddleware) else BodyLimitMiddleware(lambda _: HttpResponse("in"))
    return middleware(request)


def test_a_stranger_may_send_a_log_in_and_no_more():
    assert sent("/login/", STRANGERS_BYTES).status_code == 200
    refused = sent("/login/", 600 * MEGABYTE)
    assert refused.status_code == 413
    assert "没有受理，也没有读取" in refused.content.decode()
    assert sent("/cases/", STRANGERS_BYTES + 1).status_code == 413
    assert sent("/verify/", 600 * MEGABYTE).status_code == 413
    assert sent("/verify/", 5 * MEGABYTE).status_code == 200  # which judges its size itself
    assert sent("/login/", "no number").status_code == 200  # Django reads nothing of it


def test_who_is_logged_in_may_send_files_up_to_the_limit(settings):
    settings.MAX_REQUEST_MEGABYTES = 7
    person = User(pk=5)
    assert sent("/cases/new/", 7 * MEGABYTE, person).status_code == 200
    refused = sent("/cases/new/", 7 * MEGABYTE + 1, person)
    assert (refused.status_code, "一次提交最多 7 MB" in refused.content.decode()) == (413, True)


def test_one_person_cannot_fill_the_site_with_uploads():
    inside, go_on = threading.Semaphore(0), threading.Event()

    def slow(request):
        inside.release()
        assert go_on.wait(30)
        return HttpResponse("in")

    middleware, answers = BodyLimitMiddleware(slow), []
    large = 2 * LARGE_BYTES
    threads = [
        threading.Thread(target=lambda: answers.append(sent("/cases/new/", large, User(pk=5), middleware)))
        for _ in range(UPLOADS_OF_PERSON)
    ]
    for thread in threads:
        thread.start()
        assert inside.acquire(timeout=30)
    refused = sent("/cases/new/", large, User(pk=5), middleware)
    assert (refused.status_code, refused["Retry-After"]) == (429, "30")
    go_on.set()
    assert sent("/cases/new/", large, User(pk=6), middleware).status_code == 200
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [200] * UPLOADS_OF_PERSON
    assert sent("/cases/new/", large, User(pk=5), middleware).status_code == 200


def test_no_upload_fills_the_disk(monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(0, 0, FREE_BYTES + 3 * MEGABYTE))
    assert sent("/cases/new/", MEGABYTE + 1, User(pk=5)).status_code == 200
    refused = sent("/cases/new/", 2 * MEGABYTE, User(pk=5))
    assert (refused.status_code, "磁盘快满了" in refused.content.decode()) == (507, True)
    assert sent("/cases/new/", MEGABYTE, User(pk=5)).status_code == 200  # a step without files still can be taken


@pytest.mark.parametrize("path", ["/login/", "/nowhere/"])
def test_the_site_asks_it_before_anything_else_reads(path, client, db):
    answer = client.post(path, "x" * (STRANGERS_BYTES + 1), content_type="text/plain")
    assert answer.status_code == 413
