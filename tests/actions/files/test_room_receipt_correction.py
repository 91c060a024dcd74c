"""更正纸质回执 of 会议 and 督导: put right or revoked by the office, and the wrong entry stays to be read."""

from datetime import date, timedelta
from operator import itemgetter

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction

from tests import cast
from tests.consistency import check_all
from tests.factories import later, pdf
from tests.meetings import AFTER, convened, invitation_of, written
from tests.opinion_corrections import corrected_draft, reissued
from tests.past_triggers import past_triggers
from tests.refusals import appoint, by_the_office, not_theirs, nothing_stored, refused
from tests.room_receipts import OTHER_SCAN, SCAN, notice_on_paper, other_scan, receipt_corrected, round_paper_on_paper
from tests.rounds import announced, informed_visit, signed_for, visit_of
from yuetan.actions.meeting.convening import receive_meeting_notice
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.meeting.receipt_correction import CORRECTING as OF_NOTICE
from yuetan.actions.meeting.receipt_correction import receipts_to_correct
from yuetan.actions.record.checks.check_receipts import check_receipts
from yuetan.actions.record.disagreement import Disagreement
from yuetan.actions.rounds.closing import cancel_round, drop_visit
from yuetan.actions.rounds.receipt_correction import CORRECTING as OF_ROUND
from yuetan.documents.case_file.meeting_pieces import pieces_of_meeting
from yuetan.documents.case_file.record_piece import done_on_paper
from yuetan.documents.case_file.round_pieces import pieces_of_round
from yuetan.models import Alert, Event, Invitation, OpinionCorrection, ReceiptCorrection, ReceiptScan, RoundVisit
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, PostKind, RecordKind

pytestmark = pytest.mark.usefixtures("office")
TITLE, NUMBER = "领导小组2026年第1次会议", "江扫黑办会〔2026〕1号"
HEAD, LIAISON, OTHER = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", f"head_{cast.COUNTY}"
DAY = date(2026, 11, 23)  # of the cast, on which papers are issued
NEVER = {"never_signed": True, "signer_name": "", "signer_title": "", "signed_on": None}
REVOKED = "原登记由卫十三（棠下镇党政办公室主任）于2026年11月23日签收，登记有误，已撤销"
RENAMED = "签收人由“卫十三”更正为“冯十”"


def officer():
    return cast.person("officer")


def signed_notice():
    """A meeting for which somebody of the town signed by hand."""
    meeting = convened()
    notice_on_paper(meeting, LIAISON, by=officer())
    return meeting


def signed_visit():
    of_visit = visit_of(announced())
    round_paper_on_paper(of_visit, by=officer())
    return visit_of(of_visit.round)


def paper_of(of_visit, kind=DocumentKind.ROUND_NOTICE):
    return of_visit.documents.get(kind=kind, replaced_by=None)


def issued(meeting):
    """The meeting with its 会议纪要."""
    seen = digest_of_meeting(meeting)
    return issue_meeting_minutes(meeting, by=cast.person("director"), seen=seen).meeting


def alerted(words):
    return {alert.recipient.username: alert.text for alert in Alert.objects.filter(text__contains=words)}


def test_who_signed_for_a_notice_is_put_right_with_its_scan():
    meeting = signed_notice()
    wrong = ReceiptScan.objects.get()
    with later(days=2):
        right = {"signer_name": "冯十", "signer_title": "棠下镇党委书记", "signed_on": date(2026, 11, 24)}
        made = receipt_corrected(invitation_of(meeting, LIAISON), **right, scan=other_scan())
    signed = invitation_of(meeting, LIAISON).receipt
    assert (signed.signer, signed.title, signed.moment) == (*list(right.values())[:2], "2026年11月24日")
    assert made.words == (
        "签收人由“卫十三”更正为“冯十”；职务由“棠下镇党政办公室主任”更正为“棠下镇党委书记”；"
        "签收日期由“2026年11月23日”更正为“2026年11月24日”；扫描件已更换"
    )
    assert (made.reason, made.corrected_by, made.of_whom) == ("登记时看错了。", officer(), "蓬江区棠下镇")
    (stands,) = ReceiptScan.objects.in_force()
    wrong.refresh_from_db()
    assert (wrong.is_former, stands.name, stands.came_with) == (True, OTHER_SCAN, made)
    # The scan that was taken for the receipt is perhaps another unit's.
    for who, sees in (("officer", True), ("deputy", True), (HEAD, False), (LIAISON, False), (OTHER, False)):
        assert (wrong in ReceiptScan.objects.visible_to(cast.person(who))) is sees, who
        assert (stands in ReceiptScan.objects.visible_to(cast.person(who))) is (who != OTHER), who
    assert wrong.used_for == f"{NUMBER}更正前的纸质回执（蓬江区棠下镇）"
    texts = alerted("纸质回执")
    assert texts[HEAD] == texts[LIAISON] == f"{TITLE}，{NUMBER}的纸质回执登记有误，市扫黑办已更正，请核对。"
    assert texts["director"] == f"{TITLE}，{NUMBER}的纸质回执已更正。"
    assert not {"officer", OTHER, "supervisor"} & set(texts)
    data = Event.objects.get(verb="correct_meeting_receipt").data
    said = {"document": NUMBER, "changed": made.words, "reason": made.reason}
    assert data == {"meeting": TITLE, "of": "蓬江区棠下镇", **said}
    check_all()


def test_a_notice_that_nobody_signed_for_waits_again_and_is_signed_anew():
    meeting = signed_notice()
    made = receipt_corrected(invitation_of(meeting, LIAISON), **NEVER)
    invitation = invitation_of(meeting, LIAISON)
    assert (invitation.receipt, made.words, ReceiptScan.objects.in_force().count()) == (None, REVOKED, 0)
    assert Invitation.objects.unsigned().filter(pk=invitation.pk).exists()
    assert alerted("请重新签收")[HEAD] == f"{TITLE}，{NUMBER}的纸质回执登记有误，市扫黑办已更正，请重新签收。"
    check_all()
    scan = notice_on_paper(meeting, LIAISON, by=officer(), signer_name="冯十")
    assert (scan.is_former, invitation_of(meeting, LIAISON).receipt.signer) == (False, "冯十")
    check_all()
    receipt_corrected(invitation_of(meeting, LIAISON), **NEVER)
    receive_meeting_notice(invitation_of(meeting, LIAISON), by=cast.person(LIAISON))
    assert not invitation_of(meeting, LIAISON).receipt.is_of_paper
    check_all()


def test_a_notice_and_an_opinion_of_a_round_are_put_right_each_by_itself():
    of_visit = signed_visit()
    made = receipt_corrected(paper_of(of_visit), signer_name="冯十")
    assert (visit_of(of_visit.round).receipt.signer, made.words) == ("冯十", RENAMED)
    data = Event.objects.get(verb="correct_round_receipt").data
    said = {"document": paper_of(of_visit).number, "changed": RENAMED, "reason": made.reason}
    assert data == {"title": of_visit.round.title, "unit": "蓬江区棠下镇", "paper": "督导通知书", **said}
    assert alerted("请核对").keys() == {HEAD, LIAISON}
    check_all()
    made = receipt_corrected(paper_of(of_visit), **NEVER, scan=pdf(SCAN))  # a scan of nothing is not kept
    of_visit = visit_of(of_visit.round)
    assert (of_visit.receipt, ReceiptScan.objects.get().is_former) == (None, True)
    assert RoundVisit.objects.unsigned().filter(pk=of_visit.pk).exists()
    check_all()
    signed_for(of_visit, by=cast.person(HEAD))
    check_all()


def test_an_opinion_is_put_right_and_corrected_afterwards():
    of_visit = informed_visit()
    with time_machine.travel(of_visit.informed_at, tick=False):
        round_paper_on_paper(of_visit, by=officer())
        opinion = paper_of(of_visit, DocumentKind.ROUND_OPINION)
        receipt_corrected(opinion, signer_name="冯十", signed_on=clock.today(), scan=other_scan())
        check_all()
    corrected_draft(visit_of(of_visit.round))
    reissued(visit_of(of_visit.round))
    of_visit = visit_of(of_visit.round)
    assert (of_visit.opinion_receipt, OpinionCorrection.objects.get().receipt.signer) == (None, "冯十")
    new = of_visit.opinion.number
    with refused(f"{opinion.number}已由{new}替代，它的纸质回执不能再更正，请更正{new}的纸质回执。"):
        receipt_corrected(opinion, signer_name="卫十三")
    with time_machine.travel(of_visit.opinion_corrected_at, tick=False):
        round_paper_on_paper(of_visit, by=officer())
        receipt_corrected(paper_of(of_visit, DocumentKind.ROUND_OPINION), **NEVER)
        assert visit_of(of_visit.round).opinion_receipt is None
        check_all()


def test_what_is_refused_leaves_everything_as_it_was():
    meeting = signed_notice()
    of_visit = signed_visit()
    for thing in (invitation_of(meeting, LIAISON), paper_of(of_visit)):
        with nothing_stored():
            with refused("尚未写明更正的原因。", field="reason"):
                receipt_corrected(thing, signer_name="冯十", reason="")
            with refused("与原来登记的一样，没有更正任何内容；没有错的，不用办理。"):
                receipt_corrected(thing)
            with refused("登记纸质回执还缺：签收人姓名、签收日期。", field="signer_name"):
                receipt_corrected(thing, signer_name="", signed_on=None)
            with refused(by_the_office("签收日期不得早于通知印发日期（2026年11月23日）。"), field="signed_on"):
                receipt_corrected(thing, signed_on=DAY - timedelta(days=1))
            with refused(by_the_office("签收日期不得晚于今天。"), field="signed_on"):
                receipt_corrected(thing, signed_on=DAY + timedelta(days=1))
    assert (invitation_of(meeting, LIAISON).receipt.signer, ReceiptCorrection.objects.count()) == ("卫十三", 0)


def test_a_receipt_given_in_the_system_stands():
    meeting, of_visit = convened(), visit_of(announced())
    sentence = "没有登记纸质回执，没有可以更正的；在系统里签收的，以系统记录为准。"
    for _ in ("nobody signed", "somebody did"):
        with refused(f"{NUMBER}{sentence}"):
            receipt_corrected(invitation_of(meeting, LIAISON), signer_name="冯十")
        with refused(f"{paper_of(of_visit).number}{sentence}"):
            receipt_corrected(paper_of(of_visit), signer_name="冯十")
        if invitation_of(meeting, LIAISON).receipt is None:
            receive_meeting_notice(invitation_of(meeting, LIAISON), by=cast.person(LIAISON))
            of_visit = signed_for(of_visit, by=cast.person(HEAD))


def over(what, day):
    return by_the_office(f"{what}已于{day}办理，签收的登记不能撤销；签收人、职务、日期、扫描件有误的，可以更正。")


def test_after_the_minutes_the_words_alone_of_a_notice_are_corrected():
    meeting = written()
    with time_machine.travel(AFTER, tick=False):
        notice_on_paper(meeting, LIAISON, by=officer(), signed_on=DAY)
        meeting = issued(meeting)
        invitation = invitation_of(meeting, LIAISON)
        with refused(over("印发会议纪要", "2026年11月25日")):
            receipt_corrected(invitation, **NEVER)
    with (
        later(days=9),
        refused(by_the_office("签收日期不得晚于印发会议纪要的日期（2026年11月25日）。"), field="signed_on"),
    ):
        receipt_corrected(invitation, signed_on=date(2026, 11, 26))
    with later(days=9):
        receipt_corrected(invitation, signer_name="冯十", scan=other_scan())
        assert invitation_of(meeting, LIAISON).receipt.signer == "冯十"
        check_all()


def test_of_a_cancelled_meeting_and_a_dropped_visit_no_receipt_is_revoked():
    meeting = signed_notice()
    cancel_meeting(meeting, by=officer(), reason="另行安排。")
    with refused(over("取消会议", "2026年11月23日")):
        receipt_corrected(invitation_of(meeting, LIAISON), **NEVER)
    receipt_corrected(invitation_of(meeting, LIAISON), signer_name="冯十")
    of_visit = signed_visit()
    drop_visit(of_visit, by=officer(), reason="已由上级督导。")
    with refused(over("不再督导", "2026年11月23日")):
        receipt_corrected(paper_of(of_visit), **NEVER)
    receipt_corrected(paper_of(of_visit), signer_name="冯十")
    assert (invitation_of(meeting, LIAISON).receipt.signer, visit_of(of_visit.round).receipt.signer) == ("冯十", "冯十")
    check_all()


@pytest.mark.parametrize("who", [LIAISON, HEAD, OTHER, "supervisor", "group_leader", "second_officer"])
def test_the_office_corrects_it_and_nobody_of_the_unit(who):
    meeting, of_visit = signed_notice(), signed_visit()
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    invitation, paper, person = invitation_of(meeting, LIAISON), paper_of(of_visit), cast.person(who)
    for step, thing in ((OF_NOTICE, invitation), (OF_ROUND, paper)):
        assert (step.is_offered(thing, officer()), step.is_offered(thing, person)) == (True, False)
        with not_theirs():
            receipt_corrected(thing, by=person, signer_name="冯十")
    rows = list(Invitation.objects.of_meeting(meeting))
    assert receipts_to_correct(meeting, officer(), rows) == {invitation.pk}
    assert receipts_to_correct(meeting, person, rows) == set()


def change_by_hand(statement):
    """Run a statement past all of Django, to the end of its transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


BY_HAND = (
    "UPDATE yuetan_invitation SET received_name = '冯十' WHERE received_at IS NOT NULL",
    "UPDATE yuetan_invitation SET received_name = '', received_title = '', received_at = NULL",
    "UPDATE yuetan_roundvisit SET received_name = '冯十' WHERE received_at IS NOT NULL",
    "UPDATE yuetan_roundvisit SET received_name = '', received_title = '', received_at = NULL",
    "UPDATE yuetan_receiptscan SET is_former = false",
    "UPDATE yuetan_receiptscan SET name = '别的.pdf'",
    "DELETE FROM yuetan_receiptscan",
)


@pytest.mark.parametrize("statement", BY_HAND)
def test_the_database_lets_no_receipt_change_by_itself(statement):
    """Also after a correction, which says nothing of another transaction."""
    meeting, of_visit = signed_notice(), signed_visit()
    receipt_corrected(invitation_of(meeting, LIAISON), signer_name="蒋十四", scan=other_scan())
    receipt_corrected(paper_of(of_visit), signer_name="蒋十四")
    with pytest.raises(DatabaseError, match=r"kept|told|permission denied"):
        change_by_hand(statement)


WRITES_A_CORRECTION = """
    INSERT INTO yuetan_receiptcorrection
        (document_id, invitation_id, before, after, reason, corrected_by_id, corrected_at)
    SELECT document_id, {of}, before, jsonb_set(after, '{{signer}}', '"冯十"'), '看错了。', corrected_by_id, now()
    FROM yuetan_receiptcorrection WHERE invitation_id IS {whose};
"""


@pytest.mark.parametrize(
    ("of", "whose", "table"), [("invitation_id", "NOT NULL", "invitation"), ("NULL", "NULL", "roundvisit")]
)
def test_the_database_lets_a_receipt_become_what_its_correction_says_and_nothing_else(of, whose, table):
    meeting, of_visit = signed_notice(), signed_visit()
    receipt_corrected(invitation_of(meeting, LIAISON), signer_name="蒋十四")
    receipt_corrected(paper_of(of_visit), signer_name="蒋十四")
    correction = WRITES_A_CORRECTION.format(of=of, whose=whose)
    signs = f"UPDATE yuetan_{table} SET received_name = '{{name}}'{{more}} WHERE received_at IS NOT NULL"
    person = f", received_by_id = {officer().pk}"
    for name, more in (("何十五", ""), ("", person), ("冯十", ", received_title = '书记'")):
        with pytest.raises(IntegrityError):
            change_by_hand(correction + signs.format(name=name, more=more))
    change_by_hand(correction + signs.format(name="冯十", more=""))
    (stands,) = {one.receipt.signer for one in (invitation_of(meeting, LIAISON), visit_of(of_visit.round))} - {"蒋十四"}
    assert stands == "冯十"


def test_both_scans_and_what_was_corrected_are_in_the_dossiers():
    meeting = written()
    with time_machine.travel(AFTER, tick=False):
        notice_on_paper(meeting, LIAISON, by=officer(), signed_on=DAY)
        receipt_corrected(invitation_of(meeting, LIAISON), signer_name="冯十", signed_on=DAY, scan=other_scan())
        pieces = pieces_of_meeting(issued(meeting), officer())
    assert_filed(pieces, meeting.notice)
    of_visit = signed_visit()
    receipt_corrected(paper_of(of_visit), signer_name="冯十", scan=other_scan())
    of_round = cancel_round(of_visit.round, by=officer(), reason="改为联合督查。")
    assert_filed(pieces_of_round(of_round, officer()), paper_of(of_visit))


def assert_filed(pieces, of_paper):
    parts = [part for piece in pieces for part in piece.parts]
    assert [part.role for part in parts if part.name in (SCAN, OTHER_SCAN)] == [
        "回执扫描件",
        "更正前的回执扫描件",
    ]
    scans = ReceiptScan.objects.filter(document=of_paper)
    registered, corrected = sorted(done_on_paper(scans), key=itemgetter(0))
    label = of_paper.get_kind_display()
    assert registered[1:] == (f"登记{label}纸质回执", "张一", "蓬江区棠下镇")
    words = f"蓬江区棠下镇：{RENAMED}；扫描件已更换；更正原因：登记时看错了。"
    assert corrected[1:] == (f"更正{label}纸质回执", "张一", words)


def test_the_check_of_the_record_sees_a_receipt_that_stands_otherwise():
    meeting, of_visit = signed_notice(), signed_visit()
    receipt_corrected(invitation_of(meeting, LIAISON), signer_name="蒋十四")
    assert list(check_receipts()) == []
    with past_triggers():
        Invitation.objects.filter(received_name="蒋十四").update(received_name="冯十")
        ReceiptScan.objects.filter(invitation=None).update(is_former=True)
    number = paper_of(of_visit).number
    assert {str(each) for each in check_receipts()} == {
        str(Disagreement(RecordKind.PAPER, NUMBER, f"{NUMBER}的签收与纸质回执的更正不一致")),
        str(Disagreement(RecordKind.PAPER, number, f"{number}的纸质回执与扫描件不一致")),
    }
