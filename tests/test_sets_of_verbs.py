"""Every set of steps that a rule asks of, literal: whoever changes one changes it here too, knowingly."""

import importlib
import pkgutil

import pytest

import yuetan
from yuetan.actions.interview import minutes, minutes_versions
from yuetan.actions.letter import letter
from yuetan.actions.record import check_dates, check_papers
from yuetan.actions.rectification import minutes_correction
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.drafts import draft
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.models.record import event
from yuetan.permissions import BY_CODENAME
from yuetan.vocabulary import CaseState, Verb

SEEN_BY_UNIT = {step.verb for step in (*CASE_STEPS, *LETTER_STEPS) if step.seen_by_unit}
SETS = [
    (
        SEEN_BY_UNIT,  # what the interviewed side reads in the timeline of its case
        """
        serve_notice reschedule acknowledge_receipt register_receipt hand_in_submission ask_leave decide_leave
        register_submission register_leave register_minutes_answer register_report register_progress register_extension
        record_absence hold_interview send_minutes answer_minutes issue_minutes confirm_correction
        assign hand_in_report hand_in_progress note_progress accept_task return_task chase answer_chase
        ask_extension decide_extension pause_task resume_task
        issue_supervision_letter acknowledge_supervision answer_supervision begin_inspection send_back reopen close
        approve_letter acknowledge_letter answer_letter void_document withdraw carry_over carry_over_letter
        """,
    ),
    (
        event.WORDS_FOR_THE_UNIT,  # of which it reads the opinion too
        """
        reschedule withdraw decide_leave accept_task return_task chase decide_extension pause_task resume_task
        send_back reopen issue_supervision_letter answer_supervision confirm_correction carry_over carry_over_letter
        register_leave register_minutes_answer register_extension
        """,
    ),
    (letter.ENDS_THE_WAITING, "answer_letter void_document"),
    (minutes.CHANGES_MINUTES, "hold_interview revise_minutes answer_minutes register_minutes_answer"),
    (minutes_correction.CHANGES_CORRECTION, "issue_minutes correct_minutes confirm_correction"),
    (minutes_versions.WRITES_MINUTES, "hold_interview revise_minutes confirm_correction"),
    (draft.SHARED_FORMS, "hold_interview revise_minutes prepare_submission prepare_report prepare_progress"),
    (check_dates.SETS_LIMIT, "decide_extension send_back reopen confirm_correction"),
    (check_dates.NOTICES, "serve_notice reschedule"),
    (check_papers.SIGNING, "acknowledge_receipt register_receipt acknowledge_supervision acknowledge_letter"),
]
KNOWN = {*Verb.values, *BY_CODENAME}
OF_THE_DEMO = ("demo", "seed", "scenarios", "bulk")  # they tell stories; no rule asks of them


def _sets_of_verbs():
    for found in pkgutil.walk_packages(yuetan.__path__, "yuetan."):
        if not {"migrations", "management", "wsgi"}.isdisjoint(found.name.split(".")):
            continue
        if not any(part.startswith(OF_THE_DEMO) for part in found.name.split(".")):
            module = importlib.import_module(found.name)
            yield from ((name, value) for name, value in vars(module).items() if _is_of_verbs(value))


def _is_of_verbs(value):
    several = isinstance(value, set | frozenset | tuple | list) and len(value) > 1
    return several and all(isinstance(one, str) and one in KNOWN for one in value)


@pytest.mark.parametrize(("verbs", "literal"), SETS)
def test_it_holds_these_and_no_others(verbs, literal):
    assert set(verbs) == set(literal.split())
    assert len(verbs) == len(literal.split())


def test_no_set_of_steps_stands_without_its_literal():
    held = {id(verbs) for verbs, _ in SETS}
    assert [name for name, value in _sets_of_verbs() if id(value) not in held] == []


def test_the_unit_reads_of_a_withdrawal_only_once_it_was_notified():
    seen = {step.sources for step in CASE_STEPS if step.verb == Verb.WITHDRAW and step.seen_by_unit}
    assert seen == {(CaseState.NOTIFIED,)}
