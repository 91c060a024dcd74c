"""Unnumbered papers printed from the case as it stands: nothing is issued or kept. Of these the unit has the annex."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan.documents.office_form_pdf import render_internal
from yuetan.models import Case, Document, User
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.request import Request
from yuetan.vocabulary import CaseState, DocumentKind, DocumentStatus

# From when on there is something to print.
BEFORE_REVIEW = (CaseState.DRAFTED,)


def kinds(case: Case) -> list[DocumentKind]:
    """What can be printed of this case now."""
    printable = [] if case.state in BEFORE_REVIEW else [DocumentKind.APPROVAL_FORM]
    if case.scheduled_at is not None:
        printable.append(DocumentKind.SIGN_IN_SHEET)
    if any(paper.kind == DocumentKind.MINUTES for paper in case.documents.all()):
        printable.append(DocumentKind.TASK_LIST)
    return printable


def office_form_links(case: Case, user: User) -> list[dict[str, str]]:
    """Label and address of each, for the case page of the inner side."""
    if not case.is_inner_to(user):
        return []
    return [{"label": kind.label, "url": reverse("internal_paper", args=[case.pk, kind.value])} for kind in kinds(case)]


def annex_url(document: Document) -> str:
    """Where the annex that issued minutes name is printed; empty where they name none, or others took their place."""
    if not document.facts.get("annex") or document.status != DocumentStatus.VALID:
        return ""
    return reverse("internal_paper", args=[document.case_id, DocumentKind.TASK_LIST.value])


@require_safe
def internal_paper(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """约谈建议呈批表, 签到表 or 整改任务清单; to the unit's side only what its minutes name as their annex.

    Raises Http404 for a form that cannot be printed yet, or that is not for this person.
    """
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=pk)
    inner = case.is_inner_to(request.user)
    if kind not in kinds(case) or not (inner or (kind == DocumentKind.TASK_LIST and annex_url(case.current_minutes))):
        raise Http404
    label, number = DocumentKind(kind).label, case.register_number if inner else case.current_minutes.number
    return pdf_answer(render_internal(DocumentKind(kind), case), f"{label}（{number}）.pdf")
