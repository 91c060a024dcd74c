"""One case from 建议 to 办结, by the people whose steps they are, on the pages they see."""

import io
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from pypdf import PdfReader

from tests import cast
from tests.factories import pdf, png
from tests.web import Page, Visitor
from yuetan.models import Case, Post
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME

TITLE = "关于涉黑涉恶线索摸排不深入的约谈"
SECRET = "内部评估：该镇瞒报线索三条"


@pytest.fixture
def diary(transactional_db: None, office: object) -> Iterator[list[time_machine.travel]]:
    """The days of the story; the last one opened is today."""
    days: list[time_machine.travel] = []
    yield days
    for day in reversed(days):
        day.stop()


def it_is(diary: list[time_machine.travel], month: int, day: int, hour: int = 9) -> None:
    diary.append(time_machine.travel(datetime(2026, month, day, hour, tzinfo=CHINA_STANDARD_TIME)))
    diary[-1].start()


def browser_of(username: str) -> Visitor:
    """Somebody comes in, and opens the first page."""
    visitor = Visitor(cast.person(username))
    visitor.open("/")
    return visitor


def at_case(username: str) -> Visitor:
    """Somebody comes in, and opens the case from the list."""
    visitor = browser_of(username)
    visitor.open("/cases/")
    visitor.click(TITLE)
    return visitor


def case_url() -> str:
    return f"/cases/{Case.objects.get().pk}/"


def real_pdf(visitor: Visitor, words: str) -> str:
    """The text of the paper behind a link of the page."""
    body = visitor.fetch(words)
    assert body.startswith(b"%PDF-")
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)


def outsiders_find_nothing() -> None:
    """To the town, before it is told, the case is like one that never was."""
    for username in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"):
        visitor = browser_of(username)
        assert TITLE not in visitor.page
        assert TITLE not in visitor.open("/cases/")
        hidden = visitor.open(case_url(), expect=404)
        nowhere = visitor.open("/cases/00000000-0000-4000-8000-000000000000/", expect=404)
        assert hidden.words == nowhere.words


def test_one_case_from_proposal_to_closing(diary: list[time_machine.travel]) -> None:
    the_office_proposes(diary)
    the_leading_group_approves(diary)
    the_town_is_notified_in_writing(diary)
    the_town_prepares(diary)
    the_interview_is_held(diary)
    the_minutes_go_out(diary)
    the_town_rectifies(diary)
    the_office_inspects_and_closes(diary)
    everybody_reads_it_afterwards()


def the_office_proposes(diary: list[time_machine.travel]) -> None:
    it_is(diary, 11, 23)
    officer = browser_of("officer")
    officer.click("提出约谈建议")
    officer.press("查找", unit_words="txz")
    officer.click("蓬江区棠下镇")
    assert "依据第五条提出" in officer.page
    proposal = {
        "matter": "涉黑涉恶线索摸排不深入",
        "interviewees": officer.pick("interviewees", "冯十"),
    }
    page = officer.press("保存并报核", expect=422, **proposal)
    assert "依据第五条，尚未选择约谈情形，至少选择一项。" in page
    assert not Case.objects.exists()
    stated = {"ticked": "on", "facts": f"今年以来上报有效线索仅2条。{SECRET}。"}
    stated["files"] = [png("走访照片.png"), pdf("线索台账.pdf")]
    page = officer.press("保存并报核", **{f"grounds-5_2-{name}": value for name, value in stated.items()})
    assert page.heading == TITLE
    assert "已报核，等待办公室主任核稿。" in page
    assert "现由办公室主任办理：核稿。" in page
    assert "约谈〔2026〕1号" in page
    assert officer.fetch("线索台账.pdf").startswith(b"%PDF-")
    outsiders_find_nothing()


def the_leading_group_approves(diary: list[time_machine.travel]) -> None:
    it_is(diary, 11, 24)
    director = browser_of("director")
    assert "核稿" in director.page
    director.click(TITLE)
    director.click("核稿同意，报审定")
    assert SECRET in director.page
    director.press("核稿同意，报审定", opinion="情况属实，建议约谈。")
    outsiders_find_nothing()
    leader = browser_of("group_leader")
    leader.click(TITLE)  # 待办 leads at once to the page that holds all
    assert "情况属实，建议约谈。" in leader.page
    page = leader.press("审定同意", opinion="同意，从速办理。")
    assert "现由承办人办理：书面通知。" in page
    outsiders_find_nothing()


def the_town_is_notified_in_writing(diary: list[time_machine.travel]) -> None:
    it_is(diary, 11, 25)
    officer = browser_of("officer")
    officer.click(TITLE)
    officer.click("书面通知")
    page = officer.press("下一步：核对", expect=422, scheduled_at="2026-11-26T09:30", place="")
    assert "依据第七条，约谈通知还缺：地点。" in page
    assert "办公室设定：约谈时间须在通知后 3 个工作日之后，最早为2026年12月1日。" in page
    check = officer.press("下一步：核对", scheduled_at="2026-12-03T09:30", place="市扫黑办三楼会议室")
    assert check.heading == "核对：书面通知"
    assert "2026年12月3日（星期四）上午9:30" in check
    assert "江扫黑办〔2026〕1号" in check
    back = officer.press("返回修改")
    assert back.forms[-1].values["place"] == ["市扫黑办三楼会议室"]
    officer.press("下一步：核对")
    page = officer.press("书面通知")
    assert "约谈通知书　江扫黑办〔2026〕1号" in page
    words = real_pdf(officer, "约谈通知书　江扫黑办〔2026〕1号").replace("\n", "")
    for expected in ("江扫黑办〔2026〕1号", "市扫黑办三楼会议室", "棠下镇"):
        assert expected in words
    assert SECRET not in words


def the_town_prepares(diary: list[time_machine.travel]) -> None:
    it_is(diary, 11, 26)
    liaison = browser_of(f"liaison_{cast.TOWN}")
    assert "签收通知" in liaison.page
    liaison.click(TITLE)
    page = the_town_reads_only_its_half(liaison.page)
    assert real_pdf(liaison, "约谈通知书　江扫黑办〔2026〕1号")
    liaison.click("签收通知")
    assert "系统记下您的姓名" in liaison.press("下一步：核对")
    page = liaison.press("签收通知")
    assert "褚十二于2026年11月26日" in page
    liaison.click("填写书面材料")
    parts = {"situation": "全镇辖12个村。", "problems": "摸排不细。", "causes": "责任不实。"}
    liaison.press("保存草稿", **parts, files=[pdf("书面材料附件.pdf")])
    it_is(diary, 11, 27)
    head = at_case(f"head_{cast.TOWN}")
    assert "依据第八条，书面材料还缺：采取的整改措施。" in head.page
    officer = at_case("officer")
    assert "全镇辖12个村。" not in officer.page
    head.click("填写书面材料")
    head.press("保存草稿", measures="立即开展摸排。")
    head.click("提交书面材料")
    head.press("下一步：核对")
    assert "冯十于2026年11月27日" in head.press("提交书面材料")
    officer.open(case_url())
    assert "全镇辖12个村。" in officer.page
    assert officer.fetch("书面材料附件.pdf").startswith(b"%PDF-")


def the_town_reads_only_its_half(page: Page) -> Page:
    for inner in (SECRET, "张一", "王三", "情况属实", "从速办理", "走访照片", "约谈〔2026〕", "赵四"):
        assert inner not in page
    return page


def the_interview_is_held(diary: list[time_machine.travel]) -> None:
    it_is(diary, 12, 3, 9)
    officer = at_case("officer")
    assert "约谈时间2026年12月3日（星期四）上午9:30未到，不能记录约谈。" in officer.page
    it_is(diary, 12, 3, 14)
    officer = at_case("officer")
    officer.click("记录约谈")
    record = {
        "interviewer_present": "on",
        "attendees-0-name": "李二",
        "observers-0-name": "褚十二",
        "observers-0-title": "棠下镇联络员",
        "problems": "通报了线索摸排不深入的问题。",
        "statement": "认领问题，立行立改。",
        "discussion": "措施可行，时限明确。",
        "measures-0-content": "开展一轮线索集中摸排",
        "measures-0-responsible_person": "冯十",
        "measures-0-proof_required": "摸排报告",
        "measures-0-acceptance_standard": "十二个村全部摸排，抽查无遗漏",
    }
    page = officer.press("下一步：核对", expect=422, **record | {"attendances-0-attended_by": "陈十一"})
    assert "约谈对象冯十须本人到会，不得委托陈十一代为接受约谈" in page
    assert "依据第九条第三项，第 1 项整改措施还缺：时限。" in page
    assert page.forms[-1].values["measures-0-content"] == ["开展一轮线索集中摸排"]
    dated = {"measures-0-due_on": "2026-12-18", "attendances-0-attended_by": "冯十"}
    dated["measures-0-report_rhythm"] = officer.pick("measures-0-report_rhythm", "每周")[0]
    officer.press("下一步：核对", **record | dated)
    assert "2026年12月18日" in officer.page
    assert "已办理：记录约谈。" in officer.press("记录约谈")
    assert officer.page.heading == TITLE
    assert "确认纪要文本" in officer.page


def the_minutes_go_out(diary: list[time_machine.travel]) -> None:
    interviewer = at_case("deputy")
    interviewer.click("退回修改纪要")
    interviewer.press("退回修改纪要", reason="请写明时限由谁定。")
    officer = browser_of("officer")
    officer.click(TITLE)
    officer.click("修改纪要")
    assert "请写明时限由谁定。" in officer.page
    officer.press("修改纪要", discussion="措施可行，时限明确。经商被约谈方定。")
    interviewer = at_case("deputy")
    interviewer.click("确认纪要文本")
    interviewer.press("确认纪要文本")
    officer = at_case("officer")
    officer.click("送被约谈方确认")
    officer.press("下一步：核对")
    officer.press("送被约谈方确认")
    it_is(diary, 12, 4)
    head = at_case(f"head_{cast.TOWN}")
    head.click("反馈纪要意见")
    assert "措施可行，时限明确。" in head.page
    head.press("下一步：核对", answer=head.pick("answer", "有异议")[0], objection="摸排范围请写明为全镇。")
    head.press("反馈纪要意见")
    director = at_case("director")
    director.click("印发纪要")
    assert "摸排范围请写明为全镇" in director.press("下一步：核对")
    director.press("印发纪要")
    words = real_pdf(director, "约谈纪要　江扫黑办纪〔2026〕1号").replace("\n", "")
    for expected in (
        "江扫黑办纪〔2026〕1号",
        "开展一轮线索集中摸排",
        "摸排范围请写明为全镇",
        "2026年12月18日",
        "验收标准：十二个村全部摸排，抽查无遗漏；每周报告一次进展。",
        "列席：棠下镇联络员褚十二",
    ):
        assert expected in words
    head.open(case_url())
    the_town_reads_only_its_half(head.page)
    assert real_pdf(head, "约谈纪要　江扫黑办纪〔2026〕1号")


def the_town_rectifies(diary: list[time_machine.travel]) -> None:
    officer = at_case("officer")
    officer.click("交办整改")
    officer.press("下一步：核对")
    officer.press("交办整改")
    the_town_reports_how_far_it_is(diary)
    it_is(diary, 12, 15)
    liaison = at_case(f"liaison_{cast.TOWN}")
    liaison.click("填写整改报告")
    assert "十二个村全部摸排，抽查无遗漏" in liaison.page
    report = {"reports-1-text": "已摸排12个村，新报线索3条。", "reports-1-files": [pdf("摸排报告.pdf")]}
    liaison.press("保存草稿", **report)
    head = at_case(f"head_{cast.TOWN}")
    head.click("报送整改报告")
    assert "已摸排12个村，新报线索3条。" in head.page
    head.press("下一步：核对")
    head.press("报送整改报告")
    supervisor = at_case("supervisor")
    assert "已摸排12个村，新报线索3条。" in supervisor.page
    supervisor.click("销号")
    for expected in ("十二个村全部摸排，抽查无遗漏", "已摸排12个村，新报线索3条。", "已摸排5个村。"):
        assert expected in supervisor.page
    first = supervisor.pick("task", "第 1 项")
    supervisor.press("下一步：核对", task=first, note="查阅台账，属实，已落实。")
    assert "已销号" in supervisor.press("销号")


def the_town_reports_how_far_it_is(diary: list[time_machine.travel]) -> None:
    it_is(diary, 12, 10)
    liaison = browser_of(f"liaison_{cast.TOWN}")
    liaison.click("填写进展报告（第 1 项）")
    liaison.press("保存草稿", **{"reports-1-text": "已摸排5个村。"})
    supervisor = at_case("supervisor")
    assert "已摸排5个村。" not in supervisor.page
    head = browser_of(f"head_{cast.TOWN}")
    head.click("报送进展报告（第 1 项）")
    head.press("下一步：核对")
    assert "待报告" in head.press("报送进展报告")
    supervisor.open(case_url())
    assert "已摸排5个村。" in supervisor.page
    supervisor.click("批阅进展报告")
    assert "请把山区两个村排在前面。" in supervisor.press("批阅进展报告", note="请把山区两个村排在前面。")


def the_office_inspects_and_closes(diary: list[time_machine.travel]) -> None:
    it_is(diary, 12, 21)
    supervisor = at_case("supervisor")
    supervisor.click("启动督查")
    persons = {f"inspectors-{row}-post": _office_post(who) for row, who in enumerate(("supervisor", "officer"))}
    plan = {"planned_on": "2026-12-21", **persons, "plan": "查阅台账、走访村组。"}
    supervisor.press("下一步：核对", **plan)
    supervisor.press("启动督查")
    supervisor.click("记录督查情况")
    verdict = supervisor.pick("conclusion", "整改到位，建议办结")[0]
    notes = {
        "task_findings-0-outcome": "borne_out",
        "task_findings-0-words": "台账齐全。",
        "findings": "走访三个村，情况属实。",
        "basis": "查阅台账。",
    }
    supervisor.press("记录督查情况", conclusion=verdict, inspected_on="2026-12-21", confirmed="1", **notes)
    officer = at_case("officer")
    officer.click("签认督查记录")
    officer.press("签认督查记录", confirmed="1")
    it_is(diary, 12, 22)
    director = at_case("director")
    director.click("办结销号")
    director.press("下一步：核对")
    assert "已办结（销号）" in director.press("办结销号")


def _office_post(username: str) -> str:
    return str(Post.objects.get(holder__username=username, unit__code=cast.OFFICE).pk)


def everybody_reads_it_afterwards() -> None:
    case = Case.objects.get()
    assert [event.verb for event in case.events.order_by("created_at", "id") if event.from_state != event.to_state] == [
        *("draft", "submit", "endorse", "approve", "serve_notice", "hold_interview", "issue_minutes", "assign"),
        *("begin_inspection", "close"),
    ]
    for username in ("officer", "second_officer", "director", "group_leader", "first_deputy", "deputy", "supervisor"):
        assert SECRET in at_case(username).page
    for username in (f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"):
        page = the_town_reads_only_its_half(at_case(username).page)
        assert "已办结（销号）" in page
        assert "走访三个村" not in page
    for username in ("sysadmin", "auditor", f"head_{cast.DIVISION_TOWN}"):
        visitor = browser_of(username)
        visitor.open(case_url(), expect=404)
