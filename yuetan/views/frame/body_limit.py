"""How much anybody may send: judged by address and log-in from the head of a request, before its body is read."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve

from yuetan.views.frame.request import Request

MEGABYTE = 1024 * 1024
STRANGERS_BYTES = MEGABYTE // 16  # a log-in is no longer
LARGE_BYTES = MEGABYTE  # from here on it is an upload, of which nobody has many at once
UPLOADS_OF_PERSON = 2  # at once, in each process
UPLOADS_OF_STRANGERS = 1  # all of them together
FREE_BYTES = 512 * MEGABYTE  # that uploads leave on the disk
JUDGED_BY_THEIR_VIEW = {"verify"}  # which answers by the size in its own form


class BodyLimitMiddleware:
    """Refuses what is too large (413), one upload too many of a person (429), and any upload to a full disk (507)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._running, self._guard = Counter[str](), Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer to what may come in; nothing of another body is read."""
        size = _size(request)
        if not size:
            return self.get_response(request)
        person = cast(Request, request).user
        who = str(person.pk) if person.is_authenticated else ""
        most = _most(request, is_known=bool(who))
        if size > most:
            return _refusal(
                413, "提交的内容太大", f"一次提交最多 {most / MEGABYTE:.2g} MB，这一次没有受理，也没有读取。"
            )
        if size <= LARGE_BYTES:
            return self.get_response(request)
        if shutil.disk_usage(tempfile.gettempdir()).free < 2 * size + FREE_BYTES:
            return _refusal(507, "磁盘空间不足", "服务器的磁盘快满了，现在不能上传文件，请告知系统管理员。")
        with self._one_more(who) as is_in:
            return self.get_response(request) if is_in else _too_many()

    @contextmanager
    def _one_more(self, who: str) -> Iterator[bool]:
        most = UPLOADS_OF_PERSON if who else UPLOADS_OF_STRANGERS
        with self._guard:
            is_in = self._running[who] < most
            self._running[who] += is_in
        try:
            yield is_in
        finally:
            with self._guard:
                self._running[who] -= is_in
                self._running += Counter()  # forgets who has none


def _size(request: HttpRequest) -> int:
    """What the head announces; a body of unannounced length is not read by Django at all."""
    try:
        return max(int(request.META.get("CONTENT_LENGTH") or 0), 0)
    except ValueError:
        return 0


def _most(request: HttpRequest, *, is_known: bool) -> int:
    if is_known or _name_of(request.path_info) in JUDGED_BY_THEIR_VIEW:
        return int(settings.MAX_REQUEST_MEGABYTES) * MEGABYTE
    return STRANGERS_BYTES


def _name_of(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def _too_many() -> HttpResponse:
    words = "您有别的文件正在上传，这一次没有受理，请等它们传完后再提交。"
    answer = _refusal(429, "同时上传的文件太多", words)
    answer["Retry-After"] = "30"
    return answer


def _refusal(status: int, heading: str, words: str) -> HttpResponse:
    return HttpResponse(render_to_string("refused_body.html", {"heading": heading, "words": words}), status=status)
