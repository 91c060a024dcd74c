"""登录: by account and password or by a passkey, as often as it may be tried; then by the second factor, if any."""

from __future__ import annotations

from datetime import timedelta
from unicodedata import normalize

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yuetan.actions.people.attempts import count_attempt, forget_attempts
from yuetan.actions.people.login import LoginAttempt, passkey_limit, second_factor_limit
from yuetan.actions.people.password import password_state
from yuetan.actions.people.second_factor import is_of_another_key, use_code
from yuetan.forms.people.account import LoginForm, SecondStepForm
from yuetan.models import Passkey, User
from yuetan.views.frame.errors import too_many_attempts
from yuetan.views.frame.known_browser import known_browser
from yuetan.views.frame.passkey_question import passkey_question, shown_passkey
from yuetan.views.frame.source_address import source_address
from yuetan.views.people.let_in import PendingLogin, ask_for_second_factor, let_in, pending_login
from yuetan.vocabulary import PasswordState

DEAD = (PasswordState.USED, PasswordState.LATE)
REFUSED_CODE = "动态口令或者备用码不对，或者已经用过：请等应用里换出下一个口令，再输一次。"
ANOTHER_KEY = (
    "本系统换过密钥，原来的动态口令和备用码都已失效：请用通行密钥；没有的，请安全管理员清除您的第二重验证，再登录重新设置；"
    "安全管理员自己的，请系统管理员在服务器上重设账号。"
)
REFUSED_KEY = "通行密钥没有通过验证，请再试一次，或者改用密码登录。"
TOO_LATE = "输入密码以后等得太久，请重新登录。"


class LoginPage(LoginView):
    """Django's own, which counts attempts before a password is looked at."""

    template_name = "login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True
    attempt: LoginAttempt

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """With the other ways of logging in."""
        return super().get_context_data(**kwargs) | _other_logins()

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """Judge the attempt, unless too many were made: then not even a right password helps until the time is over."""
        username = _entered_username(self.request)
        self.attempt = LoginAttempt(
            username,
            source_address(self.request),
            known_browser(self.request, username),
            self.request.META.get("HTTP_USER_AGENT", ""),
        )
        wait = self.attempt.count() if username and self.request.POST.get("password") else None
        if wait is not None:
            return too_many_attempts(self.request, "lockout.html", wait)
        return super().post(self.request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on with the person, if the password is good for a log-in."""
        user = form.get_user()
        assert isinstance(user, User)
        self.attempt.succeeded()
        state = password_state(user)
        if state in DEAD:
            form.add_error(None, state.label)
            return self.form_invalid(form)
        return ask_for_second_factor(self.request, PendingLogin(user, state, self.get_redirect_url()))


class LogoutPage(LogoutView):
    """Django's own; a browser that keeps any page of ours lets it go."""

    def post(self, *args: object, **kwargs: object) -> HttpResponse:
        """End the session. What the computer holds unsaved stays: its owner's page alone reads it (0020)."""
        answer = super().post(self.request, *args, **kwargs)
        answer["Clear-Site-Data"] = '"cache"'
        return answer


def _entered_username(request: HttpRequest) -> str:
    """The account that the form will look up, by whatever signs of the same meaning it was typed."""
    return normalize("NFKC", request.POST.get("username", "").replace("\0", "").strip())


def _other_logins() -> dict[str, object]:
    urls = {"passkey_url": reverse("passkey_login"), "question_url": reverse("login_question")}
    return {"problem": "", "single_sign_on": settings.OIDC_NAME, **urls}


def login_page(request: HttpRequest, problem: str) -> HttpResponse:
    """The page of log-in once more, with what went amiss."""
    context = {**_other_logins(), "form": LoginForm(request), "problem": problem, "next": ""}
    return render(request, "login.html", context, status=422)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """第二重验证: a code or a passkey, after the password."""
    pending = pending_login(request)
    if pending is None:
        return login_page(request, TOO_LATE)
    form = SecondStepForm(request.POST) if request.method == "POST" else SecondStepForm()
    if request.method == "POST" and form.is_valid():
        limit = second_factor_limit(pending.person)
        wait = count_attempt(limit)
        if wait is not None:
            return too_many_attempts(request, "lockout.html", wait)
        if _shows(request, pending.person, form):
            forget_attempts(limit)
            return let_in(request, pending)
        user_login_failed.send(__name__, credentials={"username": pending.person.username}, request=request)
        form.add_error(None if form.cleaned_data["answer"] else "code", _problem_of(pending.person, form))
    has_passkey = Passkey.objects.filter(person=pending.person).exists()
    context = {"form": form, "has_passkey": has_passkey, "question_url": reverse("login_question")}
    context["second_step_url"] = reverse("second_step")
    return render(request, "account/second_step.html", context, status=422 if form.errors else 200)


def _shows(request: HttpRequest, person: User, form: SecondStepForm) -> bool:
    answer, code = form.cleaned_data["answer"], form.cleaned_data["code"]
    return shown_passkey(request, person, answer) is not None if answer else use_code(person, code)


def _problem_of(person: User, form: SecondStepForm) -> str:
    if form.cleaned_data["answer"]:
        return REFUSED_KEY
    return ANOTHER_KEY if is_of_another_key(person) else REFUSED_CODE


@login_not_required
@never_cache
@require_POST
def login_question(request: HttpRequest) -> HttpResponse:
    """What a browser needs to show a passkey: of whose password was right, or of whoever sits there."""
    pending = pending_login(request)
    return passkey_question(request, pending.person if pending else None)


@login_not_required
@never_cache
@require_POST
def passkey_login(request: HttpRequest) -> HttpResponse:
    """登录 by a passkey alone: it holds a key and asked for a finger, a face or a PIN, so it is two factors."""
    limit = passkey_limit(source_address(request))
    wait: timedelta | None = count_attempt(limit)
    if wait is not None:
        return too_many_attempts(request, "lockout.html", wait)
    person = shown_passkey(request, None, request.POST.get("answer", ""))
    if person is None:
        return login_page(request, REFUSED_KEY)
    forget_attempts(limit)
    return let_in(request, PendingLogin(person, PasswordState.GOOD, ""))
