"""交办事项: the list, and the page of one with its tasks."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.ledgers.assignment.assignments import AssignmentLedger
from yuetan.ledgers.case.whose_turn import task_words
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.models import Assignment, Follow, Meeting, ReceivedLetter, RoundVisit, User
from yuetan.models.assignment.queries import SOURCES
from yuetan.models.case.relations import empty_relations
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.case.available_steps import available_steps
from yuetan.views.case.page_context import timeline
from yuetan.views.case.task_details import task_details
from yuetan.views.case.whose_turn import able, nobody
from yuetan.views.drafts.open_drafts import open_drafts
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import AssignmentState

PAGES = {Meeting: "meeting", ReceivedLetter: "received_letter", RoundVisit: "round_visit"}
LIGHTS = {
    AssignmentState.RUNNING: "blue",
    AssignmentState.CONCLUDED: "green",
    AssignmentState.REVOKED: "grey",
}


@require_safe
def assignment_list(request: Request) -> HttpResponse:
    """Every one that this person may see."""
    facts = ledger_page(request, AssignmentLedger())
    context = {
        "inner": request.user.has_perm(permissions.name("see_inner_case")),
        "provisional": note_under(line["deadline"] for line in facts["rows"]),
    }
    return render(request, "assignments/list.html", {**facts, **context})


@require_safe
def assignment_page(request: Request, pk: UUID) -> HttpResponse:
    """The page of one: what it comes from, its tasks, available steps, what was done."""
    user = request.user
    assignment = visible_assignment(user, pk)
    steps, lights = available_steps(assignment, user), DeadlineLights.now()
    context = {
        "assignment": assignment,
        "followed": Follow.objects.includes(assignment, user),
        "follow_url": reverse("follow_assignment", args=[assignment.pk]),
        "light": LIGHTS[AssignmentState(assignment.state)],
        "facts": facts_of_assignment(assignment, user),
        "source_url": _source_url(assignment, user),
        "steps": steps,
        "unfinished": open_drafts(assignment, user, steps),
        "tasks": task_details(assignment, user, lights, steps),
        "deadline": lights.of(assignment.next_due_on()),
        "waiting_for": "" if any(step.primary for step in steps) else _whose_turn(assignment),
        "timeline": timeline(assignment, user, whole="all" in request.GET.getlist("timeline")),
    }
    return render(request, "assignments/assignment.html", context)


def visible_assignment(user: User, pk: UUID) -> Assignment:
    """One of them, with what its pages show; raises Http404 for who may not see it."""
    related = ("unit__parent", "first_unit", "regulation", "drafter", *SOURCES)
    rows = Assignment.objects.visible_to(user).select_related(*related)
    assignment: Assignment = get_object_or_404(rows.annotate(empty_relations=empty_relations("assignment")), pk=pk)
    assignment.read_relations_once()
    return assignment


def facts_of_assignment(assignment: Assignment, user: User) -> list[SummaryRow]:
    """Where it comes from, to whom it was given, when; by whom for the inner side alone."""
    title, number = assignment.source_paper
    rows = [
        row("承办单位", assignment.unit_label),
        row("来自", f"{title}（{number}）" if number else title),
        row("交办时间", moment(assignment.created_at)),
        row("办结日期", chinese_date(assignment.concluded_on) if assignment.concluded_on else ""),
    ]
    if assignment.is_inner_to(user):
        rows.append(row("交办人", assignment.drafter.name))
    return [each for each in rows if each["value"]]


def _source_url(assignment: Assignment, user: User) -> str:
    """The page of what it comes from, where this person may see that."""
    source = assignment.source
    model: type[Meeting | ReceivedLetter | RoundVisit] = type(source)
    if not model.objects.visible_to(user).filter(pk=source.pk).exists():
        return ""
    return reverse(PAGES[model], args=[source.pk])


def _whose_turn(assignment: Assignment) -> str:
    """Who is waited for; where nobody exists who may, which post is vacant and who fills it."""
    awaited = [step for step in assignment.steps_now() if step.is_awaited(assignment) and step.is_met(assignment)]
    for step in awaited:
        people = able(assignment, step)
        if not people:
            return nobody(assignment, step)
        return f"现由{'、'.join(people)}办理：{task_words(step.verb)}。"
    return ""
