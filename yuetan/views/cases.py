"""约谈台账, the case page, and the one view through which every step is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from yuetan.actions import step as steps
from yuetan.documents.pdf import render_pdf
from yuetan.documents.sample import sample
from yuetan.errors import NotYours, Refused
from yuetan.forms.filters import CaseFilter
from yuetan.models import Case, User
from yuetan.views import case_facts, case_sections, internal_papers
from yuetan.views.choices import choices, label, step_url, waiting_for
from yuetan.views.concerns import concerns
from yuetan.views.files import pdf_answer
from yuetan.views.lights import Lights
from yuetan.views.pages import done, paged, show_refusal
from yuetan.views.step_pages import STEP_PAGES, StepPage
from yuetan.vocabulary import OUTER_STATE_NAMES


def case_list(request: HttpRequest) -> HttpResponse:
    """约谈台账: every case this person may see."""
    user, lights = request.user, Lights.now()
    found = CaseFilter(request.GET, Case.objects.visible_to(user).for_lists())
    inner = user.has_perm("yuetan.see_inner_case")
    if not inner:
        found.form.fields["state"].choices = [("", "全部"), *OUTER_STATE_NAMES.items()]
    facts = paged(request, found.qs)
    facts["rows"] = [
        {"case": case, "state": case.state_for(user), "deadline": None if case.is_ended else lights.of(case.due_on)}
        for case in facts["rows"]
    ]
    return render(request, "cases/list.html", {**facts, "filter": found, "inner": inner})


def visible_case(user: User, pk: Any) -> Case:
    """The case with all that its page needs; raises Http404 alike for one that is not there and one not to be seen."""
    found = Case.objects.visible_to(user).for_lists().with_what_steps_ask().with_grants_of(user)
    return get_object_or_404(found, pk=pk)


def case_page(request: HttpRequest, pk: Any) -> HttpResponse:
    """Where the case is, who has it, what is missing, what I can do."""
    user = request.user
    case = visible_case(user, pk)
    inner = case.is_inner_to(user)
    mine = choices(case, user)
    nothing_to_do = not any(choice.awaited and not choice.refused for choice in mine)
    lights = Lights.now()
    context = {
        "case": case,
        "inner": inner,
        "stages": case_facts.stages(case, inner=inner),
        "stage_note": case.state_for(user) if case.is_ended else "",
        "steps": mine,
        "waiting_for": waiting_for(case) if nothing_to_do and not case.is_ended else "",
        "deadline": None if case.is_ended else lights.of(case.due_on),
        "concerns": concerns(case, lights, inner=inner),
        "facts": case_facts.summary(case, inner=inner),
        "sections": case_sections.sections(case, user, inner=inner),
        "tasks": case_facts.tasks(case, user, lights),
        "internal_papers": internal_papers.links(case) if inner else [],
        "events": case_facts.timeline(case, inner=inner),
        "documents": case.documents.for_lists().order_by("-issued_at"),
    }
    return render(request, "cases/case.html", context)


def take_step(request: HttpRequest, pk: Any, verb: str) -> HttpResponse:
    """One page for every step: asks what it needs, shows what will happen, takes it."""
    user = request.user
    if verb not in STEP_PAGES:
        raise Http404
    case = visible_case(user, pk)
    chosen = steps.way(case, verb)
    if chosen is None:
        raise steps.state_changed(case, user)
    if not steps.is_theirs(case, chosen, user):
        raise NotYours(verb)
    page = STEP_PAGES[verb]
    if request.method != "POST":
        form = page.form(case=case, by=user, initial=_asked_for(request))
        reasons = steps.reasons_against(case, chosen, user)
        return _form_page(request, case, verb, form, reasons=reasons)
    form = page.form(request.POST, request.FILES, case=case, by=user)
    return _posted(request, case, verb, page, form)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    return {"task": request.GET["task"]} if request.GET.get("task", "").isdecimal() else {}


def _posted(request: HttpRequest, case: Case, verb: str, page: StepPage, form: Any) -> HttpResponse:
    if "edit" in request.POST or any(key.endswith("-add") for key in request.POST):
        return _form_page(request, case, verb, form.as_typed())
    if page.prints and "sample" in request.POST:
        return _sample(request, case, verb, page, form)
    if page.consequences and "confirmed" not in request.POST:
        return _check_page(request, case, verb, page, form)
    taken = done(form, page.action, case, by=request.user)
    if taken is None:
        return _form_page(request, case, verb, form)
    messages.success(request, f"已办理：{label(verb, request.user)}。")
    if request.user.is_anonymous or not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("home")
    return redirect("case", pk=case.pk)


def _check_page(request: HttpRequest, case: Case, verb: str, page: StepPage, form: Any) -> HttpResponse:
    """Check-answers: the action is rehearsed and undone, so that the paper shown is the paper that will be."""
    paper = _rehearsed(request, case, page, form)
    if paper is None:
        return _form_page(request, case, verb, form)
    context = {
        "case": case,
        "step_label": label(verb, request.user),
        "rows": case_facts.answers(form),
        "consequences": page.consequences,
        "told_first": page.told_first(case, request.user),
        "hidden_fields": form,
        "preview": case_facts.sheet_of(paper),
        "back_url": reverse("case", args=[case.pk]),
    }
    return render(request, "cases/check.html", context)


def _rehearsed(request: HttpRequest, case: Case, page: StepPage, form: Any) -> str | None:
    """The paper that the step would issue ("" for a step that issues none); None if it is refused."""
    if not form.is_valid():
        return None
    try:
        with steps.rehearse():
            page.action(case, by=request.user, **form.cleaned_data)
            return case_facts.newest_paper(case) if page.prints else ""
    except Refused as refused:
        show_refusal(form, refused)
        return None


def _sample(request: HttpRequest, case: Case, verb: str, page: StepPage, form: Any) -> HttpResponse:
    """样稿: the paper as it would be printed, with the word across every page; nothing is issued."""
    paper = _rehearsed(request, case, page, form)
    if paper is None:
        return _form_page(request, case, verb, form)
    return pdf_answer(render_pdf(sample(paper)), "样稿.pdf") if paper else redirect("case", pk=case.pk)


def _form_page(
    request: HttpRequest, case: Case, verb: str, form: Any, *, reasons: list[Any] | None = None
) -> HttpResponse:
    page = STEP_PAGES[verb]
    inner = case.is_inner_to(request.user)
    context = {
        "case": case,
        "form": form,
        "reasons": reasons or [],
        "step_label": label(verb, request.user),
        "step_url": step_url(case, verb),
        "page": page,
        "articles": case.regulation.cited_by(verb, case.unit.kind),
        "button": "下一步：核对" if page.consequences else label(verb, request.user),
        "facts": case_facts.summary(case, inner=inner),
        "checklist": form.checklist(),
        "told_first": page.told_first(case, request.user),
        "shown": case_sections.shown_with(case, verb, request.user, inner=inner),
        "also": [choice for choice in choices(case, request.user) if choice.verb in page.also and not choice.refused],
    }
    status = 200 if request.method != "POST" or not form.errors else 422
    return render(request, "cases/step.html", context, status=status)
