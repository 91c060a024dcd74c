"""The turn of the year before the State Council has spoken: counts say they are provisional until the notice is in."""

from collections.abc import Callable

from tests import cast
from tests.actions.office.test_calendar import OF_2027
from tests.e2e.person import DESKTOP, PHONE, Person
from tests.factories import case_in
from yuetan.models import Task
from yuetan.vocabulary import CaseState

PROVISIONAL = "2027年放假安排尚未公布，按暂定推算"


def test_provisional_until_the_notice_is_entered(come_in: Callable[..., Person], it_is: Callable[..., None]) -> None:
    it_is(12, 29)
    running = f"/cases/{case_in(CaseState.RECTIFYING).pk}/"
    approved = f"/cases/{case_in(CaseState.APPROVED, unit=cast.unit(cast.COUNTY)).pk}/"
    the_officer_reads_it_everywhere(come_in("officer"), running, approved)
    the_unit_reads_it_at_home_and_where_it_asks(come_in(f"head_{cast.TOWN}", width=PHONE), running)
    the_director_enters_the_notice(come_in("director"))
    come_in("officer").goes_to("/tasks/")
    come_in("officer").reads_nowhere("（暂定）", PROVISIONAL)


def the_officer_reads_it_everywhere(officer: Person, running: str, approved: str) -> None:
    for address in ("/tasks/", "/cases/", running):
        officer.goes_to(address)
        officer.reads("（暂定）", PROVISIONAL)
        officer.meets_no_barrier(DESKTOP, PHONE)
    officer.goes_to(f"{approved}steps/serve_notice/")
    officer.reads(f"暂定最早为2027年1月5日（{PROVISIONAL}")
    officer.type(scheduled_at="2027-01-08T09:30")
    officer.press("下一步：核对")
    officer.reads(f"{PROVISIONAL}：", "书面材料提交期限")
    officer.meets_no_barrier(DESKTOP, PHONE)


def the_unit_reads_it_at_home_and_where_it_asks(head: Person, running: str) -> None:
    head.goes_to("/")
    head.reads("（暂定）", PROVISIONAL)
    head.goes_to(f"{running}steps/ask_extension/?task={task_of(running)}")
    head.reads("最晚延至", f"（暂定：{PROVISIONAL}）")
    head.meets_no_barrier()


def the_director_enters_the_notice(director: Person) -> None:
    director.follow("载入2027年放假安排")
    director.meets_no_barrier(DESKTOP, PHONE)
    director.type(source="国办发明电〔2026〕9号", published_on="2026-12-28", text=OF_2027)
    director.press("下一步：核对")
    director.reads("核对：载入2027年放假安排", "随之改变的日期", "放假 7 天：2月5日、2月6日")
    director.meets_no_barrier(DESKTOP, PHONE)
    director.press("确认")
    director.reads("2027年的放假安排已载入", "国办发明电〔2026〕9号（2026年12月28日印发）")
    director.reads_nowhere("载入2027年放假安排")


def task_of(address: str) -> int:
    """The first task of the case at an address."""
    return Task.objects.filter(case=address.split("/")[2]).earliest("number").pk
