"""Taking in files: examined by structure, counted, stored outside any public path."""

import hashlib
from collections.abc import Iterable
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from yuetan.errors import Refused
from yuetan.models import Attachment, Case, Letter, OfficeSetting, User
from yuetan.rules import file_kind
from yuetan.rules.findings import found
from yuetan.vocabulary import FilePurpose

MEGABYTE = 1024 * 1024


def attach(
    case: Case, files: Iterable[UploadedFile], *, by: User, purpose: FilePurpose, field: str, **belongs: Any
) -> list[Attachment]:
    """Store files with a case (or its `submission`, `report`); raises Refused naming each bad file, storing none."""
    files = list(files)
    kinds = examined(case, files, field)
    return [
        _store(case, file, kind, by=by, purpose=purpose, **belongs) for file, kind in zip(files, kinds, strict=True)
    ]


def examined(subject: Case | Letter, files: list[UploadedFile], field: str) -> list[file_kind.FileKind]:
    """What each file is; raises Refused naming every one that is not taken."""
    limit = OfficeSetting.objects.number("file_limit_megabytes") * MEGABYTE
    kinds, reasons = [], []
    for file in files:
        try:
            kinds.append(file_kind.examine(file.name or "", cast(BinaryIO, file), file.size or 0, limit_bytes=limit))
        except file_kind.FileProblem as problem:
            reasons.append(subject.reason(found("file_refused", field, problem=str(problem))))
    if reasons:
        raise Refused(*reasons)
    return kinds


def digest_of(file: UploadedFile) -> str:
    """The SHA-256 of a file; it is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def _store(case: Case, file: UploadedFile, kind: file_kind.FileKind, **fields: Any) -> Attachment:
    name = file_kind.safe_name(file.name or "")
    attachment = Attachment(
        case=case,
        name=name,
        kind=kind.value,
        size=file.size or 0,
        sha256=digest_of(file),
        uploaded_by=fields.pop("by"),
        **fields,
    )
    attachment.file.save(f"{attachment.pk}.{kind.value}", file, save=False)
    attachment.save()
    return attachment
