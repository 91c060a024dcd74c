"""THE table of the steps of a reminder letter."""

from __future__ import annotations

from yuetan.models.case.requirements import unit
from yuetan.models.flow.step import Direction, Step
from yuetan.models.letter import requirements
from yuetan.vocabulary import LetterState as State
from yuetan.vocabulary import Verb

LETTER_STEPS = (
    Step(Verb.DRAFT_LETTER, (), State.DRAFTED, explains_recusal=True),
    Step(
        Verb.APPROVE_LETTER,
        (State.DRAFTED,),
        State.ISSUED,
        Direction.MAIN,
        requirements=(requirements.addressee_stands,),
        personal=(requirements.not_the_letters_drafter,),
        seen_by_unit=True,
        explains_recusal=True,
    ),
    Step(Verb.RETURN_LETTER, (State.DRAFTED,), State.RETURNED, Direction.RETURN),
    Step(Verb.REVISE_LETTER, (State.RETURNED,), State.DRAFTED, Direction.MAIN),
    Step(
        Verb.PREPARE_LETTER_ANSWER,
        (State.ISSUED,),
        requirements=(requirements.letter_answerable,),
        explains_if=requirements.awaits_answer,
        is_recorded=False,
    ),
    Step(
        Verb.ANSWER_LETTER,
        (State.ISSUED,),
        requirements=(requirements.letter_answerable,),
        awaited=True,
        explains_if=requirements.awaits_answer,
        seen_by_unit=True,
    ),
    Step(
        Verb.ACKNOWLEDGE_LETTER,
        (State.ISSUED,),
        requirements=(requirements.letter_in_force, requirements.letter_unsigned),
        awaited=True,
        seen_by_unit=True,
    ),
    Step(
        Verb.CARRY_OVER_LETTER,
        tuple(State),
        requirements=(unit.unit_has_successor,),
        seen_by_unit=True,
        has_own_page=True,
    ),
    Step(Verb.VOID_DOCUMENT, (State.ISSUED,), seen_by_unit=True, has_own_page=True),
    Step(Verb.UPLOAD_SCAN, (State.ISSUED,), has_own_page=True),
)
