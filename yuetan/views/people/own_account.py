"""账号安全: one's own password, and where one is logged in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan.actions.people import sessions as actions
from yuetan.actions.people.attempts import count_attempt, forget_attempts
from yuetan.actions.people.login import own_password_limit
from yuetan.actions.people.password import change_own_password
from yuetan.actions.people.second_factor import REQUIRED_POSTS
from yuetan.forms.people.account import OwnPasswordForm
from yuetan.models import OfficeSetting, Session, TotpDevice, User
from yuetan.templatetags.official import moment
from yuetan.views.frame.account_gate import MUST_ADD_FACTOR, MUST_CHANGE
from yuetan.views.frame.errors import too_many_attempts
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reauthentication import note_authentication, require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.frame.sessions import remember_origin
from yuetan.views.people.let_in import BACKEND

MAX_SHOWN = 20


@require_safe
def own_account(request: Request) -> HttpResponse:
    """Where one is logged in, and what guards the account."""
    sessions = list(Session.objects.of(request.user)[: MAX_SHOWN + 1])
    context: dict[str, object] = {"sessions": sessions[:MAX_SHOWN], "more": len(sessions) > MAX_SHOWN}
    context |= {"current": request.session.session_key, "facts": _account_rows(request.user)}
    context |= _second_factor(request.user)
    return render(request, "account/account.html", context)


def _account_rows(user: User) -> list[dict[str, str]]:
    set_at = f"{moment(user.password_set_at)}设置" if user.password_set_at else "没有登记设置时间"
    return [{"label": "账号", "value": user.username or ""}, {"label": "密码", "value": set_at}]


def _second_factor(user: User) -> dict[str, object]:
    posts = OfficeSetting.objects.posts(REQUIRED_POSTS)
    return {
        "totp": TotpDevice.objects.filter(person=user).first(),
        "passkeys": list(user.passkeys.all()),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "is_required": user.holds(*posts),
        "is_required_of_nobody": not posts,
    }


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def own_password(request: Request) -> HttpResponse:
    """修改密码: every other log-in ends, and this one goes on under another key."""
    form = OwnPasswordForm(request.POST) if request.method == "POST" else OwnPasswordForm()
    if request.method == "POST" and form.is_valid():
        limit = own_password_limit(request.user)
        wait = count_attempt(limit)
        if wait is not None:
            return too_many_attempts(request, "429.html", wait)
        person = run_action(form, change_own_password, by=request.user)
        if "old_password" not in form.errors:
            forget_attempts(limit)
        if person is not None:
            _begin_anew(request, person)
            messages.success(request, "密码已修改，其他地方的登录均已结束。")
            return redirect("home")
    context = {"form": form, "must_change": MUST_CHANGE in request.session}
    return render(request, "password.html", context, status=422 if form.errors else 200)


def _begin_anew(request: Request, person: User) -> None:
    must_add = request.session.get(MUST_ADD_FACTOR)
    request.session.flush()
    remember_origin(request)
    login(request, person, backend=BACKEND)
    note_authentication(request)
    if must_add:
        request.session[MUST_ADD_FACTOR] = True


@require_POST
def end_session(request: Request, public_id: UUID) -> HttpResponse:
    """结束一次登录, which may be the one that asks."""
    require_recent_authentication(request)
    if actions.end_own_session(public_id, by=request.user):
        messages.success(request, "这次登录已结束。")
    else:
        messages.info(request, "这次登录已经结束了。")
    return redirect("own_account")


@require_POST
def end_other_sessions(request: Request) -> HttpResponse:
    """结束其他登录: all but the one that asks."""
    require_recent_authentication(request)
    number = actions.end_other_sessions(by=request.user, keep=request.session.session_key or "")
    messages.success(request, f"已结束其他 {number} 次登录。" if number else "没有其他的登录。")
    return redirect("own_account")
