"""The pages on which the office puts right a receipt of paper of 会议 and 督导, and where it is read afterwards."""

import pytest
from django.urls import reverse

from tests import cast
from tests.meetings import convened, invitation_of
from tests.refusals import nothing_stored
from tests.room_receipts import SCAN, notice_on_paper, other_scan, receipt_corrected, round_paper_on_paper
from tests.rounds import announced, visit_of
from tests.web import Visitor, browser
from yuetan.models import ReceiptScan

pytestmark = pytest.mark.usefixtures("office")
HEAD = f"head_{cast.TOWN}"
LINK, CHANGED = "更正纸质回执", "签收人由“卫十三”更正为“冯十”；扫描件已更换"
POSTED = {
    "signer_name": "冯十",
    "signer_title": "棠下镇党政办公室主任",
    "signed_on": "2026-11-23",
    "reason": "看错了。",
}


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def words(page):
    return "".join(page.words.split())


def leads_to(page, url):
    return any(each.endswith(url) for _, each in page.links)


def asked_and_done(address, url, whose):
    """Refused while it is not confirmed; done then, and the way leads back."""
    page = visitor("officer", address).page
    for shown in ("卫十三（棠下镇党政办公室主任）", "2026年11月23日，办公室于2026年11月23日登记", whose, SCAN):
        assert shown in page
    client = browser("officer")
    with nothing_stored():
        assert client.post(address, POSTED).status_code == 422
        assert client.post(address, {**POSTED, "reason": "", "confirmed": "on"}).status_code == 422
    answer = client.post(address, {**POSTED, "scan": other_scan(), "confirmed": "on"})
    assert (answer.status_code, answer["Location"]) == (302, url)


def assert_read(url, *, inner, outer):
    """The office reads who corrected it and why, and finds both scans; the unit what was corrected, and its own."""
    former, stands = (
        reverse("receipt_scan", args=[ReceiptScan.objects.get(is_former=one).pk]) for one in (True, False)
    )
    for who in inner:
        page = visitor(who, url).page
        assert CHANGED in words(page)
        assert ("看错了。" in page, "张一于" in page) == (True, True), who
        assert (leads_to(page, former), leads_to(page, stands)) == (True, True), who
    for who in outer:
        page = visitor(who, url).page
        assert CHANGED in words(page)
        assert ("看错了。" in page, "市扫黑办于" in words(page)) == (False, True), who
        assert (leads_to(page, former), leads_to(page, stands), LINK in page) == (False, True, False), who
        assert browser(who).get(former).status_code == 404


def test_a_receipt_of_a_meeting_is_corrected_from_its_page():
    meeting = convened()
    notice_on_paper(meeting, HEAD, by=cast.person("officer"))
    url, invitation = reverse("meeting", args=[meeting.pk]), invitation_of(meeting, HEAD)
    address = reverse("correct_meeting_receipt", args=[invitation.public_id])
    assert leads_to(visitor("officer", url).page, address)
    for who in (HEAD, "group_leader"):
        assert not leads_to(visitor(who, url).page, address)
    asked_and_done(address, url, "蓬江区棠下镇")
    assert_read(url, inner=("officer", "director", "group_leader"), outer=(HEAD,))


def test_a_receipt_of_a_round_is_corrected_from_the_page_of_its_unit():
    of_visit = visit_of(announced())
    paper = round_paper_on_paper(of_visit, by=cast.person("officer")).document
    url, address = reverse("round_visit", args=[of_visit.pk]), reverse("correct_round_receipt", args=[paper.pk])
    assert leads_to(visitor("officer", url).page, address)
    for who in (HEAD, "group_leader"):
        assert not leads_to(visitor(who, url).page, address)
    asked_and_done(address, url, "蓬江区棠下镇")
    assert_read(url, inner=("officer", "director", "group_leader"), outer=(HEAD,))
    shown = visitor(HEAD, reverse("document", args=[paper.pk])).page
    assert (CHANGED in words(shown), "看错了。" in shown) == (True, False)


def test_where_nobody_signed_by_hand_there_is_nothing_to_correct_and_after_a_revoking_the_unit_signs():
    meeting, of_visit = convened(), visit_of(announced())
    of_notice = reverse("correct_meeting_receipt", args=[invitation_of(meeting, HEAD).public_id])
    of_round = reverse("correct_round_receipt", args=[of_visit.documents.get().pk])
    for address in (of_notice, of_round):
        assert browser("officer").get(address).status_code == 404
    notice_on_paper(meeting, HEAD, by=cast.person("officer"))
    round_paper_on_paper(of_visit, by=cast.person("officer"))
    never = {"signer_name": "", "signer_title": "", "signed_on": None, "never_signed": True}
    for thing in (invitation_of(meeting, HEAD), of_visit.documents.get()):
        receipt_corrected(thing, **never)
    for name, row, button in (("meeting", meeting, "签收会议通知"), ("round_visit", of_visit, "签收督导通知书")):
        page = visitor(HEAD, reverse(name, args=[row.pk])).page
        assert "登记有误，已撤销" in page
        assert any(button in form.buttons for form in page.forms)
