"""The whole process, held to a literal: whoever changes it changes it here too, knowingly."""

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from yuetan.models.process import as_data
from yuetan.permissions import BY_CODENAME, matrix
from yuetan.vocabulary import CaseState, Verb

STATES_OF_A_RUNNING_CASE = (
    *("drafted", "in_review", "proposed", "approved", "notified", "interviewed", "minuted"),
    *("rectifying", "inspecting", "closed"),
)
TRANSITIONS = {
    ("drafted", "submit", "in_review"),
    ("drafted", "withdraw", "withdrawn"),
    ("in_review", "return_for_changes", "drafted"),
    ("in_review", "take_back", "drafted"),
    ("proposed", "take_back", "drafted"),
    ("proposed", "withdraw", "withdrawn"),
    ("in_review", "endorse", "proposed"),
    ("in_review", "withdraw", "withdrawn"),
    ("proposed", "return_for_changes", "drafted"),
    ("proposed", "approve", "approved"),
    ("proposed", "decline", "declined"),
    ("proposed", "confirm_approval", "approved"),
    ("proposed", "confirm_decline", "declined"),
    ("approved", "serve_notice", "notified"),
    ("approved", "withdraw", "withdrawn"),
    ("notified", "reschedule", "notified"),
    ("notified", "hold_interview", "interviewed"),
    ("notified", "withdraw", "withdrawn"),
    ("interviewed", "issue_minutes", "minuted"),
    ("minuted", "assign", "rectifying"),
    ("rectifying", "begin_inspection", "inspecting"),
    ("inspecting", "send_back", "rectifying"),
    ("inspecting", "close", "closed"),
    ("closed", "reopen", "rectifying"),
    *((state, "discard_earlier_case", "withdrawn") for state in STATES_OF_A_RUNNING_CASE),
}
TASK_TRANSITIONS = {
    ("assigned", "hand_in_report", "reported"),
    ("returned", "hand_in_report", "reported"),
    ("reported", "accept_task", "accepted"),
    ("reported", "return_task", "returned"),
    ("accepted", "reopen", "returned"),
    ("accepted", "send_back", "returned"),
    *((state, "void_document", "revoked") for state in ("assigned", "reported", "returned")),
    *((state, "revoke_assignment", "revoked") for state in ("assigned", "reported", "returned")),
}
LETTER_TRANSITIONS = {
    ("drafted", "approve_letter", "issued"),
    ("drafted", "return_letter", "returned"),
    ("drafted", "take_back_letter", "returned"),
    ("drafted", "cancel_letter", "cancelled"),
    ("returned", "cancel_letter", "cancelled"),
    ("returned", "revise_letter", "drafted"),
}


ASSIGNMENT_TRANSITIONS = {
    ("running", "conclude_assignment", "concluded"),
    ("running", "revoke_assignment", "revoked"),
}


MEASURE_TRANSITIONS = {
    ("drafted", "submit_measure", "in_review"),
    ("drafted", "withdraw_measure", "withdrawn"),
    ("in_review", "decide_measure", "decided"),
    ("in_review", "endorse_measure", "proposed"),
    ("in_review", "return_measure", "drafted"),
    ("in_review", "decline_measure", "declined"),
    ("proposed", "decide_measure", "decided"),
    ("proposed", "return_measure", "drafted"),
    ("proposed", "decline_measure", "declined"),
    ("decided", "serve_measure", "served"),
    ("decided", "withdraw_measure", "withdrawn"),
    ("served", "conclude_measure", "ended"),
    ("proposed", "confirm_measure_decision", "decided"),
    ("decided", "propose_veto", "suggested"),
    ("proposed", "confirm_measure_declined", "declined"),
    ("served", "grant_delisting", "ended"),
    ("served", "revoke_measure", "revoked"),
}


def routes(machine):
    return {(each["from"], each["verb"], each["to"]) for each in as_data()[machine]["transitions"]}


@pytest.mark.parametrize(
    ("machine", "literal"),
    [
        ("case", TRANSITIONS),
        ("task", TASK_TRANSITIONS),
        ("letter", LETTER_TRANSITIONS),
        ("measure", MEASURE_TRANSITIONS),
        ("assignment", ASSIGNMENT_TRANSITIONS),
    ],
)
def test_the_ways_are_these_and_no_others(machine, literal):
    assert routes(machine) == literal


def test_every_verb_has_one_place_in_the_process():
    machines = [as_data()[name] for name in ("case", "letter", "measure", "assignment")]
    on_the_line = {each["verb"] for machine in machines for each in machine["transitions"]}
    beside = {step["verb"] for machine in machines for step in machine["side_steps"]}
    beginnings = {Verb.DRAFT, Verb.RECORD_EARLIER_CASE, Verb.DRAFT_LETTER, Verb.DRAFT_MEASURE, Verb.HAND_OUT_ASSIGNMENT}
    beginnings.add(Verb.SERVE_ALONGSIDE)
    assert not on_the_line & beside
    assert on_the_line | beside | beginnings == set(Verb.values)


def test_every_state_can_be_reached_and_only_ended_ones_are_never_left():
    entered = {to for _, _, to in TRANSITIONS} | {CaseState.DRAFTED}
    left = {source for source, _, _ in TRANSITIONS}
    assert entered == set(CaseState.values)
    assert set(CaseState.values) - left == {CaseState.DECLINED, CaseState.WITHDRAWN}
    assert {(verb, to) for source, verb, to in TRANSITIONS if source == CaseState.CLOSED} == {
        ("reopen", "rectifying"),
        ("discard_earlier_case", "withdrawn"),
    }


def test_every_step_asks_for_a_permission_of_the_table():
    asked = [each for machine in as_data().values() for each in machine["transitions"] + machine.get("side_steps", [])]
    assert {each["permission"].removeprefix("yuetan.") for each in asked} <= BY_CODENAME.keys()


def test_so_many_requirements_are_asked_of_each_step():
    case = as_data()["case"]
    asked = {(each["from"], each["verb"]): len(set(each["conditions"])) for each in case["transitions"]}
    assert {step: number for step, number in asked.items() if number} == {
        ("drafted", "submit"): 4,
        ("in_review", "take_back"): 1,
        ("proposed", "take_back"): 1,
        ("proposed", "withdraw"): 1,
        ("in_review", "endorse"): 5,
        ("proposed", "return_for_changes"): 1,
        ("proposed", "approve"): 6,
        ("proposed", "decline"): 3,
        ("proposed", "confirm_approval"): 6,
        ("proposed", "confirm_decline"): 3,
        ("approved", "serve_notice"): 4,
        ("notified", "reschedule"): 3,
        ("notified", "hold_interview"): 5,
        ("interviewed", "issue_minutes"): 3,
        ("minuted", "assign"): 3,
        ("rectifying", "begin_inspection"): 2,
        ("inspecting", "send_back"): 3,
        ("inspecting", "close"): 3,
        ("closed", "reopen"): 5,
    }
    beside = {act["verb"]: len(set(act["conditions"])) for act in case["side_steps"]}
    assert {verb for verb, number in beside.items() if number == 0} == {
        *("revise_draft", "revise_minutes", "correct_minutes", "set_readers"),
        *("record_site_check", "record_consequence", "void_document", "upload_scan", "correct_receipt"),
        *("set_retention", "place_hold"),
    }
    assert [verb for verb, number in beside.items() if number > 1] == [
        *("register_decision", "hand_in_submission", "decide_leave", "record_absence", "send_minutes", "note_progress"),
        *("accept_task", "return_task", "chase", "decide_extension", "issue_supervision_letter"),
        *("request_send_back", "request_reopening", "refuse_rework", "confirm_consequence", "lift_hold"),
        "confirm_earlier_case",
    ]


def test_the_process_is_printed_whole():
    printed = StringIO()
    call_command("process", stdout=printed)
    assert json.loads(printed.getvalue()) == as_data()


def test_the_process_is_drawn_with_an_edge_for_each_way():
    drawn = StringIO()
    call_command("process", "--format", "dot", stdout=drawn)
    edges = re.findall(r"case_(\w+) -> case_(\w+) \[label=\"(.+)\"\]", drawn.getvalue())
    assert sorted(edges) == sorted((source, to, Verb(verb).label) for source, verb, to in TRANSITIONS)


def test_the_permissions_are_printed_whole():
    printed = StringIO()
    call_command("permissions", stdout=printed)
    assert json.loads(printed.getvalue()) == matrix()
    assert matrix()["approve"]["roles"] == ["leading_group"]


@pytest.mark.parametrize(
    ("codename", "roles"),
    [
        ("upload_scan", ["case_officer"]),
        ("take_copy", ["case_officer", "office_director", "leading_group", "supervisor"]),
        ("see_print_log", ["office_director", "supervisor"]),
        ("keep_wording", ["office_director"]),
    ],
)
def test_papers_are_taken_out_and_worded_by_roles_alone(codename, roles):
    assert matrix()[codename]["roles"] == roles
    assert matrix()[codename]["parties"] == []
