"""Requirements for the steps of a reminder letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.recusal import recused_today
from yuetan.models.flow.requirement import Requirement, refuses, refuses_recused
from yuetan.models.people.unit_change import is_without_successor, last_successor
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.letter.letter import Letter
    from yuetan.models.people.user import User


@refuses("letter_drafter_approves")
def not_the_letters_drafter(letter: Letter) -> Iterable[int | None]:
    """Whoever wrote any of its text does not sign it."""
    return [letter.drafter_id, *letter.events.filter(verb=Verb.REVISE_LETTER).values_list("actor", flat=True)]


@refuses_recused
def not_to_the_own_unit(letter: Letter, user: User) -> Iterator[Finding]:
    """Nobody reminds their own unit."""
    return recused_today("letter_recusal", user, letter.unit)


@Requirement
def addressee_stands(letter: Letter) -> Iterator[Finding]:
    """No letter goes out to a unit that has ended."""
    unit = letter.unit
    if is_without_successor(unit):
        yield finding("unit_ended_without_successor", unit=unit.name)
    elif unit.retired_on is not None:
        yield finding("unit_ended", unit=unit.name, successor=last_successor(unit).full_name)


@Requirement
def letter_in_force(letter: Letter) -> Iterator[Finding]:
    """A voided letter asks for nothing any more."""
    voided_at = letter.document.entry.voided_at
    if voided_at is not None:
        yield finding("letter_voided", time=official_text.chinese_date(voided_at))


@Requirement
def letter_unsigned(letter: Letter) -> Iterator[Finding]:
    """A letter is signed for once."""
    receipt = letter.document.receipt_or_none
    if receipt is not None:
        yield finding("letter_already_acknowledged", name=receipt.signer, time=receipt.signed_at_words)


@Requirement
def letter_answerable(letter: Letter) -> Iterator[Finding]:
    """A letter is answered once, after it was signed for."""
    if letter.document.entry.voided_at is not None:
        yield from letter_in_force.findings(letter)
    elif letter.answered_by is not None:
        yield finding("letter_answered", name=letter.answered_by.name)
    elif letter.document.receipt_or_none is None:
        yield finding("letter_not_acknowledged")


def awaits_answer(letter: Letter) -> bool:
    """Whether the letter is in force and not answered."""
    return letter.awaits_answer
