"""Uploaded files: fetched only through the permission check, and never shown inside the site."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404

from yuetan.models import Attachment
from yuetan.rules.file_kind import FileKind


def attachment(request: HttpRequest, pk: Any) -> FileResponse:
    """One file, as a download."""
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=FileKind(found.kind).content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
