"""更正、作废任职登记: what the system administrator puts right, and where both are read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from yuetan.actions.people import post_correction as actions
from yuetan.actions.people.people_rows import KEEP_UNITS
from yuetan.forms.people.post_correction import AnnulPostForm, CorrectPostForm
from yuetan.models import Post, PostCorrection, Unit
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS, RoomStepPage

CORRECT = RoomStepPage[Post](
    "correct_post",
    actions.CORRECTING_POST,
    "更正任职登记",
    "",
    "任职登记已更正，原登记保留在更正记录里。",
    CorrectPostForm,
    actions.correct_post,
    lambda post: {"post": post},
    button="保存更正",
)
ANNUL = RoomStepPage[Post](
    "annul_post",
    actions.ANNULLING_POST,
    "作废任职登记",
    "",
    "任职登记已作废，标明“登记有误”。",
    AnnulPostForm,
    actions.annul_post,
    button="作废登记",
)


@require_http_methods(PAGE_METHODS)
def correct_post(request: Request, pk: int) -> HttpResponse:
    """更正任职登记."""
    return _correction_page(request, CORRECT, pk)


@require_http_methods(PAGE_METHODS)
def annul_post(request: Request, pk: int) -> HttpResponse:
    """作废任职登记."""
    return _correction_page(request, ANNUL, pk)


def _correction_page(request: Request, page: RoomStepPage[Post], pk: int) -> HttpResponse:
    require_permission(request, KEEP_UNITS)
    post = _post(pk)
    form, made = page.take(request, post)
    back = reverse("unit", args=[post.unit_id])
    if made is None:
        return page.answer(request, f"units/{page.name}.html", form, post, post=post, back=back)
    page.finish(request, made)
    return redirect(back)


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
