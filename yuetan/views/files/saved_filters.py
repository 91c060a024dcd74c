"""常用筛选 of the ledgers: kept, opened by a link, forgotten."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yuetan.actions.people import saved_filter as actions
from yuetan.forms.frame.saved_filter import SavedFilterForm
from yuetan.models import SavedFilter, User
from yuetan.views.files.prepared_files import ledger_of
from yuetan.views.frame.pagination import query_without_place, run_action
from yuetan.views.frame.request import Request

MAX_QUERY = 1000


@require_POST
def save_filter(request: Request, key: str) -> HttpResponse:
    """保存. Raises Http404 for no such ledger, NotYours for one that the person may not open."""
    ledger = ledger_of(request, key)
    query = _plain_query(request)
    form = SavedFilterForm(request.POST)
    saved = run_action(form, _keep, key, query, by=request.user) if len(query) <= MAX_QUERY else None
    if saved is not None:
        messages.success(request, f"已保存常用筛选“{saved.name}”。")
    else:
        problems = [str(each) for errors in form.errors.values() for each in errors]
        messages.error(request, " ".join(problems) or "筛选条件太长，不能保存，请减少几项。")
    return redirect(f"{reverse(ledger.list_url)}?{query}")


def _keep(key: str, query: str, *, by: User, name: str) -> SavedFilter:
    return actions.save_filter(by=by, ledger=key, name=name, query=query)


def _plain_query(request: Request) -> str:
    """What is asked for, without the place in the list and what is empty."""
    plain = QueryDict(query_without_place(request), mutable=True)
    for name in [name for name, values in plain.lists() if not any(values)]:
        del plain[name]
    return plain.urlencode()


@require_POST
def drop_filter(request: Request, pk: int) -> HttpResponse:
    """删除. Raises Http404 for another person's."""
    saved = get_object_or_404(SavedFilter, person=request.user, pk=pk)
    url = reverse(ledger_of(request, saved.ledger).list_url)
    actions.drop_filter(saved)
    messages.success(request, f"已删除常用筛选“{saved.name}”。")
    return redirect(url)
