"""A weekly report: filled in on the phone, confirmed, sent back by the office, put right, accepted, added up."""

from collections.abc import Callable

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.reporting import TITLE, report_of, scheme_of

LABEL = "2026年11月20日至11月26日"
NUMBERS = {"f1": "5", "f2": "3", "f3": "2", "f4": "1"}
SENT_BACK = "请核对娱乐场所数。"


def test_a_weekly_report_goes_to_the_office_and_back(
    come_in: Callable[..., Person], it_is: Callable[..., None]
) -> None:
    it_is(11, 25)
    expected = report_of(scheme_of())
    report = f"/reporting/reports/{expected.public_id}/"
    head, officer = come_in(f"head_{cast.TOWN}", width=PHONE), come_in("officer")
    the_liaison_fills_in(come_in(f"liaison_{cast.TOWN}", width=PHONE), report)
    the_head_confirms(head)
    the_office_sends_back(officer, report)
    head.goes_to(report)
    head.follow("更正（提交新的版本）")
    head.type(f1="6", f2="4", reason="漏报一处娱乐场所。")
    head.press("提交")
    head.reads("已报送（第2版）。", "其中娱乐场所：由“3 处”改为“4 处”")
    head.meets_no_barrier(PHONE)
    officer.goes_to(report)
    officer.press("收下")
    officer.reads("已收下，数字计入汇总。")
    officer.goes_to(f"/reporting/periods/{expected.period_id}/summary/")
    officer.reads("已收 1")
    officer.meets_no_barrier(1366, PHONE)


def the_liaison_fills_in(liaison: Person, report: str) -> None:
    liaison.goes_to("/reporting/")
    liaison.meets_no_barrier(PHONE)
    liaison.goes_to(report)
    liaison.follow("填报")
    liaison.type(**NUMBERS | {"f1": "6"})
    liaison.press("提交")
    liaison.reads("“摸排场所”填的是 6，应当等于“其中娱乐场所”、“其中其他场所”之和 5，请核对。")
    liaison.meets_no_barrier(PHONE)
    liaison.type(f1="5")
    liaison.press("提交")
    liaison.reads("已填报第1版，请本单位主要领导确认报送。")


def the_head_confirms(head: Person) -> None:
    head.goes_to("/")
    head.follow("确认报送报表")
    head.press("确认报送")
    head.reads("已确认报送。")


def the_office_sends_back(officer: Person, report: str) -> None:
    officer.goes_to("/")
    officer.follow(f"{TITLE}（{LABEL}）")
    officer.meets_no_barrier(1366, PHONE)
    officer.goes_to(report)
    officer.type(reason=SENT_BACK, again_by="2026-11-27")
    officer.press("退回")
    officer.reads("已退回，并已告知本单位。")
