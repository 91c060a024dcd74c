"""Every address, asked by every role about its own and others' cases; what nobody listed here fails the test."""

import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_after, case_in, letter_in, pdf, png, take
from tests.nothing_sent_twice import run_or_copy
from tests.steps import task_words
from tests.web import BACKEND
from yuetan.actions.papers.scan import upload_scan
from yuetan.documents.pdf_store import store_pdf
from yuetan.models import Document, Post, User
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.urls import urlpatterns
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import CaseState, DocumentKind, FilePurpose, LetterState, Verb
from yuetan.vocabulary.wording import SLOTS

OFFICERS = ("officer", "second_officer")
LEADERS = ("group_leader", "first_deputy", "deputy")
OFFICE = (*OFFICERS, "director", *LEADERS, "supervisor")
KEEPERS = ("sysadmin", "guardian", "auditor")
TOWN = (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}")
HEAD, LIAISON = TOWN
OTHERS = (f"head_{cast.DIVISION_TOWN}", f"liaison_{cast.DIVISION_TOWN}")
ONE_OF_EACH = ("officer", HEAD, OTHERS[0])  # they ask for every verb, the others for what there is
EVERYBODY = (*OFFICE, *KEEPERS, *TOWN, *OTHERS)

# What differs between two answers to one question: keys of forms, and the minute that is printed with a page.
OF_THIS_ANSWER = re.compile(rb'name="(?:csrfmiddlewaretoken|form_key)" value="[\w-]+"|<p class="print-mark">[^<]*</p>')
OPEN = {"login", "ready", "verify"}  # and nothing else is answered without logging in
# Parts of a log-in: tests/views/people/test_second_factor.py, test_single_sign_on.py
PARTS_OF_LOGIN = {"second_step", "passkey_login", "login_question", "sso_begin", "sso_callback"}
UNDONE = {"approve_letter", "acknowledge_letter"}  # rehearsed when shown, and rolled back
UNDONE_OF_NO_CASE = {"statistics_sheet"}

# Addresses that are about no case: who is answered; everybody else is told that it is not theirs.
PLAIN = {
    "home": EVERYBODY,
    "todo_list": EVERYBODY,
    "done_list": EVERYBODY,
    "followed_list": EVERYBODY,
    "search": EVERYBODY,
    "agenda": EVERYBODY,
    "agenda_file": EVERYBODY,
    "statistics": OFFICE,
    "statistics_sheet": ("director",),
    "alert_list": EVERYBODY,
    "login_list": ("auditor",),
    "record_page": ("auditor",),
    "sight_list": ("auditor",),
    "import_list": (*OFFICERS, "sysadmin"),
    "delivery_list": ("director", "sysadmin"),
    "password": EVERYBODY,
    "own_account": EVERYBODY,
    "add_passkey": EVERYBODY,
    "reset_second_factor": ("guardian",),
    "account_list": ("guardian",),
    "account": ("guardian",),
    "case_list": EVERYBODY,
    "task_list": EVERYBODY,
    "supervision_list": EVERYBODY,
    "prepared_file_list": EVERYBODY,
    "document_list": EVERYBODY,
    "letter_list": EVERYBODY,
    "measure_list": EVERYBODY,
    "regulation": EVERYBODY,
    "help": EVERYBODY,
    "propose": OFFICERS,
    "draft_letter": ("supervisor",),
    "unit_list": (*OFFICE, "sysadmin"),
    "unit": (*OFFICE, "sysadmin"),
    "person": (*OFFICE, "sysadmin"),
    "add_unit": ("sysadmin",),
    "change_unit": ("sysadmin",),
    "retire_unit": ("sysadmin",),
    "rename_unit": ("sysadmin",),
    "end_unit": ("sysadmin",),
    "begin_post": ("sysadmin",),
    "end_post": ("sysadmin",),
    "correct_post": ("sysadmin",),
    "annul_post": ("sysadmin",),
    "set_account": ("sysadmin",),
    "change_contact": ("sysadmin",),
    "own_contact": EVERYBODY,
    "calendar": EVERYBODY,
    "date_count": EVERYBODY,
    "change_calendar_day": ("director",),
    "enter_calendar_year": ("director",),
    "record_earlier_case": OFFICERS,
    "office_settings": ("director",),
    "change_office_setting": ("director",),
    "setting_change_list": ("director", *LEADERS),
    "log": ("auditor",),
    "delegation_list": LEADERS,
    "approval_list": LEADERS,
    "number_book": OFFICE,
    "dossier_list": EVERYBODY,
    "restriction_list": EVERYBODY,
    "inquiry_list": OFFICE,
    "ask_restrictions": (*OFFICERS, "director"),
    "report_list": EVERYBODY,
    "report_board": OFFICE,
    "analysis_list": OFFICE,
    "received_list": EVERYBODY,
    "assignment_list": EVERYBODY,
    "received_statistics": OFFICE,
    "received_statistics_file": OFFICE,
    "register_received": (*OFFICERS, "director", "supervisor", *TOWN, *OTHERS),
    "create_scheme": (*OFFICERS, "director"),
    "round_list": EVERYBODY,
    "plan_round": (*OFFICERS, "director", "supervisor"),
    "assessment_list": EVERYBODY,
    "assessment_ranking": EVERYBODY,
    "create_assessment": (*OFFICERS, "director"),
    "meeting_list": EVERYBODY,
    "call_meeting": (*OFFICERS, "director"),
    "archive_list": OFFICE,
    "destruction_list": OFFICE,
    "draw_up_destruction": (*OFFICERS, "director"),
    "unsigned_notices": OFFICE,
    "unsigned_measures": OFFICE,
    "reserve_number": (*OFFICERS, "director"),
    "print_log": ("director", "supervisor"),
    "wording_list": ("director",),
    "wording": ("director",),
}
ROOMS = ("meetings/", "received/", "dossiers/", "reporting/", "measures/", "assignments/", "rounds/")
OF_ROOMS = {pattern.name for pattern in urlpatterns if str(pattern.pattern).startswith(ROOMS)} - {*PLAIN}
# Answered to a POST alone, or about rows that only their own pages' tests make.
ELSEWHERE = {
    *(
        "download_document",
        "start_batch",
        "export_ledger",
        "statistics_file",
        "prepared_file",
        "fetch_prepared_file",
        "take_case_file",
        "use_number",
        "void_number",
    ),
    *("restore_wording", "void_document", "correct_receipt"),
    "end_delegation",
    "carry_over",
    "record_earlier_step",
    *("decide_setting_change", "retract_setting_change"),
    *("unit_paper", "unit_paper_preview", "unit_paper_page"),
    *("destruction", "destruction_pdf"),  # tests/views/rectification/test_destructions.py
    *OF_ROOMS,  # tests/test_access_of_rooms.py
    # tests/test_access_of_registers.py
    *("assessment", "revise_assessment_scheme", "assessed_unit", "assessment_circular", "score_assessment"),
    *("present_assessment", "withdraw_assessment_sheets", "close_assessment", "publish_assessment", "withdraw_score"),
    *("assessment_sheet", "raise_assessment_objection", "decide_assessment_objection"),
    *("propose_assessment_correction", "decide_assessment_correction", "assessment_correction_paper"),
    "assessment_result_file",
    *("assessment_paper", "assessment_paper_preview", "assessment_paper_page"),
    *("add_totp", "remove_totp", "remove_passkey", "renew_recovery_codes"),
    *("passkey_registration", "reauthentication_question"),
    *("end_session", "end_other_sessions", "disable_account", "enable_account", "free_account"),
    "chase_selected",
    "supervise_selected",
    "accept_selected",
    *("open_alert", "read_all_alerts", "send_again"),
    *("autosave_step", "autosave_revision", "autosave_proposal", "autosave_letter", "autosave_letter_answer"),
    *("autosave_letter_revision", "session", "proof_read", "viewer_mark"),
    *("end_delegation", "approve_several"),
    *("save_filter", "drop_filter", "follow_case", "follow_letter"),
    *("restriction", "end_restriction", "add_restricted_leader", "inquiry", "inquiry_form", "reply_restrictions"),
    "anchor",
    *("help_topic", "manual", "import", "confirm_import", "drop_import", "forget_passwords", "import_template"),
}
# Who finds a thing at all; everybody else gets the page of what does not exist.
HITS = {
    "case drafted": OFFICE,
    "case notified": (*OFFICE, *TOWN),
    "case rectifying": (*OFFICE, *TOWN),
    "notice": (*OFFICE, *TOWN),
    "letter drafted": OFFICE,
    "letter issued": (*OFFICE, *TOWN),
    "letter's paper": (*OFFICE, *TOWN),
    "proposal's versions": OFFICE,
    "evidence": OFFICE,
    "approval": OFFICE,
    "receipt of paper": (*OFFICE, *TOWN),
    "submission draft": TOWN,
    "submission": (*OFFICE, *TOWN),
    "report draft": TOWN,
    "report": (*OFFICE, *TOWN),
    "paper's page": (*OFFICE, *TOWN),
    "stamped scan": (*OFFICE, *TOWN),
    "stamped scan, shown": (*OFFICE, *TOWN),
    "stamped scan, its page": (*OFFICE, *TOWN),
    "evidence, shown": OFFICE,
    "evidence, its page": OFFICE,
    "submission draft, shown": TOWN,
    "internal paper": OFFICE,
    "task's date": (*OFFICE, *TOWN),
}
# In a state: the steps and acts there are, and whose each is. Whose it is not is told so; any other verb is past.
STEPS = {
    CaseState.DRAFTED: {
        Verb.SET_READERS: ("director",),
        Verb.SUBMIT: ("officer",),
        Verb.WITHDRAW: ("officer",),
    },
    CaseState.NOTIFIED: {
        Verb.SET_READERS: ("director",),
        Verb.RESCHEDULE: OFFICERS,
        Verb.HOLD_INTERVIEW: OFFICERS,
        Verb.RECORD_ABSENCE: OFFICERS,
        Verb.WITHDRAW: ("group_leader",),
        Verb.ACKNOWLEDGE_RECEIPT: TOWN,
        Verb.REGISTER_RECEIPT: (*OFFICERS, "director"),
        Verb.ASK_LEAVE: (HEAD,),
        Verb.REGISTER_LEAVE: OFFICERS,
        Verb.REGISTER_SUBMISSION: OFFICERS,
        Verb.DECIDE_LEAVE: ("deputy",),
        Verb.PREPARE_SUBMISSION: TOWN,
        Verb.HAND_IN_SUBMISSION: (HEAD,),
    },
    CaseState.RECTIFYING: {
        Verb.SET_READERS: ("director",),
        Verb.BEGIN_INSPECTION: ("supervisor",),
        Verb.PREPARE_REPORT: TOWN,
        Verb.HAND_IN_REPORT: (HEAD,),
        Verb.REGISTER_REPORT: OFFICERS,
        Verb.REGISTER_PROGRESS: OFFICERS,
        Verb.REGISTER_EXTENSION: OFFICERS,
        Verb.PREPARE_PROGRESS: TOWN,
        Verb.HAND_IN_PROGRESS: (HEAD,),
        Verb.NOTE_PROGRESS: ("supervisor",),
        Verb.ASK_EXTENSION: (HEAD,),
        Verb.ACCEPT_TASK: ("supervisor",),
        Verb.RETURN_TASK: ("supervisor",),
        Verb.DECIDE_EXTENSION: ("director",),
        Verb.RECORD_CONSEQUENCE: ("director",),
        Verb.CONFIRM_CONSEQUENCE: (*OFFICERS, "supervisor"),
        Verb.CHASE: (*OFFICERS, "supervisor"),
        Verb.ANSWER_CHASE: TOWN,
        Verb.REGISTER_CHASE_ANSWER: OFFICERS,
        Verb.REGISTER_SUPERVISION_RECEIPT: OFFICERS,
        Verb.REGISTER_SUPERVISION_ANSWER: OFFICERS,
        Verb.RECORD_SITE_CHECK: ("supervisor",),
        Verb.SIGN_INSPECTION: (*OFFICERS, "director", "supervisor"),
        Verb.PAUSE_TASK: ("director",),
        Verb.RESUME_TASK: ("director",),
        Verb.ISSUE_SUPERVISION_LETTER: ("director",),
        Verb.ACKNOWLEDGE_SUPERVISION: TOWN,
        Verb.ANSWER_SUPERVISION: (HEAD,),
        Verb.CORRECT_MINUTES: ("director",),
        Verb.CONFIRM_CORRECTION: ("deputy",),
        Verb.DROP_CORRECTION: ("director", "deputy"),
    },
}
ON_THINGS = {
    "document",
    "internal_paper",
    "proposal_versions",
    "minutes_versions",
    "minutes_sample",  # tests/views/interview/test_minutes_sample.py
    "task_date",
    "case",
    "revise_draft",
    "take_step",
    *(f"{kind}{what}" for kind in ("attachment", "scan") for what in ("", "_preview", "_page")),
    "attachment_original",  # tests/views/files/test_originals.py
    "document_pdf",
    "letter",
    *("answer_letter", "prepare_letter_answer", "return_letter", "revise_letter", "take_back_letter", "cancel_letter"),
    *("register_letter_receipt", "register_letter_answer"),
    *UNDONE,
}


def test_every_address_is_listed_here():
    names = {pattern.name for pattern in urlpatterns}
    assert names == {*PLAIN, *ON_THINGS, *ELSEWHERE, *OPEN, *PARTS_OF_LOGIN, "logout"}


@pytest.fixture
def things(office):
    """What may be asked for, by what it is called in FOUND; the cases and letters concern the town."""
    return run_or_copy(_things, __name__)


def _things():
    drafted = case_in(CaseState.DRAFTED, draft={"evidence": [png()]})
    notified = case_in(CaseState.NOTIFIED, register_decision=_registered())
    take(Verb.PREPARE_SUBMISSION, notified, files=[pdf("草稿.pdf")])
    take(Verb.REGISTER_RECEIPT, notified)
    rectifying = case_after(Verb.ASSIGN, prepare_submission={"files": [pdf("材料.pdf")]})
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, files=[pdf("报告.pdf")]))
    take(Verb.HAND_IN_REPORT, rectifying)
    take(Verb.PREPARE_REPORT, rectifying, **task_words(rectifying, files=[pdf("报告草稿.pdf")]))
    letters = {state: letter_in(state, to=cast.unit(cast.TOWN)) for state in LetterState}
    for document in Document.objects.all():
        store_pdf(document)
    reports = rectifying.attachments.filter(purpose=FilePurpose.REPORT)
    things = {
        "case drafted": drafted,
        "case notified": notified,
        "case rectifying": rectifying,
        "notice": notified.documents.get(),
        "letter drafted": letters[LetterState.DRAFTED],
        "letter issued": letters[LetterState.ISSUED],
        "letter's paper": letters[LetterState.ISSUED].document,
        "proposal's versions": take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW)),
        "evidence": drafted.attachments.get(),
        "approval": notified.attachments.get(purpose=FilePurpose.APPROVAL),
        "receipt of paper": notified.attachments.get(purpose=FilePurpose.RECEIPT),
        "submission draft": notified.attachments.get(purpose=FilePurpose.SUBMISSION),
        "submission": rectifying.attachments.get(purpose=FilePurpose.SUBMISSION),
        "report draft": reports.get(report__handed_in_at=None),
        "report": reports.exclude(report__handed_in_at=None).get(),
        "paper's page": notified.documents.get(),
        "stamped scan": upload_scan(notified.documents.get(), by=cast.person("officer"), file=png("盖章.png")),
        "internal paper": notified,
        "task's date": rectifying.tasks.first(),
    }
    return things | {kind: things[kind.partition(", ")[0]] for kind in HITS if ", " in kind}


def _registered():
    return {"proof": pdf()}


def by_name(name):
    """An address that is about no case."""
    town_post = Post.objects.get(unit__code=cast.TOWN, kind="liaison")
    args = {
        **{name: [town_post.pk] for name in ("end_post", "correct_post", "annul_post")},
        "set_account": [town_post.holder_id],
        "reset_second_factor": [town_post.holder_id],
        "account": [town_post.holder_id],
        "person": [town_post.holder_id],
        "change_contact": [town_post.holder_id],
        "change_office_setting": ["notice_lead_days"],
        "enter_calendar_year": [2027],
        "wording": [SLOTS[0].kind, SLOTS[0].key],
    }
    args |= {
        name: [town_post.unit_id]
        for name in ("unit", "change_unit", "retire_unit", "rename_unit", "end_unit", "begin_post")
    }
    return reverse(name, args=args.get(name))


PAPERS = {"paper's page": "document", "stamped scan": "scan"}


def address(kind, key):
    """Where the thing of this kind with this key is read."""
    if kind.startswith("case"):
        return reverse("case", args=[key])
    if kind == "internal paper":
        return reverse("internal_paper", args=[key, DocumentKind.SIGN_IN_SHEET])
    if kind == "proposal's versions":
        return reverse("proposal_versions", args=[key])
    if kind == "task's date":
        return reverse("task_date", args=[key if isinstance(key, int) else 0])
    if ", " in kind:
        return reverse(*_of_file(kind, key))
    if kind in PAPERS:
        return reverse(PAPERS[kind], args=[key])
    if kind.startswith("letter "):
        return reverse("letter", args=[key])
    return reverse("document_pdf" if kind in ("notice", "letter's paper") else "attachment", args=[key])


def _of_file(kind, key):
    name, what = "scan" if kind.startswith("stamped") else "attachment", kind.partition(", ")[2]
    return (f"{name}_page", None, [key, 1]) if what == "its page" else (f"{name}_preview", None, [key])


def logged_in(username):
    client = Client()
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def ask(client, url, *, may_write=False):
    """Get an address, and see that nothing is written by it."""
    written = []

    def note(execute, sql, *how):
        written.extend(re.findall(r"\A\s*(?:INSERT|UPDATE|DELETE)\b.*", sql, re.DOTALL))
        return execute(sql, *how)

    with connection.execute_wrapper(note):
        response = client.get(url)
    assert may_write or not [sql for sql in written if "yuetan_session" not in sql], url
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, OF_THIS_ANSWER.sub(b"", body)


def test_addresses_that_are_about_no_case(office):
    for who in EVERYBODY:
        client = logged_in(who)
        answered = {name: ask(client, by_name(name), may_write=name in UNDONE_OF_NO_CASE)[0] for name in PLAIN}
        assert answered == {name: 200 if who in persons else 403 for name, persons in PLAIN.items()}, who
        assert (ask(client, reverse("login"))[0], ask(client, reverse("logout"))[0]) == (302, 405)


def test_who_finds_what(things):
    for who in EVERYBODY:
        client = logged_in(who)
        answers = {kind: ask(client, address(kind, things[kind].pk)) for kind in HITS}
        found = {kind: status for kind, (status, _) in answers.items()}
        assert found == {kind: 200 if who in persons else 404 for kind, persons in HITS.items()}, who
        hidden = {kind: answer for kind, answer in answers.items() if answer[0] == 404}
        assert hidden == {kind: ask(client, address(kind, uuid.uuid4())) for kind in hidden}, who


def test_whose_step_it_is(things):
    for who in EVERYBODY:
        client = logged_in(who)
        for state, steps in STEPS.items():
            case, sees = things[f"case {state.value}"], who in HITS[f"case {state.value}"]
            asked = STEP_PAGES if who in ONE_OF_EACH else steps if sees else [Verb.SUBMIT]
            expected = dict.fromkeys(asked, 409 if sees else 404)
            expected |= {verb: 200 if who in whose else 403 for verb, whose in steps.items() if sees}
            answers = {verb: ask(client, reverse("take_step", args=[case.pk, verb])) for verb in asked}
            assert {verb: status for verb, (status, _) in answers.items()} == expected, (who, state)
            nowhere = ask(client, reverse("take_step", args=[uuid.uuid4(), Verb.SUBMIT]))
            hidden = {body for status, body in answers.values() if status == 404}
            assert hidden == (set() if sees else {nowhere[1]}), (who, state)


def test_who_changes_a_draft_or_a_letter(things):
    for who in EVERYBODY:
        client = logged_in(who)
        a_draft_is_changed_by_its_drafter(client, who, things)
        a_letter_is_signed_by_leaders_and_signed_for_by_the_unit(client, who, things)


def a_draft_is_changed_by_its_drafter(client, who, things):
    edit = {state: reverse("revise_draft", args=[things[f"case {state.value}"].pk]) for state in STEPS}
    past = 409 if who in (*OFFICE, *TOWN) else 404
    assert {state: ask(client, url)[0] for state, url in edit.items()} == {
        CaseState.DRAFTED: 200 if who == "officer" else 403 if who in OFFICE else 404,
        CaseState.NOTIFIED: past,
        CaseState.RECTIFYING: past,
    }, who


def a_letter_is_signed_by_leaders_and_signed_for_by_the_unit(client, who, things):
    sees = who in (*OFFICE, *TOWN)
    answered = {
        (kind, name): ask(client, reverse(name, args=[things[kind].pk]), may_write=True)[0]
        for kind in ("letter drafted", "letter issued")
        for name in UNDONE
    }
    assert answered == {
        ("letter drafted", "approve_letter"): 200 if who in LEADERS else 403 if who in OFFICE else 404,
        ("letter drafted", "acknowledge_letter"): 403 if who in OFFICE else 404,
        ("letter issued", "approve_letter"): 409 if who in LEADERS else 403 if sees else 404,
        ("letter issued", "acknowledge_letter"): 200 if who in TOWN else 403 if sees else 404,
    }, who


def test_who_returns_revises_and_answers_a_letter(things):
    issued, drafted = things["letter issued"].pk, things["letter drafted"].pk
    whose = {
        ("answer_letter", issued): ((HEAD,), (*OFFICE, *TOWN)),
        ("prepare_letter_answer", issued): (TOWN, (*OFFICE, *TOWN)),
        ("return_letter", drafted): (LEADERS, OFFICE),
        ("revise_letter", drafted): (("supervisor",), OFFICE),
        ("take_back_letter", drafted): (("supervisor",), OFFICE),
        ("cancel_letter", drafted): (("supervisor",), OFFICE),
    }
    for who in EVERYBODY:
        for (name, key), (may, sees) in whose.items():
            answered = ask(logged_in(who), reverse(name, args=[key]))[0]
            open_to_them = 409 if name == "revise_letter" else 200  # nothing was sent back
            assert answered == (open_to_them if who in may else 403 if who in sees else 404), (who, name)


def test_nobody_is_answered_without_logging_in(things):
    client = Client()
    urls = [by_name(name) for name in PLAIN] + [address(kind, thing.pk) for kind, thing in things.items()]
    case, letter = things["case notified"], things["letter issued"]
    urls += [reverse("take_step", args=[case.pk, verb]) for verb in STEP_PAGES]
    urls += [reverse("revise_draft", args=[case.pk]), *(reverse(name, args=[letter.pk]) for name in UNDONE)]
    for url in urls:
        for response in (client.get(url), client.post(url, {"confirmed": "1"})):
            assert (response.status_code, response["Location"]) == (302, f"/login/?next={url}")
    assert {name for name in OPEN if client.get(reverse(name)).status_code == 200} == OPEN


def test_every_step_of_the_machine_was_asked_for():
    of_measures = {step.verb for step in MEASURE_STEPS} - {step.verb for step in CASE_STEPS}
    of_assignments = {step.verb for step in ASSIGNMENT_STEPS} - {step.verb for step in CASE_STEPS}
    assert {*Verb.values} - {*STEP_PAGES} - of_measures - of_assignments == {
        Verb.DRAFT,
        Verb.RECORD_EARLIER_CASE,
        Verb.REVISE_DRAFT,
        Verb.DRAFT_LETTER,
        Verb.APPROVE_LETTER,
        Verb.RETURN_LETTER,
        Verb.REVISE_LETTER,
        Verb.TAKE_BACK_LETTER,
        Verb.CANCEL_LETTER,
        Verb.ACKNOWLEDGE_LETTER,
        Verb.PREPARE_LETTER_ANSWER,
        Verb.ANSWER_LETTER,
        Verb.REGISTER_LETTER_RECEIPT,
        Verb.REGISTER_LETTER_ANSWER,
        Verb.CARRY_OVER,
        Verb.CARRY_OVER_LETTER,
        Verb.VOID_DOCUMENT,
        Verb.CORRECT_RECEIPT,
        Verb.UPLOAD_SCAN,
    }
