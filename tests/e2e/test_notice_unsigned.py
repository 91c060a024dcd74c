"""A notice that nobody signs, its receipt on paper, another day, leave from it, and a head who leaves for good."""

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from tests import cast
from tests.e2e.paper import words_of
from tests.e2e.person import PASSWORD, PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_in
from yuetan.actions.people.password import give_password
from yuetan.vocabulary import CaseState

OWN_PASSWORD = "own-lantern-48-quiet"
TOWN_HEAD, TOWN_LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
UNSIGNED = "通知逾期未签收：催办签收，或者登记纸质回执"
OLD_PAPER, NEW_PAPER, THIRD_PAPER = (f"江扫黑办〔2026〕{number}号" for number in (1, 2, 3))


def test_unsigned_then_on_paper_then_rescheduled_then_another_head(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    address = f"/cases/{case_in(CaseState.NOTIFIED).pk}/"
    it_climbs(come_in, it_is)
    a_paper_receipt_is_registered(come_in("officer"), on_disk(tmp_path, "回执.png"))
    both_sides_read_the_receipt(come_in)
    another_day_is_set(come_in("officer"))
    it_is_signed_again(come_in(TOWN_LIAISON, width=PHONE))
    leave_is_granted(come_in(TOWN_HEAD, width=PHONE), come_in("deputy"))
    the_officer_has_to_find_another_day(come_in("officer"))
    old_head = come_in(TOWN_HEAD, width=PHONE)
    another_head_takes_over(come_in("sysadmin"))
    the_old_head_has_lost_it(old_head, address)
    with transaction.atomic():  # the initial password is changed in test_account_security.py
        give_password(cast.person("new_head"), OWN_PASSWORD, is_initial=False)
    the_new_head_is_named(come_in("officer"))
    the_new_head_signs(come_in("new_head", width=PHONE))


def it_climbs(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(11, 24)
    come_in("officer").reads_nowhere(UNSIGNED)
    it_is(11, 25)
    come_in("officer").reads(UNSIGNED, "逾期 1 天")
    come_in("director").reads_nowhere(UNSIGNED)
    it_is(11, 27)
    come_in("director").reads(UNSIGNED, "逾期 3 天")
    head = come_in(TOWN_HEAD, width=PHONE)
    head.reads("签收通知", "逾期 3 天")
    head.meets_no_barrier()


def a_paper_receipt_is_registered(officer: Person, scan: list[Path]) -> None:
    officer.follow(TITLE)
    officer.reads("通知未签收，逾期 3 天")
    officer.follow("登记纸质回执")
    officer.meets_no_barrier()
    officer.type(signer_name="褚十二", signer_title="棠下镇联络员", signed_on="2026-11-26")
    officer.offer("scan", *scan)
    officer.confirms_and_does("登记纸质回执")


def both_sides_read_the_receipt(come_in: Callable[..., Person]) -> None:
    for person in (come_in("director"), come_in(TOWN_HEAD, width=PHONE)):
        person.reads_nowhere(UNSIGNED)
        person.opens(TITLE)
        person.reads("签收人", "褚十二（棠下镇联络员）", "纸质回执", "回执.png")
        person.reads_nowhere("通知未签收")
        person.meets_no_barrier()
    person.reads_nowhere("张一")


def another_day_is_set(officer: Person) -> None:
    officer.opens(TITLE)
    officer.follow("改期")
    officer.meets_no_barrier()
    officer.type(reason="与全市会议时间冲突。", scheduled_at="2026-12-07T09:30")
    officer.press("下一步：核对")
    officer.reads("核对：改期", "与全市会议时间冲突。", NEW_PAPER, "须重新签收")
    officer.meets_no_barrier()
    officer.does("改期")
    officer.reads(f"改期通知　{NEW_PAPER}", f"约谈通知书　{OLD_PAPER}", "已被替代")
    assert "2026年12月7日" in words_of(officer.takes_home(f"改期通知　{NEW_PAPER}"))


def it_is_signed_again(liaison: Person) -> None:
    liaison.reads("2026年12月7日（星期一）上午9:30")
    liaison.follow("签收通知")
    liaison.meets_no_barrier()
    liaison.checks_and_does("签收通知")
    liaison.reads(NEW_PAPER, OLD_PAPER, "已被替代", "褚十二于2026年11月27日")


def leave_is_granted(head: Person, leader: Person) -> None:
    head.opens(TITLE)
    head.follow("请假")
    head.meets_no_barrier()
    head.write("请假原因", "赴省开会。")
    head.does("请假")
    leader.goes_to("/")
    leader.follow(TITLE)
    leader.follow("审批请假")
    leader.reads("冯十（党委书记）：赴省开会。")
    leader.choose("准假")
    leader.write("审批意见", "同意，另定时间。")
    leader.checks_and_does("审批请假")
    head.page.reload()
    head.reads("冯十已准假，等待改期通知")


def the_officer_has_to_find_another_day(officer: Person) -> None:
    officer.reads("改期：约谈对象或者约谈人已准假、离任")
    officer.follow(TITLE)
    officer.reads("冯十已准假，须改期")


def another_head_takes_over(keeper: Person) -> None:
    keeper.follow("单位与领导")
    keeper.goes_to(f"/units/{cast.unit(cast.TOWN).pk}/")
    keeper.follow("登记离任 ：冯十")
    keeper.reads("立即失去")
    keeper.press("登记离任")
    keeper.reads("已登记：冯十不再任")
    keeper.follow("登记任职")
    keeper.choose("党委（党工委）书记")
    keeper.page.get_by_label("职级").select_option(label="处级以下")
    keeper.type(title="党委书记", name="吕四十", username="new_head", password=PASSWORD)
    keeper.press("登记任职")
    keeper.reads("已登记：吕四十任")


def the_old_head_has_lost_it(head: Person, address: str) -> None:
    """Whoever holds no post any more cannot come in at all."""
    for each in ("/", address):
        head.goes_to(each)
        head.reads("账号由系统管理员开设")
        head.reads_nowhere(TITLE)


def the_new_head_is_named(officer: Person) -> None:
    officer.reads("改期：约谈对象或者约谈人已准假、离任")
    officer.follow(TITLE)
    officer.reads("约谈对象冯十已不任党委书记，须先改期，通知现任党政主要领导")
    officer.follow("改期")
    officer.reads("冯十（党委书记）已离任，已改选现任")
    officer.type(reason="镇主要领导调整。", scheduled_at="2026-12-08T09:30")
    officer.press("下一步：核对")
    officer.reads("核对：改期", "吕四十同志")
    officer.does("改期")
    officer.reads_nowhere("须改期")


def the_new_head_signs(head: Person) -> None:
    head.reads("签收通知", "本人到会接受约谈", "2026年12月8日（星期二）上午9:30")
    head.follow("签收通知")
    head.checks_and_does("签收通知")
    head.reads(THIRD_PAPER, "吕四十于2026年11月27日")
    assert "吕四十同志" in words_of(head.takes_home(f"改期通知　{THIRD_PAPER}"))
