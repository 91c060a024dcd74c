"""约谈台账, the case page, and the one view through which every step is taken."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from yuetan.actions import step as steps
from yuetan.actions.submit import PostedForm, posted_form
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.errors import Reason, Refused
from yuetan.forms.frame.fields import ROW_BUTTONS, offered_files
from yuetan.forms.frame.filters import CaseFilter
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification.task import TaskForm
from yuetan.models import Attachment, Case, DraftKey, Task, User
from yuetan.models.flow.step import Step
from yuetan.models.papers.document import DocumentQuerySet
from yuetan.rules.dates import clock
from yuetan.views.case import case_sections, page_context
from yuetan.views.case.available_steps import available_steps, label, step_url, whose_turn
from yuetan.views.case.lookup import visible_case
from yuetan.views.case.page_parts import Parts, make_parts
from yuetan.views.case.status_warnings import status_warnings
from yuetan.views.drafts.draft_form import DraftFacts, DraftForm, with_typed_values
from yuetan.views.drafts.open_drafts import open_drafts
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.deadline_lights import DeadlineLights
from yuetan.views.frame.file_links import warn_of_duplicates
from yuetan.views.frame.pagination import paginate, run_action, show_refusal
from yuetan.views.frame.request import Request
from yuetan.views.papers import office_forms
from yuetan.views.rectification import task_details
from yuetan.views.steps.step_registry import STEP_PAGES, StepPage, step_page
from yuetan.vocabulary import OUTER_STATE_NAMES, CaseState

# Of what the date is that a case shows on top.
DEADLINE_OF = {CaseState.NOTIFIED: "约谈时间", CaseState.RECTIFYING: "整改时限", CaseState.CLOSED: "回头看"}


def case_list(request: Request) -> HttpResponse:
    """约谈台账: every case this person may see."""
    user, lights = request.user, DeadlineLights.now()
    case_filter = CaseFilter(request.GET, Case.objects.visible_to(user).for_lists())
    inner = user.has_perm("yuetan.see_inner_case")
    if not inner:
        case_filter.form.fields["state"].choices = [("", "全部"), *OUTER_STATE_NAMES.items()]
    facts = paginate(request, case_filter.qs)
    rows = [
        {"case": case, "state": case.state_for(user), "deadline": None if case.is_ended else lights.of(case.due_on)}
        for case in facts["rows"]
    ]
    return render(request, "cases/list.html", {**facts, "rows": rows, "filter": case_filter, "inner": inner})


def _documents(case: Case, user: User) -> DocumentQuerySet:
    return case.documents.for_lists().order_by("-issued_at")


CASE_PAGE: Parts = {
    "stages": page_context.stages,
    "facts": page_context.summary,
    "sections": case_sections.all_sections,
    "internal_papers": office_forms.links,
    "events": page_context.timeline,
    "documents": _documents,
}


def case_page(request: Request, pk: UUID) -> HttpResponse:
    """Where the case is, who has it, what is missing, what I can do."""
    user = request.user
    case = visible_case(user, pk)
    inner = case.is_inner_to(user)
    available = available_steps(case, user)
    nothing_to_do = not any(choice.awaited and not choice.refused for choice in available)
    lights = DeadlineLights.now()
    context = {
        "case": case,
        "inner": inner,
        "stage_note": case.state_for(user) if case.is_ended else "",
        "steps": available,
        "unfinished": open_drafts(case, user, available),
        "waiting_for": whose_turn(case) if nothing_to_do and not case.is_ended else "",
        "deadline": lights.of(case.due_on) if available or not case.is_ended else None,
        "deadline_of": DEADLINE_OF.get(CaseState(case.state), ""),
        "concerns": status_warnings(case, lights, inner=inner),
        "tasks": task_details.task_details(case, user, lights, available),
    }
    return render(request, "cases/case.html", context | make_parts(CASE_PAGE, case, user))


def take_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One page for every step: asks what it needs, shows what will happen, takes it."""
    if request.method != "POST":
        return _show_form(request, step_case(request.user, pk, verb), verb)
    with posted_form(pk, by=request.user, files=_uploaded_files(request, pk, verb)) as posted:
        case = step_case(request.user, pk, verb)
        with with_typed_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
            return _take(request, posted, case, verb)


def _uploaded_files(request: Request, pk: UUID, verb: str) -> list[UploadedFile]:
    """The files that the step would keep, found without holding the case: nobody waits while they are examined."""
    if not request.FILES or _goes_back_to_form(request):
        return []
    case = step_case(request.user, pk, verb)
    with with_typed_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
        _, typed = open_step(request, case, verb)
    return offered_files(typed.sent(request))


def _show_form(request: Request, case: Case, verb: str) -> HttpResponse:
    with with_typed_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
        current_step, typed = open_step(request, case, verb)
    form, facts = typed.opened()
    reasons = steps.blocking_reasons(case, current_step, request.user)
    return _form_page(request, case, verb, form, typed=facts, reasons=reasons)


def step_case(user: User, pk: UUID, verb: str) -> Case:
    """The case of a step's page, if this person may see it and there is such a step; `open_step` reads the rest.

    Raises Http404 otherwise.
    """
    if verb not in STEP_PAGES:
        raise Http404
    visible = Case.objects.visible_to(user).for_lists().with_single_step_relations().with_grants_of(user)
    return get_object_or_404(visible, pk=pk)


def open_step(request: Request, case: Case, verb: str) -> tuple[Step, DraftForm[StepForm]]:
    """The step and its form, if the case is there and the step is this person's."""
    user = request.user
    current_step = steps.required_step(case, verb, user)
    Case.objects.prefetch_step_relations(case)
    task = _requested_task(request, case, STEP_PAGES[verb].form)
    named = str(task.pk) if task else request.GET.get("task", "")
    initial: dict[str, object] = {"task": named} if named else {}
    query = f"?{urlencode(initial)}" if named else ""
    make = partial(STEP_PAGES[verb].form, case=case, by=user, initial=initial)
    url, back = (reverse(name, args=[case.pk, verb]) + query for name in ("autosave_step", "take_step"))
    return current_step, DraftForm(DraftKey.of_step(case, verb, by=user, task=task), user, url, back, make)


def _requested_task(request: Request, case: Case, form: type[StepForm]) -> Task | None:
    """The task that the form or the address names, or the only one there is."""
    if not issubclass(form, TaskForm):
        return None
    named = request.POST.get("task") or request.GET.get("task", "")
    return form(case=case, by=request.user, initial={"task": named}).selected_task()


def _take(request: Request, posted: PostedForm, case: Case, verb: str) -> HttpResponse:
    _, typed = open_step(request, case, verb)
    page, form = STEP_PAGES[verb], typed.sent(request)
    if _goes_back_to_form(request):
        return _form_page(request, case, verb, form.as_typed(), typed=typed.returned(form))
    clash = typed.clash(form)
    if clash:
        return _form_page(request, case, verb, clash.form, typed=clash.facts, status=409)
    if page.prints and "sample" in request.POST:
        return _sample_paper(request, case, verb, typed, form)
    if page.consequences and "confirmed" not in request.POST:
        return _check_page(request, case, verb, typed, form)
    before = clock.now()
    if run_action(form, partial(posted.take, page.action, draft=typed.draft_key), case, by=request.user) is None:
        return _form_page(request, case, verb, form, typed=typed.returned(form))
    messages.success(request, "草稿已保存。" if page.draft else f"已办理：{label(verb, request.user)}。")
    warn_of_duplicates(request, Attachment.objects.offered_since(before, case, request.user))
    if page.leads_to:
        return redirect("take_step", pk=case.pk, verb=page.leads_to)
    if not Case.objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("home")
    return redirect("case", pk=case.pk)


def _goes_back_to_form(request: Request) -> bool:
    return "edit" in request.POST or any(key.endswith(ROW_BUTTONS) for key in request.POST)


def _check_page(request: Request, case: Case, verb: str, typed: DraftForm[StepForm], form: StepForm) -> HttpResponse:
    """Check-answers: the action is rehearsed and undone, so that the paper shown is the paper that will be."""
    page = STEP_PAGES[verb]
    paper = _dry_run_paper(request, case, page, form)
    if paper is None:
        return _form_page(request, case, verb, form, typed=typed.returned(form))
    context = {
        "case": case,
        "step_label": label(verb, request.user),
        "rows": page_context.answers(form),
        "consequences": page.consequences,
        "sections": page.sections_to_confirm(case, request.user),
        "hidden_fields": form,
        "typed": typed.returned(form),
        "preview": page_context.paper_fragment(paper),
        "back_url": reverse("case", args=[case.pk]),
    }
    return render(request, "cases/check.html", context)


def _dry_run_paper(request: Request, case: Case, page: StepPage, form: StepForm) -> str | None:
    """The paper that the step would issue ("" for a step that issues none); None if it is refused."""
    if not form.is_valid():
        return None
    try:
        with steps.dry_run():
            page.action(case, by=request.user, **form.cleaned_data)
            return page_context.newest_paper(case) if page.prints else ""
    except Refused as refused:
        show_refusal(form, refused)
        return None


def _sample_paper(request: Request, case: Case, verb: str, typed: DraftForm[StepForm], form: StepForm) -> HttpResponse:
    """样稿: the paper as it would be printed, with the word across every page; nothing is issued."""
    paper = _dry_run_paper(request, case, STEP_PAGES[verb], form)
    if paper is None:
        return _form_page(request, case, verb, form, typed=typed.returned(form))
    return pdf_answer(render_pdf(watermark(paper)), "样稿.pdf") if paper else redirect("case", pk=case.pk)


def _button(page: StepPage, verb: str, user: User) -> str:
    if page.draft:
        return "保存草稿"
    return "下一步：核对" if page.consequences else label(verb, user)


def _form_page(
    request: Request,
    case: Case,
    verb: str,
    form: StepForm,
    *,
    typed: DraftFacts | None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = step_page(verb, request.user)
    context = {
        "case": case,
        "form": form,
        "typed": typed,
        "reasons": reasons or [],
        "step_label": label(verb, request.user),
        "step_url": step_url(case, verb),
        "page": page,
        "articles": case.regulation.cited_by(verb, case.unit.kind),
        "button": _button(page, verb, request.user),
        "checklist": form.checklist(),
    }
    context |= page.make_parts(case, request.user)
    return render(request, page.template, context, status=422 if form.errors else status)
