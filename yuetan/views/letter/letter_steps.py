"""提醒函: sent back and put right before it is signed; answered by the unit after it was signed for."""

from __future__ import annotations

from typing import Any
from uuid import UUID

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
from yuetan.forms.letter.letter import AnswerLetterForm, CancelLetterForm, LetterForm, ReturnLetterForm
from yuetan.models import Attachment, Letter
from yuetan.models.files.attachment import AttachmentQuerySet
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.rules.dates import clock
from yuetan.views.drafts.draft_form import FormState
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.request import Request
from yuetan.views.letter.letter_drafts import answer_open, revision_open, submit_form
from yuetan.views.letter.letters import visible_letter, wording
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names


@require_http_methods(["GET", "HEAD", "POST"])
def return_letter(request: Request, pk: UUID) -> HttpResponse:
    """退回修改: by a leader who does not agree yet."""
    letter = _theirs(request, pk, Verb.RETURN_LETTER)
    form = ReturnLetterForm(request.POST if request.method == "POST" else None)
    returned = run_action(form, actions.return_letter, letter, by=request.user) if request.method == "POST" else None
    if returned is not None:
        messages.success(request, "提醒函已退回，由督查员修改后重新送签发。")
        return redirect("letter", pk=letter.pk)
    context = {"letter": letter, "form": form, "facts": wording(letter)}
    return render(request, "letters/return.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_letter(request: Request, pk: UUID) -> HttpResponse:
    """作废草稿: of a letter that was not issued."""
    letter = _theirs(request, pk, Verb.CANCEL_LETTER)
    form = CancelLetterForm(request.POST if request.method == "POST" else None)
    cancelled = run_action(form, actions.cancel_letter, letter, by=request.user) if request.method == "POST" else None
    if cancelled is not None:
        messages.success(request, "提醒函草稿已作废，不再签发。")
        return redirect("letter", pk=letter.pk)
    context = {"letter": letter, "form": form, "facts": wording(letter)}
    return render(request, "letters/cancel.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def revise_letter(request: Request, pk: UUID) -> HttpResponse:
    """修改: the form of a returned letter, with the reason for the return."""
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
    returned = letter.events.filter(verb=Verb.RETURN_LETTER).newest_first().first()
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
    required_step(letter, verb, request.user)
    return letter
