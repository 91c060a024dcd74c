"""提醒函 of a unit without login: the office registers the receipt and the answer that came on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.letter import letter_answer as actions
from yuetan.actions.step import required_step
from yuetan.forms.letter.paper_filing import RegisterLetterAnswerForm, RegisterLetterReceiptForm
from yuetan.models import DraftField, Letter
from yuetan.views.case.step_config import CONFIRM_HERE, FROM_PAPER
from yuetan.views.drafts.draft_form import with_draft_values
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.letter.letters import visible_letter, wording
from yuetan.vocabulary import Verb


class PaperPage(NamedTuple):
    """One page for a paper: its form and action, what stands over it and what it says when it is done."""

    form: type[RegisterLetterReceiptForm] | type[RegisterLetterAnswerForm]
    action: Callable[..., Letter]
    intro: str
    done: str
    consequences: tuple[str, ...] = ()


PAGES = {
    Verb.REGISTER_LETTER_RECEIPT: PaperPage(
        RegisterLetterReceiptForm,
        actions.register_letter_receipt,
        "主送单位在纸质回执上签收的，由办公室登记；单位自己在系统里签收的，不用登记。",
        "提醒函的纸质回执已登记。",
        ("提醒函即为已签收，签收人、日期和回执扫描件主送单位看得到；登记有误的，在这份文书的页面更正。",),
    ),
    Verb.REGISTER_LETTER_ANSWER: PaperPage(
        RegisterLetterAnswerForm,
        actions.register_letter_answer,
        f"主送单位以纸质材料答复的，由办公室照原文代录；是否逾期以收到时间为准。{FROM_PAPER}",
        "提醒函的纸质答复已代录。",
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def register_letter_receipt(request: Request, pk: UUID) -> HttpResponse:
    """登记纸质回执."""
    return _registering(request, pk, Verb.REGISTER_LETTER_RECEIPT)


@require_http_methods(["GET", "HEAD", "POST"])
def register_letter_answer(request: Request, pk: UUID) -> HttpResponse:
    """代录答复."""
    return _registering(request, pk, Verb.REGISTER_LETTER_ANSWER)


def _registering(request: Request, pk: UUID, verb: Verb) -> HttpResponse:
    letter, page = visible_letter(request.user, pk), PAGES[verb]
    require_permission(request, verb)
    if request.method == "POST":
        form = page.form(request.POST, request.FILES, letter=letter)
        if page.consequences and "confirmed" not in request.POST:
            form.add_error(None, CONFIRM_HERE)
        else:
            with with_draft_values(request, page.form, DraftField.objects.none()):
                registered = run_action(form, page.action, letter, by=request.user)
            if registered:
                messages.success(request, page.done)
                return redirect("letter", pk=letter.pk)
    else:
        required_step(letter, verb, request.user)
        form = page.form(letter=letter)
    shown = {"intro": page.intro, "label": verb.label, "consequences": page.consequences}
    context = {"letter": letter, "form": form, "facts": wording(letter), **shown}
    return render(request, "letters/register_paper.html", context, status=422 if form.errors else 200)
