"""纸质回执 of a 会议通知 and of a 督导通知书: registered at a desk and on a phone, and read by the unit."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import on_disk
from tests.meetings import convened
from tests.room_receipts import SCAN
from tests.rounds import announced, visit_of

SIGNED = "卫十三，2026年11月23日（纸质回执）"


def test_what_was_signed_by_hand_is_registered_and_read_by_the_unit(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    meeting, of_visit = convened(), visit_of(announced())
    liaison = come_in(f"liaison_{cast.TOWN}", width=PHONE)
    officer = come_in("officer")
    officer.goes_to(f"/meetings/{meeting.pk}/")
    officer.page.get_by_role("link", name="登记纸质回执").last.click()
    officer.reads("受通知的单位、人员：蓬江区棠下镇")
    officer.meets_no_barrier(1366, PHONE)
    register(officer, tmp_path)
    officer.reads("会议通知的纸质回执已登记。", SIGNED, SCAN)
    officer.meets_no_barrier(1366, PHONE)
    officer.goes_to(f"/rounds/visits/{of_visit.pk}/")
    officer.page.get_by_role("link", name="登记纸质回执").click()
    officer.meets_no_barrier(1366, PHONE)
    register(officer, tmp_path)
    officer.reads("纸质回执已登记。", SIGNED, SCAN)
    officer.meets_no_barrier(1366, PHONE)
    for address in (f"/meetings/{meeting.pk}/", f"/rounds/visits/{of_visit.pk}/"):
        liaison.goes_to(address)
        liaison.reads("卫十三", "（纸质回执）", SCAN)
        liaison.reads_nowhere("登记纸质回执")
        liaison.meets_no_barrier()


def register(officer: Person, folder: Path) -> None:
    """The receipt as it lies on the desk; without its scan it is refused, and nothing typed is lost."""
    officer.type(signer_name="卫十三", signer_title="棠下镇党政办公室主任", signed_on="2026-11-23")
    officer.press("登记")
    officer.reads("登记纸质回执还缺：回执扫描件。")
    assert officer.field("signer_name").input_value() == "卫十三"
    officer.offer("scan", *on_disk(folder, SCAN))
    officer.press("登记")
