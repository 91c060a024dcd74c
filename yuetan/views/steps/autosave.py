"""Where pages keep what is being typed, and ask what others have typed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from yuetan.actions.drafts.drafts import DraftCell, discard_draft, locked_case, save_draft
from yuetan.errors import StateChanged
from yuetan.forms.drafts import draft_cells as reading
from yuetan.forms.frame.bounds import parsed_json
from yuetan.models import Case
from yuetan.models.rectification.task_origin import ORIGINS, HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.rules.three_way_merge import MergeOutcome, digest, digests
from yuetan.views.case.lookup import visible_case
from yuetan.views.drafts.draft_form import EMPTY, Changes, DraftForm, clock_time
from yuetan.views.frame.errors import who_moved
from yuetan.views.frame.request import Request
from yuetan.views.ladder import measure_drafts
from yuetan.views.ladder.measures import visible_measure
from yuetan.views.letter import letter_drafts, letters
from yuetan.views.proposal import proposals
from yuetan.views.steps.take_step import open_step, step_case

MAX_FIELDS, MAX_VALUES, MAX_LENGTH = 400, 200, 30_000

answers = require_http_methods(["GET", "POST"])


@answers
def autosave_step(request: Request, pk: UUID, verb: str) -> HttpResponse:
    """The form of a step."""
    return autosave_task_step(request, pk, verb, Case.ABOUT)


@answers
def autosave_task_step(request: Request, pk: UUID, verb: str, about: str) -> HttpResponse:
    """The form of a step about tasks, whatever handed them over."""

    def opened() -> DraftForm[Any]:
        return open_step(request, step_case(request.user, pk, verb, about), verb)[1]

    return _answered(request, pk, opened, of=ORIGINS[about])


@answers
def autosave_revision(request: Request, pk: UUID) -> HttpResponse:
    """The form of a proposal that is a draft."""
    return _answered(request, pk, lambda: proposals.draft_open(request, visible_case(request.user, pk)))


@answers
def autosave_proposal(request: Request, unit: int) -> HttpResponse:
    """The form of a proposal that is no case yet."""
    return _answered(request, None, lambda: proposals.proposal_open(request, unit))


@answers
def autosave_letter(request: Request) -> HttpResponse:
    """The form of a reminder letter that is no draft yet."""
    return _answered(request, None, lambda: letter_drafts.new_letter_open(request))


@answers
def autosave_letter_answer(request: Request, pk: UUID) -> HttpResponse:
    """The form of a unit's answer to a reminder letter."""
    return _answered(
        request, None, lambda: letter_drafts.answer_open(request, letters.visible_letter(request.user, pk))
    )


@answers
def autosave_letter_revision(request: Request, pk: UUID) -> HttpResponse:
    """The form in which a returned letter is put right."""
    return _answered(
        request, None, lambda: letter_drafts.revision_open(request, letters.visible_letter(request.user, pk))
    )


@answers
def autosave_measure(request: Request) -> HttpResponse:
    """The form of a measure that is no draft yet."""
    return _answered(request, None, lambda: measure_drafts.new_measure_open(request))


@answers
def autosave_measure_revision(request: Request, pk: UUID) -> HttpResponse:
    """The form of a measure that is a draft."""
    opened = measure_drafts.revision_open
    return _answered(request, None, lambda: opened(request, visible_measure(request.user, pk)))


def _answered(
    request: Request,
    case_id: UUID | None,
    opened: Callable[[], DraftForm[Any]],
    of: type[HandsOutTasks] = Case,
) -> HttpResponse:
    """409 as data for a case that has moved on; everything else that stops a page stops this in the same way."""
    try:
        if request.method == "GET":
            return (_discard_page if "discard" in request.GET else _current_fields)(request, opened())
        with locked_case(case_id, by=request.user, of=of):
            return _posted(request, opened())
    except StateChanged as moved:
        return JsonResponse({"words": who_moved(moved)}, status=409)


def _discard_page(request: Request, page: DraftForm[forms.Form]) -> HttpResponse:
    """Before what this person typed is dropped: what it is."""
    form = page.make()
    texts, now = page.now(form)
    changes = Changes(form, now, texts, page.by)
    own_changes = [changes.field_change(text.name) for text in texts if text.written_by_id == page.by.pk]
    return render(request, "cases/discard_draft.html", {"own_changes": own_changes, "draft_form": page})


def _current_fields(request: Request, page: DraftForm[forms.Form]) -> HttpResponse:
    """Every field as it is now; nothing if the page knows it already."""
    form = page.make()
    texts, now = page.now(form)
    known = digests(now)
    stamp = digest([f"{name}={value}" for name, value in sorted(known.items())])
    if request.GET.get("stamp") == stamp:
        return HttpResponse(status=204)
    changes = Changes(form, now, texts, page.by)
    return JsonResponse({"stamp": stamp, "cells": {name: changes.field_change(name) for name in now}})


def _posted(request: Request, page: DraftForm[forms.Form]) -> HttpResponse:
    """Keep or discard; a page that somebody else had opened in this browser keeps nothing under this name."""
    if request.POST.get("owner") != str(page.by.pk):
        raise PermissionDenied
    if "discard" in request.POST:
        discard_draft(page.draft_key, by=page.by)
        return redirect(page.back)
    form = page.make()
    if not page.is_kept(form):
        raise BadRequest
    kept = save_draft(
        page.draft_key, by=page.by, cells=_sent_cells(request, form), untouched=lambda: reading.cells(form)
    )
    texts, now = page.now(form)
    changes = Changes(form, now, texts, page.by)
    field_change = {
        "at": clock_time(clock.now()),
        "kept": {name: digest(now.get(name, [])) for name, how in kept.met.items() if how != MergeOutcome.BOTH},
        "others": {name: changes.field_change(name) for name, how in kept.met.items() if how == MergeOutcome.BOTH},
        "refused": kept.refused,
    }
    return JsonResponse(field_change)


def _sent_cells(request: Request, form: forms.Form) -> dict[str, DraftCell]:
    """What was sent, if it is what such a page sends: by name, the values and the digest of what was shown."""
    labels = {name: cell.label for name, cell in reading.draft_inputs(form).items()}
    try:
        sent = parsed_json(request.POST["cells"])
        cells = {
            name: DraftCell(_values(one["value"]), one["shown"] or EMPTY, labels.get(name, ""))
            for name, one in sent.items()
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadRequest from error
    if len(cells) > MAX_FIELDS or not all(reading.takes(form, name) for name in cells):
        raise BadRequest
    return cells


def _values(sent: object) -> list[str]:
    if not isinstance(sent, list) or len(sent) > MAX_VALUES:
        raise ValueError(sent)
    if not all(isinstance(value, str) and len(value) <= MAX_LENGTH for value in sent):
        raise ValueError(sent)
    return sent
