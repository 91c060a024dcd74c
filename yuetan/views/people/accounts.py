"""Accounts of people in office, kept by the system administrator."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from yuetan.actions.people import account as actions
from yuetan.actions.people.people_rows import KEEP_UNITS
from yuetan.forms.people.account import AccountForm
from yuetan.forms.people.contact import ContactForm
from yuetan.models import Post, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import RoomStepPage

ACCOUNT = RoomStepPage[User](
    "set_account",
    actions.SETTING_ACCOUNT,
    "账号",
    "手机或者通行密钥丢失、不能通过第二重验证的，请安全管理员核实身份后清除；账号要停用的，也请安全管理员办理。",
    "{0.name}的账号已设好。",
    AccountForm,
    actions.set_account,
    lambda person: {"initial": {"username": person.username}},
    button="保存",
)
CONTACT = RoomStepPage[User](
    "change_contact",
    actions.CHANGING_CONTACT,
    "联系方式",
    "",
    "{0.name}的联系方式已保存。",
    ContactForm,
    actions.change_contact,
    lambda person: {"initial": {name: getattr(person, name) for name in ContactForm.base_fields}},
    button="保存",
)


def set_account(request: Request, pk: int) -> HttpResponse:
    """开设账号、重设密码 for somebody who holds a post today. Raises NotYours without the permission."""
    require_permission(request, KEEP_UNITS)
    person = _person_in_office(pk)
    if request.method == "POST":
        require_recent_authentication(request)
    return _page(request, ACCOUNT, "units/account.html", person, _unit_url(person))


def change_contact(request: Request, pk: int) -> HttpResponse:
    """修改联系方式 of somebody who holds a post today, by the administrator. Raises NotYours without the permission."""
    require_permission(request, KEEP_UNITS)
    person = _person_in_office(pk)
    return _page(request, CONTACT, "units/contact.html", person, _unit_url(person))


def own_contact(request: Request) -> HttpResponse:
    """修改联系方式: one's own."""
    return _page(request, CONTACT, "units/contact.html", request.user, reverse("home"))


def _person_in_office(pk: int) -> User:
    in_office = User.objects.filter(posts__in=Post.objects.current())
    return get_object_or_404(in_office.distinct(), pk=pk)


def _unit_url(person: User) -> str:
    return reverse("unit", args=[person.current_posts[0].unit_id])


def _page(request: Request, page: RoomStepPage[User], template: str, person: User, back: str) -> HttpResponse:
    form, made = page.take(request, person)
    if made is None:
        return page.answer(request, template, form, person, person=person, back=back)
    page.finish(request, made)
    return redirect(back)
