"""约谈台账 and the page of a case."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yuetan import permissions
from yuetan.ledgers.case.cases import CaseLedger
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.models import Case, Document, Follow, User
from yuetan.views.case import page_context, task_details
from yuetan.views.case.archive_card import archive_card
from yuetan.views.case.available_steps import available_steps
from yuetan.views.case.earlier_panel import earlier_panel
from yuetan.views.case.folded_sections import page_sections
from yuetan.views.case.line_of_rungs import shown_line
from yuetan.views.case.lookup import visible_case
from yuetan.views.case.next_rungs import laid_because_of, offered_rungs
from yuetan.views.case.page_parts import Parts, make_parts
from yuetan.views.case.status_warnings import status_warnings
from yuetan.views.case.whose_turn import whose_turn
from yuetan.views.drafts.open_drafts import open_drafts
from yuetan.views.frame.follow_ups import sources_behind
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.papers import office_forms
from yuetan.vocabulary import CaseState

# Of what the date is that a case shows on top.
DEADLINE_OF = {CaseState.NOTIFIED: "约谈时间", CaseState.RECTIFYING: "整改时限", CaseState.CLOSED: "回头看"}


def case_list(request: Request) -> HttpResponse:
    """约谈台账: every case this person may see."""
    facts = ledger_page(request, CaseLedger())
    inner = request.user.has_perm(permissions.name("see_inner_case"))
    provisional = note_under(row["deadline"] for row in facts["rows"])
    return render(request, "cases/list.html", {**facts, "inner": inner, "provisional": provisional})


def _documents(case: Case, user: User) -> list[Document]:
    return sorted(case.documents.all(), key=lambda paper: paper.issued_at, reverse=True)


CASE_PAGE: Parts = {
    "stages": page_context.stages,
    "facts": page_context.summary,
    "sections": page_sections,
    "internal_papers": office_forms.office_form_links,
    "earlier": earlier_panel,
    "archive": archive_card,
    "documents": _documents,
    "line_of_rungs": shown_line,  # before what may follow, which is read off it
    "offered": offered_rungs,
    "laid": laid_because_of,
}


def case_page(request: Request, pk: UUID) -> HttpResponse:
    """Where the case is, who has it, what is missing, what I can do."""
    user = request.user
    case = visible_case(user, pk)
    inner, available = case.is_inner_to(user), available_steps(case, user)
    nothing_to_do = not any(choice.awaited and not choice.refused for choice in available)
    lights = DeadlineLights.now()
    context: dict[str, Any] = {
        "case": case,
        "inner": inner,
        "followed": Follow.objects.includes(case, user),
        "sources": sources_behind(case, user),
        "follow_url": reverse("follow_case", args=[case.pk]),
        "take_url": reverse("take_case_file", args=[case.pk]),
        "stage_note": case.state_for(user) if case.is_ended else "",
        "steps": available,
        "unfinished": open_drafts(case, user, available),
        "waiting_for": whose_turn(case, inner=inner) if nothing_to_do and not case.is_ended else "",
        "deadline": lights.of(case.due_on) if available or not case.is_ended else None,
        "deadline_of": DEADLINE_OF.get(CaseState(case.state), ""),
        "concerns": status_warnings(case, lights, inner=inner),
        "tasks": task_details.task_details(case, user, lights, available),
    }
    context["timeline"] = page_context.timeline(case, user, whole="all" in request.GET.getlist("timeline"))
    notice_limits = (case.receipt_due_on, case.submission_due_on) if case.state == CaseState.NOTIFIED else ()
    context["provisional"] = note_under([context["deadline"], *(lights.of(due_on) for due_on in notice_limits)])
    return render(request, "cases/case.html", context | make_parts(CASE_PAGE, case, user))
