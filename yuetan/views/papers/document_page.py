"""One paper: what it is, its stamped scans, and taking it out, which is written down."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yuetan import permissions
from yuetan.actions.papers.printing import may_download_copy, record_printing
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.step import may_take
from yuetan.documents.exports.copy_facts import UNOFFICIAL
from yuetan.documents.pdf_store import pdf_bytes
from yuetan.forms.papers.document import PrintLogFilter, ScanForm
from yuetan.models import Document, OfficeSetting, Printing, User
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.models.record.event import OUTER_BODY
from yuetan.rules.files.file_kind import FileKind, safe_name
from yuetan.rules.text.handling import words_of_handling
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import FileLink, file_links, report_on_files
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.request import Request
from yuetan.views.papers.office_forms import annex_url
from yuetan.vocabulary import PrintMethod, Verb

RELATED = (
    "case__unit",
    "letter__unit",
    "measure_laid__unit",
    "measure_laid__rung",
    "assignment__unit",
    "sheet",
    "meeting",
    "inquiry",
    "visit__round",
    "visit__unit__parent",
    "assessment",
    "analysis",
    "entry",
    "replaced_by",
    "receipt__signed_by",
)
NEWEST = 10


@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: Request, pk: UUID) -> HttpResponse:
    """The page of one paper; a case officer hands in its stamped scan here."""
    document = _visible(request, pk)
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    kept = run_action(form, upload_scan, document, by=request.user) if request.method == "POST" else None
    if kept is not None:
        messages.success(request, f"{document.number}的盖章扫描件已上传。")
        report_on_files(request, [kept])
        return redirect("document", pk=pk)
    inner = _is_inner(document, request.user)
    context = {
        "document": document,
        "form": form,
        "inner": inner,
        "may_scan": _may(document, Verb.UPLOAD_SCAN, request.user),
        "may_void": _may(document, Verb.VOID_DOCUMENT, request.user),
        "handling": words_of_handling({name: words for name, words in document.facts.items() if name != "annex"}),
        "annex": document.facts.get("annex", ""),
        "annex_url": annex_url(document),
        **_receipt(document, request.user),
        "offers_ofd": _offers_ofd(),
        "may_copy": bool(document.facts) and may_download_copy(document, request.user),
        "scans": _scans(request, document, inner=inner),
        "printings": _printings(request, document),
        "most_printings": NEWEST,
    }
    return render(request, "papers/paper.html", context, status=422 if form.errors else 200)


def _is_inner(document: Document, user: User) -> bool:
    """Whether the person reads it as one of the office; of the others a unit reads those of 督导 alone."""
    if document.is_of_subject:
        return bool(document.subject.is_inner_to(user))
    return document.open_to_id is None or document.open_to_id not in user.interviewed_units


def _may(document: Document, verb: Verb, user: User) -> bool:
    """Whether this is theirs to do with the paper, by role or acting for who is recused."""
    if not document.is_of_subject:
        return False
    step = document.subject.find_step(verb)
    return step is not None and may_take(document.subject, step, user)


def _receipt(document: Document, user: User) -> dict[str, object]:
    """Whether a receipt of paper may be put right here, and what was put right before."""
    receipt = document.receipt_or_none
    of_paper = receipt is not None and receipt.is_of_paper
    return {
        "may_correct_receipt": of_paper and _may(document, Verb.CORRECT_RECEIPT, user),
        "receipt_corrections": list(
            document.receipt_corrections.filter(invitation=None).select_related("corrected_by")
        ),
    }


@require_POST
def download_document(request: Request, pk: UUID, method: str) -> HttpResponse:
    """Print or download one paper: written down first, then served.

    Raises Http404 for what is no method of taking this paper out, and for OFD unless the office offers it.
    """
    document = _visible(request, pk)
    serve = _SERVED.get(method)
    if (
        serve is None
        or (method == PrintMethod.COPY and not document.facts)
        or (method == PrintMethod.OFD and not _offers_ofd())
    ):
        raise Http404
    served = serve(document)
    record_printing([document], by=request.user, method=PrintMethod(method))
    return served


def _offers_ofd() -> bool:
    return OfficeSetting.objects.flag("ofd_offered")


@require_safe
def print_log(request: Request) -> HttpResponse:
    """打印记录: who took which paper out when and how. Raises NotYours without the permission."""
    require_permission(request, "see_print_log")
    rows = Printing.objects.visible_to(request.user).select_related("by", "document").defer("document__html")
    log_filter = PrintLogFilter(request.GET, rows)
    return render(request, "papers/print_log.html", {**paginate(request, log_filter.qs), "form": log_filter.form})


def _visible(request: Request, pk: UUID) -> Document:
    return get_object_or_404(Document.objects.visible_to(request.user).select_related(*RELATED), pk=pk)


def _pdf(document: Document, *, as_attachment: bool) -> HttpResponse:
    return pdf_answer(pdf_bytes(document), safe_name(f"{document}.pdf"), as_attachment=as_attachment)


def _copy(document: Document) -> HttpResponse:
    from yuetan.documents.exports.docx_copy import render_docx

    name, kind = safe_name(f"{UNOFFICIAL} {document}.docx"), FileKind.DOCX.content_type
    copy = render_docx(document.html, document.facts, is_earlier=document.is_earlier)
    return pdf_answer(copy, name, as_attachment=True, content_type=kind)


def _ofd(document: Document) -> HttpResponse:
    from yuetan.documents.exports.ofd import render_ofd

    ofd = render_ofd(pdf_bytes(document), str(document.facts.get("organ", "")))
    return pdf_answer(ofd, safe_name(f"{document}.ofd"), as_attachment=True, content_type=FileKind.OFD.content_type)


_SERVED: dict[str, Callable[[Document], HttpResponse]] = {
    PrintMethod.PRINT: partial(_pdf, as_attachment=False),
    PrintMethod.DOWNLOAD: partial(_pdf, as_attachment=True),
    PrintMethod.OFD: _ofd,
    PrintMethod.COPY: _copy,
}


def _scans(request: Request, document: Document, *, inner: bool) -> list[FileLink]:
    """The newest first; it replaces the others. The unit does not read who of the office works on its case."""
    scans = annotate_duplicates(document.scans.select_related("uploaded_by"), request.user)
    lines = file_links(scans)
    for place, (line, scan) in enumerate(zip(lines, scans, strict=True)):
        replaced = "已被替换 · " if place else ""
        who = f"{scan.uploaded_by.name}（{scan.uploaded_by_title}）" if inner else OUTER_BODY
        line["uploaded_text"] = f"{replaced}{line['uploaded_text']}由{who}上传"
    return lines


def _printings(request: Request, document: Document) -> list[Printing] | None:
    """The newest entries of the log for this paper, and one more if there are more; None for who may not read it."""
    if not request.user.has_perm(permissions.name("see_print_log")):
        return None
    return list(document.printings.select_related("by")[: NEWEST + 1])
