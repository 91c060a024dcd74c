"""The open drafts of a person, each with a link back to its form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from yuetan.models import Case, DraftField, User
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.views.case.available_steps import AvailableStep
from yuetan.views.drafts.draft_form import clock_time
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class OpenDraft:
    """One form that waits to be gone on with."""

    label: str
    url: str
    at: str
    who: str


def open_drafts(case: HandsOutTasks, user: User, available: Iterable[AvailableStep]) -> list[OpenDraft]:
    """Forms of this case, or measure, that this person can go on with: of steps that are this person's."""
    choices = {choice.verb: choice for choice in available if not choice.refused}
    texts = case.draft_fields.filter(Q(owner=None) | Q(owner=user), verb__in=choices).select_related(
        "written_by", "task"
    )
    last = {(text.verb, text.task): text for text in texts}
    return [
        OpenDraft(
            f"{choices[verb].label}（第 {task.number} 项任务）" if task else choices[verb].label,
            f"{choices[verb].url}?task={task.pk}" if task else choices[verb].url,
            clock_time(text.written_at),
            "您" if text.written_by_id == user.pk else text.written_by.name,
        )
        for (verb, task), text in last.items()
    ]


def new_proposals(user: User) -> list[OpenDraft]:
    """Proposals that this person has begun and not kept as a draft."""
    texts = DraftField.objects.filter(owner=user, verb=Verb.DRAFT).select_related("unit__parent")
    last = {text.unit: text for text in texts if text.unit}
    return [
        OpenDraft(unit.full_name, f"{reverse('propose')}?unit={unit.pk}", clock_time(text.written_at), "您")
        for unit, text in last.items()
    ]


def new_letters(user: User) -> list[OpenDraft]:
    """Reminder letters that this person has begun and not put before a leader."""
    visible = Case.objects.visible_if(user, "case__")
    texts = DraftField.objects.filter(visible, owner=user, verb=Verb.DRAFT_LETTER).select_related("case__unit__parent")
    last = {text.case: text for text in texts}
    return [
        OpenDraft(
            _begun_from("提醒函", case),
            reverse("draft_letter") + _query("case", case),
            clock_time(text.written_at),
            "您",
        )
        for case, text in last.items()
    ]


def new_measures(user: User) -> list[OpenDraft]:
    """Measures of a 责任制 that this person has begun and not kept as a draft."""
    visible = Case.objects.visible_if(user, "case__")
    texts = DraftField.objects.filter(visible, owner=user, verb=Verb.DRAFT_MEASURE, measure_laid=None)
    last = {text.case: text for text in texts.select_related("case__unit__parent").order_by("written_at", "pk")}
    return [
        OpenDraft(
            _begun_from("责任措施", case),
            reverse("draft_measure") + _query("before", case),
            clock_time(text.written_at),
            "您",
        )
        for case, text in last.items()
    ]


def _begun_from(what: str, case: Case | None) -> str:
    return f"{what}（{case.unit_label}：{case.title}）" if case else what


def _query(name: str, case: Case | None) -> str:
    return f"?{name}={case.pk}" if case else ""
