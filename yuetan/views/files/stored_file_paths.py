"""The addresses of each kind of stored file: as a download, shown, and a page of it as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from yuetan.models import (
    AgendaFile,
    AssessmentPaper,
    DossierPaper,
    ReceiptScan,
    ReceivedPaper,
    ReportFile,
    RoundFile,
    Scan,
    UnitPaper,
    User,
)
from yuetan.views.files.files import download_answer, page_answer, preview_answer
from yuetan.views.frame.file_links import ADDRESSES, KeptFile
from yuetan.views.frame.request import Request

VisibleFiles = Callable[[User], "QuerySet[KeptFile]"]


def _files_of_scans(user: User) -> QuerySet[Scan]:
    return Scan.objects.visible_to(user).select_related("document")


def _files_of_units(user: User) -> QuerySet[UnitPaper]:
    return UnitPaper.objects.visible_to(user).select_related("change__unit__parent")


def _files_of_dossiers(user: User) -> QuerySet[DossierPaper]:
    return DossierPaper.objects.visible_to(user).select_related("entry__person", "commendation__unit__parent")


def _files_of_reports(user: User) -> QuerySet[ReportFile]:
    reports = ("version__report", "mark__report")
    related = [f"{each}__{name}" for each in reports for name in ("unit__parent", "period__scheme")]
    return ReportFile.objects.visible_to(user).select_related(*related)


def _files_of_received(user: User) -> QuerySet[ReceivedPaper]:
    related = (f"{of}letter__unit__parent" for of in ("", "reply__", "closing__", "due_change__"))
    return ReceivedPaper.objects.visible_to(user).select_related(*related)


def _files_of_assessments(user: User) -> QuerySet[AssessmentPaper]:
    scores = ("score__assessment", "score__unit__parent")
    sheets = ("objection__sheet__assessment", "correction__sheet__assessment")
    return AssessmentPaper.objects.visible_to(user).select_related(*scores, *sheets)


def _files_of_rounds(user: User) -> QuerySet[RoundFile]:
    related = [f"{of}__{name}" for of in ("visit", "finding__visit") for name in ("round", "unit__parent")]
    return RoundFile.objects.visible_to(user).select_related(*related)


def _files_of_agendas(user: User) -> QuerySet[AgendaFile]:
    return AgendaFile.objects.visible_to(user).select_related("item__meeting")


def _files_of_receipts(user: User) -> QuerySet[ReceiptScan]:
    return ReceiptScan.objects.visible_to(user).with_papers()


# What a person may fetch of each kind. Attachments have views of their own: their pages can be asked for.
VISIBLE: Mapping[type[KeptFile], VisibleFiles] = {
    Scan: _files_of_scans,
    UnitPaper: _files_of_units,
    DossierPaper: _files_of_dossiers,
    ReportFile: _files_of_reports,
    ReceivedPaper: _files_of_received,
    AssessmentPaper: _files_of_assessments,
    RoundFile: _files_of_rounds,
    AgendaFile: _files_of_agendas,
    ReceiptScan: _files_of_receipts,
}


def stored_file_paths(address: str, kind: type[KeptFile]) -> list[URLPattern]:
    """The three addresses of a kind of file below that one, for whoever may see the file; 404 for everybody else."""
    name = ADDRESSES[kind]

    def file_of(request: Request, pk: UUID) -> KeptFile:
        return get_object_or_404(VISIBLE[kind](request.user), pk=pk)

    @require_safe
    def download(request: Request, pk: UUID) -> HttpResponseBase:
        return download_answer(request, file_of(request, pk))

    @require_safe
    def preview(request: Request, pk: UUID) -> HttpResponse:
        return preview_answer(request, file_of(request, pk))

    @require_safe
    def page(request: Request, pk: UUID, number: int) -> HttpResponseBase:
        return page_answer(request, file_of(request, pk), number)

    return [
        path(f"{address}/<uuid:pk>/", download, name=name),
        path(f"{address}/<uuid:pk>/view/", preview, name=f"{name}_preview"),
        path(f"{address}/<uuid:pk>/pages/<int:number>/", page, name=f"{name}_page"),
    ]
