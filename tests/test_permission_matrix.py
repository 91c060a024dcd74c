"""Who may do what, whole and literal: whoever changes the table changes it here too, knowingly."""

import json
from io import StringIO

from django.core.management import call_command

OFFICER, DIRECTOR, LEADERS, SUPERVISOR = "case_officer", "office_director", "leading_group", "supervisor"
ADMINISTRATOR, AUDITOR = "system_administrator", "security_auditor"
INNER = [OFFICER, DIRECTOR, LEADERS, SUPERVISOR]
DRAFTER, APPROVER, INTERVIEWER, HEAD, LIAISON = "drafter", "approver", "interviewer", "unit_head", "unit_liaison"
UNIT_SIDE = [HEAD, LIAISON]
A_DIRECTOR, AN_OFFICER, A_SUPERVISOR = "acting_director", "acting_officer", "acting_supervisor"

# codename: who may on every object, who may on their own case.
MATRIX = {
    "see_case": (INNER, UNIT_SIDE),
    "see_inner_case": (INNER, []),
    "draft": ([OFFICER], []),
    "revise_draft": ([], [DRAFTER]),
    "submit": ([], [DRAFTER]),
    "withdraw_proposal": ([], [DRAFTER]),
    "take_back": ([], [DRAFTER]),
    "return_review": ([DIRECTOR], [A_DIRECTOR]),
    "endorse": ([DIRECTOR], [A_DIRECTOR]),
    "return_proposal": ([LEADERS], []),
    "approve": ([LEADERS], []),
    "decline": ([LEADERS], []),
    "register_decision": ([OFFICER, DIRECTOR], []),
    "confirm_approval": ([OFFICER, DIRECTOR], []),
    "confirm_decline": ([OFFICER, DIRECTOR], []),
    "return_registration": ([OFFICER, DIRECTOR], []),
    "withdraw_approval": ([], [APPROVER]),
    "serve_notice": ([OFFICER], [AN_OFFICER]),
    "reschedule": ([OFFICER], [AN_OFFICER]),
    "acknowledge_receipt": ([], UNIT_SIDE),
    "register_receipt": ([OFFICER, DIRECTOR], [AN_OFFICER]),
    "register_submission": ([OFFICER], [AN_OFFICER]),
    "register_leave": ([OFFICER], [AN_OFFICER]),
    "register_minutes_answer": ([OFFICER], [AN_OFFICER]),
    "register_report": ([OFFICER], [AN_OFFICER]),
    "register_progress": ([OFFICER], [AN_OFFICER]),
    "register_extension": ([OFFICER], [AN_OFFICER]),
    "prepare_submission": ([], UNIT_SIDE),
    "hand_in_submission": ([], [HEAD]),
    "ask_leave": ([], [HEAD]),
    "decide_leave": ([], [INTERVIEWER]),
    "record_absence": ([OFFICER], [AN_OFFICER]),
    "hold_interview": ([OFFICER], [AN_OFFICER]),
    "revise_minutes": ([OFFICER, DIRECTOR], [AN_OFFICER]),
    "confirm_minutes": ([], [INTERVIEWER]),
    "return_minutes": ([], [INTERVIEWER]),
    "send_minutes": ([OFFICER], [AN_OFFICER]),
    "answer_minutes": ([], [HEAD]),
    "issue_minutes": ([DIRECTOR], [A_DIRECTOR]),
    "correct_minutes": ([DIRECTOR], [A_DIRECTOR]),
    "confirm_correction": ([], [INTERVIEWER]),
    "assign": ([OFFICER], [AN_OFFICER]),
    "prepare_report": ([], UNIT_SIDE),
    "hand_in_report": ([], [HEAD]),
    "prepare_progress": ([], UNIT_SIDE),
    "hand_in_progress": ([], [HEAD]),
    "note_progress": (["supervisor"], [A_SUPERVISOR]),
    "accept_task": ([SUPERVISOR], [A_SUPERVISOR]),
    "return_task": ([SUPERVISOR], [A_SUPERVISOR]),
    "chase": ([OFFICER, SUPERVISOR], [A_SUPERVISOR]),
    "answer_chase": ([], UNIT_SIDE),
    "record_site_check": ([SUPERVISOR], [A_SUPERVISOR]),
    "ask_extension": ([], [HEAD]),
    "decide_extension": ([DIRECTOR], [A_DIRECTOR]),
    "pause_task": ([DIRECTOR], [A_DIRECTOR]),
    "resume_task": ([DIRECTOR], [A_DIRECTOR]),
    "issue_supervision_letter": ([DIRECTOR], [A_DIRECTOR]),
    "acknowledge_supervision": ([], UNIT_SIDE),
    "answer_supervision": ([], [HEAD]),
    "begin_inspection": ([SUPERVISOR], [A_SUPERVISOR]),
    "conclude_inspection": ([SUPERVISOR], [A_SUPERVISOR]),
    "request_send_back": ([SUPERVISOR], [A_SUPERVISOR]),
    "send_back": ([DIRECTOR], [A_DIRECTOR]),
    "record_revisit": ([SUPERVISOR], [A_SUPERVISOR]),
    "sign_inspection": ([OFFICER, DIRECTOR, SUPERVISOR], []),
    "request_reopening": ([SUPERVISOR], [A_SUPERVISOR]),
    "reopen": ([DIRECTOR], [A_DIRECTOR]),
    "refuse_rework": ([DIRECTOR], [A_DIRECTOR]),
    "record_consequence": ([DIRECTOR], [A_DIRECTOR]),
    "confirm_consequence": ([OFFICER, SUPERVISOR], []),
    "close": ([DIRECTOR], [A_DIRECTOR]),
    "carry_over": ([DIRECTOR], []),
    "see_letter": (INNER, UNIT_SIDE),
    "draft_letter": ([SUPERVISOR], []),
    "approve_letter": ([LEADERS], []),
    "return_letter": ([LEADERS], []),
    "cancel_letter": ([SUPERVISOR], []),
    "revise_letter": ([SUPERVISOR], []),
    "acknowledge_letter": ([], UNIT_SIDE),
    "prepare_letter_answer": ([], UNIT_SIDE),
    "answer_letter": ([], [HEAD]),
    "carry_over_letter": ([DIRECTOR], []),
    "void_document": ([DIRECTOR], []),
    "see_number_book": (INNER, []),
    "reserve_number": ([OFFICER, DIRECTOR], []),
    "void_number": ([DIRECTOR], []),
    "see_units": ([*INNER, ADMINISTRATOR], []),
    "keep_units": ([ADMINISTRATOR], []),
    "keep_office_settings": ([DIRECTOR], []),
    "confirm_office_setting": ([LEADERS], []),
    "keep_calendar": ([DIRECTOR], []),
    "upload_scan": ([OFFICER], []),
    "take_copy": (INNER, []),
    "see_print_log": ([DIRECTOR, SUPERVISOR], []),
    "keep_wording": ([DIRECTOR], []),
    "delegate_approval": ([LEADERS], []),
    "see_deliveries": ([DIRECTOR, ADMINISTRATOR], []),
    "see_log": ([AUDITOR], []),
}


def test_the_printed_matrix_is_this_one():
    printed = StringIO()
    call_command("permissions", stdout=printed)
    matrix = json.loads(printed.getvalue())
    assert {name: (row["roles"], row["parties"]) for name, row in matrix.items()} == MATRIX
