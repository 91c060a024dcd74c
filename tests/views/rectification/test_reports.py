"""整改报告 and 进展报告 on their pages: written task by task, handed in by ticks, judged beside what was agreed."""

from datetime import timedelta

import pytest

from tests import cast
from tests.factories import case_in, later, pdf, take
from tests.past_triggers import past_triggers
from tests.refusals import nothing_stored
from tests.steps import agreed, task_words
from tests.web import Visitor
from yuetan.models import Attachment, Case, Measure, Task
from yuetan.vocabulary import CaseState, ReportKind, Verb

HEAD, LIAISON = f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"


@pytest.fixture
def case(office):
    """Two tasks, with a report a week."""
    return case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 40, 60))


def step(case, verb):
    return f"/cases/{case.pk}/steps/{verb}/"


def at(username, url):
    visitor = Visitor(cast.person(username))
    visitor.open(url)
    return visitor


def drafts(case):
    tasks = Task.objects.filter(case=case).order_by("number")
    return [draft.text if (draft := task.draft(ReportKind.COMPLETION)) else None for task in tasks]


def test_one_form_has_a_section_for_each_task_that_waits_with_all_that_was_agreed(case):
    second = case.tasks.get(number=2)
    liaison = at(LIAISON, f"{step(case, Verb.PREPARE_REPORT)}?task={second.pk}")
    for expected in (
        "措施40",
        "措施60",
        "工作报告及台账",
        "抽查十条线索，均已办结",
        "每周报告一次进展，本期 2026年11月30日前",
    ):
        assert expected in liaison.page
    markup = liaison.page.response.content.decode()
    assert markup.count("autofocus") == 1
    assert "autofocus" in markup[markup.index('name="reports-2-text"') : markup.index('name="reports-2-files"')]

    texts = {"reports-1-text": "一已办。", "reports-2-text": "二办了一半。"}
    program = pdf("程序.pdf")
    program.file.seek(0)
    program.file.write(b"MZ\x90\x00")
    with nothing_stored():
        page = liaison.press("保存草稿", expect=422, **texts, **{"reports-2-files": [program]})
    assert "程序.pdf" in page
    assert page.forms[-1].values["reports-1-text"] == ["一已办。"]
    liaison.press("保存草稿", **{"reports-2-files": [pdf("台账.pdf")]})
    assert drafts(case) == ["一已办。", "二办了一半。"]
    assert Attachment.objects.get().report.task == second
    again = at(HEAD, step(case, Verb.PREPARE_REPORT))
    assert "已填写，附件 1 个" in again.page
    gone = Attachment.objects.get()
    again.press("保存草稿", **{"reports-1-text": "一已办结。", "reports-2-removed": [str(gone.pk)]})
    assert (drafts(case), Attachment.objects.exists()) == (["一已办结。", "二办了一半。"], False)


def test_what_was_typed_for_a_task_that_was_handed_in_meanwhile_comes_back(case):
    take(Verb.PREPARE_REPORT, case)
    slow = at(LIAISON, step(case, Verb.PREPARE_REPORT))
    take(Verb.HAND_IN_REPORT, case)
    with nothing_stored():
        page = slow.press("保存草稿", expect=422, **{"reports-1-text": "补一句。", "reports-2-text": "二已办。"})
    assert "办公室设定：第 1 项整改任务已报告，待核查，现在不能报告。" in page
    assert page.forms[-1].values["reports-1-text"] == ["补一句。"]
    slow.press("保存草稿", **{"reports-1-text": "", "reports-2-text": "二已办。"})
    assert drafts(case) == [None, "二已办。"]


def test_what_was_returned_is_shown_where_it_is_written_anew(case):
    take(Verb.PREPARE_REPORT, case)
    take(Verb.HAND_IN_REPORT, case)
    take(Verb.RETURN_TASK, case, note="台账缺办理结果，抽查不足十条。")
    page = at(LIAISON, step(case, Verb.PREPARE_REPORT)).page
    assert "第 1 次报告被退回：台账缺办理结果，抽查不足十条。" in page
    assert "已退回，待补正" in page


def test_the_head_ticks_what_is_handed_in_and_reads_it_before(case):
    first, second = case.tasks.order_by("number")
    take(Verb.PREPARE_REPORT, case, **task_words(case, first, text="一已办。", files=[pdf("一.pdf")]))
    head = at(HEAD, step(case, Verb.HAND_IN_REPORT))
    assert head.page.forms[-1].offered["tasks"] == [str(first.pk)]
    take(Verb.PREPARE_REPORT, case, **task_words(case, second, text="二已办。"))
    head.open(step(case, Verb.HAND_IN_REPORT))
    assert head.page.forms[-1].values["tasks"] == [str(first.pk), str(second.pk)]
    focused = head.open(f"{step(case, Verb.HAND_IN_REPORT)}?task={second.pk}")
    assert focused.forms[-1].values["tasks"] == [str(second.pk)]
    head.open(step(case, Verb.HAND_IN_REPORT))
    check = head.press("下一步：核对", tasks=[str(first.pk)])
    assert "一已办。" in check
    assert "佐证材料：一.pdf" in check
    assert "二已办。" not in check
    take(Verb.PREPARE_REPORT, case, **task_words(case, first, text="一已办，另附名单。"))
    with nothing_stored():
        page = head.press("报送整改报告", expect=422)
    assert "整改报告在您打开本页之后有改动，现在的内容列在本页，请核对后再报送。" in page
    assert "一已办，另附名单。" in page
    head.press("下一步：核对")
    page = head.press("报送整改报告")
    assert "第 1 项整改任务" in page
    assert [task.is_unreported for task in case.tasks.order_by("number")] == [False, True]


def test_the_supervisor_judges_on_one_page(case):
    take(Verb.PREPARE_PROGRESS, case, **task_words(case, text="走了三个村。"))
    with later(days=9):
        take(Verb.HAND_IN_PROGRESS, case)
        take(Verb.RECORD_SITE_CHECK, case, task=case.tasks.get(number=1), findings="现场与台账一致。")
        take(Verb.PREPARE_REPORT, case, **task_words(case, text="第一次。", files=[pdf("旧台账.pdf")]))
        take(Verb.HAND_IN_REPORT, case)
        take(Verb.RETURN_TASK, case, note="缺结果。")
        take(Verb.PREPARE_REPORT, case, **task_words(case, text="第二次。"))
        take(Verb.HAND_IN_REPORT, case)
        page = at("supervisor", step(case, Verb.ACCEPT_TASK)).page
    expected = (
        *("工作报告及台账", "抽查十条线索，均已办结", "每周报告一次进展"),
        *("第二次。", "旧台账.pdf", "第一次。", "退回：缺结果。", "走了三个村。", "逾期报送", "现场与台账一致。"),
    )
    assert [words for words in expected if words not in page] == []
    assert "措施60" not in page  # the other task waits for its report
    own = at(HEAD, f"/cases/{case.pk}/").page
    assert "现场与台账一致。" not in own
    assert "走了三个村。" in own


def test_a_measure_fixed_before_standards_were_asked_for_has_none_and_none_is_invented(case):
    with past_triggers():
        Measure.objects.filter(interview__case=case).update(acceptance_standard="")
        Task.objects.filter(case=case).update(acceptance_standard="")
    for username in ("officer", HEAD):
        assert "验收标准 未约定" in at(username, f"/cases/{case.pk}/").page


def test_a_report_on_the_way_has_its_light_wherever_its_task_is_seen(case):
    with later(days=8):
        home, board = at(LIAISON, "/"), at("supervisor", "/tasks/")
        assert "逾期 1 天 2026年11月30日 填写进展报告（第 1 项）" in home.page
        assert "进展报告逾期 2" in board.page
        assert "进展报告 2026年11月30日 逾期 1 天" in board.page
        take(Verb.PREPARE_PROGRESS, case)
        assert "进展报告已填写，待主要领导报送" in at(LIAISON, "/").page
        take(Verb.HAND_IN_PROGRESS, case)
        assert "第 1 次进展报告，2026年12月1日 10:00报送 逾期报送" in at(HEAD, "/").page
        assert "进展报告逾期 1" in at("supervisor", "/tasks/").page
        late = at("supervisor", "/tasks/?progress=red").page
        assert ("措施60" in late, "措施40" in late) == (True, False)
        assert "措施40" in at("supervisor", "/tasks/?progress=green").page
    with later(days=8):
        take(Verb.PAUSE_TASK, case, task=case.tasks.get(number=2))
        assert "进展报告逾期 0" in at("supervisor", "/tasks/").page


def test_a_progress_report_is_noted_where_both_sides_read_it(case):
    take(Verb.PREPARE_PROGRESS, case, **task_words(case, text="走了三个村。"))
    take(Verb.HAND_IN_PROGRESS, case)
    supervisor = at("supervisor", step(case, Verb.NOTE_PROGRESS))
    assert "走了三个村。" in supervisor.page
    supervisor.press("批阅进展报告", note="山区两个村请抓紧。")
    page = at(HEAD, f"/cases/{case.pk}/").page
    assert "已阅：山区两个村请抓紧。" in page
    assert "周七" not in page  # the office speaks as one
    assert Case.objects.get(pk=case.pk).due_on - timedelta(days=1) > case.tasks.first().progress_due_on
