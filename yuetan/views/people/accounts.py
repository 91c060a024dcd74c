"""Accounts of people in office, kept by the system administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from yuetan.actions.people import account as actions
from yuetan.forms.people.account import AccountForm
from yuetan.forms.people.contact import ContactForm
from yuetan.models import Post, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request


def set_account(request: Request, pk: int) -> HttpResponse:
    """开设账号、重设密码 for somebody who holds a post today. Raises NotYours without the permission."""
    require_permission(request, "keep_units")
    person = _person_in_office(pk)
    unit_id = person.current_posts[0].unit_id
    if request.method == "POST":
        require_recent_authentication(request)
        form = AccountForm(request.POST)
        if run_action(form, actions.set_account, person, by=request.user):
            messages.success(request, f"{person.name}的账号已设好。")
            return redirect("unit", pk=unit_id)
    else:
        form = AccountForm(initial={"username": person.username})
    context = {"person": person, "form": form, "unit_id": unit_id}
    return render(request, "units/account.html", context, status=422 if form.errors else 200)


def change_contact(request: Request, pk: int) -> HttpResponse:
    """修改联系方式 of somebody who holds a post today, by the administrator. Raises NotYours without the permission."""
    require_permission(request, "keep_units")
    person = _person_in_office(pk)
    return _contact_page(request, person, reverse("unit", args=[person.current_posts[0].unit_id]))


def own_contact(request: Request) -> HttpResponse:
    """修改联系方式: one's own."""
    return _contact_page(request, request.user, reverse("home"))


def _person_in_office(pk: int) -> User:
    in_office = User.objects.filter(posts__in=Post.objects.current())
    return get_object_or_404(in_office.distinct(), pk=pk)


def _contact_page(request: Request, person: User, back: str) -> HttpResponse:
    if request.method == "POST":
        form = ContactForm(request.POST)
        if run_action(form, actions.change_contact, person, by=request.user):
            messages.success(request, f"{person.name}的联系方式已保存。")
            return redirect(back)
    else:
        form = ContactForm(initial={name: getattr(person, name) for name in ContactForm.base_fields})
    context = {"person": person, "form": form, "back": back}
    return render(request, "units/contact.html", context, status=422 if form.errors else 200)
