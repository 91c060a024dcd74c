"""标准段落: kept by the office director, tried on a real case, versions beside each other."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan.actions.papers import wording as actions
from yuetan.actions.step import dry_run
from yuetan.documents.content.content import body_of
from yuetan.documents.preview_again import preview_again
from yuetan.errors import Refused
from yuetan.forms.papers.wording import PreviewForm, WordingForm
from yuetan.models import Document, StandardParagraph
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action, show_refusal
from yuetan.views.frame.request import Request
from yuetan.vocabulary import SLOT_OF, SLOTS, DocumentKind, StandardSlot

MAX_PAPERS = 30


@require_safe
def wording_list(request: Request) -> HttpResponse:
    """Every paragraph with the text that holds."""
    require_permission(request, "keep_wording")
    holding = {(row.kind, row.key): row for row in StandardParagraph.objects.holding().select_related("kept_by")}
    rows = [{"slot": slot, "paragraph": holding[slot.kind, slot.key]} for slot in SLOTS]
    return render(request, "wording/list.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: Request, kind: str, key: str) -> HttpResponse:
    """Change one paragraph, or try the change on a paper that was issued."""
    require_permission(request, "keep_wording")
    slot = _slot(kind, key)
    versions = list(StandardParagraph.objects.of(slot).select_related("kept_by"))
    papers = _papers(request, slot)
    try_on = PreviewForm(request.POST if "preview" in request.POST else None, slot=slot, papers=papers)
    form = WordingForm(
        request.POST if request.method == "POST" else None, slot=slot, initial={"text": versions[0].text}
    )
    preview = _preview(request, slot, form, try_on) if "preview" in request.POST else ""
    if request.method == "POST" and "preview" not in request.POST:
        kept = run_action(form, actions.change_wording, slot, by=request.user)
        if kept is not None:
            messages.success(request, f"已保存：{kept}。以后印发的文书用新的文字，已印发的不变。")
            return redirect("wording_list")
    context = {"slot": slot, "form": form, "versions": versions, "preview": preview, "try_on": try_on}
    context["has_papers"] = papers.exists()
    return render(request, "wording/paragraph.html", context, status=422 if form.errors else 200)


@require_POST
def restore_wording(request: Request, pk: int) -> HttpResponse:
    """An earlier text holds again."""
    require_permission(request, "keep_wording")
    old = get_object_or_404(StandardParagraph, pk=pk)
    try:
        kept = actions.restore_wording(old, by=request.user)
        messages.success(request, f"已恢复第 {old.version} 版的文字，成为：{kept}。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("wording", kind=old.kind, key=old.key)


def _preview(request: Request, slot: StandardSlot, form: WordingForm, try_on: PreviewForm) -> SafeString | str:
    """The whole paper as it would read; kept and undone, so that it is what keeping would give."""
    if not (form.is_valid() and try_on.is_valid()):
        return ""
    try:
        with dry_run():
            if form.cleaned_data["text"] != StandardParagraph.objects.of(slot)[0].text:
                actions.change_wording(slot, by=request.user, **form.cleaned_data)
            # Out of our own template, which has escaped all that was typed.
            return SafeString(body_of(preview_again(try_on.cleaned_data["document"])))  # nosec B703
    except Refused as refused:
        show_refusal(form, refused)
        return ""


def _papers(request: Request, slot: StandardSlot) -> Any:
    newest = Document.objects.visible_to(request.user).filter(kind=slot.kind).order_by("-issued_at").values("pk")
    return Document.objects.filter(pk__in=newest[:MAX_PAPERS]).defer("html", "facts")


def _slot(kind: str, key: str) -> StandardSlot:
    try:
        return SLOT_OF[DocumentKind(kind), key]
    except (ValueError, KeyError) as unknown:
        raise Http404 from unknown
