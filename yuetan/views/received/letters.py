"""三书一函: the ledger, one letter with all that became of it, its registration, and the figures of a period."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan import permissions
from yuetan.actions.received.letter import REGISTERING, known_letters, paper_key, register_received_letters
from yuetan.forms.received.letter import RegisterReceivedForm
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.received.received import ReceivedLedger, light_of
from yuetan.ledgers.received.received_statistics import PERIODS, received_statistics, received_statistics_book
from yuetan.models import (
    Assignment,
    FollowUp,
    OfficeSetting,
    ReceivedClosing,
    ReceivedLetter,
    ReceivedReply,
    Unit,
    User,
)
from yuetan.models.received.letter import REPLY_DAYS, SEE_RECEIVED, ReceivedLetterQuerySet
from yuetan.models.received.offered import alike, alike_at, offered_by_letter
from yuetan.models.received.repeats import REPEAT_YEARS
from yuetan.models.record.event import OUTER_BODY
from yuetan.rules.dates import clock
from yuetan.rules.text.similar_matter import bare
from yuetan.templatetags.official import day, moment
from yuetan.views.files.files import spreadsheet_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.file_links import file_links, report_on_files
from yuetan.views.frame.follow_ups import follow_up_rows
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.next_steps import NextStepsOf, offered_next
from yuetan.views.frame.offered_facts import RECEIVED
from yuetan.views.frame.pagination import run_action
from yuetan.views.frame.period_bar import period_bar, period_of_address
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import PAGE_METHODS
from yuetan.views.received.due_days import due_changes_of, due_words
from yuetan.views.received.step_pages import steps_of
from yuetan.vocabulary import ReceivedClosingKind

MAX_ALIKE = 10
CHECK = "check"  # the button that asks what came before, and registers nothing
DONE_AS: dict[str, str] = {
    ReceivedClosingKind.RECALLED: "登记来函机关撤回",
    ReceivedClosingKind.UNIT_ENDED: "不经回复办结",
}


@require_safe
def received_list(request: Request) -> HttpResponse:
    """Every letter that the person may see."""
    facts = ledger_page(request, ReceivedLedger())
    rows = [row | {"url": f"letters/{row['letter'].pk}/"} for row in facts["rows"]]  # relative to the list
    rights = {"may_register": REGISTERING.is_offered(None, request.user), "sees_all": _sees_all(request.user)}
    shown = {"rows": rows, "provisional": note_under(row["deadline"] for row in facts["rows"])}
    return render(request, "received/list.html", {**facts, **rights, **shown})


def _sees_all(user: User) -> bool:
    return bool(user.has_perm(permissions.name(SEE_RECEIVED)))


@require_http_methods(PAGE_METHODS)
def register_received(request: Request) -> HttpResponse:
    """登记来函; with `check` only what came before about the same. Raises NotYours for who registers for no unit."""
    REGISTERING.require(None, request.user)
    posted, checks = request.method == "POST", CHECK in request.POST
    form = RegisterReceivedForm(*((request.POST, request.FILES) if posted else (None, None)), by=request.user)
    letters = run_action(form, register_received_letters, by=request.user) if posted and not checks else None
    if letters:
        units = f"，收到的单位 {len(letters)} 个，各登记一件" if len(letters) > 1 else ""
        messages.success(request, f"已登记{letters[0]}{units}，请核对回复期限。")
        report_on_files(request, letters[0].papers.all())
        return redirect("received_letter", pk=letters[0].pk)
    known = _known_to_form(form) if form.errors and not checks else []
    context = {"form": form, "checked": checks, "known": known, "alike": _alike_to_form(form) if posted else []}
    if checks:
        form.errors.clear()
    context |= {"years": OfficeSetting.objects.number(REPEAT_YEARS), "days": OfficeSetting.objects.number(REPLY_DAYS)}
    return render(request, "received/register.html", context, status=422 if form.errors else 200)


def _alike_to_form(form: RegisterReceivedForm) -> list[ReceivedLetter]:
    """What came to the units about the same as the form says; nothing before it says unit and matter."""
    form.is_valid()
    units, key = _units_of_form(form), bare(form.cleaned_data.get("matter") or "")
    if not units or not key:
        return []
    on = form.cleaned_data.get("received_on") or clock.today()
    return list(alike_at(units, key, on)[:MAX_ALIKE])


def _units_of_form(form: RegisterReceivedForm) -> list[Unit]:
    """The units that it names, as far as they are known."""
    unit = form.cleaned_data.get("unit")
    return [*([unit] if unit else []), *form.cleaned_data.get("also", [])]


def _known_to_form(form: RegisterReceivedForm) -> list[ReceivedLetter]:
    """The letters by which the paper in the form was registered before, to be led to."""
    facts = form.cleaned_data
    if facts.get("dated_on") is None:
        return []
    organ, number, matter = (form.data.get(name, "") for name in ("organ", "number", "matter"))  # a refused one too
    known = known_letters(_units_of_form(form), paper_key(organ, number, matter, facts["dated_on"]))
    return list(known.select_related("unit__parent", "first_unit__parent")[:MAX_ALIKE])


@require_safe
def received_letter(request: Request, pk: UUID) -> HttpResponse:
    """One letter, its replies, what the person may do, and what came to the unit about the same."""
    visible = ReceivedLetter.objects.visible_to(request.user)
    related = visible.with_relations().select_related("registered_by", "withdrawn_by", "closing__closed_by")
    letter = get_object_or_404(related, pk=pk)
    inner = is_inner(letter, request.user)
    context = {
        "letter": letter,
        "light": light_of(letter),
        "deadline": DeadlineLights.now().of(letter.due_on) if letter.is_unreplied else None,
        "facts": facts_of_letter(letter, inner=inner),
        "files": file_links(letter.papers.all()),
        "replies": [_reply_row(reply, inner=inner) for reply in _replies_of(letter)],
        "due_changes": due_changes_of(letter, inner=inner),
        "closings": [_closing_line(closing, inner=inner) for closing in _closings_of(letter)],
        "steps": steps_of(letter, request.user),
        "assignments": list(Assignment.objects.visible_to(request.user).filter(received_letter=letter)),
        **_first_of("alike", alike(letter), known=letter.withdrawn_at is None),
        **_first_of("same_paper", _same_paper(letter, request.user), known=inner),
        "years": OfficeSetting.objects.number(REPEAT_YEARS),
        **(_what_follows_letter(letter, request.user) if inner else {}),
    }
    return render(request, "received/letter.html", context)


def _first_of(name: str, letters: QuerySet[ReceivedLetter], *, known: bool) -> dict[str, object]:
    """So many of these as a page lists, and whether there are more; none where the reader knows of none."""
    listed = list(letters[: MAX_ALIKE + 1]) if known else []
    return {name: listed[:MAX_ALIKE], f"more_{name}": len(listed) > MAX_ALIKE}


def _same_paper(letter: ReceivedLetter, user: User) -> ReceivedLetterQuerySet:
    """To which other units the same paper came, for the office alone."""
    others = ReceivedLetter.objects.visible_to(user).of_same_paper(letter).with_relations()
    return others.select_related("first_unit__parent").order_by("unit__code", "pk")


def _what_follows_letter(letter: ReceivedLetter, user: User) -> dict[str, object]:
    """What may be drafted on it while its unit goes on, and what was."""
    steps = NextStepsOf(user).about(letter.unit, f"{RECEIVED}={letter.pk}")
    followed = follow_up_rows(FollowUp.objects.filter(received_letter=letter), user)
    return {**offered_next(offered_by_letter(letter) if steps else None, steps), "followed": followed}


def _replies_of(letter: ReceivedLetter) -> list[ReceivedReply]:
    related = letter.replies.select_related("entered_by", "returned_by").prefetch_related("papers")
    return list(related.order_by("-version"))


def is_inner(letter: ReceivedLetter, user: User) -> bool:
    """Whether the person reads who of the office did what; a unit reads the office."""
    return _sees_all(user) and not user.is_recused_from(letter.unit_id)


def _closings_of(letter: ReceivedLetter) -> Iterable[ReceivedClosing]:
    return letter.closings.select_related("closed_by", "withdrawn_by").prefetch_related("papers")


def _closing_line(closing: ReceivedClosing, *, inner: bool) -> dict[str, object]:
    """A 办结 with who closed and who withdrew it."""
    withdrawn_by = closing.withdrawn_by.name if closing.withdrawn_by and inner else OUTER_BODY
    return {
        "closing": closing,
        "by": closing.closed_by.name if inner else OUTER_BODY,
        "done": DONE_AS.get(closing.kind, "办结"),
        "files": file_links(closing.papers.all()),
        "withdrawn_by": withdrawn_by,
    }


def _reply_row(reply: ReceivedReply, *, inner: bool) -> dict[str, object]:
    """A version with what the page says of it."""
    by = reply.entered_by.name if inner or not reply.from_paper else OUTER_BODY
    entered = f"{by}，{moment(reply.entered_at)}"
    facts = [
        {"label": "回复日期", "value": day(reply.replied_on)},
        {"label": "回复文号", "value": reply.number or "无文号"},
        {"label": "办理和整改情况", "value": reply.words},
        {"label": "办公室代录" if reply.from_paper else "填报", "value": entered},
    ]
    if reply.returned_by is not None:
        returned = (
            f"{reply.returned_by.name if inner else OUTER_BODY}，{moment(reply.returned_at)}\n{reply.return_reason}"
        )
        arrived = f"\n实际收到回复的日期：{day(reply.arrived_on)}" if reply.arrived_on else ""
        facts.append({"label": "退回", "value": f"{returned}{arrived}\n重新回复的期限：{day(reply.again_by)}"})
    return {"reply": reply, "facts": facts, "files": file_links(reply.papers.all())}


def facts_of_letter(letter: ReceivedLetter, *, inner: bool) -> list[dict[str, str]]:
    """What stands on the letter, and who registered it."""
    of_unit = {letter.unit_id, letter.first_unit_id} - {None}  # or of the unit that went on in this one
    named = inner or letter.registered_by.posts.filter(unit__in=of_unit).exists()
    facts = {
        "收到的单位": letter.unit_label,
        "种类": letter.get_kind_display(),
        "制发机关、文号": letter.paper,
        "成文、收到": f"{day(letter.dated_on)}成文，{day(letter.received_on)}收到",
        "事由": letter.matter,
        "建议、提示的内容": letter.asked,
        "回复期限": due_words(letter),
        "登记": f"{letter.registered_by.name if named else OUTER_BODY}，{moment(letter.registered_at)}",
    }
    if letter.withdrawn_by is not None:
        facts |= {"撤销登记": f"{letter.withdrawn_by.name}，{moment(letter.withdrawn_at)}\n{letter.withdrawal_reason}"}
    return [{"label": label, "value": value} for label, value in facts.items()]


@require_safe
def received_statistics_page(request: Request) -> HttpResponse:
    """The figures of a year, half a year or a quarter, each with its list. Raises NotYours for units."""
    require_permission(request, SEE_RECEIVED)
    period = period_of_address(request.GET, PERIODS)
    context = {"statistics": received_statistics(request.user, period), "bar": period_bar(period, PERIODS)}
    context["repeat_years"] = OfficeSetting.objects.number(REPEAT_YEARS)
    return render(request, "received/statistics.html", context)


@require_safe
def received_statistics_file(request: Request) -> HttpResponseBase:
    """The statistics of a period as an Excel file, with every unit. Raises NotYours for units."""
    require_permission(request, SEE_RECEIVED)
    period = period_of_address(request.GET, PERIODS)
    return spreadsheet_answer(received_statistics_book(request.user, period), f"{period.label}三书一函统计")
