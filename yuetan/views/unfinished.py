"""What somebody has typed and not handed in yet, with the way back to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from yuetan.models import Case, TypedText, User
from yuetan.views.choices import Choice
from yuetan.views.typed_page import clock_time
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class Unfinished:
    """One form that waits to be gone on with."""

    label: str
    url: str
    at: str
    who: str


def of_case(case: Case, user: User, mine: Iterable[Choice]) -> list[Unfinished]:
    """Forms of this case that this person can go on with: only steps that are this person's are looked at."""
    choices = {choice.verb: choice for choice in mine if not choice.refused}
    texts = case.typed_texts.filter(Q(owner=None) | Q(owner=user), verb__in=choices).select_related("typed_by", "task")
    last = {(text.verb, text.task): text for text in texts}
    return [
        Unfinished(
            f"{choices[verb].label}（第 {task.number} 项任务）" if task else choices[verb].label,
            f"{choices[verb].url}?task={task.pk}" if task else choices[verb].url,
            clock_time(text.typed_at),
            "您" if text.typed_by_id == user.pk else text.typed_by.name,
        )
        for (verb, task), text in last.items()
    ]


def new_proposals(user: User) -> list[Unfinished]:
    """Proposals that this person has begun and not kept as a draft."""
    texts = TypedText.objects.filter(owner=user, verb=Verb.DRAFT).select_related("unit__parent")
    last = {text.unit: text for text in texts}
    return [
        Unfinished(unit.full_name, f"{reverse('propose')}?unit={unit.pk}", clock_time(text.typed_at), "您")
        for unit, text in last.items()
    ]


def new_letters(user: User) -> list[Unfinished]:
    """Reminder letters that this person has begun and not put before a leader."""
    texts = TypedText.objects.filter(owner=user, verb=Verb.DRAFT_LETTER).select_related("case__unit__parent")
    last = {text.case: text for text in texts}
    return [
        Unfinished(_letter_from(case), f"{reverse('draft_letter')}{_query(case)}", clock_time(text.typed_at), "您")
        for case, text in last.items()
    ]


def _letter_from(case: Case | None) -> str:
    return f"提醒函（{case.unit.full_name}：{case.title}）" if case else "提醒函"


def _query(case: Case | None) -> str:
    return f"?case={case.pk}" if case else ""
