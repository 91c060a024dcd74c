"""`manage.py load --check`: what is wrong with a text of the law is said in Chinese, with file and place."""

import json
import shutil
from io import StringIO

import pytest
from django.conf import settings as site
from django.core.management import call_command
from django.core.management.base import CommandError

from yuetan.loading.regulations import check_regulations
from yuetan.models import Regulation

RUNGS = ("accountability", "rungs")
DELETED = object()


@pytest.fixture
def folder(tmp_path):
    """A copy of the two texts that a test may spoil."""
    return shutil.copytree(site.FIXTURES / "regulations", tmp_path / "regulations")


def spoil(path, *place, value):
    """Change one thing in a file of facts."""
    facts = json.loads(path.read_text())
    at = facts
    for step in place[:-1]:
        at = at[step]
    if value is DELETED:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    path.write_text(json.dumps(facts, ensure_ascii=False))


def faults_in(folder):
    return [str(problem) for problem in check_regulations(sorted(folder.glob("*.json")))]


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("title",), DELETED, "title：缺少这一项"),
        (("short_title",), "", "short_title：不能为空"),
        (("version",), "一" * 21, "version：最多 20 个字"),
        (("key",), "江门", "key：写法不对，应合于 ^[a-z0-9_-]{1,40}$"),
        (("in_force_from",), "2019年1月1日", "in_force_from：应为日期，写作 2026-11-28"),
        (("is_procedure",), "是", "is_procedure：应为 true 或者 false"),
        (("ground",), {}, "ground：没有这一项，请核对拼写"),
        ((*RUNGS, 0, "article"), "28", "accountability · rungs第1项 · article：应为整数"),
        ((*RUNGS, 0, "article"), 0, "accountability · rungs第1项 · article：应不小于 1"),
        ((*RUNGS, 0, "doors"), [], "accountability · rungs第1项 · doors：至少要有一项"),
        ((*RUNGS, 0, "doors"), "词", "accountability · rungs第1项 · doors：应为列表（方括号）"),
        ((*RUNGS, 0), 1, "accountability · rungs第1项：应为对象（花括号）"),
        (
            (*RUNGS, 4, "kind"),
            "dismissal",
            "rungs第5项 · kind：不在可以填写的值之内，应为circular、interview、listed_supervision、veto、referral",
        ),
        (("accountability", "grounds"), 27, "accountability · grounds：第二十七条没有逐项列出情形，或者序号不连续"),
        (("accountability", "grounds"), 25, "accountability · grounds：正文没有第二十五条"),
        (
            ("accountability", "circumstances", "lighter"),
            33,
            "accountability · circumstances · lighter：第三十三条没有逐项列出情节，或者序号不连续",
        ),
        ((*RUNGS, 0, "words"), "由办公室通报", "accountability · rungs第1项：“由办公室通报”不是第二十八条的原文"),
        ((*RUNGS, 1, "article"), 29, "不是第二十九条的原文"),
        (
            (*RUNGS, 0, "decided_by"),
            "town",
            "accountability · rungs第1项：decided_by 应为 leading_group、office 或者 null",
        ),
        ((*RUNGS, 1, "kind"), "circular", "accountability · rungs第2项：通报写了两次"),
        (
            (*RUNGS, 1, "doors", 0, "after"),
            "veto",
            "accountability · rungs第2项 · doors第1项：after 应为列在前面的一档：是哪一档逾期未完成",
        ),
        ((*RUNGS, 1, "doors", 1, "after"), "circular", "doors第2项：after 只用于“上一档逾期未完成”"),
        ((*RUNGS, 1, "doors", 1, "kind"), "not_in_time", "doors第2项：“上一档逾期未完成”写了两次"),
        ((*RUNGS, 2, "effects", 0, "period"), "三个月", "rungs第3项 · effects第1项：“三个月”不是第二十九条的原文"),
        ((*RUNGS, 2, "effects", 0, "period"), "单位", "effects第1项：“单位”认不出是几个月，应写作半年、一年、三个月"),
        ((*RUNGS, 2, "effects", 2, "closed"), "commendation", "主要领导干部的评先受奖写了两次"),
        (("notes", "25"), {"kind": "no_step", "words": "目的"}, "notes · 25：正文没有第二十五条"),
        (("citations", "steps", "draft_measure"), ["24"], "citations · steps · draft_measure：没有所引的条款“24”"),
        (("accountability",), None, "citations：只用于约谈办法和责任制：本系统不据其他文本办理"),
    ],
)
def test_a_fault_in_a_text_of_accountability_is_named_with_its_place(folder, place, value, sentence):
    spoil(folder / "zhuzhou.json", *place, value=value)
    problems = faults_in(folder)
    assert [problem for problem in problems if problem.startswith("zhuzhou.json：") and sentence in problem], problems


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (("grounds",), {}, "grounds：约谈办法至少要有一条列出约谈情形"),
        (("grounds", "3"), ["town"], "grounds · 3：第三条没有逐项列出情形，或者序号不连续"),
        (("grounds", "5"), ["office"], "grounds · 5：不是可以约谈的单位：office"),
        (("other_ground",), "其他", "other_ground：所列情形中没有“其他”"),
        (("interviewer_rules", 0, "interviewer"), "liaison", "interviewer_rules第1项：联络员不能约谈"),
        (("interviewer_rules", 0, "article"), 12, "interviewer_rules第1项：正文没有第十二条"),
        (("interviewer_rules", 3), DELETED, "interviewer_rules：没有规定由谁约谈镇（街）主要领导（处级以下）"),
        (("interviewer_rules", 2, "rank"), None, "interviewer_rules：由谁约谈镇（街）主要领导（处级以下）有几种规定"),
        (("citations", "steps", "endorse"), ["第六条"], "citations · steps · endorse：没有所引的条款“第六条”"),
        (("citations", "steps", "endorse"), "6", "citations · steps · endorse：应为列表（方括号）或者对象（花括号）"),
        (("citations", "steps", "submit"), {"village": ["4"]}, "citations · steps · submit · village：写法不对"),
        (("citations",), {"steps": {}, "refusals": {}}, "citations：约谈办法要写明各步骤所依据的条款"),
    ],
)
def test_a_fault_in_a_procedure_is_named_with_its_place(folder, place, value, sentence):
    spoil(folder / "jiangmen.json", *place, value=value)
    problems = faults_in(folder)
    assert [problem for problem in problems if problem.startswith(f"jiangmen.json：{sentence}")], problems


def test_faults_of_files_are_named_too(folder):
    (folder / "jiangmen.md").unlink()
    text = folder / "zhuzhou.md"
    text.write_text(text.read_text().replace("第三十条　", "第十条　").replace("第十九条　", "第十九条 "))
    shutil.copy(text, folder / "broken.md")
    (folder / "broken.json").write_text('{\n  "key": "a",,\n}')
    shutil.copy(text, folder / "twice.md")
    (folder / "twice.json").write_text('{"key": "a", "key": "b"}')
    problems = faults_in(folder)
    assert "broken.json：第 2 行第 14 列：不是有效的 JSON。" in problems
    assert "twice.json：key：同一个对象里写了两次。" in problems
    assert "jiangmen.json：旁边没有正文文件 jiangmen.md。" in problems
    assert "zhuzhou.md：第29条之后：条号不是递增的：第10条。" in problems
    assert any(problem.startswith("zhuzhou.md：正文：认不出条文：第十九条") for problem in problems)


def test_the_command_names_every_fault_and_writes_nothing(office, folder):
    spoil(folder / "zhuzhou.json", "key", value="第一")
    spoil(folder / "jiangmen.json", "other_ground", value="其他")
    before = Regulation.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("load", "--check", str(folder))
    assert error.value.returncode == 1
    assert "zhuzhou.json：key：" in str(error.value)
    assert "jiangmen.json：other_ground：" in str(error.value)
    assert "共 2 处不合格，什么也没有写入" in str(error.value)
    assert Regulation.objects.count() == before


def test_the_command_says_what_is_in_order_and_what_a_text_leaves_open(office, folder):
    spoil(folder / "jiangmen.json", "citations", "steps", "endorse", value=DELETED)
    output = StringIO()
    call_command("load", "--check", str(folder / "jiangmen.json"), stdout=output)
    assert output.getvalue() == (
        "jiangmen.json：合格\n　　有 1 项步骤、不予办理没有列入依据表，视为条文没有规定（办公室设定）\n"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--check", "/nowhere/own.json"], "没有这个文件"),
        (["own.json"], "文件只用于 --check"),
    ],
)
def test_the_command_says_how_it_is_called(office, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("load", *arguments)


def test_an_empty_folder_is_no_folder_in_order(office, tmp_path):
    with pytest.raises(CommandError, match="没有可以核对的文本"):
        call_command("load", "--check", str(tmp_path))
