"""Files: fetched only through the permission check, and uploaded ones never shown inside the site."""

from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from yuetan.models import Attachment, Scan
from yuetan.rules.file_kind import FileKind

PDF = FileKind.PDF.content_type


def attachment(request: HttpRequest, pk: Any) -> FileResponse:
    """One file, as a download."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    return file_answer(found.file, found.name, FileKind(found.kind).content_type)


def scan(request: HttpRequest, pk: Any) -> FileResponse:
    """One stamped scan, as a download, for whoever sees its paper."""
    found = get_object_or_404(Scan.objects.visible_to(request.user), pk=pk)
    return file_answer(found.file, found.name, FileKind(found.kind).content_type)


def file_answer(file: FieldFile, name: str, content_type: str) -> FileResponse:
    """A stored file as a download that nobody keeps on the way."""
    return _kept_private(FileResponse(file.open("rb"), as_attachment=True, filename=name, content_type=content_type))


def pdf_answer(pdf: bytes, name: str, *, as_attachment: bool = False, content_type: str = PDF) -> HttpResponse:
    """Bytes made here, shown in the browser or as a download."""
    answer = HttpResponse(pdf, content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=as_attachment, filename=name)
    return _kept_private(answer)


def _kept_private(answer: Any) -> Any:
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
