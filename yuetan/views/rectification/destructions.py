"""销毁清册: the lists, one of them, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from yuetan.actions.record import destruction as actions
from yuetan.actions.room_step import RoomStep
from yuetan.documents.content.destruction import entry_lines
from yuetan.documents.destruction_pdf import render_destruction
from yuetan.forms.rectification import destruction as destruction_forms
from yuetan.models import DestroyedFile, Destruction
from yuetan.models.record.destruction import SEE_ARCHIVE
from yuetan.templatetags.official import moment
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate, run_action
from yuetan.views.frame.reauthentication import require_recent_authentication
from yuetan.views.frame.request import Request
from yuetan.vocabulary import DestructionStanding as Standing

LIGHTS = {
    Standing.DRAWN_UP: "yellow",
    Standing.APPROVED: "yellow",
    Standing.REFUSED: "grey",
    Standing.WITHDRAWN: "grey",
    Standing.CARRIED_OUT: "red",
}


class DestructionButton(NamedTuple):
    """What a button sends: the step, its form and action, and what is said afterwards."""

    step: RoomStep[Destruction]
    form: type[forms.Form]
    action: Callable[..., Destruction]
    done: str


BUTTONS = {
    "decide": DestructionButton(
        actions.APPROVING,
        destruction_forms.DecideDestructionForm,
        actions.decide_destruction,
        "已作出决定。批准的，由拟制人、批准人以外的一人监销。",
    ),
    "carry_out": DestructionButton(
        actions.CARRYING_OUT,
        destruction_forms.CarryOutDestructionForm,
        actions.carry_out_destruction,
        "已销毁。请打印本清册，由三人签字存档。",
    ),
    "withdraw": DestructionButton(
        actions.WITHDRAWING,
        destruction_forms.WithdrawDestructionForm,
        actions.withdraw_destruction,
        "清册已撤销，卷宗继续保管，可以重新拟制。",
    ),
}


@require_safe
def destruction_list(request: Request) -> HttpResponse:
    """Every list that this person may see, the newest first."""
    require_permission(request, SEE_ARCHIVE)
    facts = paginate(request, Destruction.objects.visible_to(request.user).with_people().order_by("-pk"))
    rows = [{"destruction": each, "light": LIGHTS[each.standing]} for each in facts["rows"]]
    may_draw_up = actions.DRAWING_UP.is_offered([], request.user)
    return render(request, "cases/destruction_list.html", {**facts, "rows": rows, "may_draw_up": may_draw_up})


@require_http_methods(["GET", "HEAD", "POST"])
def draw_up_destruction(request: Request) -> HttpResponse:
    """拟制销毁清册: out of the cases whose 保管期限 is over."""
    require_permission(request, actions.DRAW_UP)
    cases = list(actions.destroyable(request.user))
    form = destruction_forms.DrawUpDestructionForm(request.POST if request.method == "POST" else None, cases=cases)
    made = run_action(form, actions.draw_up_destruction, by=request.user) if request.method == "POST" else None
    if made is not None:
        messages.success(request, f"{made}已拟制，请领导审批。")
        return redirect("destruction", pk=made.pk)
    context = {"form": form, "cases": cases}
    return render(request, "cases/draw_up_destruction.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def destruction(request: Request, pk: int) -> HttpResponse:
    """One list with its cases and what became of it; what this person may do with it is sent from here.

    Raises NotYours for whoever may not do it, Http404 for a list kept from them and for a button there is not.
    """
    require_permission(request, SEE_ARCHIVE)
    shown = _visible_destruction(request, pk)
    sent = None
    if request.method == "POST":
        name = next((each for each in BUTTONS if each in request.POST), None)
        if name is None:
            raise Http404
        button = BUTTONS[name]
        button.step.require(shown, request.user)
        require_recent_authentication(request)
        sent = (name, button.form(request.POST))
        if run_action(sent[1], partial(button.action, shown), by=request.user) is not None:
            messages.success(request, button.done)
            return redirect("destruction", pk=pk)
    return _destruction_page(request, _visible_destruction(request, pk), sent)


def _destruction_page(request: Request, shown: Destruction, sent: tuple[str, forms.Form] | None) -> HttpResponse:
    failed = sent[1] if sent else None
    offered = {name: button for name, button in BUTTONS.items() if button.step.is_offered(shown, request.user)}
    barred = {name: reasons for name, one in offered.items() if (reasons := one.step.reasons(shown, request.user))}
    filled_in = {
        name: sent[1] if sent and sent[0] == name else button.form()
        for name, button in offered.items()
        if name not in barred
    }
    context = {
        "destruction": shown,
        "light": LIGHTS[shown.standing],
        "lines": _lines_of_cases(shown),
        "facts": _who_did_what(shown),
        "form": failed,
        "forms": filled_in,
        "barred": [reason.text for reasons in barred.values() for reason in reasons],
        "files_left": DestroyedFile.objects.filter(entry__destruction=shown, removed_at=None).count(),
    }
    return render(request, "cases/destruction.html", context, status=422 if failed and failed.errors else 200)


@require_safe
def destruction_pdf(request: Request, pk: int) -> HttpResponse:
    """The list, to be printed and signed."""
    require_permission(request, SEE_ARCHIVE)
    shown = _visible_destruction(request, pk)
    return pdf_answer(render_destruction(shown), f"{shown}.pdf")


def _lines_of_cases(shown: Destruction) -> list[dict[str, object]]:
    entries = shown.entries.select_related("unit__parent", "destruction")
    return [{"number": one.register_number, "lines": entry_lines(one), "case": one.case_id} for one in entries]


def _visible_destruction(request: Request, pk: int) -> Destruction:
    return get_object_or_404(Destruction.objects.visible_to(request.user).with_people(), pk=pk)


def _who_did_what(shown: Destruction) -> list[dict[str, str]]:
    done = [("拟制、鉴定", shown.drawn_up_by, shown.drawn_up_title, shown.drawn_up_at, shown.opinion)]
    decided = "批准" if shown.agreed else "不批准"
    for label, who, title, when, words in (
        (decided, shown.decided_by, shown.decided_title, shown.decided_at, shown.decision_words),
        ("监销", shown.carried_out_by, shown.carried_out_title, shown.carried_out_at, ""),
        ("撤销", shown.withdrawn_by, "", shown.withdrawn_at, shown.withdrawal_reason),
    ):
        if who is not None and when is not None:
            done.append((label, who, title, when, words))
    return [
        {"label": label, "value": f"{who.name}{f'（{title}）' if title else ''}，{moment(when)}\n{words}".strip()}
        for label, who, title, when, words in done
    ]
