"""账号: what the security administrator sees of accounts, and does with one. Nothing of any case."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan.actions.people import account_guard as actions
from yuetan.actions.people.people_rows import GUARD
from yuetan.forms.people.account import AccountFilter, DisableForm
from yuetan.forms.people.unit import EmptyForm
from yuetan.models import Post, Session, TotpDevice, User
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import RoomStepPage

FACTOR = RoomStepPage[User](
    "reset_second_factor",
    actions.RESETTING_FACTOR,
    "清除第二重验证",
    "",
    "{0.name}的第二重验证已清除，已告知本人和另一名管理员。",
    EmptyForm,
    actions.reset_second_factor,
)


@require_safe
def account_list(request: Request) -> HttpResponse:
    """Every account by its name. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    accounts = User.objects.filter(username__isnull=False).order_by("username")
    account_filter = AccountFilter(request.GET, accounts)
    page = paginate(request, account_filter.qs)
    titles = _titles([person.pk for person in page["rows"]])
    page["rows"] = [{"person": person, "title": titles.get(person.pk, "")} for person in page["rows"]]
    return render(request, "account/list.html", {**page, "form": account_filter.form})


def _titles(people: list[int]) -> dict[int, str]:
    posts = Post.objects.current().filter(holder__in=people).select_related("unit__parent").as_named()
    titles: dict[int, list[str]] = {}
    for post in posts:
        titles.setdefault(post.holder_id, []).append(post.full_title)
    return {key: "、".join(names) for key, names in titles.items()}


@require_safe
def account_page(request: Request, pk: int) -> HttpResponse:
    """One account: its state, and what can be done with it. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    return _account_page(request, pk, DisableForm())


def _account_page(request: Request, pk: int, form: DisableForm) -> HttpResponse:
    person, user = _account(pk), request.user
    offered = {
        "may_clear_factor": actions.RESETTING_FACTOR.is_offered(person, user),
        "may_disable": actions.DISABLING.is_offered(person, user),
        "may_enable": actions.ENABLING.is_offered(person, user),
    }
    context = {"person": person, "form": form, "facts": _state_rows(person), **offered}
    return render(request, "account/guarded.html", context, status=422 if form.errors else 200)


def _account(pk: int) -> User:
    return get_object_or_404(User.objects.filter(username__isnull=False), pk=pk)


def _state_rows(person: User) -> list[dict[str, str]]:
    passkeys, has_totp = person.passkeys.count(), TotpDevice.objects.filter(person=person).exists()
    factors = [*(["动态口令"] if has_totp else []), *([f"通行密钥 {passkeys} 个"] if passkeys else [])]
    state = "可以登录" if person.is_active else person.get_disabled_for_display()
    return [
        {"label": "账号", "value": str(person.username)},
        {"label": "现任职务", "value": person.title or "无"},
        {"label": "状态", "value": state},
        {"label": "最近登录", "value": moment(person.last_login) if person.last_login else "没有登录过"},
        {"label": "第二重验证", "value": "、".join(factors) or "没有设置"},
        {"label": "正在登录", "value": f"{Session.objects.of(person).count()} 处"},
    ]


@require_http_methods(["POST"])
def disable_account(request: Request, pk: int) -> HttpResponse:
    """停用账号. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    person, form = _account(pk), DisableForm(request.POST)
    if form.is_valid():
        require_recent_authentication(request)
    if run_action(form, actions.disable_account, person, by=request.user) is None:
        return _account_page(request, pk, form)
    messages.success(request, f"{person.name}的账号已停用，登录均已结束。")
    return redirect("account", pk=pk)


@require_POST
def enable_account(request: Request, pk: int) -> HttpResponse:
    """恢复账号. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    require_recent_authentication(request)
    person = actions.enable_account(_account(pk), by=request.user)
    messages.success(request, f"{person.name}的账号已恢复。")
    return redirect("account", pk=pk)


@require_POST
def free_account(request: Request, pk: int) -> HttpResponse:
    """结束全部登录、解除登录限制. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    person = _account(pk)
    number = actions.free_account(person, by=request.user)
    messages.success(request, f"已结束{person.name}的 {number} 处登录，登录次数的限制已解除。")
    return redirect("account", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    """清除第二重验证 of somebody who has lost it. Raises NotYours without the permission."""
    require_permission(request, GUARD)
    person = _account(pk)
    if request.method == "POST":
        require_recent_authentication(request)
    form, made = FACTOR.take(request, person)
    if made is None:
        return FACTOR.answer(request, "account/clear_factor.html", form, person, person=person)
    FACTOR.finish(request, made)
    return redirect("account", pk=pk)
