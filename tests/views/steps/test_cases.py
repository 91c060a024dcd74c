"""约谈台账 and the case page: what is found, and what stands where."""

import pytest

from tests import cast
from tests.factories import case_after, case_in, later, take
from tests.views.queries import queries_of
from tests.web import Visitor
from yuetan.models import User
from yuetan.vocabulary import CaseState, Verb

HEAD = f"head_{cast.TOWN}"


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("", {"甲事", "乙事"}),
        ("?q=txz", {"甲事"}),
        ("?q=棠下", {"甲事"}),
        ("?q=乙", {"乙事"}),
        ("?q=440783", {"乙事"}),
        ("?q=不存在", set()),
        ("?state=drafted", {"乙事"}),
        ("?state=notified&q=甲", {"甲事"}),
        ("?year=2026", {"甲事", "乙事"}),
    ],
)
def test_what_is_looked_for(officer, division_town, query, hits):
    case_in(CaseState.NOTIFIED, draft={"matter": "甲事"})
    case_in(CaseState.DRAFTED, unit=division_town, draft={"matter": "乙事"})
    page = Visitor(officer).open(f"/cases/{query}")
    shown = {matter for matter in ("甲事", "乙事") if f"关于{matter}的约谈" in [words for words, _ in page.links]}
    assert shown == hits


@pytest.mark.parametrize(
    "query",
    [
        "?year=二〇二六",
        "?year=1999",
        "?state=none",
        "?q=%00",
        "?page=-1",
        "?page=x&q=%25_",
        "?after=1",
        "?before=%00",
        "?last=x",
    ],
)
def test_nonsense_in_the_address_breaks_nothing(officer, query):
    case_in(CaseState.DRAFTED)
    assert Visitor(officer).open(f"/cases/{query}").heading == "约谈台账"


def test_a_unit_finds_its_own_alone(office, division_town):
    mine = case_in(CaseState.NOTIFIED)
    case_in(CaseState.NOTIFIED, unit=division_town, draft={"matter": "乙事"})
    case_in(CaseState.APPROVED, draft={"matter": "丙事"})
    page = Visitor(cast.person(HEAD)).open("/cases/")
    assert [words for words, _ in page.links if words.startswith("关于")] == [mine.title]
    assert "约谈〔2026〕" not in page


def test_the_second_page(officer):
    for _ in range(21):
        case_in(CaseState.DRAFTED)
    visitor = Visitor(officer)
    first = visitor.open("/cases/")
    assert sum(words.startswith("关于") for words, _ in first.links) == 20
    second = visitor.click("下一页")
    assert sum(words.startswith("关于") for words, _ in second.links) == 1
    assert "共 21 条，第 21 至 21 条" in second


def test_a_refused_step_stands_there_with_its_reason(officer):
    case = case_in(CaseState.NOTIFIED)
    page = Visitor(officer).open(f"/cases/{case.pk}/")
    assert "为什么还不能办" in page
    assert "约谈时间2026年11月30日（星期一）上午9:00未到，不能记录约谈。" in page
    assert "记录约谈" not in [words for words, _ in page.links]


def test_a_drafter_reads_what_to_change(officer):
    case = take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW), reason="请补充第三项的出处。")
    visitor = Visitor(officer)
    visitor.open(f"/cases/{case.pk}/")
    assert "请补充第三项的出处。" in visitor.page
    assert "请补充第三项的出处。" in visitor.click("修改建议")


def test_typed_marks_are_shown_and_never_obeyed(officer):
    wicked = "<script>alert(1)</script>{{ 7|add:7 }}\u202e"
    case = case_in(CaseState.NOTIFIED, draft={"matter": wicked, "facts": wicked}, serve_notice={"place": wicked})
    body = Visitor(officer).open(f"/cases/{case.pk}/").response.content.decode()
    assert "<script>alert" not in body
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:7 }}" in body


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CaseState.CLOSED, "已办结（销号）"),
        (CaseState.DECLINED, "不予约谈"),
        (CaseState.WITHDRAWN, "已撤回"),
    ],
)
def test_an_ended_case_says_so_and_asks_for_nothing(officer, state, words):
    case = case_in(state)
    page = Visitor(officer).open(f"/cases/{case.pk}/")
    assert words in page
    # All that is left to do with a closed case is its archive's.
    assert ("您现在可以" in page) == (state == CaseState.CLOSED)


def test_a_withdrawn_notice_is_shown_in_the_words_of_the_unit(office):
    case = take(Verb.WITHDRAW, case_in(CaseState.NOTIFIED), reason="另案处理。")
    page = Visitor(cast.person(HEAD)).open(f"/cases/{case.pk}/")
    for words in ("约谈已取消", "另案处理。", "已被替代", "取消约谈的通知　江扫黑办〔2026〕2号"):
        assert words in page


def test_the_first_date_stays_beside_the_extended_one(office):
    case = case_in(CaseState.RECTIFYING)
    take(Verb.ASK_EXTENSION, case)
    case = take(Verb.DECIDE_EXTENSION, case)
    first = case.tasks.first()
    page = Visitor(cast.person(HEAD)).open(f"/cases/{case.pk}/")
    assert f"首次时限：{first.first_due_on.year}年{first.first_due_on.month}月{first.first_due_on.day}日" in page
    assert f"时限 {first.agreed_due_on.year}年{first.agreed_due_on.month}月{first.agreed_due_on.day}日" in page


def test_the_unit_reads_when_and_why_its_time_stood_still(office):
    case = take(Verb.PAUSE_TASK, case_in(CaseState.RECTIFYING), reason="等待司法鉴定结论。")
    take(Verb.RESUME_TASK, case, reason="鉴定结论已出具。")
    page = Visitor(cast.person(HEAD)).open(f"/cases/{case.pk}/")
    timeline = page.words[page.words.index("办理过程") :]
    for words in ("中止计时", "等待司法鉴定结论。", "恢复计时", "鉴定结论已出具。"):
        assert words in timeline


def test_an_objection_stands_on_the_page_of_both_sides(office):
    case = take(Verb.ANSWER_MINUTES, case_after(Verb.SEND_MINUTES), answer="objected", objection="第二项时限过紧。")
    for username in ("officer", HEAD):
        assert "第二项时限过紧。" in Visitor(cast.person(username)).open(f"/cases/{case.pk}/")


def test_a_long_history_costs_what_a_short_one_costs(officer, client):
    case, address = case_in(CaseState.DRAFTED), "/cases/{}/"
    client.force_login(officer)
    take(Verb.SUBMIT, case)
    take(Verb.RETURN_FOR_CHANGES, case)
    short = queries_of(client, address.format(case.pk))
    for _ in range(3):
        take(Verb.SUBMIT, case)
        take(Verb.RETURN_FOR_CHANGES, case)
    assert queries_of(client, address.format(case.pk)) == short


def test_a_name_that_reads_like_a_code_is_shown_as_it_was_typed(officer, head):
    User.objects.filter(pk=head.pk).update(name="held")
    case = take(Verb.ASK_LEAVE, case_in(CaseState.NOTIFIED))
    case = take(Verb.DECIDE_LEAVE, case)
    assert "请假人：held" in Visitor(officer).open(f"/cases/{case.pk}/")


def test_what_a_revisit_found_is_shown_in_words(officer):
    case = case_in(CaseState.CLOSED)
    with later(days=90):
        take(Verb.RECORD_REVISIT, case)
        page = Visitor(officer).open(f"/cases/{case.pk}/")
    assert "问题复发" in page.words.split("办理过程")[-1]
    assert "relapsed" not in page
