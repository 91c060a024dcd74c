"""Every set of steps that a rule asks of, literal: whoever changes one changes it here too, knowingly."""

import importlib
import pkgutil

import pytest

import yuetan
from yuetan.actions.interview import minutes, minutes_versions
from yuetan.actions.letter import letter
from yuetan.actions.record.checks import check_dates, check_papers
from yuetan.actions.rectification import earlier_step, minutes_correction
from yuetan.ledgers.agenda import agenda
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case import earlier_steps, rights, task_steps
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.drafts import draft
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.models.record import event
from yuetan.permissions import BY_CODENAME
from yuetan.views.case import available_steps
from yuetan.views.letter import letters
from yuetan.views.steps import take_step
from yuetan.vocabulary import CaseState, Verb

SEEN_BY_UNIT = {
    step.verb for step in (*CASE_STEPS, *LETTER_STEPS, *MEASURE_STEPS, *ASSIGNMENT_STEPS) if step.seen_by_unit
}
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
        confirm_earlier_case register_chase_answer register_supervision_receipt register_supervision_answer
        register_letter_receipt register_letter_answer correct_receipt
        serve_measure acknowledge_measure register_measure_receipt carry_over_measure conclude_measure
        set_work_team ask_delisting grant_delisting refuse_delisting
        state_plea register_plea withdraw_plea uphold_measure revoke_measure
        hand_out_assignment conclude_assignment revoke_assignment carry_over_assignment
        """,
    ),
    (
        event.WORDS_FOR_THE_UNIT,  # of which it reads the opinion too
        """
        reschedule withdraw decide_leave accept_task return_task chase decide_extension pause_task resume_task
        send_back reopen issue_supervision_letter answer_supervision confirm_correction carry_over carry_over_letter
        register_leave register_minutes_answer register_extension register_chase_answer register_supervision_answer
        register_letter_answer carry_over_measure conclude_measure ask_delisting grant_delisting refuse_delisting
        conclude_assignment revoke_assignment carry_over_assignment state_plea register_plea withdraw_plea
        """,
    ),
    (take_step.AUTHENTICATED_AGAIN, "approve decline"),
    (draft.FORMS_OF_NO_SUBJECT, "draft_letter draft_measure"),
    (draft.FORMS_OF_A_LETTER, "prepare_letter_answer revise_letter"),
    (letter.ENDS_THE_WAITING, "answer_letter register_letter_answer void_document"),
    (
        letters.NEVER_ASKED_FOR,
        "return_letter take_back_letter cancel_letter register_letter_receipt register_letter_answer",
    ),
    (minutes.CHANGES_MINUTES, "hold_interview revise_minutes answer_minutes register_minutes_answer"),
    (minutes_correction.CHANGES_CORRECTION, "issue_minutes correct_minutes confirm_correction drop_correction"),
    (minutes_versions.WRITES_MINUTES, "hold_interview revise_minutes confirm_correction"),
    (draft.SHARED_FORMS, "hold_interview revise_minutes prepare_submission prepare_report prepare_progress"),
    (check_dates.SETS_LIMIT, "decide_extension send_back reopen confirm_correction"),
    (agenda.HELD_AT_ITS_TIME, "hold_interview begin_inspection conclude_inspection record_revisit"),
    (task_steps.BEGUN_BY_THE_OFFICE, "chase issue_supervision_letter"),
    (
        task_steps.TASK_VERBS,  # what is done about tasks, whatever handed them over
        """
        prepare_report hand_in_report prepare_progress hand_in_progress note_progress accept_task return_task
        ask_extension decide_extension pause_task resume_task
        chase answer_chase issue_supervision_letter acknowledge_supervision answer_supervision
        register_report register_progress register_extension register_chase_answer register_supervision_receipt
        register_supervision_answer record_site_check sign_inspection
        """,
    ),
    (available_steps.OWN_PAGES, "revise_draft revise_measure"),
    (check_dates.NOTICE_VERBS, "serve_notice reschedule"),
    (
        earlier_steps.EARLIER_VERBS,  # what leads a 补录 on
        """
        hand_in_earlier_case confirm_earlier_case return_earlier_case discard_earlier_case
        """,
    ),
    (
        earlier_steps.RECORDED_VERBS,  # what can be entered of then
        """
        revise_draft submit endorse register_decision confirm_approval return_registration serve_notice reschedule
        register_receipt register_submission register_leave decide_leave record_absence hold_interview
        revise_minutes confirm_minutes send_minutes register_minutes_answer issue_minutes assign register_report
        register_progress note_progress accept_task return_task register_extension decide_extension begin_inspection
        conclude_inspection sign_inspection close
        """,
    ),
    (
        earlier_steps.IN_OWN_NAME,
        """
        register_decision confirm_approval return_registration register_receipt register_submission register_leave
        register_minutes_answer register_report register_progress register_extension
        """,
    ),
    (
        earlier_step.NEEDS_ORIGINAL,
        """
        endorse serve_notice reschedule hold_interview issue_minutes assign begin_inspection conclude_inspection
        close
        """,
    ),
    (earlier_step.AHEAD_OF_THE_DAY, "serve_notice reschedule"),
    (earlier_step.COMPARES, "confirm_approval return_registration"),
    (
        rights.GIVEN_TO_UNITS,
        """
        see_case acknowledge_receipt acknowledge_supervision prepare_submission hand_in_submission ask_leave
        answer_minutes prepare_report hand_in_report prepare_progress hand_in_progress ask_extension answer_chase
        answer_supervision
        """,
    ),
    (
        check_papers.SIGNING,
        """
        acknowledge_receipt register_receipt acknowledge_supervision register_supervision_receipt acknowledge_letter
        register_letter_receipt acknowledge_measure register_measure_receipt
        """,
    ),
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
