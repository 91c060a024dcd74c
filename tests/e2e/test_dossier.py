"""实绩档案 by browser: a head enters the year on the phone, the office reads it and commends, a version corrects."""

from pathlib import Path

from playwright.sync_api import expect

from tests import cast
from tests.e2e.person import PHONE
from tests.factories import pdf

WORK = "全年组织排查3次，整治重点场所5处。"


def stored(folder: Path, name: str) -> Path:
    """A real file to choose."""
    path = folder / name
    path.write_bytes(pdf(name).file.read())
    return path


def test_a_year_is_entered_read_commended_and_corrected(come_in, it_is, tmp_path):
    it_is(11, 23, 10)
    head = come_in(f"head_{cast.TOWN}", width=PHONE)
    head.follow("实绩档案")
    head.follow("冯十")
    head.meets_no_barrier()
    head.follow("填写2026年度实绩材料")
    head.press("提交")
    head.reads("主要工作情况及成效")
    head.type(main_work=WORK, difficulties="本年度没有遇到须协调解决的困难。")
    head.offer("report", stored(tmp_path, "述职报告.pdf"))
    head.press("提交")
    head.reads("已提交第1版，已确认，办公室可以查阅。")
    head.meets_no_barrier()

    director = come_in("director")
    director.goes_to("/alerts/")
    director.reads("确认了冯十2026年度实绩材料（第1版），请查阅。")
    director.goes_to(f"/dossiers/units/{cast.unit(cast.TOWN).pk}/")
    director.follow("冯十2026年度实绩材料（第1版）")
    director.write("查阅意见", "请补充第四季度情况。")
    director.press("已查阅")
    director.reads("已查阅，并已告知本人。")
    director.meets_no_barrier()
    director.goes_to(f"/dossiers/units/{cast.unit(cast.TOWN).pk}/")
    director.follow("登记表彰奖励")
    director.type(honour="平安建设先进集体", awarded_by="江门市人民政府", awarded_on="2026-05-04")
    director.type(paper_number="江府〔2026〕8号")
    director.offer("paper", stored(tmp_path, "表彰决定.pdf"))
    director.press("登记")
    director.reads("平安建设先进集体")
    director.meets_no_barrier()

    head.goes_to("/alerts/")
    head.reads("办公室已查阅您的2026年度实绩材料：请补充第四季度情况。")
    head.goes_to("/dossiers/")
    head.follow("冯十")
    head.reads("平安建设先进集体")
    head.follow("更正（提交新的版本）")
    expect(head.field("main_work")).to_have_value(WORK)
    head.type(main_work=f"{WORK}第四季度整治1处。", reason="补充第四季度的工作。")
    head.press("提交")
    head.reads("已提交第2版")
    head.meets_no_barrier()
    assert head.problems == director.problems == []
