"""取卷宗: asking for the 卷宗 of whatever has one, and the page of its subject."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from yuetan.actions.record.archives import TAKE, archive_in, archive_of
from yuetan.actions.record.case_file import request_case_file
from yuetan.errors import NotYours, Refused
from yuetan.models import User
from yuetan.views.frame.request import Request
from yuetan.vocabulary import PreparedKind

OF_CASES = (PreparedKind.CASE_FILE, PreparedKind.BOUND_CASE_FILE)


def forms_of_case_file(subject: Model, user: User) -> list[PreparedKind]:
    """In which forms its 卷宗 may be taken now; none by whom it may not, and before its end."""
    _, archive = archive_of(subject)
    return list(OF_CASES) if archive.may_take(subject, user) and not any(archive.problems(subject)) else []


def ask_for_case_file(request: Request, subject: Model) -> HttpResponse:
    """Ask for it as a package or as one PDF. Raises Http404 for another form, NotYours for who may not take it."""
    page, archive = archive_of(subject)
    if not archive.may_take(subject, request.user):
        raise NotYours(TAKE)
    form = request.POST.get("form", "")
    if form not in OF_CASES:
        raise Http404
    try:
        prepared = request_case_file(subject, by=request.user, form=PreparedKind(form))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(page, pk=subject.pk)
    return redirect("prepared_file", pk=prepared.pk)


def page_of_subject(arguments: Mapping[str, str]) -> str:
    """Where the 卷宗 of these arguments was asked for."""
    page, _ = archive_in(arguments)
    return reverse(page, args=[arguments[page]])
