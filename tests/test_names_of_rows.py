"""Every row names itself: what a list of rows, a log or an error shows of it is never empty and never `Object (1)`."""

from uuid import uuid4

import pyotp
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.agenda_files import heard_meeting
from tests.assessment import as_evidence, correction_decided, correction_proposed, published_assessment, sheet_of
from tests.destructions import AFTERWARDS, destroyed, done_with
from tests.dossiers import awarded, entered
from tests.factories import case_after, case_in, later, letter_in, pdf, png, take
from tests.ladder import listing_with_records, measure_in
from tests.ladder import take as take_of_measure
from tests.meeting_corrections import drafted as drafted_correction
from tests.meetings import convened, minuted
from tests.opinion_corrections import corrected_draft
from tests.pleas import pleaded
from tests.received import closed, due_moved, received, replied
from tests.reporting import analysed, issued, marked, report_of, scheme_of
from tests.restrictions import inquired, restricting
from tests.room_receipts import notice_on_paper
from tests.rounds import informed_visit
from tests.vetoes import veto_in
from tests.web import browser
from yuetan.actions.drafts.drafts import DraftCell, save_draft
from yuetan.actions.drafts.form_key import SentForm, claim_key
from yuetan.actions.files.receipt_correction import correct_receipt
from yuetan.actions.follow_ups import link_follow_up
from yuetan.actions.messages.daily import daily
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.papers.batch import request_papers
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.papers.scan import upload_scan
from yuetan.actions.papers.statistics_sheet import issue_statistics
from yuetan.actions.papers.verification import wait_before_asking
from yuetan.actions.people.account import set_account
from yuetan.actions.people.delegation import delegate_approval
from yuetan.actions.people.follow import follow
from yuetan.actions.people.post_correction import annul_post
from yuetan.actions.people.saved_filter import save_filter
from yuetan.actions.people.second_factor import add_totp, new_totp_secret
from yuetan.actions.people.unit import begin_post
from yuetan.actions.people.unit_change import rename_unit
from yuetan.actions.reporting.release import end_scheme
from yuetan.imports.run import begin_import
from yuetan.models import DraftKey, FilePreview, OfficeSetting, Passkey, StalePending
from yuetan.rules.dates import clock
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.rules.three_way_merge import digest
from yuetan.vocabulary import (
    CaseState,
    ImportKind,
    LetterState,
    MeasureState,
    PostKind,
    PreparedKind,
    PrintMethod,
    Verb,
)

NEVER_SIGNED = {
    "signer_name": "",
    "signer_title": "",
    "signed_on": None,
    "scan": None,
    "never_signed": True,
    "reason": "登记错了文书。",
}
# guardian asks for the tables of the first two; the others are of no story
NEVER_WRITTEN = {
    "CaseUserPermission",
    "LetterUserPermission",
    "AssignmentUserPermission",
    "MeasureUserPermission",
    "BackupRun",
    "ClockJump",
    "Heartbeat",
}


def inspected():
    """A case that ends with a consequence, and one that got its 延期 and its 督办单."""
    rectifying = case_in(CaseState.RECTIFYING)
    for verb in (
        Verb.CHASE,
        Verb.ASK_EXTENSION,
        Verb.DECIDE_EXTENSION,
        Verb.PAUSE_TASK,
        Verb.RESUME_TASK,
        Verb.RECORD_SITE_CHECK,
    ):
        take(verb, rectifying)
    with later(days=20):
        take(Verb.ISSUE_SUPERVISION_LETTER, rectifying)
    with later(days=60):
        take(Verb.BEGIN_INSPECTION, rectifying)
        take(Verb.CONCLUDE_INSPECTION, rectifying, conclusion="not_rectified")
        take(Verb.RECORD_CONSEQUENCE, rectifying)
        take(Verb.REQUEST_SEND_BACK, rectifying)


def printed(officer):
    """A paper scanned, printed alone and with others, and asked after."""
    paper = letter_in(LetterState.ISSUED).document  # about which nothing else is done
    upload_scan(paper, by=officer, file=pdf())
    record_printing([paper], by=officer, method=PrintMethod.PRINT)
    browser("officer").get(f"/documents/{paper.pk}/")
    request_papers(by=officer, documents=[paper], form=PreparedKind.MERGED)
    wait_before_asking("192.0.2.1")
    FilePreview.objects.create(sha256="0" * 64, kind="docx", asked_by=officer)


def brought_in():
    """A table of one unit that was checked, and a filter that was kept."""
    save_filter(by=cast.person("officer"), ledger="cases", name="今年的", query="year=2026")
    table = SimpleUploadedFile("单位.csv", "代码,名称,类别\n449901,甲区,市（区）".encode())
    begin_import(by=cast.person("sysadmin"), kind=ImportKind.UNITS, file=table)


def corrected(town):
    """A post that was registered with another unit's person."""
    sysadmin, person = cast.person("sysadmin"), {"holder": None, "name": "施二十一", "username": "", "password": ""}
    facts = {"kind": PostKind.LIAISON, "title": "联络员", "rank": "", "began_on": clock.today()}
    annul_post(begin_post(by=sysadmin, unit=town, **facts, **person), by=sysadmin, reason="另一个镇的联络员。")


def guarded():
    """An account with a new password, somebody logged in, and what they show beside the password."""
    person, secret = cast.person("second_officer"), new_totp_secret()
    set_account(person, by=cast.person("sysadmin"), username="second_officer", password="initial-lantern-46")
    browser("second_officer")
    add_totp(by=person, secret=secret, code=pyotp.TOTP(secret).at(clock.now()))
    Passkey.objects.create(person=person, name="办公室电脑", credential_id="a", credential=b"a")


def test_every_row_of_a_whole_story_names_itself(office, town, officer, director, settings):
    settings.ALERT_MAIL = True
    type(director).objects.filter(pk=director.pk).update(email="director@office.invalid")
    case = take(Verb.PLACE_HOLD, case_in(CaseState.CLOSED, prepare_submission={"files": [png()]}))
    notified = case_in(CaseState.NOTIFIED)
    follow(notified, by=officer)
    cells = {"problems": DraftCell(["甲"], digest([""]))}
    save_draft(DraftKey.of_step(notified, Verb.HOLD_INTERVIEW, by=officer), by=officer, cells=cells, untouched=dict)
    take(Verb.DECIDE_LEAVE, take(Verb.ASK_LEAVE, notified))
    take(Verb.CORRECT_MINUTES, case_after(Verb.ISSUE_MINUTES))
    today = {"begins_on": clock.today(), "ends_on": clock.today()}
    delegate_approval(by=cast.person("group_leader"), delegate=cast.person("deputy"), reason="外出学习", **today)
    entered(cast.head(cast.TOWN))
    awarded(town)
    reported = marked(report_of(scheme_of())).report
    over = {"at_once": True, "from_day": None, "reason": "并入月报。"}
    end_scheme(scheme_of("每月摸排"), by=director, **over)
    with later(days=9):
        issued(analysed(reported.period))
    drafted_correction(minuted().meeting)
    notice_on_paper(convened(topic="纸质回执"), "deputy", by=officer)
    heard_meeting()
    letter = received()
    due_moved(letter)
    closed(replied(letter))
    referred = measure_in(MeasureState.SERVED, matter="另一处乱点整治推进缓慢")
    pleaded(take_of_measure(Verb.REFER_MEASURE, referred))
    measure_in(MeasureState.DRAFTED, further_units=[cast.unit(cast.MEMBER_UNIT)])
    veto_in(MeasureState.PROPOSED)
    inquired(restricting(matter="第三处乱点整治推进缓慢"))
    listing_with_records()
    sheet = sheet_of(published_assessment())
    as_evidence(sheet)
    with later(days=12):
        correction_decided(correction_proposed(sheet))
    of_visit = informed_visit(proof=[png()])
    corrected_draft(of_visit)
    link_follow_up(of_visit, by=officer, subject=letter_in(LetterState.ISSUED, to=town))
    gone = done_with(cast.unit(cast.DIVISION_TOWN))
    with later(days=AFTERWARDS):
        destroyed(gone)
    inspected()
    brought_in()
    guarded()
    take(Verb.REVISE_MINUTES, case_in(CaseState.INTERVIEWED), problems="另写一段。")
    take(Verb.REGISTER_DECISION, case_in(CaseState.PROPOSED))
    missed = case_in(CaseState.NOTIFIED)
    with later(days=8):
        take(Verb.RECORD_ABSENCE, missed)
    take(Verb.REGISTER_SUBMISSION, case_in(CaseState.NOTIFIED))
    corrected(town)
    correct_receipt(take(Verb.REGISTER_RECEIPT, case_in(CaseState.NOTIFIED)).current_notice, by=officer, **NEVER_SIGNED)
    letter_in(LetterState.ISSUED)
    printed(officer)
    issue_statistics(by=director, period=Period.around(PeriodKind.YEAR, clock.today()), count=list)
    since = {"effective_on": clock.today(), "paper_number": "江府〔2026〕9号", "paper": pdf()}
    rename_unit(town, by=cast.person("sysadmin"), name="新棠下镇", **since)
    change_office_setting(OfficeSetting.objects.get(key="notice_lead_days"), by=director, value=5)
    claim_key(SentForm(uuid4(), "/letters/new/", "0" * 64, officer))
    daily()
    StalePending.objects.create(case=case)  # as a change leaves them that concerns very many cases
    rows = {model.__name__: model.objects.first() for model in apps.get_app_config("yuetan").get_models()}
    assert {name for name, row in rows.items() if row is None} == NEVER_WRITTEN
    unnamed = [name for name, row in rows.items() if row and (not str(row).strip() or "object (" in str(row))]
    assert unnamed == []
    assert str(case) == case.title
