"""One paper: what it is, its stamped scans, and taking it out, which is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan import permissions
from yuetan.actions.printing import may_copy, take_out
from yuetan.actions.scan import keep_scan
from yuetan.documents.copy import UNOFFICIAL, render_copy
from yuetan.documents.issue import pdf_bytes
from yuetan.errors import NotYours
from yuetan.forms.document import PrintLogFilter, ScanForm
from yuetan.models import Document, Printing, Scan
from yuetan.models.same_file import mark_same
from yuetan.rules.file_kind import FileKind, safe_name
from yuetan.views.file_lines import links, warn_of_same
from yuetan.views.files import pdf_answer
from yuetan.views.pages import done, paged
from yuetan.vocabulary import PrintWay

RELATED = ("case__unit", "letter__unit", "entry", "replaced_by", "receipt__signed_by")
NEWEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page of one paper; a case officer hands in its stamped scan here."""
    document = _visible(request, pk)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    kept = done(form, keep_scan, document, by=request.user) if request.method == "POST" else None
    if kept is not None:
        messages.success(request, f"{document.number}的盖章扫描件已上传。")
        warn_of_same(request, [kept])
        return redirect("document", pk=pk)
    context = {
        "document": document,
        "form": form,
        "may_scan": request.user.has_perm(permissions.name("keep_scan")),
        "may_copy": bool(document.facts) and may_copy(document, request.user),
        "scans": _scans(request, document),
        "printings": _printings(request, document),
    }
    return render(request, "papers/paper.html", context, status=422 if form.errors else 200)


@require_POST
def take_paper(request: HttpRequest, pk: UUID, way: str) -> HttpResponse:
    """Print or download one paper: written down first, then served."""
    document = _visible(request, pk)
    if way not in (PrintWay.PRINT, PrintWay.DOWNLOAD, PrintWay.COPY) or (way == PrintWay.COPY and not document.facts):
        raise Http404
    served = _copy(document) if way == PrintWay.COPY else _pdf(document, as_attachment=way == PrintWay.DOWNLOAD)
    take_out([document], by=request.user, way=PrintWay(way))
    return served


@require_safe
def print_log(request: HttpRequest) -> HttpResponse:
    """打印记录: who took which paper out when and how."""
    if not request.user.has_perm(permissions.name("see_print_log")):
        raise NotYours("see_print_log")
    rows = Printing.objects.visible_to(request.user).select_related("by", "document").defer("document__html")
    found = PrintLogFilter(request.GET, rows)
    return render(request, "papers/print_log.html", {**paged(request, found.qs), "form": found.form})


def _visible(request: HttpRequest, pk: UUID) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _pdf(document: Document, *, as_attachment: bool) -> HttpResponse:
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"), as_attachment=as_attachment)


def _copy(document: Document) -> HttpResponse:
    name, kind = safe_name(f"{UNOFFICIAL} {document}.docx"), FileKind.DOCX.content_type
    return pdf_answer(render_copy(document.facts), name, as_attachment=True, content_type=kind)


def _scans(request: HttpRequest, document: Document) -> list[dict[str, Any]]:
    """The newest first; it replaces the others."""
    scans = mark_same(document.scans.select_related("uploaded_by"), request.user)
    lines = links(scans)
    for place, (line, scan) in enumerate(zip(lines, scans, strict=True)):
        replaced = "已被替换 · " if place else ""
        line["uploaded_text"] = f"{replaced}{line['uploaded_text']}由{_who(scan)}上传"
    return lines


def _who(scan: Scan) -> str:
    return f"{scan.uploaded_by.name}（{scan.uploaded_by_title}）"


def _printings(request: HttpRequest, document: Document) -> list[Printing] | None:
    """The newest entries of the log for this paper; None for who may not read it."""
    if not request.user.has_perm(permissions.name("see_print_log")):
        return None
    return list(document.printings.select_related("by")[:NEWEST])
