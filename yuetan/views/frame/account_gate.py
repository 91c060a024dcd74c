"""Who is let in but must first see to their account comes to no other page before it is done."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yuetan.vocabulary import PasswordState

# Under which a session holds what must be done: a new password, with the reason, and a second factor.
MUST_CHANGE, MUST_ADD_FACTOR = "must_change_password", "must_add_second_factor"
NEEDED = "您的职务按办公室设定须设置第二重验证：请先设置动态口令或者通行密钥，再办理事项。"
# What is open all the same: what must be done, and what does no more than end the log-in.
ALWAYS_OPEN = frozenset({"logout", "session", "reauthentication_question"})
OPEN_TO_CHANGE = ALWAYS_OPEN | {"password"}
OPEN_TO_ADD = ALWAYS_OPEN | {"own_account", "add_totp", "add_passkey", "passkey_registration"}


class AccountGateMiddleware:
    """Leads to 修改密码 or 账号安全 whoever has to do something there first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Once it is known which page is asked for."""
        if not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        reason = request.session.get(MUST_CHANGE)
        if reason and name not in OPEN_TO_CHANGE:
            return _lead_to("password", request, PasswordState(reason).label)
        if not reason and request.session.get(MUST_ADD_FACTOR) and name not in OPEN_TO_ADD:
            return _lead_to("own_account", request, NEEDED)
        return None


def _lead_to(name: str, request: HttpRequest, words: str) -> HttpResponse:
    """There at once, or by a link from a form that was sent: an answer that leads elsewhere would say it was done."""
    if request.method == "POST":
        return render(request, "account/gate.html", {"words": words, "url": reverse(name)}, status=409)
    messages.warning(request, words)
    return redirect(name)
