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
from yuetan.actions.step import is_theirs, state_changed, way
from yuetan.errors import NotYours
from yuetan.models import Case, OfficeSetting, Sheet, TypedText, User
from yuetan.rules import clock
from yuetan.rules.typed import Cells, Meeting, meet, plain
from yuetan.vocabulary import Verb


@dataclass(frozen=True)
class Typed:
    """What somebody typed into one field, and a digest of what the field had shown before."""

    value: list[str]
    shown: str


def keep_typed(
    sheet: Sheet, *, by: User, typed: Mapping[str, Typed], untouched: Callable[[], Cells]
) -> dict[str, Meeting]:
    """Keep each field that nobody else has changed meanwhile; says how each one met what was there.

    `untouched` gives the form as it is when nobody has typed into it. A field that somebody else has
    changed stays as that person left it: what to do about it is for the people to say. Raises
    StateChanged if the case has moved on, NotYours if the form is somebody else's.
    """
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
    return met


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
    if sheet.case is None:
        if sheet.owner != by or not by.has_perm(permissions.name(Verb.DRAFT)):
            raise NotYours(sheet.verb)
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
    """每日任务: texts of steps that their case has gone past, after the office's days; what can be handed in stays."""
    days = OfficeSetting.objects.number("typed_text_days")
    old = TypedText.objects.filter(typed_at__date__lt=today - timedelta(days=days), case__isnull=False)
    past = [text.pk for text in old.select_related("case") if text.case and way(text.case, text.verb) is None]
    return {"删除": TypedText.objects.filter(pk__in=past).delete()[0]}
