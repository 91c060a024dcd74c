"""纸质回执 of 督导通知书 and 督导意见书: registered by the office with its scan, which the unit reads."""

from datetime import timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import picture
from tests.opinion_corrections import corrected_draft, reissued
from tests.refusals import appoint, by_the_office, not_theirs, refused, too_small
from tests.room_receipts import SCAN, SIGNED, round_paper_on_paper
from tests.rounds import announced, covert_round, informed_visit, signed_for, visit_of
from yuetan.actions.rounds.announcing import REGISTERING
from yuetan.models import Event, OpinionCorrection, ReceiptScan
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, PostKind

pytestmark = pytest.mark.usefixtures("office")
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.COUNTY}"
TITLE = "2026年度联动督导"


def officer():
    return cast.person("officer")


def test_a_notice_signed_by_hand_is_signed_for():
    of_visit = visit_of(announced())
    scan = round_paper_on_paper(of_visit, by=officer())
    of_visit = visit_of(of_visit.round)
    signed = of_visit.receipt
    assert (signed.signer, signed.title, signed.moment) == ("卫十三", "棠下镇党政办公室主任", "2026年11月23日")
    assert (signed.is_of_paper, of_visit.opinion_receipt) == (True, None)
    assert (scan.name, scan.invitation, scan.document.kind) == (SCAN, None, DocumentKind.ROUND_NOTICE)
    event = Event.objects.get(verb="register_round_receipt")
    assert event.data == {"title": TITLE, "unit": "蓬江区棠下镇", "paper": "督导通知书", "signer": SIGNED}
    again = "卫十三已于2026年11月23日签收督导通知书，不必重复签收。"
    with refused(again):
        signed_for(of_visit, by=cast.person(HEAD))
    with refused(again):
        round_paper_on_paper(of_visit, by=officer())
    seen = {who: ReceiptScan.objects.visible_to(cast.person(who)).count() for who in (HEAD, OTHER, "deputy")}
    assert seen == {HEAD: 1, OTHER: 0, "deputy": 1}


def test_an_opinion_signed_by_hand_is_signed_for_until_another_takes_its_place():
    of_visit = informed_visit()
    with time_machine.travel(of_visit.informed_at, tick=False):
        first = round_paper_on_paper(of_visit, by=officer())
    of_visit = visit_of(of_visit.round)
    assert (of_visit.receipt, of_visit.opinion_receipt.signer) == (None, "卫十三")
    corrected_draft(of_visit)
    reissued(of_visit)
    of_visit = visit_of(of_visit.round)
    stood = OpinionCorrection.objects.get().receipt
    assert (of_visit.opinion_receipt, stood.signer, stood.is_of_paper) == (None, "卫十三", True)
    with time_machine.travel(of_visit.opinion_corrected_at, tick=False):
        with refused(f"您打开的文书已由督导意见书（{of_visit.opinion.number}）替代，请先查阅督导意见书再签收。"):
            round_paper_on_paper(of_visit, by=officer(), seen=str(first.document_id))
        second = round_paper_on_paper(of_visit, by=officer())
    assert (second.document.number, first.document.number) == (of_visit.opinion.number, "江扫黑督意〔2026〕1号")


def test_what_is_missing_or_cannot_be_of_a_receipt_is_refused():
    of_visit = visit_of(announced())
    with refused("登记纸质回执还缺：签收人职务、签收日期、回执扫描件。", field="signer_title"):
        round_paper_on_paper(of_visit, by=officer(), signer_title="", signed_on=None, scan=None)
    with refused(by_the_office("签收日期不得早于通知印发日期（2026年11月23日）。"), field="signed_on"):
        round_paper_on_paper(of_visit, by=officer(), signed_on=clock.today() - timedelta(days=1))
    with refused(by_the_office("签收日期不得晚于今天。"), field="signed_on"):
        round_paper_on_paper(of_visit, by=officer(), signed_on=clock.today() + timedelta(days=1))
    with refused(too_small("回执.png"), field="scan"):
        round_paper_on_paper(of_visit, by=officer(), scan=picture("回执.png", 8, 8))


def test_there_is_nothing_to_register_where_nothing_was_issued():
    of_visit = visit_of(covert_round())
    with refused("蓬江区棠下镇的督导现在是“待督导”，不能再签收督导通知书。"):
        round_paper_on_paper(of_visit, by=officer())
    assert not REGISTERING.is_offered(of_visit, officer())


@pytest.mark.parametrize("who", [HEAD, OTHER, "supervisor", "group_leader", "second_officer"])
def test_the_office_registers_it_and_nobody_of_the_unit(who):
    of_visit = visit_of(announced())
    appoint(cast.person("second_officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    assert REGISTERING.is_offered(of_visit, officer())
    assert not REGISTERING.is_offered(of_visit, cast.person(who))
    with not_theirs():
        round_paper_on_paper(of_visit, by=cast.person(who))
