"""docs/glossary.md: each step, state, role and party stands in it as the code calls it, and no other does."""

import re
from pathlib import Path

import pytest

from yuetan.vocabulary import AssignmentState, CaseState, LetterState, MeasureState, Party, Role, TaskState, Verb

ROOT = Path(__file__).resolve().parent.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (.+?) \| (.+?) \| `(.+?)` \|$", re.MULTILINE)


def rows_under(heading: str) -> list[tuple[str, str, str]]:
    _, _, after = GLOSSARY.partition(heading)
    return ROW.findall(after.split("\n## ")[0])


@pytest.mark.parametrize("words", [Verb, CaseState, TaskState, LetterState, MeasureState, AssignmentState, Role, Party])
def test_each_member_stands_in_its_table_in_the_order_of_the_code(words):
    rows = rows_under(f"(`{words.__name__}`)\n")
    assert [(chinese, english.strip("`")) for chinese, english, _ in rows] == [
        (member.label, member.value) for member in words
    ]


def test_each_place_is_there_and_holds_what_is_said_of_it():
    rows = ROW.findall(GLOSSARY)
    assert [place for _, _, place in rows if not (ROOT / "yuetan" / place).is_file()] == []
    for verb, place in ((english.strip("`"), place) for _, english, place in rows_under("(`Verb`)\n")):
        assert f"def {verb}(" in (ROOT / "yuetan" / place).read_text(encoding="utf-8"), verb


def test_each_class_named_in_the_glossary_is_in_the_house():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "yuetan").rglob("*.py"))
    named = {name for _, english, _ in ROW.findall(GLOSSARY) for name in re.findall(r"`([A-Z][a-zA-Z]+)`", english)}
    assert {name for name in named if f"class {name}(" not in source and f"class {name}:" not in source} == set()
