"""纸质回执 of a 会议通知: registered by the office with its scan, which nobody outside reads but who was invited."""

from datetime import date, timedelta

import pytest
import time_machine

from tests import cast
from tests.factories import picture
from tests.meetings import AFTER, attended, convened, fresh, invitation_of, minuted
from tests.refusals import appoint, by_the_office, not_theirs, refused, too_small
from tests.room_receipts import SCAN, SIGNED, notice_on_paper
from yuetan.actions.meeting.convening import REGISTERING, receipts_to_register, receive_meeting_notice
from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.models import Event, Invitation, ReceiptScan
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
TITLE = "领导小组2026年第1次会议"
HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
OTHER = f"head_{cast.COUNTY}"
DAY = date(2026, 11, 23)  # of the cast, on which the notice is issued


def officer():
    return cast.person("officer")


def test_who_signed_by_hand_stands_with_the_scan_and_signs_no_more():
    meeting = convened()
    scan = notice_on_paper(meeting, LIAISON, by=officer())
    invitation = invitation_of(meeting, LIAISON)
    signed = invitation.receipt
    assert (signed.signer, signed.title, signed.moment) == ("卫十三", "棠下镇党政办公室主任", "2026年11月23日")
    assert (signed.is_of_paper, invitation.received_by, scan.uploaded_by) == (True, None, officer())
    assert (scan.name, scan.invitation, scan.document.number) == (SCAN, invitation, "江扫黑办会〔2026〕1号")
    event = Event.objects.get(verb="register_meeting_receipt")
    assert event.data == {"meeting": TITLE, "of": "蓬江区棠下镇", "signer": SIGNED}
    assert not Invitation.objects.unsigned().filter(pk=invitation.pk).exists()
    again = "卫十三已于2026年11月23日签收这份会议通知，不必重复签收。"
    with refused(again):
        receive_meeting_notice(invitation, by=cast.person(LIAISON))
    with refused(again):
        notice_on_paper(meeting, LIAISON, by=officer())


def test_what_was_signed_for_here_needs_no_receipt_of_paper():
    meeting = convened()
    receive_meeting_notice(invitation_of(meeting, LIAISON), by=cast.person(LIAISON))
    with refused("褚十二已于2026年11月23日 10:00签收这份会议通知，不必重复签收。"):
        notice_on_paper(meeting, LIAISON, by=officer())


def test_what_is_missing_or_cannot_be_of_a_receipt_is_refused():
    meeting = convened()
    with refused("登记纸质回执还缺：签收人姓名、回执扫描件。", field="signer_name"):
        notice_on_paper(meeting, LIAISON, by=officer(), signer_name=" ", scan=None)
    with refused(by_the_office("签收日期不得早于通知印发日期（2026年11月23日）。"), field="signed_on"):
        notice_on_paper(meeting, LIAISON, by=officer(), signed_on=DAY - timedelta(days=1))
    with refused(by_the_office("签收日期不得晚于今天。"), field="signed_on"):
        notice_on_paper(meeting, LIAISON, by=officer(), signed_on=DAY + timedelta(days=1))
    with refused(too_small("回执.png"), field="scan"):
        notice_on_paper(meeting, LIAISON, by=officer(), scan=picture("回执.png", 8, 8))


def test_a_receipt_may_come_after_the_meeting_until_its_minutes_or_its_end():
    meeting = convened()
    with time_machine.travel(AFTER, tick=False):
        attended(meeting)
        assert notice_on_paper(meeting, LIAISON, by=officer(), signed_on=DAY).invitation.receipt.moment == (
            "2026年11月23日"
        )
    over = minuted().meeting
    with refused(f"{over.title}现在是“已印发纪要”，不能再登记会议通知的纸质回执。"):
        notice_on_paper(over, LIAISON, by=officer())
    cancelled = convened()
    cancel_meeting(cancelled, by=officer(), reason="另行安排。")
    with refused(f"{cancelled.title}现在是“已取消”，不能再登记会议通知的纸质回执。"):
        notice_on_paper(cancelled, LIAISON, by=officer())
    assert receipts_to_register(fresh(over), officer()) == receipts_to_register(fresh(cancelled), officer()) == set()


@pytest.mark.parametrize("who", [LIAISON, HEAD, OTHER, "supervisor", "group_leader"])
def test_the_office_registers_it_and_nobody_else(who):
    meeting = convened()
    with not_theirs():
        notice_on_paper(meeting, LIAISON, by=cast.person(who))
    assert receipts_to_register(meeting, cast.person(who)) == set()


def test_nobody_registers_what_was_sent_to_oneself_or_to_a_unit_of_ones_own():
    meeting = convened()
    director = cast.person("director")
    with not_theirs():
        notice_on_paper(meeting, "director", by=director)
    second = cast.person("second_officer")
    appoint(second, cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    with not_theirs():
        notice_on_paper(meeting, LIAISON, by=second)
    for who in (officer(), director, second):
        rows = Invitation.objects.of_meeting(meeting)
        assert receipts_to_register(meeting, who) == {one.pk for one in rows if REGISTERING.is_offered(one, who)}, who
    assert len(receipts_to_register(meeting, officer())) == 4
    assert len(receipts_to_register(meeting, director)) == len(receipts_to_register(meeting, second)) == 3


def test_a_post_may_be_signed_for_on_paper_too_and_each_reads_its_own_scan():
    meeting = convened()
    of_unit = notice_on_paper(meeting, LIAISON, by=officer())
    of_post = notice_on_paper(meeting, "deputy", by=officer(), signer_name="蒋十四", signer_title="秘书")
    seen = {who: set(ReceiptScan.objects.visible_to(cast.person(who))) for who in (HEAD, OTHER, "deputy", "sysadmin")}
    assert seen == {HEAD: {of_unit}, OTHER: set(), "deputy": {of_unit, of_post}, "sysadmin": set()}
    assert of_post.used_for.startswith("江扫黑办会〔2026〕1号的纸质回执（")
