"""Keeping what is being typed: field by field, so that two people do not overwrite each other unseen.

It is no step: it writes no event, changes no case and tells nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from yuetan import permissions
from yuetan.actions.lawful_proposal import personal_data
from yuetan.actions.letter import answer_no_longer_awaited
from yuetan.actions.step import is_theirs, state_changed, way
from yuetan.errors import NotYours
from yuetan.models import Case, OfficeSetting, Sheet, TypedText, User
from yuetan.models.typed import NO_PERSONAL_NUMBERS
from yuetan.rules import clock
from yuetan.rules.typed import Cells, Meeting, meet, plain
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class Typed:
    """What somebody typed into one field, and a digest of what the field had shown before."""

    value: list[str]
    shown: str
    label: str = ""


@dataclass(frozen=True)
class Kept:
    """How each field met what was there; and what is not kept at all, with the sentence that says why."""

    met: dict[str, Meeting]
    refused: dict[str, str]


def keep_typed(sheet: Sheet, *, by: User, typed: Mapping[str, Typed], untouched: Callable[[], Cells]) -> Kept:
    """Keep each field that nobody else has changed meanwhile, and that may be kept.

    `untouched` gives the form as it is when nobody has typed into it. A field that somebody else has
    changed stays as that person left it: what to do about it is for the people to say. Raises
    StateChanged if the case has moved on, NotYours if the form is somebody else's.
    """
    refused = _refused(sheet, typed)
    typed = {name: one for name, one in typed.items() if name not in refused}
    with held(sheet.case_id, by=by):
        _check(sheet, by)
        empty = untouched()
        now = empty | TypedText.objects.on(sheet).cells()
        met = {name: meet(one.shown, one.value, now.get(name, [])) for name, one in typed.items()}
        mine = {name: plain(typed[name].value) for name, how in met.items() if how == Meeting.MINE}
        TypedText.objects.on(sheet).filter(name__in=mine).delete()
        facts = sheet.keys | {"typed_by": by, "typed_at": clock.now()}
        TypedText.objects.bulk_create(
            [TypedText(name=name, value=value, **facts) for name, value in mine.items() if value != empty.get(name, [])]
        )
    return Kept(met, refused)


def _refused(sheet: Sheet, typed: Mapping[str, Typed]) -> dict[str, str]:
    """What not even a draft may hold, by the sentence the form itself would be refused with: numbers of persons."""
    if sheet.verb not in NO_PERSONAL_NUMBERS:
        return {}
    told = {}
    for name, one in typed.items():
        findings = [finding for value in one.value for finding in personal_data(name, one.label, value)]
        if findings:
            told[name] = "".join(reason.text for reason in sheet.reasons(findings))
    return told


@contextmanager
def held(case_id: UUID | None, *, by: User) -> Iterator[None]:
    """One at a time: who types into a case's forms or takes its steps waits for the other; all or nothing.

    For a proposal that is no case yet, the person waits for their own other window. What is read of the
    case must be read inside.
    """
    with transaction.atomic():
        rows = User.objects.filter(pk=by.pk) if case_id is None else Case.objects.filter(pk=case_id)
        list(rows.select_for_update(of=("self",), no_key=True).order_by().values("pk"))
        yield


def _check(sheet: Sheet, by: User) -> None:
    if sheet.case is None or sheet.verb == Verb.DRAFT_LETTER:
        if sheet.owner != by or not by.has_perm(permissions.name(sheet.verb), sheet.letter):
            raise NotYours(sheet.verb)
        if sheet.letter is not None and not sheet.letter.awaits_answer:
            raise answer_no_longer_awaited(sheet.letter)
        return
    case = Case.objects.select_related("unit", "regulation").get(pk=sheet.case.pk)
    chosen = way(case, sheet.verb)
    if chosen is None:
        raise state_changed(case, by)
    if sheet.owner not in (None, by) or not is_theirs(case, chosen, by):
        raise NotYours(sheet.verb)


def discard_typed(sheet: Sheet, *, by: User) -> None:
    """放弃: drop what this person typed; what others typed into a shared form stays."""
    with held(sheet.case_id, by=by):
        TypedText.objects.on(sheet).filter(typed_by=by).delete()


def hand_over_typed(sheet: Sheet) -> None:
    """The step is taken, and what was typed is in it: call it within `held`."""
    TypedText.objects.on(sheet).delete()


def drop_what_is_past(today: date) -> dict[str, int]:
    """每日任务: what its case or letter has gone past, after the office's days; what can be handed in stays."""
    days = OfficeSetting.objects.number("typed_text_days")
    old = TypedText.objects.filter(typed_at__date__lt=today - timedelta(days=days))
    past = [text.pk for text in old.select_related("case", "letter__document__entry") if _is_past(text)]
    return {"删除": TypedText.objects.filter(pk__in=past).delete()[0]}


def _is_past(text: TypedText) -> bool:
    if text.letter is not None:
        return not text.letter.awaits_answer
    if text.case is None:
        return False
    return text.case.is_ended if text.verb == Verb.DRAFT_LETTER else way(text.case, text.verb) is None
