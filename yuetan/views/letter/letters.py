"""提醒函: the list, the draft, the page of one letter, and the two steps it takes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.letter import letter as actions
from yuetan.actions.step import blocking_reasons, dry_run, is_allowed, may_take
from yuetan.actions.submit import posted_form
from yuetan.documents.content.content import body_of
from yuetan.documents.pdf import render_pdf
from yuetan.documents.watermark import watermark
from yuetan.errors import NotYours, Refused
from yuetan.forms.letter.letter import LetterForm, SeenLetterForm
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.letter.letters import LetterLedger
from yuetan.models import Attachment, Follow, Letter, User
from yuetan.models.files.attachment import OF_LETTERS
from yuetan.models.files.duplicates import annotate_duplicates
from yuetan.rules.text.handling import words_of_handling
from yuetan.templatetags.official import day, moment
from yuetan.views.case.page_context import timeline
from yuetan.views.case.provisional_limits import provisional_sentence
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.case.whose_turn import able, nobody
from yuetan.views.drafts.draft_form import FormState
from yuetan.views.drafts.open_drafts import new_letters
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.follow_ups import sources_behind
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.offered_facts import link_offer
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.views.letter.letter_drafts import new_letter_open, submit_form
from yuetan.vocabulary import FilePurpose, LetterState, Verb
from yuetan.vocabulary.naming import in_names

APPROVED = (
    "提醒函取发文字号印发，文字从此不能改动。",
    "主送单位的主要领导和联络员即可看到本函（不含起草人和内部办理情况），并可签收。",
    IRREVERSIBLE,
)
# Never the one step that a page asks for.
NEVER_ASKED_FOR = (
    *(Verb.RETURN_LETTER, Verb.TAKE_BACK_LETTER, Verb.CANCEL_LETTER),
    *(Verb.REGISTER_LETTER_RECEIPT, Verb.REGISTER_LETTER_ANSWER),
)
ACKNOWLEDGED = ("表示本单位已收到提醒函，系统记下您的姓名、职务和时间。", IRREVERSIBLE)


@require_safe
def letter_list(request: Request) -> HttpResponse:
    """Every letter this person may see."""
    user = request.user
    facts = ledger_page(request, LetterLedger())
    context = {
        "may_draft": user.has_perm(permissions.name(Verb.DRAFT_LETTER)),
        "unfinished": new_letters(user),
        "inner": user.has_perm(permissions.name("see_inner_case")),
        "provisional": note_under(row["deadline"] for row in facts["rows"]),
    }
    return render(request, "letters/list.html", {**facts, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def draft_letter(request: Request) -> HttpResponse:
    """起草: with or without a case."""
    if request.method != "POST":
        return _draft_page(request, new_letter_open(request).load())
    with posted_form(None, by=request.user) as posted:
        letter, back = submit_form(request, posted, new_letter_open(request), actions.draft_letter)
        if letter is not None:
            link_offer(request, letter)
    if letter is None:
        assert back is not None
        return _draft_page(request, back)
    messages.success(request, in_names("提醒函已起草，等待{the_leaders}签发。"))
    return redirect("letter", pk=letter.pk)


def _draft_page(request: Request, shown: FormState[LetterForm]) -> HttpResponse:
    context = {"form": shown.form, "draft_facts": shown.facts}
    return render(request, "letters/draft.html", context, status=_status(request))


def _status(request: Request) -> int:
    return 422 if request.method == "POST" else 200


@require_safe
def letter_page(request: Request, pk: UUID) -> HttpResponse:
    """The page of a letter: text, state, available steps."""
    user = request.user
    letter = visible_letter(user, pk)
    inner = letter.is_inner_to(user)
    issued = letter.state == LetterState.ISSUED
    steps = _steps(letter, user)
    deadline = DeadlineLights.now().of(letter.answer_until) if letter.awaits_answer else None
    context = {
        "letter": letter,
        "inner": inner,
        "followed": Follow.objects.includes(letter, user),
        "sources": sources_behind(letter, user),
        "follow_url": reverse("follow_letter", args=[letter.pk]),
        "document": letter.document if issued else None,
        "receipt": letter.document.receipt_or_none if issued else None,
        "facts": [*wording(letter), *(_inner_facts(letter) if inner else ())],
        "steps": steps,
        "deadline": deadline,
        "waiting_for": "" if any(step["primary"] and not step["refused"] for step in steps) else _whose_turn(letter),
        **_papers(letter, user, inner=inner),
        "timeline": timeline(letter, user, whole="all" in request.GET.getlist("timeline")),
        "draft": letter.answer_draft if user.is_recused_from(letter.unit_id) else "",
    }
    return render(request, "letters/letter.html", context)


def _papers(letter: Letter, user: User, *, inner: bool) -> dict[str, object]:
    """What came with the answer, and what came on paper: its scan, who signed and brought it, who registered it."""
    seen = annotate_duplicates(Attachment.objects.visible_to(user).filter(letter=letter), user)
    files = {purpose: [one for one in seen if one.purpose == purpose] for purpose in OF_LETTERS}
    filing = letter.paper_filing_or_none
    return {
        "files": file_links(files[FilePurpose.LETTER_ANSWER]),
        "receipt_scan": file_links(files[FilePurpose.RECEIPT]),
        "answer_scan": file_links(files[FilePurpose.PAPER_FILING]),
        "on_paper": filing.words_for(inner=inner) if filing else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def approve_letter(request: Request, pk: UUID) -> HttpResponse:
    """签发: the paper as it will be printed, then the signature. Raises NotYours without the permission."""
    user = request.user
    letter = visible_letter(user, pk)
    require_permission(request, Verb.APPROVE_LETTER)
    if "edit" in request.POST:
        return redirect("letter", pk=letter.pk)
    try:
        if "confirmed" in request.POST:
            require_recent_authentication(request)
            issued = actions.approve_letter(letter, by=user, seen=_seen(request))
            messages.success(request, f"提醒函已签发，文号为{issued.document.number}。")
            return redirect("letter", pk=letter.pk)
        with dry_run():
            issued = actions.approve_letter(letter, by=user, seen=letter.digest)
            paper, until = issued.document.html, issued.answer_until
    except Refused as refused:
        context = {"letter": letter, "reasons": refused.reasons}
        return render(request, "letters/approve.html", context, status=_status(request))
    if "sample" in request.POST:
        return pdf_answer(render_pdf(watermark(paper, request.user)), "样稿.pdf")
    sheet = SafeString(body_of(paper))  # nosec B703: out of our own template, which has escaped all that was typed
    provisional = provisional_sentence({"答复期限": (until, until)} if until else {})
    consequences = (*APPROVED, *([provisional] if provisional else []))
    context = {"letter": letter, "rows": wording(letter)[:3], "consequences": consequences, "preview": sheet}
    context["hidden_fields"] = SeenLetterForm(initial={"seen": letter.digest})
    return render(request, "letters/approve.html", {**context, "reasons": []})


def _seen(request: Request) -> str:
    """The digest of the text that was shown; empty where the request names none."""
    form = SeenLetterForm(request.POST)
    return str(form.cleaned_data["seen"]) if form.is_valid() else ""


@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge_letter(request: Request, pk: UUID) -> HttpResponse:
    """签收: a named person of the unit takes the letter, once. Raises NotYours without the permission."""
    user = request.user
    letter = visible_letter(user, pk)
    if not user.has_perm(permissions.name(Verb.ACKNOWLEDGE_LETTER), letter):
        raise NotYours(Verb.ACKNOWLEDGE_LETTER)
    if "edit" in request.POST:
        return redirect("letter", pk=letter.pk)
    reasons = []
    try:
        if "confirmed" in request.POST:
            actions.acknowledge_letter(letter, by=user)
            messages.success(request, "提醒函已签收。")
            return redirect("letter", pk=letter.pk)
        with dry_run():
            actions.acknowledge_letter(letter, by=user)
    except Refused as refused:
        reasons = list(refused.reasons)
    context = {"letter": letter, "rows": _receipt_rows(letter, user), "consequences": ACKNOWLEDGED, "reasons": reasons}
    status = _status(request) if reasons else 200
    return render(request, "letters/acknowledge.html", context, status=status)


def visible_letter(user: User, pk: UUID) -> Letter:
    """One letter, with what its pages show; Http404 for who may not see it."""
    people = ("drafter", "approver", "answered_by", "document__receipt__signed_by")
    filed = ("paper_filing__signer__holder", "paper_filing__registered_by")
    related = ("unit__parent", "first_unit", "regulation", "case", "document__entry", *people, *filed)
    return get_object_or_404(Letter.objects.visible_to(user).select_related(*related), pk=pk)


def wording(letter: Letter) -> list[dict[str, str]]:
    """What the letter says, as rows."""
    capacity = letter.get_capacity_display()
    if letter.lead_matter:
        capacity = f"{capacity}（{letter.lead_matter}）"
    return [
        {"label": "主送单位", "value": letter.unit_label},
        {"label": "发函对象", "value": capacity},
        {"label": "提醒事项", "value": letter.matter},
        {"label": "存在的问题", "value": letter.problems},
        {"label": "工作要求", "value": letter.requirements},
        *({"label": label, "value": words} for label, words in words_of_handling(letter.handling.facts())),
    ]


def _inner_facts(letter: Letter) -> list[dict[str, str]]:
    return [
        {"label": "起草人", "value": letter.drafter.name},
        {"label": "起草时间", "value": moment(letter.created_at)},
        {"label": "签发领导", "value": letter.approver.name if letter.approver else "尚未签发"},
    ]


def _receipt_rows(letter: Letter, user: User) -> list[dict[str, str]]:
    return [
        {"label": "提醒函", "value": letter.title},
        {"label": "文号", "value": letter.document.number},
        {"label": "印发日期", "value": day(letter.document.issued_at)},
        {"label": "签收人", "value": f"{user.name}（{user.title}）"},
    ]


def _steps(letter: Letter, user: User) -> list[dict[str, Any]]:
    """What this person can do with the letter; who gives the answer is not asked to prepare it too."""
    listed = [
        step
        for step in letter.steps_now()
        if not step.has_own_page
        if may_take(letter, step, user) and (step.is_explained(letter) or is_allowed(letter, step, user))
    ]
    if any(step.verb == Verb.ANSWER_LETTER for step in listed):
        listed = [step for step in listed if step.verb != Verb.PREPARE_LETTER_ANSWER]
    return [_step(letter, step.verb, blocking_reasons(letter, step, user)) for step in listed]


def _step(letter: Letter, verb: str, reasons: list[Any]) -> dict[str, Any]:
    return {
        "label": Verb(verb).label,
        "url": reverse(verb, args=[letter.pk]),
        "primary": verb not in NEVER_ASKED_FOR,
        "refused": bool(reasons),
        "reasons": [reason.text for reason in reasons],
    }


def _whose_turn(letter: Letter) -> str:
    """Who is waited for; where nobody exists who may, which post is vacant and who fills it."""
    for step in letter.steps_now():
        if step.is_awaited(letter) and step.is_met(letter) and not able(letter, step):
            return nobody(letter, step)
    if letter.state == LetterState.DRAFTED:
        return in_names("等待{the_leaders}签发。")
    if letter.state == LetterState.RETURNED:
        return "已退回，等待督查员修改后重新送签发。"
    if letter.is_unsigned:
        return "等待主送单位签收。"
    return "等待主送单位答复。" if letter.awaits_answer else ""
