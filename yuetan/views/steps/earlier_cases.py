"""补录: the page where a matter of before is begun, and the page on which each of its steps is entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from yuetan.actions import step as steps
from yuetan.actions.proposal.proposal import revise_draft
from yuetan.actions.rectification import earlier_case, earlier_step
from yuetan.actions.submit import PostedForm, posted_form
from yuetan.errors import Refused
from yuetan.forms.frame.fields import ROW_BUTTONS, offered_files
from yuetan.forms.frame.step import StepForm
from yuetan.forms.proposal.proposal import ProposalForm
from yuetan.forms.rectification.earlier import EarlierCaseForm, EarlierDayForm, EarlierEntryForm
from yuetan.models import Case, DraftKey, User
from yuetan.views.case import page_context
from yuetan.views.case.available_steps import label
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action, show_refusal
from yuetan.views.frame.request import Request
from yuetan.views.proposal.proposals import as_stored
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import EarlierState, Verb


def begin_earlier_case(request: Request) -> HttpResponse:
    """补录约谈事项: the unit, the day and the drafter of then. Raises NotYours for anybody but a case officer."""
    require_permission(request, Verb.RECORD_EARLIER_CASE)
    form = EarlierCaseForm(request.POST if request.method == "POST" else None)
    case = run_action(form, earlier_case.record_earlier_case, by=request.user) if form.is_bound else None
    if case is None:
        return render(request, "cases/earlier_new.html", {"form": form}, status=422 if form.errors else 200)
    messages.success(request, "已开始补录，请从“修改建议”起逐步补录。")
    return redirect("case", pk=case.pk)


@dataclass(frozen=True)
class _Entering:
    """One step of then on its way in: what is chosen of it so far."""

    case: Case
    verb: Verb
    recorder: User
    day_form: EarlierDayForm
    day: date | None
    person: User | None

    @property
    def is_chosen(self) -> bool:
        return self.day is not None and self.person is not None

    def on_the_day(self) -> Any:
        assert self.day is not None
        return earlier_step.on_the_day(self.case, self.verb, self.day, recorder=self.recorder, facts={})


def record_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """One page for every step of then: its day and person first, then its own form as on that day."""
    entering = _entering(request, pk, verb)
    if not entering.is_chosen:
        return _show_step(request, entering, {})
    if request.method != "POST":
        with entering.on_the_day():
            return _form_page(request, entering)
    with posted_form(pk, by=request.user, files=_all_files(request, entering)) as posted:
        return _posted(request, posted, _entering(request, pk, verb))


def _entering(request: Request, pk: UUID, verb: str) -> _Entering:
    """Raises Http404 for a case that is not being entered, or a step that does not lead on from where it stands."""
    visible = Case.objects.visible_to(request.user).for_lists().filter(earlier=EarlierState.RECORDING)
    case, user = get_object_or_404(visible, pk=pk), request.user
    earlier_step.require_recorder(case, user)
    if verb not in [step.verb for step in earlier_step.steps_to_record(case, recorder=user)]:
        raise Http404
    day_form = EarlierDayForm(case, Verb(verb), user, request.GET or None, initial={"day": earlier_step.last_day(case)})
    return _Entering(case, Verb(verb), user, day_form, *day_form.chosen())


def _step_form(request: Request, entering: _Entering, case: Case) -> forms.Form:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    if entering.verb == Verb.REVISE_DRAFT:
        return ProposalForm(data, files, unit=case.unit, by=request.user, case=case, initial=as_stored(case))
    task = request.GET.get("task", "")
    initial: dict[str, object] = {"task": task} if task else {}
    assert entering.person is not None
    return STEP_PAGES[entering.verb].form(data, files, case=case, by=entering.person, initial=initial)


def _entry_form(request: Request, entering: _Entering) -> EarlierEntryForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    numbered, proven = earlier_step.issued_by(entering.verb) is not None, entering.verb in earlier_step.NEEDS_ORIGINAL
    return EarlierEntryForm(data, files, numbered=numbered, proven=proven)


def _case_of_then(entering: _Entering) -> Case:
    return Case.objects.for_lists().with_step_relations().get(pk=entering.case.pk)


def _all_files(request: Request, entering: _Entering) -> list[UploadedFile]:
    """Every file that would be kept, found before the case is held."""
    with entering.on_the_day():
        form = _step_form(request, entering, _case_of_then(entering))
        return [*offered_files(form), *offered_files(_entry_form(request, entering))]


def _form_page(request: Request, entering: _Entering) -> HttpResponse:
    case = _case_of_then(entering)
    current = case.find_step(entering.verb)
    assert current is not None
    assert entering.person is not None
    reasons = steps.blocking_reasons(case, current, User.objects.get(pk=entering.person.pk))
    shown = {"form": _step_form(request, entering, case), "entry": _entry_form(request, entering), "reasons": reasons}
    return _show_step(request, entering, shown)


def _posted(request: Request, posted: PostedForm, entering: _Entering) -> HttpResponse:
    with entering.on_the_day():
        form, entry = _step_form(request, entering, _case_of_then(entering)), _entry_form(request, entering)
        goes_back = any(key.endswith(ROW_BUTTONS) for key in request.POST)
        if goes_back and isinstance(form, StepForm):
            return _show_step(request, entering, {"form": form.as_sent(), "entry": entry})
        valid = form.is_valid() and entry.is_valid()
    if not (valid and _is_recorded(posted, entering, form, entry)):
        with entering.on_the_day():
            return _show_step(request, entering, {"form": form, "entry": entry}, status=422)
    messages.success(request, f"已补录：{label(entering.verb)}。")
    return redirect("case", pk=entering.case.pk)


def _is_recorded(posted: PostedForm, entering: _Entering, form: forms.Form, entry: EarlierEntryForm) -> bool:
    page = STEP_PAGES.get(entering.verb)
    stated = {
        "verb": entering.verb,
        "day": entering.day,
        "person": entering.person,
        "number": entry.cleaned_data.get("number", ""),
        "original": entry.cleaned_data["original"],
        "ordinary_action": page.action if page else revise_draft,
        "keywords": form.cleaned_data,
    }
    key = DraftKey.of_step(entering.case, entering.verb, by=entering.recorder)
    record = partial(posted.take, earlier_step.record_earlier_step, draft=key)
    try:
        record(entering.case, by=entering.recorder, **stated)
    except Refused as refused:
        own = [reason for reason in refused.reasons if reason.field in entry.fields]
        show_refusal(entry, Refused(*own))
        show_refusal(form, Refused(*(reason for reason in refused.reasons if reason not in own)))
        return False
    return True


def _show_step(request: Request, entering: _Entering, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    page = STEP_PAGES.get(entering.verb)
    context = {
        "case": entering.case,
        "step_label": label(entering.verb),
        "day_form": entering.day_form,
        "task_sections": getattr(shown.get("form"), "sections", []),
        "facts": page_context.summary(entering.case, request.user),
        "sections": page.sections_to_confirm(_case_of_then(entering), request.user) if page and shown else [],
    }
    return render(request, "cases/record_earlier_step.html", context | shown, status=status)
