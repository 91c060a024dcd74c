"""What no other list of addresses asks for, by every role: who may, who is refused, who finds none.

By GET, and by POST with nothing filled in, whichever the address knows; what a POST does is taken back.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from tests import cast
from tests.destructions import done_with
from tests.factories import case_in, letter_in, pdf, take
from tests.test_access import ELSEWHERE, HEAD, LIAISON, OF_ROOMS, OFFICE, OTHERS, logged_in
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.number_register import reserve_number
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.saved_filter import save_filter
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.actions.record.case_file import request_case_file
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Alert, OfficeSetting, SettingChange, StandardParagraph, UnitPaper
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, DocumentKind, LetterState, PreparedKind, Verb

OFFICERS, TOWN = ("officer", "second_officer"), (HEAD, LIAISON)
LEADERS = ("group_leader", "deputy")
SAMPLE = ("officer", "second_officer", "director", *LEADERS, "supervisor", "sysadmin", "guardian", "auditor", *TOWN)
EVERYBODY = (*SAMPLE, OTHERS[0])
INNER = tuple(who for who in EVERYBODY if who in OFFICE)
SEES_CASE = (*INNER, *TOWN)
NOBODY, ALL = (), EVERYBODY

# Of what, which address: who may, who is refused; the rest finds nothing.
WALK = {
    ("document", "void_document"): (("director",), SEES_CASE),
    ("document", "correct_receipt"): ((*OFFICERS, "director"), SEES_CASE),
    ("prepared", "prepared_file"): (("officer",), NOBODY),
    ("prepared", "fetch_prepared_file"): (("officer",), NOBODY),
    ("number", "use_number"): ((*OFFICERS, "director"), ALL),
    ("number", "void_number"): (("director",), ALL),
    ("wording", "restore_wording"): (("director",), ALL),
    ("delegation", "end_delegation"): (("group_leader",), tuple(who for who in EVERYBODY if who != "deputy")),
    ("unit_change", "carry_over"): (NOBODY, tuple(who for who in EVERYBODY if who != "director")),
    ("notified", "record_earlier_step", "serve_notice"): (NOBODY, NOBODY),
    ("change", "decide_setting_change"): (LEADERS, ALL),
    ("change", "retract_setting_change"): (("director",), ALL),
    ("paper", "unit_paper"): ((*INNER, "sysadmin"), NOBODY),
    ("paper", "unit_paper_preview"): ((*INNER, "sysadmin"), NOBODY),
    ("paper", "unit_paper_page", 1): ((*INNER, "sysadmin"), NOBODY),
    ("person", "disable_account"): (("guardian",), ALL),
    ("person", "enable_account"): (("guardian",), ALL),
    ("person", "free_account"): (("guardian",), ALL),
    ("", "chase_selected"): ((*OFFICERS, "supervisor"), ALL),
    ("", "supervise_selected"): (("director",), ALL),
    ("", "accept_selected"): (("supervisor",), ALL),
    ("", "approve_several"): (LEADERS, ALL),
    ("", "statistics_file"): (INNER, ALL),
    ("", "export_ledger", "numbers"): (INNER, ALL),
    ("", "export_ledger", "log"): (("auditor",), ALL),
    ("", "save_filter", "numbers"): (INNER, ALL),
    ("", "send_again", "00000000-0000-0000-0000-000000000007"): (NOBODY, tuple(set(ALL) - {"director", "sysadmin"})),
    ("", "anchor", 1): (("auditor",), ALL),
    ("alert", "open_alert"): (("officer",), NOBODY),
    ("filter", "drop_filter"): (("officer",), NOBODY),
    ("drafted", "follow_case"): (INNER, NOBODY),
    ("letter_draft", "follow_letter"): (INNER, NOBODY),
}
# Where what is typed is kept: a form that says whose it is comes with it, so that a POST of nothing is nobody's.
DRAFTS = {
    ("notified", "autosave_step", "hold_interview"): (OFFICERS, SEES_CASE),
    ("drafted", "autosave_revision"): (("officer",), INNER),
    ("town", "autosave_proposal"): (OFFICERS, ALL),
    ("", "autosave_letter"): (("supervisor",), ALL),
    ("letter", "autosave_letter_answer"): (TOWN, SEES_CASE),
    ("letter_draft", "autosave_letter_revision"): (NOBODY, INNER),
}
# Everybody's own, or asked for with what their own tests send.
OWN = {
    *("add_totp", "remove_totp", "remove_passkey", "renew_recovery_codes", "passkey_registration"),
    *("reauthentication_question", "end_session", "end_other_sessions", "read_all_alerts", "session", "proof_read"),
    *("viewer_mark", "help_topic", "manual"),
    *("download_document", "start_batch", "take_case_file"),  # tests/views/papers/
    *("destruction", "destruction_pdf"),  # tests/views/rectification/test_destructions.py
    *("import", "confirm_import", "drop_import", "forget_passwords", "import_template"),  # tests/imports/
    # tests/test_access_of_registers.py
    *("restriction", "end_restriction", "inquiry", "inquiry_form", "reply_restrictions"),
    *("assessment", "revise_assessment_scheme", "assessed_unit", "assessment_circular", "score_assessment"),
    *("present_assessment", "withdraw_assessment_sheets", "close_assessment", "publish_assessment", "withdraw_score"),
    *("assessment_sheet", "raise_assessment_objection", "decide_assessment_objection"),
    *("propose_assessment_correction", "decide_assessment_correction", "assessment_correction_paper"),
    "assessment_result_file",
    *("assessment_paper", "assessment_paper_preview", "assessment_paper_page"),
}
KIND = {200: "may", 302: "may", 422: "may", 403: "refused", 409: "refused", 404: "none"}


@pytest.fixture
def things(office, client):
    """The keys of one of each."""
    officer, director = cast.person("officer"), cast.person("director")
    client.force_login(cast.person("sysadmin"))
    renamed = {
        "effective_on": "2026-11-23",
        "paper_number": "江民〔2026〕8号",
        "name": "新名镇",
        "paper": pdf("批复.pdf"),
    }
    client.post(reverse("rename_unit", args=[cast.unit(cast.DIVISION_TOWN).pk]), renamed)
    request_case_file(done_with(), by=officer, form=PreparedKind.CASE_FILE)
    change_office_setting(OfficeSetting.objects.get(key="approving_posts"), by=director, value=["deputy_leader"])
    anchor_record(clock.today())
    paper, town = UnitPaper.objects.get(), cast.unit(cast.TOWN)
    notified = take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED))
    today = {"begins_on": clock.today(), "ends_on": clock.today()}
    leader, deputy = cast.person("group_leader"), cast.person("deputy")
    things = {
        "prepared": prepare_next(BUILDERS),
        "notified": notified,
        "document": notified.documents.get(),
        "drafted": case_in(CaseState.DRAFTED),
        "town": town,
        "person": cast.person(HEAD),
        "paper": paper,
        "unit_change": paper.change,
        "wording": StandardParagraph.objects.all()[0],
        "letter": letter_in(LetterState.ISSUED, to=town),
        "letter_draft": letter_in(LetterState.DRAFTED, to=town),
        "number": reserve_number(by=director, kind=DocumentKind.REMINDER_LETTER, case=None, purpose="纸质"),
        "delegation": delegate_approval(by=leader, delegate=deputy, reason="学习", **today),
        "filter": save_filter(by=officer, ledger="cases", name="待约谈", query="state=notified"),
        "alert": Alert.objects.filter(recipient=officer)[0],
        "change": SettingChange.objects.pending().get(),
    }
    return {name: [thing.pk] for name, thing in things.items()} | {"": []}


def answers(client, url, *, also_post=True):
    """The kinds of answer to GET and POST; what the second did is taken back."""
    statuses = [client.get(url).status_code]
    if also_post:
        with transaction.atomic():
            statuses.append(client.post(url).status_code)
            transaction.set_rollback(True)
    return {KIND[status] for status in statuses if status != 405}


def test_who_may_who_is_refused_and_who_finds_none(things):
    for who in EVERYBODY:
        client = logged_in(who)
        for (of, name, *more), (may, refused) in (WALK | DRAFTS).items():
            url = reverse(name, args=[*things[of], *more])
            due = "may" if who in may else "refused" if who in refused else "none"
            also_post = (of, name, *more) in WALK or due != "may"
            assert answers(client, url, also_post=also_post) == {due}, (who, url, name)


def test_every_other_address_is_asked_for():
    assert {*(row[1] for row in (*WALK, *DRAFTS)), *OWN} == ELSEWHERE - OF_ROOMS
