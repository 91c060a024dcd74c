"""提醒函: sent back and put right before it is signed; answered by the unit after it was signed for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yuetan import permissions
from yuetan.actions.letter import letter as actions
from yuetan.actions.letter.letter_answer import answer_letter as answer
from yuetan.actions.letter.letter_answer import prepare_letter_answer as prepare
from yuetan.actions.step import required_step
from yuetan.actions.submit import posted_form
from yuetan.forms.frame.fields import offered_files
from yuetan.forms.letter.letter import (
    AnswerLetterForm,
    CancelLetterForm,
    LetterForm,
    ReturnLetterForm,
    TakeBackLetterForm,
)
from yuetan.models import Attachment, DraftField, Letter
from yuetan.models.files.attachment import AttachmentQuerySet
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.rules.dates import clock
from yuetan.views.drafts.draft_form import FormState, with_draft_values
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.letter.letter_drafts import answer_open, revision_open, submit_form
from yuetan.views.letter.letters import visible_letter, wording
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names


@dataclass(frozen=True)
class ReasonPage:
    """The page of a step on an unsigned letter that asks for a reason and nothing else."""

    verb: Verb
    form: type[forms.Form]
    action: Callable[..., Letter]
    note: str
    button: str
    done: str
    is_end: bool = False


RETURN = ReasonPage(
    Verb.RETURN_LETTER,
    ReturnLetterForm,
    actions.return_letter,
    "退回后由督查员修改，重新送签发；主送单位看不到。",
    "退回修改",
    "提醒函已退回，由督查员修改后重新送签发。",
)
TAKE_BACK = ReasonPage(
    Verb.TAKE_BACK_LETTER,
    TakeBackLetterForm,
    actions.take_back_letter,
    "取回后可以修改，重新送签发；签发以后不能取回。领导会收到消息。",
    "取回修改",
    "提醒函已取回，请修改后重新送签发。",
)
CANCEL = ReasonPage(
    Verb.CANCEL_LETTER,
    CancelLetterForm,
    actions.cancel_letter,
    "作废后不能恢复，也不再签发；没有取过文号。已经印发的提醒函由办公室主任作废文书。",
    "作废草稿",
    "提醒函草稿已作废，不再签发。",
    is_end=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
def return_letter(request: Request, pk: UUID) -> HttpResponse:
    """退回修改: by a leader who does not agree yet."""
    return _with_reason(request, pk, RETURN)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back_letter(request: Request, pk: UUID) -> HttpResponse:
    """取回修改: while it waits for a leader."""
    return _with_reason(request, pk, TAKE_BACK)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_letter(request: Request, pk: UUID) -> HttpResponse:
    """作废草稿: of a letter that was not issued."""
    return _with_reason(request, pk, CANCEL)


def _with_reason(request: Request, pk: UUID, page: ReasonPage) -> HttpResponse:
    letter = _theirs(request, pk, page.verb)
    form = page.form(request.POST if request.method == "POST" else None)
    with with_draft_values(request, page.form, DraftField.objects.none()):
        done = run_action(form, page.action, letter, by=request.user) if request.method == "POST" else None
    if done is not None:
        messages.success(request, page.done)
        return redirect("letter", pk=letter.pk)
    context = {"letter": letter, "form": form, "facts": wording(letter), "asked": page}
    return render(request, "letters/reason.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_letter(request: Request, pk: UUID) -> HttpResponse:
    """修改: the form of a letter returned or taken back, with the reason."""
    letter = _theirs(request, pk, Verb.REVISE_LETTER)
    if request.method != "POST":
        return _revision_page(request, letter, revision_open(request, letter).load())
    with posted_form(None, by=request.user) as posted:
        revised, back = submit_form(request, posted, revision_open(request, letter), actions.revise_letter, letter)
    if revised is None:
        assert back is not None
        return _revision_page(request, letter, back)
    messages.success(request, in_names("提醒函已修改，等待{the_leaders}签发。"))
    return redirect("letter", pk=letter.pk)


def _revision_page(request: Request, letter: Letter, shown: FormState[LetterForm]) -> HttpResponse:
    returned = letter.events.filter(verb__in=(Verb.RETURN_LETTER, Verb.TAKE_BACK_LETTER)).newest_first().first()
    context = {"letter": letter, "form": shown.form, "draft_facts": shown.facts, "returned": returned}
    return render(request, "letters/revise.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def answer_letter(request: Request, pk: UUID) -> HttpResponse:
    """答复: by the head of the unit, once."""
    return _answering(request, pk, Verb.ANSWER_LETTER)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare_letter_answer(request: Request, pk: UUID) -> HttpResponse:
    """填写答复: kept as the unit's draft until its head answers."""
    return _answering(request, pk, Verb.PREPARE_LETTER_ANSWER)


def _answering(request: Request, pk: UUID, verb: Verb) -> HttpResponse:
    letter, begun = visible_letter(request.user, pk), clock.now()
    draft_form, answers = answer_open(request, letter, verb), verb == Verb.ANSWER_LETTER
    if request.method != "POST":
        return _answer_page(request, letter, draft_form.load(), answers=answers)
    with posted_form(None, by=request.user, files=offered_files(draft_form.bind(request))) as posted:
        given, back = submit_form(request, posted, draft_form, answer if answers else prepare, letter)
    if given is None:
        assert back is not None
        return _answer_page(request, letter, back, answers=answers)
    messages.success(request, "提醒函已答复。" if answers else "答复草稿已保存，由主要领导答复。")
    report_on_files(request, _own_files(request, letter).filter(uploaded_at__gte=begun))
    return redirect("letter", pk=letter.pk)


def _answer_page(
    request: Request, letter: Letter, shown: FormState[AnswerLetterForm], *, answers: bool
) -> HttpResponse:
    context: dict[str, Any] = {"letter": letter, "form": shown.form, "draft_facts": shown.facts, "answers": answers}
    context |= {
        "facts": wording(letter),
        "files": file_links(annotate_duplicates(_own_files(request, letter), request.user)),
    }
    return render(request, "letters/answer.html", context, status=422 if request.method == "POST" else 200)


def _own_files(request: Request, letter: Letter) -> AttachmentQuerySet:
    return Attachment.objects.visible_to(request.user).filter(letter=letter)


def _theirs(request: Request, pk: UUID, verb: Verb) -> Letter:
    """The letter, for who may do this with it by role, or acting for who is recused.

    Raises NotYours for anybody else, and StateChanged where it cannot be done any more: no form is shown in vain.
    """
    letter = visible_letter(request.user, pk)
    if not letter.is_granted(permissions.name(verb), request.user):
        require_permission(request, verb)
    if request.method != "POST":  # else the action refuses, and what was written comes back
        required_step(letter, verb, request.user)
    return letter
