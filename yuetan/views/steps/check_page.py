"""The page between the form of an irreversible step and the step: what will happen, and the paper as it will be."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from yuetan.actions import step as steps
from yuetan.documents.exports.frozen_sheet import read_sheet
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.errors import Refused
from yuetan.forms.frame.handling import AUTOMATIC, TITLE_BREAK, TitleBreakForm
from yuetan.forms.frame.step import StepForm
from yuetan.ledgers.subjects import subject_url
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.views.case import page_context
from yuetan.views.case.available_steps import label
from yuetan.views.case.provisional_limits import provisional_limits
from yuetan.views.drafts.draft_form import DraftForm
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.pagination import show_refusal
from yuetan.views.frame.request import Request
from yuetan.views.steps.step_registry import STEP_PAGES, STEPS_OF, StepPage


def check_page(
    request: Request, case: HandsOutTasks, verb: str, draft_form: DraftForm[StepForm], form: StepForm
) -> HttpResponse | None:
    """The step is run and undone, so that the paper shown is the paper that will be; None if it is refused.

    The reasons of a refusal are then in the form.
    """
    page = STEP_PAGES[verb]
    outcome = _dry_run(request, case, page, form)
    if outcome is None:
        return None
    paper, provisional = outcome
    context = {
        "case": case,
        "trail": trail_of(case),
        "step_label": label(verb),
        "rows": page_context.answers(form),
        "consequences": (*page.consequences, *provisional),
        "sections": page.sections_to_confirm(case, request.user),
        "hidden_fields": [field for field in form if field.name != TITLE_BREAK],
        "title_form": _title_form(form, paper),
        "draft_facts": draft_form.redisplay(form),
        "preview": page_context.paper_fragment(paper),
    }
    return render(request, "cases/check.html", context)


def trail_of(case: HandsOutTasks) -> dict[str, str]:
    """Where the page of a step stands: the list, and the page of what the step is about."""
    steps_of = STEPS_OF[case.ABOUT]
    return {"list_url": reverse(steps_of.list_address), "list_title": steps_of.list_title, "url": subject_url(case)}


def _title_form(form: StepForm, paper: str) -> TitleBreakForm | None:
    """The lines of the title as they are shown, to be changed here; None where no title can be."""
    if not paper or TITLE_BREAK not in form.fields:
        return None
    lines, chosen = read_sheet(paper, {}).first("title").text, form.cleaned_data[TITLE_BREAK]
    return TitleBreakForm(initial={TITLE_BREAK: lines, AUTOMATIC: "" if chosen else lines})


def _dry_run(
    request: Request, case: HandsOutTasks, page: StepPage, form: StepForm
) -> tuple[str, tuple[str, ...]] | None:
    """The paper that the step would issue ("" for a step that issues none), and what of its limits is provisional.

    None if the step is refused.
    """
    if not form.is_valid():
        return None
    try:
        with steps.dry_run():
            done = page.action(case, by=request.user, **form.cleaned_data)
            return (page_context.newest_paper(case), provisional_limits(done)) if page.prints else ("", ())
    except Refused as refused:
        show_refusal(form, refused)
        return None


def sample_paper(request: Request, case: HandsOutTasks, verb: str, form: StepForm) -> HttpResponse | None:
    """样稿: the paper as it would be printed, with the word across every page; nothing is issued. None if refused."""
    outcome = _dry_run(request, case, STEP_PAGES[verb], form)
    if outcome is None:
        return None
    paper, _ = outcome
    return pdf_answer(render_pdf(watermark(paper, request.user)), "样稿.pdf") if paper else redirect(subject_url(case))
