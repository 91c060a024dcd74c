"""The one view through which every step of a case, and of tasks, is taken: its form, and what was sent."""

from __future__ import annotations

from functools import partial
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yuetan.actions import step as steps
from yuetan.actions.submit import PostedForm, posted_form
from yuetan.errors import Reason
from yuetan.forms.frame.fields import offered_files
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification.task import TaskForm
from yuetan.ledgers.subjects import subject_url
from yuetan.models import Attachment, Case, DraftKey, Task, User
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import Step
from yuetan.models.rectification.task_origin import ORIGINS, HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.views.case.available_steps import label, step_url, task_address
from yuetan.views.case.step_config import CONFIRM_HERE
from yuetan.views.case.step_guide import articles_of, step_guide
from yuetan.views.drafts.draft_form import DraftFacts, DraftForm, with_draft_values
from yuetan.views.frame.file_links import report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.frame.rows import asks_for_rows
from yuetan.views.steps.check_page import check_page, sample_paper, trail_of
from yuetan.views.steps.step_registry import STEP_PAGES, STEPS_OF, StepPage

AUTHENTICATED_AGAIN = frozenset(step.verb for step in CASE_STEPS if step.authenticate_again)


def take_step(request: Request, pk: UUID, verb: str, about: str = Case.ABOUT) -> HttpResponse:
    """One page for every step: asks what it needs, shows what will happen, takes it."""
    if request.method != "POST":
        return _show_form(request, step_case(request.user, pk, verb, about), verb)
    if _is_decision(request, verb):
        require_recent_authentication(request)
    files = _uploaded_files(request, pk, verb, about)
    with posted_form(pk, by=request.user, files=files, of=ORIGINS[about]) as posted:
        case = step_case(request.user, pk, verb, about)
        with with_draft_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
            return _take(request, posted, case, verb)


def _is_decision(request: Request, verb: str) -> bool:
    """Whether what was sent would take a step before which one shows anew who one is.

    It is asked before anything is held: a wrong password is counted, whatever becomes of the step.
    """
    confirmed = "confirmed" in request.POST or (verb in STEP_PAGES and not STEP_PAGES[verb].consequences)
    return verb in AUTHENTICATED_AGAIN and confirmed and not _goes_back_to_form(request)


def _uploaded_files(request: Request, pk: UUID, verb: str, about: str) -> list[UploadedFile]:
    """The files that the step would keep, found without holding the case: nobody waits while they are examined."""
    if not request.FILES or _goes_back_to_form(request):
        return []
    case = step_case(request.user, pk, verb, about)
    with with_draft_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
        _, draft_form = open_step(request, case, verb)
    return offered_files(draft_form.bind(request))


def _show_form(request: Request, case: HandsOutTasks, verb: str) -> HttpResponse:
    with with_draft_values(request, STEP_PAGES[verb].form, case.draft_fields.filter(verb=verb)):
        current_step, draft_form = open_step(request, case, verb)
    form, facts = draft_form.load()
    reasons = steps.blocking_reasons(case, current_step, request.user)
    return _form_page(request, case, verb, form, draft_facts=facts, reasons=reasons)


def step_case(user: User, pk: UUID, verb: str, about: str = Case.ABOUT) -> HandsOutTasks:
    """The case of a step's page, or what else the step is about, if this person may see it and there is such a step.

    `open_step` reads the rest. Raises Http404 otherwise.
    """
    if verb not in STEPS_OF[about].pages:
        raise Http404
    return STEPS_OF[about].find(user, pk)


def open_step(request: Request, case: HandsOutTasks, verb: str) -> tuple[Step, DraftForm[StepForm]]:
    """The step and its form, if the case is there and the step is this person's."""
    user = request.user
    current_step = steps.required_step(case, verb, user)
    task = _requested_task(request, case, STEP_PAGES[verb].form)
    named = str(task.pk) if task else request.GET.get("task", "")
    initial: dict[str, object] = {"task": named} if named else {}
    query = f"?{urlencode(initial)}" if named else ""
    make = partial(STEP_PAGES[verb].form, case=cast(Case, case), by=user, initial=initial)
    names = (STEPS_OF[case.ABOUT].autosave, task_address(case))
    url, back = (reverse(name, args=[case.pk, verb]) + query for name in names)
    return current_step, DraftForm(DraftKey.of_step(case, verb, by=user, task=task), user, url, back, make)


def _requested_task(request: Request, case: HandsOutTasks, form: type[StepForm]) -> Task | None:
    """The task that the form or the address names, or the only one there is."""
    if not issubclass(form, TaskForm):
        return None
    named = request.POST.get("task") or request.GET.get("task", "")
    return form(case=cast(Case, case), by=request.user, initial={"task": named}).selected_task()


def _take(request: Request, posted: PostedForm, case: HandsOutTasks, verb: str) -> HttpResponse:
    _, draft_form = open_step(request, case, verb)
    page, form = STEP_PAGES[verb], draft_form.bind(request)
    if _goes_back_to_form(request):
        return _form_page(request, case, verb, form.as_sent(), draft_facts=draft_form.redisplay(form))
    conflict = draft_form.conflict(form)
    if conflict:
        return _form_page(request, case, verb, conflict.form, draft_facts=conflict.facts, status=409)
    if page.prints and "sample" in request.POST:
        return sample_paper(request, case, verb, form) or _form_page(
            request, case, verb, form, draft_facts=draft_form.redisplay(form)
        )
    if page.consequences and "confirmed" not in request.POST:
        answer = None if form.is_multipart() else check_page(request, case, verb, draft_form, form)
        return answer or _form_page(request, case, verb, _asked_here(form), draft_facts=draft_form.redisplay(form))
    before = clock.now()
    if run_action(form, partial(posted.take, page.action, draft=draft_form.draft_key), case, by=request.user) is None:
        return _form_page(request, case, verb, form, draft_facts=draft_form.redisplay(form))
    messages.success(request, "草稿已保存。" if page.draft else f"已办理：{label(verb)}。")
    report_on_files(request, Attachment.objects.offered_since(before, case, request.user))
    return _next_page(request, case, verb)


def _next_page(request: Request, case: HandsOutTasks, verb: str) -> HttpResponse:
    """The page for the next task where tasks are gone through one by one, else the case, if it may still be seen."""
    following = STEP_PAGES[verb].next_task
    form = STEP_PAGES[following].form if following else StepForm
    tasks = form(case=cast(Case, case), by=request.user).possible_tasks if issubclass(form, TaskForm) else []
    if tasks:
        messages.info(request, f"还有 {len(tasks)} 项待办理，接着看第 {tasks[0].number} 项。")
        return redirect(f"{step_url(case, following)}?task={tasks[0].pk}")
    if not type(case).objects.visible_to(request.user).filter(pk=case.pk).exists():
        return redirect("home")
    return redirect(subject_url(case))


def _goes_back_to_form(request: Request) -> bool:
    return "edit" in request.POST or asks_for_rows(request)


def _asked_here(form: StepForm) -> StepForm:
    """A form with files is confirmed where it is filled in: no page after it could send its files again."""
    if form.is_multipart():
        form.full_clean()
        form.add_error(None, CONFIRM_HERE)
    return form


def _button(page: StepPage, verb: str, *, confirm_here: bool) -> str:
    if page.draft:
        return "保存草稿"
    return "下一步：核对" if page.consequences and not confirm_here else label(verb)


def _form_page(
    request: Request,
    case: HandsOutTasks,
    verb: str,
    form: StepForm,
    *,
    draft_facts: DraftFacts | None,
    reasons: list[Reason] | None = None,
    status: int = 200,
) -> HttpResponse:
    page, steps_of = STEP_PAGES[verb], STEPS_OF[case.ABOUT]
    confirm_here = bool(page.consequences) and form.is_multipart()
    context: dict[str, object] = {
        "case": case,
        "trail": trail_of(case),
        "form": form,
        "draft_facts": draft_facts,
        "reasons": reasons or [],
        "step_label": label(verb),
        "step_url": step_url(case, verb),
        "page": page,
        "articles": articles_of(case, verb),
        "confirm_here": confirm_here,
        "button": _button(page, verb, confirm_here=confirm_here),
        "checklist": form.checklist(),
        "guide": step_guide(case, verb, page.consequences, inner=case.is_inner_to(request.user)),
    }
    context |= page.make_parts(case, request.user, steps_of.parts)
    return render(request, page.template, context, status=422 if form.errors else status)
