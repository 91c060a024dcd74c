"""资格限制查询: each asking is registered, and answered by a numbered 复函 that a second person issues."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from yuetan import permissions
from yuetan.actions.hold_row import hold_row
from yuetan.actions.room_step import NO_ROW, RoomRows, RoomStep, itself, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_inquiry
from yuetan.models import Document, RestrictionInquiry, Unit, User
from yuetan.models.ladder.asked_people import NOBODY, Namesake, meant, namesakes
from yuetan.models.ladder.inquiry import ASK, REPLY, knows_all_restrictions
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.rules.text.personal_data import personal_data


@dataclass(frozen=True)
class Asking:
    """What the letter says: of whom, for what, about which day, and whom it is about."""

    organ: str
    letter_number: str
    letter_on: date | None
    purpose: str
    day: date | None
    unit: Unit | None
    name: str
    title: str


def ask_restrictions(
    *,
    by: User,
    organ: str,
    letter_number: str,
    letter_on: date | None,
    purpose: str,
    day: date | None,
    unit: Unit | None,
    name: str,
    title: str,
    who: str,
) -> RestrictionInquiry:
    """登记查询 of a unit, or of a person by name and post, on any day past or future.

    `who` says which of several people of the name is meant (NOBODY: none of them). Raises NotYours without the right
    and where anything on the register is kept from the person; Refused with what is missing, and where name and post
    do not tell people apart. Effects: the asking is registered for good, one line of the log.
    """
    with room_step(REGISTERING, None, by=by) as held:
        texts = {"organ": organ.strip(), "letter_number": letter_number.strip(), "purpose": purpose.strip()}
        asking = Asking(letter_on=letter_on, day=day, unit=unit, name=person_name(name), title=title.strip(), **texts)
        refuse_uncited(_asking_problems(asking))
        assert letter_on is not None
        assert day is not None
        about = {"unit": unit} if unit is not None else _person_columns(asking, _who_is_meant(asking, who))
        made = RestrictionInquiry.objects.create(
            letter_on=letter_on, day=day, asked_by=by, asked_at=clock.now(), **texts, **about
        )
        held.facts |= {"words": str(made), "purpose": made.purpose}
        held.made = made
    return made


def _who_is_meant(asking: Asking, who: str) -> Namesake | None:
    """Whom on record the letter asks about, None for nobody; raises Refused where it may be one or another."""
    known = namesakes(asking.name)
    one = meant(known, asking.title, who)
    if known and one is None and who != NOBODY:
        refuse_uncited([finding("inquiry_person_ambiguous", "who", name=asking.name, title=asking.title)])
    return one


def _person_columns(asking: Asking, one: Namesake | None) -> dict[str, object]:
    known_by = one.titles[0] if one is not None and one.person is None else ""
    return {
        "person_id": one.person if one else None,
        "person_name": asking.name,
        "asked_title": asking.title,
        "person_title": known_by,
        "is_unknown": one is None,
    }


def reply_to_inquiry(inquiry: RestrictionInquiry, *, by: User, seen: str) -> Document:
    """印发复函 by somebody else than who registered the asking, as the register stands today.

    `seen` is the digest of the answer that was looked at. Raises NotYours; Refused for who registered it, for one that
    is replied to, and for an answer that changed meanwhile. Effects: a numbered paper, one line of the log.
    """
    with room_step(REPLYING, inquiry, by=by) as held:
        one = held.row
        if seen != digest_of_answer(one):
            refuse_uncited([finding("inquiry_answer_changed")])
        one.replied_at, one.replied_by, one.in_force_count = clock.now(), by, one.in_force().count()
        one.save()
        document = issue_of_inquiry(one, by=by)
        held.facts["document"] = document.number
    return document


def digest_of_answer(inquiry: RestrictionInquiry) -> str:
    """The SHA-256 of what the register says of whom it asks."""
    rows = inquiry.restrictions().values_list("pk", "until")
    return hashlib.sha256(json.dumps([[str(key), str(until)] for key, until in rows]).encode()).hexdigest()


def _asking_problems(asking: Asking) -> Iterator[Finding]:
    needed = {
        "organ": ("来函机关", asking.organ),
        "letter_number": ("来函文号", asking.letter_number),
        "letter_on": ("来函日期", asking.letter_on),
        "purpose": ("用途", asking.purpose),
        "day": ("查询的日期", asking.day),
    }
    yield from missing_of("inquiry_incomplete", needed)
    if asking.letter_on is not None and asking.letter_on > clock.today():
        yield finding("inquiry_letter_ahead", "letter_on")
    yield from personal_data("purpose", "“用途”", asking.purpose, clock.today().year)
    yield from _subject_problems(asking)


def _subject_problems(asking: Asking) -> Iterator[Finding]:
    if (asking.unit is None) == (not asking.name and not asking.title):
        yield finding("inquiry_of_nobody", "unit")
    elif asking.unit is None and not (asking.name and asking.title):
        yield finding("inquiry_without_post", "title" if asking.name else "name")
    elif asking.name and not is_person_name(asking.name):
        yield finding("restriction_name_unfit", "name", name=asking.name)


def _reply_problems(inquiry: RestrictionInquiry, by: User) -> Iterator[Finding]:
    document = inquiry.document_or_none
    if document is not None:
        yield finding("inquiry_replied", "", number=document.number, day=chinese_date(document.issued_at))
    elif inquiry.asked_by_id == by.pk:
        yield finding("inquiry_own", "", name=by.name)


def _held_inquiry(inquiry: RestrictionInquiry) -> RestrictionInquiry:
    return hold_row(RestrictionInquiry.objects.select_related("unit__parent"), inquiry.pk)


def _may_answer(inquiry: RestrictionInquiry | None, by: User, codename: str) -> bool:
    """By right, and where nothing on the register is kept from the person."""
    return by.has_perm(permissions.name(codename)) and knows_all_restrictions(by)


REGISTERING = RoomStep(ASK, replace(NO_ROW, may=_may_answer))
REPLYING = RoomStep(
    REPLY,
    RoomRows[RestrictionInquiry](_held_inquiry, _may_answer, lambda one: {"words": str(one)}, itself),
    against=(_reply_problems,),
)
