"""第二重验证 of one's own: an app that shows codes, passkeys, and recovery codes, set up and taken away."""

from __future__ import annotations

from functools import partial

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.people import passkeys
from yuetan.actions.people import second_factor as actions
from yuetan.forms.people.account import PasskeyForm, TotpForm
from yuetan.models import User
from yuetan.views.frame.account_gate import MUST_ADD_FACTOR
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.passkey_question import REGISTRATION, ask_browser, host_name, kept_challenge, read_answer
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request

SECRET = "totp_secret"  # under which a session keeps one until it is confirmed; nosec B105 - a name


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_totp(request: Request) -> HttpResponse:
    """设置动态口令: scan, and show that the app counts right."""
    secret = request.session.get(SECRET) or actions.new_totp_secret()
    request.session[SECRET] = secret
    form = TotpForm(request.POST) if request.method == "POST" else TotpForm()
    if request.method == "POST" and form.is_valid():
        require_recent_authentication(request)
        codes = run_action(form, partial(actions.add_totp, secret=secret), by=request.user)
        if codes is not None:
            del request.session[SECRET]
            return _added(request, "动态口令已设置，下次登录时使用。", codes)
    picture = segno.make(actions.totp_address(request.user, secret)).svg_data_uri(scale=4, border=3)
    context = {"form": form, "picture": picture, "secret": _in_groups(secret)}
    return render(request, "account/totp.html", context, status=422 if form.errors else 200)


def _in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _added(request: Request, words: str, codes: list[str]) -> HttpResponse:
    request.session.pop(MUST_ADD_FACTOR, None)
    messages.success(request, words)
    return _codes_page(request, codes) if codes else redirect("own_account")


def _codes_page(request: Request, codes: list[str]) -> HttpResponse:
    return render(request, "account/recovery_codes.html", {"codes": codes})


@require_POST
def passkey_registration(request: Request) -> HttpResponse:
    """What a browser needs to make a passkey."""
    return ask_browser(request, passkeys.registration(request.user, host_name(request)), REGISTRATION)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """设置通行密钥: by what the browser made."""
    form = PasskeyForm(request.POST) if request.method == "POST" else PasskeyForm()
    if request.method == "POST" and form.is_valid():
        require_recent_authentication(request)
        added = partial(_add_passkey, request)
        codes = run_action(form, added, by=request.user)
        if codes is not None:
            return _added(request, "通行密钥已设置，下次登录时可以使用。", codes)
    return render(request, "account/passkey.html", {"form": form}, status=422 if form.errors else 200)


def _add_passkey(request: Request, *, by: User, name: str, answer: str) -> list[str]:
    challenge = kept_challenge(request, REGISTRATION)
    read, host = read_answer(answer), host_name(request)
    return passkeys.add_passkey(by=by, name=name, answer=read, challenge=challenge, host=host)


@require_POST
def remove_totp(request: Request) -> HttpResponse:
    """停用动态口令."""
    require_recent_authentication(request)
    actions.remove_totp(by=request.user)
    messages.success(request, "动态口令已停用。")
    return redirect("own_account")


@require_POST
def remove_passkey(request: Request, pk: int) -> HttpResponse:
    """停用通行密钥; raises Http404 for a key of somebody else."""
    passkey = get_object_or_404(request.user.passkeys, pk=pk)
    require_recent_authentication(request)
    actions.remove_passkey(passkey, by=request.user)
    messages.success(request, f"通行密钥“{passkey.name}”已停用。")
    return redirect("own_account")


@never_cache
@require_POST
def renew_recovery_codes(request: Request) -> HttpResponse:
    """更换备用码: the new ones are shown once."""
    require_recent_authentication(request)
    return _codes_page(request, actions.renew_recovery_codes(by=request.user))
