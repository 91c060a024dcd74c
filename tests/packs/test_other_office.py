"""The law is data: 安全生产约谈 of another city runs through without a line of code changed; no word of 江门 is left.

The pack beside this file is a summary made for the test, no body's real text.
"""

import ast
import json
import os
import re
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from tests import office_database
from yuetan.loading.unit_tables import problems_of_units, unit_rows
from yuetan.models import OfficeSetting, Regulation, Unit

PACK = Path(__file__).resolve().parent / "safety"
ROOT = Path(settings.BASE_DIR)
OF_JIANGMEN = re.compile("扫黑|除恶|黑恶|涉黑|领导小组|江门|江扫|重点打击|(?<!党)组长")
# What every office has alike though it bears these words: the usual labels, the names of variables in wording.
ALIKE = {"vocabulary/people.py", "vocabulary/wording.py", "documents/content/notices.py"}
OF_WORK_TEAMS = "工作组|组长：|^组长$|，组长"  # whoever leads one bears this name everywhere
ALIKE |= {
    "loading/pack.py",
    "documents/content/meeting.py",
    "documents/content/minutes.py",
    *(
        f"documents/content/{name}.py"
        for name in ("assessment", "plea_answer", "referral", "report_analysis", "rounds", "veto_decision")
    ),
    "documents/content/consultation_letter.py",
    "documents/content/reminder_letter.py",
    "models/people/password_rules.py",
}
OUR_OWN = ("scenarios", "migrations")  # the demonstration, and what landed
SAMPLES = "documents/samples/"


@pytest.fixture(scope="module")
def other_office(django_db_setup, django_db_blocker):
    """What an installation with the other pack tells of itself."""
    with django_db_blocker.unblock():
        name = f"{connection.settings_dict['NAME']}_pack"
        template = office_database.FAMILY + office_database._digest()
        with office_database.owner_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            try:
                yield _account_of(name)
            finally:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _account_of(database):
    child = subprocess.run(
        [sys.executable, "-m", "tests.packs.one_case", database],
        cwd=ROOT,
        env=os.environ | {"YUETAN_PACK": str(PACK)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-4000:]
    return json.loads(child.stdout)


def test_the_pack_is_in_order():
    output = StringIO()
    call_command("load", "--check", str(PACK), stdout=output)
    assert output.getvalue().startswith("safety.json：合格\n")


def test_a_case_of_another_office_runs_from_proposal_to_its_end(other_office):
    assert other_office["state"] == "closed"
    assert other_office["interviewer"] == "常务副主任"


def test_its_names_call_for_no_migration(other_office):
    assert other_office["migrations"] == "No changes detected"


def test_refusals_cite_the_articles_of_its_own_text(other_office):
    assert other_office["refusals"] == {
        "no_ground": "依据第四条，尚未选择约谈情形，至少选择一项。",
        "drafter_endorses": "NotYours",
        "notice_incomplete": "依据第八条，约谈通知还缺：地点。",
        "withdrawn": "withdrawn",
    }


def test_papers_name_its_bodies_and_its_text(other_office):
    notice, minutes, letter = (
        other_office["papers"][kind] for kind in ("interview_notice", "minutes", "reminder_letter")
    )
    assert "江安安办〔2026〕" in notice
    assert "根据《江安市安全生产约谈办法》（以下简称《办法》）第四条第二项和第七条、第八条规定" in notice
    assert "经江安市安全生产委员会" in notice
    assert "市安委会常务副主任钱五" in notice
    assert "江安市安全生产委员会约谈纪要" in minutes
    assert "江安安办纪〔2026〕" in minutes
    assert "江安市安全生产委员会成员单位" in letter
    form = other_office["papers"]["approval_form"]
    assert "第四条第二项" in form
    assert "常务副主任" in form


def test_pages_name_it_too(other_office):
    director, head = other_office["pages"]["director"], other_office["pages"]["head"]
    assert "江安市安全生产约谈管理系统" in director["/"]
    law = director["/regulation/"]
    assert "《江安市安全生产约谈办法》（测试用摘要）" in law
    assert "第十二条" in law
    assert "常务副主任" in law
    assert "下面各项《安全生产约谈办法》没有规定" in director["/settings/"]
    assert "市安委办会议室" in director["/settings/"]
    assert any("市安委办" in words for words in head.values())
    assert "市安委会领导" in "".join(other_office["pages"]["group_leader"].values())


def test_no_word_of_the_office_the_product_comes_with_is_shown(other_office):
    shown = {
        f"{who} {address}": words for who, read in other_office["pages"].items() for address, words in read.items()
    }
    shown |= other_office["papers"] | {f"alert {number}": words for number, words in enumerate(other_office["alerts"])}
    assert len(shown) > 100
    variable = "{领导小组}"  # of standard paragraphs: a name of a place in them, filled in with the body's own
    found = {
        place: match[0] for place, words in shown.items() if (match := OF_JIANGMEN.search(words.replace(variable, "")))
    }
    assert found == {}


def _texts(path):
    """Every piece of text in a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def _is_of_one_office(text):
    found = OF_JIANGMEN.search(text)
    return found is not None and not (found[0] == "组长" and re.search(OF_WORK_TEAMS, text))


def test_no_word_of_one_office_stands_in_code_or_templates():
    """A word of 江门 belongs into fixtures/names.json, its settings or its law: say it by `in_names` and `called`."""
    found = []
    for path in sorted((ROOT / "yuetan").rglob("*.py")):
        place = path.relative_to(ROOT / "yuetan").as_posix()
        if place not in ALIKE and not place.startswith((SAMPLES, *OUR_OWN)):
            found += [f"{place}：{text[:40]}" for text in _texts(path) if _is_of_one_office(text)]
    for path in sorted((ROOT / "templates").rglob("*.html")):
        if match := OF_JIANGMEN.search(path.read_text(encoding="utf-8")):
            found.append(f"{path.relative_to(ROOT)}：{match[0]}")
    assert found == []


@pytest.mark.parametrize(
    ("file", "before", "after", "sentence"),
    [
        ("names.json", '"the_office": "市安委办",', "", "names.json：the_office：缺少这一项。"),
        ("names.json", '"group_leader"', '"chairman"', "names.json：labels · PostKind：本系统没有：chairman。"),
        ("names.json", '"PostKind"', '"Posts"', "names.json：labels · Posts：不在可以填写的值之内"),
        ("office_settings.json", "interview_place", "room", "office_settings.json：第10项：没有这项设定：room。"),
        ("office_settings.json", '"市安委会"', "3", "第1项：group_short_name 的 value 与随系统的不是同一种。"),
        ("office_settings.json", '"value": "市安委办"', '"text": ""', "第2项：只能写 key、value、note：text。"),
        ("office_settings.json", "[", "[[", "office_settings.json：第 "),
        ("units/units.csv", "code,", "代码,", "units：units.csv 第一行应为 code,name,kind,parent_code。"),
        ("units/units.csv", "office,990100\n", "office,\n", "第3行：上级代码应为表中一个 leading_group 的代码。"),
        ("units/units.csv", "990100-101", "990102", "units.csv：第4行：代码 990102 写了两次。"),
        ("units/units.csv", "town", "street", "units.csv：第6行：类别应为leading_group、office、"),
        ("units/units.csv", "office", "member_unit", "units：类别为 office 的应当有且只有一个，现在有0个。"),
    ],
)
def test_a_fault_of_a_pack_is_named_with_its_place(tmp_path, file, before, after, sentence):
    for path in PACK.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(PACK)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    spoilt = tmp_path / file
    spoilt.write_text(spoilt.read_text().replace(before, after, 1))
    with pytest.raises(CommandError) as error:
        call_command("load", "--check", str(tmp_path))
    assert sentence in str(error.value)


def test_the_database_of_one_office_takes_nothing_from_the_pack_of_another(office, settings):
    before = (Unit.objects.count(), Regulation.objects.count(), OfficeSetting.objects.count())
    settings.PACK = PACK
    with pytest.raises(CommandError) as error:
        call_command("load")
    group = "江门市扫黑除恶专项斗争领导小组"
    assert str(error.value) == (
        f"数据库里是{group}的资料，{PACK} 是江安市安全生产委员会的：什么也没有写入，请把 YUETAN_PACK 改对。"
    )
    assert (Unit.objects.count(), Regulation.objects.count(), OfficeSetting.objects.count()) == before


def test_units_are_read_as_a_spreadsheet_program_saves_them(tmp_path):
    table = (PACK / "units" / "units.csv").read_text()
    (tmp_path / "units.csv").write_text(table.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert problems_of_units(tmp_path) == []
    assert unit_rows(tmp_path)[0].name == "江安市安全生产委员会"


@pytest.mark.parametrize("command", [["demo"], ["bulk", "--cases", "10"]])
def test_no_people_of_the_demonstration_come_to_another_office(office, settings, command):
    settings.PACK = PACK
    with pytest.raises(CommandError, match="演示数据只有随系统的单位的，设了 YUETAN_PACK 的不能装入"):
        call_command(*command)
