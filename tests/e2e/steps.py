"""The steps of a case, and of a measure, as people take them in a browser, with scripts or without."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.person import Person
from tests.factories import pdf, png
from yuetan.models import AccountabilityMeasure
from yuetan.vocabulary import Verb

TITLE = "关于涉黑涉恶线索摸排不深入的约谈"
FACTS = "今年以来上报有效线索仅2条，内部评估为瞒报。"


def on_disk(folder: Path, *names: str) -> list[Path]:
    """Small real files."""
    paths = [folder / name for name in names]
    for path in paths:
        file = png() if path.suffix == ".png" else pdf()
        path.write_bytes(file.read())
    return paths


def propose(officer: Person, files: list[Path]) -> None:
    """建议: the unit is looked for by the initials of its pinyin; a forgotten ground is told, and nothing is lost."""
    officer.follow("提出约谈建议")
    officer.type(unit_words="txz")
    officer.press("查找")
    officer.follow("蓬江区棠下镇")
    officer.choose("冯十")
    officer.type(matter="涉黑涉恶线索摸排不深入")
    officer.press("保存并报核")
    officer.reads("有 1 处需要改正", "依据第五条，尚未选择约谈情形，至少选择一项。")
    officer.choose("第五条第二项")
    officer.type(grounds__5_2__facts=FACTS)
    officer.press("保存并报核")
    officer.reads("第五条第二项尚无依据：请上传依据材料，或者填写文号（线索编号）和摘要。")
    assert officer.page.locator("[name='grounds-5_2-facts']").input_value() == FACTS
    officer.offer("grounds-5_2-files", *files)
    officer.press("保存并报核")
    officer.reads("已报核，等待办公室主任核稿。", "现由办公室主任办理：核稿。", *(file.name for file in files))


def endorse(director: Person) -> None:
    """核稿."""
    director.follow(TITLE)
    director.follow("核稿同意，报审定")
    director.reads(FACTS)
    director.type(opinion="情况属实，建议约谈。")
    director.does("核稿同意，报审定")


def approve(leader: Person) -> None:
    """审定."""
    leader.follow(TITLE)
    leader.reads("情况属实，建议约谈。")
    leader.write("审定意见", "同意，从速办理。")
    leader.does("审定同意")
    leader.reads("现由承办人办理：书面通知。")


def serve_notice(officer: Person) -> None:
    """通知: a time too soon is refused, the paper is looked at before it is issued."""
    officer.follow(TITLE)
    officer.follow("书面通知")
    officer.type(scheduled_at="2026-11-24T09:30")
    officer.press("下一步：核对")
    officer.reads("办公室设定：约谈时间须在通知后 3 个工作日之后，最早为2026年11月27日。")
    officer.type(scheduled_at="2026-12-03T09:30", place="市扫黑办三楼会议室")
    officer.press("下一步：核对")
    officer.reads("核对：书面通知", "2026年12月3日（星期四）上午9:30", "江扫黑办〔2026〕1号", "办理后不能撤销")
    officer.press("返回修改")
    assert officer.page.locator("[name=place]").input_value() == "市扫黑办三楼会议室"
    officer.press("下一步：核对")
    officer.does("书面通知")
    officer.reads("约谈通知书　江扫黑办〔2026〕1号")


def address(measure: AccountabilityMeasure) -> str:
    """The page of a measure."""
    return f"/measures/{measure.pk}/"


def takes(person: Person, measure: AccountabilityMeasure, verb: Verb, done: str, **entered: str) -> None:
    """One step on its own page, looked at before it is taken where that page says what it brings."""
    person.goes_to(address(measure))
    person.follow(verb.label)
    person.type(**entered)
    first_of_two = person.page.get_by_role("button", name="下一步：核对")
    expect(first_of_two.or_(person.page.get_by_role("button", name=verb.label, exact=True))).to_be_visible()
    if first_of_two.count():
        person.press("下一步：核对")
        person.reads(f"核对：{verb.label}")
    person.press(verb.label)
    person.reads(done)


def takes_at(person: Person, url: str, verb: Verb, **entered: str) -> None:
    """One step of a case or of tasks from the page it is about, looked at first where its page says what it brings."""
    person.goes_to(url)
    person.follow(verb.label)
    person.type(**entered)
    first_of_two = person.page.get_by_role("button", name="下一步：核对")
    expect(first_of_two.or_(person.page.get_by_role("button", name=verb.label, exact=True))).to_be_visible()
    if first_of_two.count():
        person.press("下一步：核对")
        person.reads(f"核对：{verb.label}")
    person.does(verb.label)


def follow_for(person: Person, words: str, whose: str) -> None:
    """One of several links with the same words, by what is said of it to who cannot see beside what it stands."""
    person.page.get_by_role("link").filter(has_text=f"{words}：{whose}").first.click()
