"""Accounts of people in office, kept by the system administrator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from yuetan.actions.people import account as actions
from yuetan.forms.people.account import AccountForm
from yuetan.models import Post, User
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request


def set_account(request: Request, pk: int) -> HttpResponse:
    """开设账号、重设密码 for somebody who holds a post today. Raises NotYours without the permission."""
    require_permission(request, "keep_units")
    in_office = User.objects.filter(posts__in=Post.objects.current())
    person = get_object_or_404(in_office.distinct(), pk=pk)
    unit_id = person.current_posts[0].unit_id
    if request.method == "POST":
        form = AccountForm(request.POST)
        if run_action(form, actions.set_account, person, by=request.user):
            messages.success(request, f"{person.name}的账号已设好。")
            return redirect("unit", pk=unit_id)
    else:
        form = AccountForm(initial={"username": person.username})
    context = {"person": person, "form": form, "unit_id": unit_id}
    return render(request, "units/account.html", context, status=422 if form.errors else 200)
