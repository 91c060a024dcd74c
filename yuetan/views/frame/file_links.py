"""Links to uploaded files for lists, and the warning when the same file was uploaded before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias, TypedDict

from django.conf import settings
from django.contrib import messages
from django.urls import reverse

from yuetan.models import (
    AgendaFile,
    AssessmentPaper,
    Attachment,
    DossierPaper,
    ReceiptScan,
    ReceivedPaper,
    ReportFile,
    RoundFile,
    Scan,
    UnitPaper,
    User,
)
from yuetan.models.files.duplicates import OfferedFile, annotate_duplicates
from yuetan.models.files.stored_file import which_of_its_name
from yuetan.templatetags.official import file_size, moment
from yuetan.views.frame.request import Request
from yuetan.vocabulary import FileCheck

LIGHTS = {FileCheck.WAITING: "yellow", FileCheck.QUARANTINED: "red", FileCheck.CLEAN: "green"}

KeptFile: TypeAlias = (
    Attachment
    | Scan
    | UnitPaper
    | DossierPaper
    | ReportFile
    | ReceivedPaper
    | AssessmentPaper
    | RoundFile
    | AgendaFile
    | ReceiptScan
)

# What the addresses of each kind of file begin with.
ADDRESSES: Mapping[type[KeptFile], str] = {
    Attachment: "attachment",
    Scan: "scan",
    UnitPaper: "unit_paper",
    DossierPaper: "dossier_paper",
    ReportFile: "report_file",
    ReceivedPaper: "received_paper",
    AssessmentPaper: "assessment_paper",
    RoundFile: "round_file",
    AgendaFile: "item_file",
    ReceiptScan: "receipt_scan",
}
MAX_QUARANTINED = 20


class FileLink(TypedDict):
    """One file as file_list.html shows it."""

    name: str
    which: str
    url: str
    preview_url: str
    size_text: str
    uploaded_text: str
    light: str
    check_words: str
    renamed_words: str
    duplicate_of: Sequence[str]


def file_links(files: Iterable[KeptFile]) -> list[FileLink]:
    """For file_list.html; after annotate_duplicates each also names what else it was uploaded for."""
    files = list(files)
    which = which_of_its_name(files)
    return [_file_link(file, which.get(file.pk, "")) for file in files]


def _file_link(file: KeptFile, which: str) -> FileLink:
    return {
        "name": file.name,
        "which": which,
        "url": file_url(file),
        "preview_url": file_url(file, "preview") if file.is_previewed else "",
        "size_text": file_size(file.size),
        "uploaded_text": moment(file.uploaded_at),
        "light": "" if file.is_open else LIGHTS[file.check_now],
        "check_words": file.check_words,
        "renamed_words": file.renamed_words,
        "duplicate_of": file.duplicate_of,
    }


def file_url(file: KeptFile, *what: str, number: int | None = None) -> str:
    """Where a file is fetched, or one of its other addresses."""
    name = "_".join([ADDRESSES[type(file)], *what])
    return reverse(name, kwargs={"pk": file.pk} | ({} if number is None else {"number": number}))


def report_on_files(request: Request, files: Iterable[OfferedFile]) -> None:
    """Say under which names these files are kept, whether they wait, and what else their bytes were offered for."""
    for file in annotate_duplicates(files, request.user):
        if file.duplicate_of:
            messages.warning(
                request, f"“{file.name}”与另一处的文件完全相同：{'；'.join(file.duplicate_of)}。请核对是否传错。"
            )
        if file.renamed_words:
            messages.info(request, f"“{file.name}”已收下：{file.renamed_words}。")
        if not file.is_open:
            messages.warning(request, f"“{file.name}”已收下，{file.check_words}，查毒通过以前都打不开，无须重新上传。")


def scan_status() -> dict[str, int]:
    """The numbers of files waiting and quarantined, for people who see settings or the log but not the files."""
    kept = [kind.objects for kind in ADDRESSES]
    return {
        "scanner": bool(settings.CLAMD),
        "waiting": sum(files.waiting().count() for files in kept),
        "quarantined": sum(files.quarantined().count() for files in kept),
    }


def quarantined(user: User) -> list[FileLink]:
    """The files in which a virus was found, as far as the person may see them."""
    files = [file for kind in ADDRESSES for file in kind.objects.visible_to(user).quarantined()]
    return file_links(sorted(files, key=lambda file: file.uploaded_at, reverse=True)[:MAX_QUARANTINED])
