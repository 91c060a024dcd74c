"""更正、作废任职登记: what the system administrator puts right, and where both are read."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.people import post_correction as actions
from yuetan.forms.people.post_correction import AnnulPostForm, CorrectPostForm
from yuetan.models import Post, PostCorrection, Unit
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def correct_post(request: Request, pk: int) -> HttpResponse:
    """更正任职登记."""
    require_permission(request, "keep_units")
    post = _post(pk)
    form = CorrectPostForm(request.POST if request.method == "POST" else None, post=post)
    action = partial(actions.correct_post, post)
    if request.method != "POST" or run_action(form, action, by=request.user) is None:
        context = {"form": form, "post": _post(pk)}
        return render(request, "units/correct_post.html", context, status=422 if form.errors else 200)
    messages.success(request, "任职登记已更正，原登记保留在更正记录里。")
    return redirect("unit", pk=post.unit_id)


@require_http_methods(["GET", "HEAD", "POST"])
def annul_post(request: Request, pk: int) -> HttpResponse:
    """作废任职登记."""
    require_permission(request, "keep_units")
    post = _post(pk)
    form = AnnulPostForm(request.POST if request.method == "POST" else None)
    action = partial(actions.annul_post, post)
    if request.method != "POST" or run_action(form, action, by=request.user) is None:
        context = {"form": form, "post": post}
        return render(request, "units/annul_post.html", context, status=422 if form.errors else 200)
    messages.success(request, "任职登记已作废，标明“登记有误”。")
    return redirect("unit", pk=post.unit_id)


def _post(pk: int) -> Post:
    return get_object_or_404(Post.objects.select_related("unit__parent", "holder"), pk=pk)


def correction_rows(unit: Unit) -> list[dict[str, str]]:
    """Every correction of the unit's posts, newest last: whose, what it was and is, why, by whom and when."""
    corrections = PostCorrection.objects.filter(post__unit=unit).select_related("corrected_by")
    return [
        {
            "words": str(one),
            "reason": one.reason,
            "who": f"{one.corrected_by.name}，{moment(one.corrected_at)}",
        }
        for one in corrections
    ]
