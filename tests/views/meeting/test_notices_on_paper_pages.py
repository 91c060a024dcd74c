"""The pages on which the office registers a receipt of paper of 会议 and 督导, and where it is read afterwards."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import pdf
from tests.meetings import convened, invitation_of
from tests.refusals import nothing_stored
from tests.room_receipts import SCAN, SIGNER
from tests.rounds import announced, visit_of
from tests.web import Visitor
from yuetan.models import ReceiptScan

pytestmark = pytest.mark.usefixtures("office")
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.COUNTY}"
STATED = {**SIGNER, "signed_on": "2026-11-23"}
SIGNED = "卫十三，2026年11月23日（纸质回执）"


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def words(page):
    return "".join(page.words.split())


def leads_to(page, url):
    return any(each.endswith(url) for _, each in page.links)


def test_a_notice_signed_by_hand_is_registered_from_the_page_of_its_meeting():
    meeting = convened()
    url = reverse("meeting", args=[meeting.pk])
    officer = visitor("officer", url)
    assert words(officer.page).count("未签收") == 4
    officer.click("登记纸质回执：蓬江区棠下镇")
    assert "受通知的单位、人员：蓬江区棠下镇" in officer.page
    with nothing_stored():
        page = officer.press("登记", expect=422, **STATED)
    assert "登记纸质回执还缺：回执扫描件。" in page
    page = officer.press("登记", **STATED, scan=[pdf(SCAN)])
    assert "会议通知的纸质回执已登记。" in page
    assert (SIGNED in words(page), words(page).count("未签收"), words(page).count("登记纸质回执：")) == (True, 3, 3)
    address = reverse("receipt_scan", args=[ReceiptScan.objects.get().pk])
    unit, invited = visitor(HEAD, url).page, visitor("deputy", url).page
    assert all(leads_to(shown, address) for shown in (page, unit, invited))
    assert "卫十三已于2026年11月23日签收（纸质回执）。" in unit
    assert not any("签收会议通知" in form.buttons for form in unit.forms)
    assert not any("登记纸质回执" in shown for shown in (unit, invited))
    again = visitor("officer", reverse("register_meeting_receipt", args=[invitation_of(meeting, HEAD).public_id])).page
    assert "卫十三已于2026年11月23日签收这份会议通知，不必重复签收。" in again


def test_a_notice_of_a_round_signed_by_hand_is_registered_from_the_page_of_its_unit():
    of_visit = visit_of(announced())
    url = reverse("round_visit", args=[of_visit.pk])
    officer = visitor("officer", url)
    officer.click("登记纸质回执")
    assert "在督导通知书（" in officer.page
    with nothing_stored():
        page = officer.press("登记", expect=422, **STATED)
    assert "登记纸质回执还缺：回执扫描件。" in page
    page = officer.press("登记", **STATED, scan=[pdf(SCAN)])
    assert "纸质回执已登记。" in page
    address = reverse("receipt_scan", args=[ReceiptScan.objects.get().pk])
    unit = visitor(HEAD, url).page
    for shown in (page, unit, visitor("group_leader", url).page):
        assert (SIGNED in words(shown), leads_to(shown, address)) == (True, True)
        assert not leads_to(shown, reverse("register_round_receipt", args=[of_visit.pk]))
    assert not any("签收督导通知书" in form.buttons for form in unit.forms)
