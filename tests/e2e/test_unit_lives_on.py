"""A unit that is renamed and then merged with a running case: who registers, who decides, who goes on."""

from collections.abc import Callable
from pathlib import Path

from tests import cast
from tests.e2e.person import PHONE, Person
from tests.e2e.steps import TITLE, on_disk
from tests.factories import case_in
from yuetan.models import Unit
from yuetan.vocabulary import CaseState, PostKind, Rank

PAPER = "江民〔2026〕8号"
RENAMED = "蓬江区棠下街道（原棠下镇）"


def test_a_town_is_renamed_and_merged_while_its_case_runs(
    come_in: Callable[..., Person], it_is: Callable[..., None], tmp_path: Path
) -> None:
    it_is(11, 23)
    case_in(CaseState.RECTIFYING)
    town = cast.unit(cast.TOWN)
    neighbour = Unit.objects.filter(parent=town.parent).exclude(pk=town.pk).select_related("parent")[0]
    cast.engage("许廿一", "head_neighbour", neighbour, PostKind.PARTY_SECRETARY, "党委书记", Rank.BELOW_DIVISION)
    (paper,) = on_disk(tmp_path, "批复.pdf")
    it_is(11, 30)
    administrator, director = come_in("sysadmin"), come_in("director")
    it_is_renamed(administrator, town, paper)
    everybody_reads_both_names(come_in("officer", width=PHONE))
    it_is_merged(administrator, town, neighbour, paper)
    the_director_decides(director, neighbour)
    the_successor_goes_on(come_in("head_neighbour", width=PHONE))


def it_is_renamed(administrator: Person, town: Unit, paper: Path) -> None:
    administrator.goes_to(f"/units/{town.pk}/")
    administrator.follow("单位更名")
    administrator.meets_no_barrier(1366, PHONE)
    administrator.type(name="棠下街道", effective_on="2026-11-30", paper_number=PAPER)
    administrator.press("登记更名")
    administrator.reads("单位更名还缺：依据文件。")
    administrator.offer("paper", paper)
    administrator.press("登记更名")
    administrator.reads("由“棠下镇”更名为“棠下街道”", RENAMED)
    administrator.meets_no_barrier(1366, PHONE)


def everybody_reads_both_names(officer: Person) -> None:
    officer.goes_to("/cases/?q=棠下镇")
    officer.reads(RENAMED)
    officer.follow(TITLE)
    officer.reads(RENAMED)


def it_is_merged(administrator: Person, town: Unit, neighbour: Unit, paper: Path) -> None:
    administrator.goes_to(f"/units/{town.pk}/")
    administrator.follow("单位撤并")
    administrator.meets_no_barrier(1366, PHONE)
    administrator.choose("撤销")
    administrator.type(effective_on="2026-11-30", paper_number=PAPER)
    administrator.offer("paper", paper)
    administrator.press("登记撤并")
    administrator.reads("还有未了结的事务，不能没有承接单位")
    administrator.choose("并入")
    administrator.field("successor").select_option(label=neighbour.full_name)
    administrator.offer("paper", paper)
    administrator.press("登记撤并")
    administrator.reads(f"并入{neighbour.full_name}", "已于2026年11月30日停用")


def the_director_decides(director: Person, neighbour: Unit) -> None:
    director.goes_to("/")
    director.reads("决定转由承接单位办理")
    director.follow("蓬江区棠下街道已撤并，其事项转由承接单位办理")
    director.meets_no_barrier(1366, PHONE)
    director.reads(TITLE)
    director.write("意见", "同意，按批复转办。")
    director.press("决定转由承接单位办理")
    director.reads(f"的事项转由{neighbour.full_name}办理")


def the_successor_goes_on(head: Person) -> None:
    head.opens(TITLE)
    head.reads("（原棠下镇、棠下街道）", "同意，按批复转办。", "填写整改报告")
