"""Stories of people who change: a leader on both sides, a head who left before the notice, nobody who came."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.paper import words_of
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_after, case_in, succeed
from tests.refusals import appoint
from yuetan.actions.people.unit import end_post
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, PostKind, Verb

ComeIn = Callable[..., Person]
WHY = "组长赵四现任被约谈单位局长，应当回避，按办公室设定由第一副组长钱五代行"
IN_PAPERS = WHY.replace("按办公室设定", "")


def test_a_leader_who_heads_the_unit_is_interviewed_by_another(
    it_is: Callable[..., None], come_in: ComeIn, tmp_path: Path
) -> None:
    it_is(11, 23, 10)
    unit = cast.unit(cast.MEMBER_UNIT)
    end_post(cast.head(cast.MEMBER_UNIT).posts.get(), by=cast.person("sysadmin"), ended_on=clock.today())
    appoint(cast.person("group_leader"), unit, PostKind.UNIT_HEAD, "局长")
    it_is_proposed(come_in("officer"), unit.pk, on_disk(tmp_path, "摸排台账.pdf"))
    director = come_in("director")
    director.follow(TITLE)
    director.follow("核稿同意，报审定")
    director.type(opinion="情况属实，建议约谈。")
    director.does("核稿同意，报审定")
    leader = come_in("first_deputy")
    leader.follow(TITLE)
    leader.reads(WHY)
    leader.meets_no_barrier()
    leader.does("审定同意")
    the_notice_names_who_stands_in(come_in("officer"))


def it_is_proposed(officer: Person, unit: int, files: list[Path]) -> None:
    officer.goes_to(f"/cases/new/?unit={unit}")
    officer.reads(f"由组长约谈（第四条）；{WHY}")
    officer.meets_no_barrier()
    officer.choose("赵四")
    officer.type(matter="涉黑涉恶线索摸排不深入")
    officer.choose("第四条第二项")
    officer.type(grounds__4_2__facts="今年以来上报有效线索仅2条。")
    officer.offer("grounds-4_2-files", *files)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", f"{WHY}。")


def the_notice_names_who_stands_in(officer: Person) -> None:
    officer.follow(TITLE)
    officer.follow("书面通知")
    officer.type(scheduled_at="2026-12-03T09:30")
    officer.press("下一步：核对")
    officer.reads(f"约谈人说明：{IN_PAPERS}。")
    officer.does("书面通知")
    assert f"约谈人说明：{IN_PAPERS}。" in words_of(officer.takes_home("约谈通知书　江扫黑办〔2026〕1号"))


def test_a_head_who_left_before_the_notice_gets_none(it_is: Callable[..., None], come_in: ComeIn) -> None:
    it_is(11, 23, 10)
    case_in(CaseState.APPROVED)
    succeed(cast.head(cast.TOWN), "吕四十")
    officer = come_in("officer")
    officer.opens(TITLE)
    officer.reads("冯十不是棠下镇现任党政主要领导，不能作为约谈对象；请审定领导撤回，由承办人另行提出建议。")
    officer.meets_no_barrier()
    leader = come_in("group_leader")
    leader.opens(TITLE)
    leader.follow("撤回")
    leader.type(reason="约谈对象已离任。")
    leader.checks_and_does("撤回")


def test_nobody_came(it_is: Callable[..., None], come_in: ComeIn) -> None:
    it_is(11, 23, 10)
    case_after(Verb.SERVE_NOTICE)
    it_is(11, 30, 11)
    officer = come_in("officer", width=PHONE)
    officer.opens(TITLE)
    officer.follow("记录缺席")
    officer.reads("冯十（党委书记）")
    officer.meets_no_barrier()
    officer.press("下一步：核对")
    officer.reads("尚未写明冯十缺席的情况。")
    officer.type(absences__0__cause="电话未接，单位称外出。")
    officer.checks_and_does("记录缺席")
    officer.reads("冯十未经准假缺席，须改期")
    officer.meets_no_barrier()
    leader = come_in("group_leader")
    leader.goes_to("/cases/?absent=yes")
    leader.follow(TITLE)
    leader.reads("电话未接，单位称外出。")
    supervisor = come_in("supervisor")
    supervisor.opens(TITLE)
    supervisor.follow("起草提醒函")
    supervisor.reads("棠下镇")
