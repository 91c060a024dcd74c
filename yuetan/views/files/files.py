"""Files: fetched only through the permission check, as downloads, or drawn as pictures that can do nothing."""

from __future__ import annotations

from typing import IO, BinaryIO, cast
from uuid import UUID

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.files.file_preview import request_preview
from yuetan.actions.files.metadata import without_metadata
from yuetan.documents.exports.drawn_pages import RendererBusy, drawn_count, drawn_page
from yuetan.documents.exports.page_images import CONTENT_TYPE, NotDrawable
from yuetan.errors import StoredFileMissing
from yuetan.models import Attachment
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.models.files.file_preview import SHOWN_BY_LIBREOFFICE
from yuetan.models.files.other_side import goes_to_the_other_side
from yuetan.models.subjects import WITH_TITLES
from yuetan.rules.dates import clock
from yuetan.rules.files.file_kind import PICTURES, FileKind
from yuetan.views.files.file_origin import origin_of
from yuetan.views.files.office_preview import office_standing, printed_pdf
from yuetan.views.frame.file_links import LIGHTS, KeptFile, file_url
from yuetan.views.frame.request import Request

PDF = FileKind.PDF.content_type
PAGES_AT_A_TIME = 5
AGAIN_AFTER_SECONDS = "3"
MAX_DIGITS = 6  # of the number of a page
ANY_BYTES = "application/octet-stream"
SANDBOX = "sandbox; default-src 'none'"


@require_safe
def attachment(request: Request, pk: UUID) -> HttpResponseBase:
    """One file, as a download."""
    return download_answer(request, _attachment(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_preview(request: Request, pk: UUID) -> HttpResponse:
    """One file, shown; posted to, its pages are asked for where it has none yet."""
    file = _attachment(request, pk)
    if request.method == "POST" and office_standing(file).get("may_ask"):
        request_preview(file, by=request.user)
    return redirect("attachment_preview", pk=pk) if request.method == "POST" else preview_answer(request, file)


@require_safe
def attachment_page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
    """One page of a file, as a picture."""
    return page_answer(request, _attachment(request, pk), number)


def _attachment(request: Request, pk: UUID) -> Attachment:
    visible = Attachment.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related(*WITH_TITLES), pk=pk)


@require_safe
def attachment_original(request: Request, pk: UUID) -> HttpResponseBase:
    """A picture as it was offered, as a download, for the inner side; no browser is told what it could show it as."""
    file = get_object_or_404(Attachment.objects.with_original_for(request.user).select_related(*WITH_TITLES), pk=pk)
    if not file.is_open:
        return _shown(request, file, status=409)
    return file_answer(file.original, f"原件-{file.offered_name or file.name}", ANY_BYTES)


def download_answer(request: Request, file: KeptFile) -> HttpResponseBase:
    """A file that its reader may have, as a download; or why it may not go out."""
    if not file.is_open:
        return _shown(request, file, status=409)
    kind, stream = FileKind(file.kind), cast(BinaryIO, _opened(file.file))
    if goes_to_the_other_side(file, request.user):
        stream = without_metadata(kind, stream)
    return FileResponse(stream, as_attachment=True, filename=file.name, content_type=kind.content_type)


def preview_answer(request: Request, file: KeptFile) -> HttpResponse:
    """The pages of a file, some at a time; a file that may not go out says why instead."""
    if not file.is_open:
        return _shown(request, file, status=409)
    try:
        count = _count(request, file)
    except NotDrawable:
        count = 0
    except RendererBusy:
        return _busy(request)
    page_text = request.GET.get("from", "")
    first = max(int(page_text), 1) if page_text.isdecimal() and len(page_text) <= MAX_DIGITS else 1
    numbers = range(first, min(first + PAGES_AT_A_TIME, count + 1))
    context: dict[str, object] = {
        "count": count,
        "pages": [{"number": number, "url": file_url(file, "page", number=number)} for number in numbers],
        "earlier": max(first - PAGES_AT_A_TIME, 1) if first > 1 else None,
        "later": first + PAGES_AT_A_TIME if first + PAGES_AT_A_TIME <= count else None,
    }
    return _shown(request, file, context)


def _busy(request: Request) -> HttpResponse:
    answer = render(request, "files/busy.html", status=503)
    answer["Retry-After"] = AGAIN_AFTER_SECONDS
    return answer


def _count(request: Request, file: KeptFile) -> int:
    if not file.is_previewed:
        return 0
    if file.kind in PICTURES:
        return 1
    printed = _pages_of(file)
    return drawn_count(printed, file.sha256, str(request.user.pk)) if printed else 0


def _shown(
    request: Request,
    file: KeptFile,
    context: dict[str, object] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    (file,) = annotate_duplicates([file], request.user)
    facts: dict[str, object] = {
        "file": file,
        "kind": FileKind(file.kind),
        "light": LIGHTS.get(file.check_now, "grey"),
        "back": origin_of(file),
        "download_url": file_url(file) if file.is_open else "",
        "is_picture": file.kind in PICTURES,
        "original_url": _original_url(request, file),
        "count": 0,
        "pages": [],
        "is_printed": file.kind in SHOWN_BY_LIBREOFFICE,
        **office_standing(file),
    }
    return render(request, "files/preview.html", facts | (context or {}), status=status)


def _original_url(request: Request, file: KeptFile) -> str:
    """Where this person fetches the original of a picture; empty if there is none for them."""
    if not (file.is_open and isinstance(file, Attachment) and file.original):
        return ""
    is_theirs = Attachment.objects.with_original_for(request.user).filter(pk=file.pk).exists()
    return reverse("attachment_original", args=[file.pk]) if is_theirs else ""


def page_answer(request: Request, file: KeptFile, number: int) -> HttpResponseBase:
    """A picture as it is kept, or a page of a PDF drawn; a browser may neither guess what it is nor run it."""
    if not file.is_open:
        return _shown(request, file, status=409)
    answer: HttpResponseBase
    if file.kind in PICTURES and number == 1:
        answer = FileResponse(_opened(file.file), content_type=FileKind(file.kind).content_type)
    else:
        answer = _drawn(request, file, number)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = SANDBOX
    return answer


def _drawn(request: Request, file: KeptFile, number: int) -> HttpResponse:
    printed = _pages_of(file)
    if printed is None:
        raise Http404
    try:
        picture = drawn_page(printed, file.sha256, number, str(request.user.pk))
    except NotDrawable as not_there:
        raise Http404 from not_there
    except RendererBusy:
        return _busy(request)
    return HttpResponse(picture, content_type=CONTENT_TYPE)


def _opened(file: FieldFile) -> File[bytes]:
    try:
        return file.open("rb")
    except FileNotFoundError as gone:
        raise StoredFileMissing(str(file.name)) from gone


def _pages_of(file: KeptFile) -> FieldFile | None:
    printed = printed_pdf(file)
    if printed is not None and not printed.storage.exists(str(printed.name)):
        raise StoredFileMissing(str(printed.name))
    return printed


def file_answer(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """A stored file as a download; raises StoredFileMissing where it is not in its place."""
    return FileResponse(_opened(file), as_attachment=True, filename=name, content_type=content_type)


def spreadsheet_answer(book: IO[bytes], name: str) -> FileResponse:
    """A table as an Excel file, sent piece by piece, under its name and the day."""
    name, kind = f"{name}{clock.today():%Y%m%d}.xlsx", FileKind.XLSX.content_type
    return FileResponse(book, as_attachment=True, filename=name, content_type=kind)


def pdf_answer(pdf: bytes, name: str, *, as_attachment: bool = False, content_type: str = PDF) -> HttpResponse:
    """Bytes made here, shown in the browser or as a download."""
    answer = HttpResponse(pdf, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment, name) or ""
    return answer
