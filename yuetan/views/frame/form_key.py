"""Sending a form twice does it once: by a double click, with 后退, by 刷新, or from two windows at a time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.handlers.wsgi import LimitedStream
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from yuetan.actions.drafts.form_key import SentForm, claim_key, keep_key, release_key
from yuetan.models import FormKey
from yuetan.models.drafts.form_key import KEY_FIELD
from yuetan.views.frame.reauthentication import PROOFS
from yuetan.views.frame.request import Request

View = TypeVar("View", bound=Callable[..., HttpResponse])

# Which page of a form was pressed and who pressed it, and not what was written into it.
NOT_CONTENT = {KEY_FIELD, "csrfmiddlewaretoken", "confirmed", "draft_seen", *PROOFS}
ONE_BY_ONE = "takes_steps_one_by_one"


class FormKeyMiddleware:
    """Carries out a form that has a key once; one without a key, from an older page, is carried out as ever.

    The key is written in the transaction of what the form does, so that both are kept or neither. An answer
    that leads elsewhere says that the form was carried out; any other gives the form back, which may be sent again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        sent = _sent_form(request)
        if _is_cut_off(request):
            return HttpResponseBadRequest()  # to a browser that is gone
        if sent is None or _takes_steps_one_by_one(request):
            return self.get_response(request)
        with transaction.atomic():
            earlier = claim_key(sent)
            if earlier is not None:
                return _already_sent(request, sent, earlier)
            response = self.get_response(request)
            _settle(sent, response)
        return response


def _is_cut_off(request: HttpRequest) -> bool:
    """Whether a form with files ended before all of it had come: 取消 was pressed, or the connection was lost.

    Django reads what there is and says nothing; a form of which a part is missing must not be carried out.
    """
    stream = getattr(request, "_stream", None)
    if request.content_type != "multipart/form-data" or not isinstance(stream, LimitedStream) or not request.POST:
        return False
    read: int = getattr(stream, "_pos", stream.limit)  # Django keeps it for itself; test_sent_twice holds that it does
    return read < stream.limit


def one_by_one(view: View) -> View:
    """Mark a view that takes many steps, each in a transaction of its own: it calls `refuse_second` itself."""
    setattr(view, ONE_BY_ONE, True)
    return view


def refuse_second(request: Request, led_to: str) -> HttpResponse | None:
    """Before the first of many steps: the answer to a form that was sent before, or None; then the key is used.

    It stays used even if a step breaks off, for the steps before it are done.
    """
    sent = _sent_form(request)
    earlier = claim_key(sent, led_to) if sent else None
    return _already_sent(request, sent, earlier) if sent and earlier else None


def _sent_form(request: Request) -> SentForm | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    try:
        key = UUID(request.POST.get(KEY_FIELD, ""))
    except ValueError:
        return None
    path = request.path[: FormKey._meta.get_field("path").max_length]  # no address of ours is as long
    return SentForm(key, path, _content_digest(request), request.user)


def _takes_steps_one_by_one(request: HttpRequest) -> bool:
    try:
        return hasattr(resolve(request.path_info).func, ONE_BY_ONE)
    except Resolver404:
        return False


def _settle(sent: SentForm, response: HttpResponse) -> None:
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif response.has_header("Location"):
        keep_key(sent, response["Location"])
    else:
        release_key(sent)


def _content(request: HttpRequest) -> dict[str, list[str]]:
    """What was written into a form, by field; no passwords, for a digest of one could be guessed from."""
    content = {
        name: values for name, values in request.POST.lists() if name not in NOT_CONTENT and "password" not in name
    }
    return content | {
        name: [f"{file.name} {file.size}" for file in request.FILES.getlist(name)] for name in request.FILES
    }


def _content_digest(request: HttpRequest) -> str:
    return hashlib.sha256(json.dumps(_content(request), sort_keys=True).encode()).hexdigest()


def _already_sent(request: Request, sent: SentForm, earlier: FormKey) -> HttpResponse:
    """Lead to what the first sending made; whoever changed the form since is shown what they wrote."""
    led_to = earlier.led_to if earlier.sender_id == sent.sender.pk else ""
    if earlier.content_sha256 == sent.content_sha256:
        messages.info(request, "这张表已提交过，没有重复办理。")
        return redirect(led_to or "home")
    words = [value for values in _content(request).values() for value in values if re.search(r"[一-鿿]", value)]
    context = {"led_to": led_to, "sent_at": earlier.sent_at, "words": words}
    return render(request, "already_sent.html", context, status=409)
