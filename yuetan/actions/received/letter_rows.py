"""What every action on 三书一函 shares: who is of which side, the row held, what the log and the unit read of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from yuetan import permissions
from yuetan.actions.files.attachment import ExaminedFile
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import ReceivedLetter, ReceivedPaper, User
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.personal_data import personal_data

REGISTER, REPLY = "register_received_letter", "reply_received_letter"
WITHDRAW, DECIDE = "withdraw_received_letter", "decide_received_reply"
WITHDRAW_CLOSING = "withdraw_received_closing"


def is_of_unit(unit_id: int, by: User) -> bool:
    """Whether the person heads the unit or is its liaison today."""
    return by.is_active and any(own.party for own in by.posts_in(unit_id))


def may_as_office(unit_id: int, by: User, codename: str) -> bool:
    """Whether the person may do it for the office: not where they hold a post in the unit (回避)."""
    return by.has_perm(permissions.name(codename)) and not by.is_recused_from(unit_id)


def may_do(unit_id: int, by: User, codename: str) -> bool:
    """Whether the person may do it for the office, or for the unit where its people may."""
    of_unit = bool(permissions.BY_CODENAME[codename].parties) and is_of_unit(unit_id, by)
    return of_unit or may_as_office(unit_id, by, codename)


def require_may_do(unit_id: int, by: User, codename: str) -> None:
    """Let pass who may do it. Raises NotYours for anybody else."""
    if not may_do(unit_id, by, codename):
        raise NotYours(codename)


def locked_letter(letter_id: UUID) -> ReceivedLetter:
    """The letter as it is once nobody else acts on it.

    By two statements: in one, a row that had to be waited for comes as it is now, and what is joined to it as before.
    """
    ReceivedLetter.objects.select_for_update(no_key=True).get(pk=letter_id)
    return ReceivedLetter.objects.select_related("unit__parent", "reply", "closing", "withdrawn_by").get(pk=letter_id)


def ended_problems(letter: ReceivedLetter) -> Iterator[Finding]:
    """That the letter was withdrawn or closed: nothing of it changes then."""
    if letter.withdrawn_by is not None:
        yield finding("received_withdrawn", "")
    elif letter.closing is not None:
        yield finding("received_closed")


def text_problems(field: str, label: str, text: str, missing: Finding) -> list[Finding]:
    """That a text says nothing, or holds what identifies a person."""
    return [*require_words(text, missing), *personal_data(field, f"“{label}”", text, clock.today().year)]


def reason_problems(reason: str, what: str, field: str = "reason") -> list[Finding]:
    """What is not right with the reason of a step."""
    return text_problems(field, "原因", reason, finding("reason_missing", field, what=what))


def store_papers(files: Sequence[ExaminedFile], by: User, stored: list[StoredFile], **of: object) -> None:
    """Keep the scans of a letter or a reply."""
    for file in files:
        file.store(ReceivedPaper(uploaded_by=by, uploaded_at=clock.now(), **of), stored)


def letter_facts(letter: ReceivedLetter) -> dict[str, object]:
    """What the log keeps of an action on a letter."""
    return {"unit": letter.unit.full_name, "words": str(letter)}


def alert_unit(letter: ReceivedLetter, key: str, words: str) -> None:
    """Alert the heads and liaisons of the unit."""
    send_alert(people_of_unit(letter.unit), key=f"received:{letter.pk}:{key}", words=words)


def day_words(day: date | None) -> str:
    """，回复期限为2026年12月1日; empty where no day is set."""
    return f"，回复期限为{chinese_date(day)}" if day else ""
