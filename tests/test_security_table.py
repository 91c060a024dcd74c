"""docs/security.md: both lists are whole, and every row of them is answered by what is there."""

import ast
import json
import math
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import VALID_KEY_CHARS

from yuetan.actions.people.second_factor import CODE_LENGTH, CODE_SIGNS, new_totp_secret
from yuetan.models.people.password_rules import WORDS_OF_THE_OFFICE

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<number>[\d.]+) \| (?P<item>\S+) \| (?P<what>[^|]+) \| (?P<answer>[^|]+) \|$", re.MULTILINE)
ROWS = [match.groupdict() for match in ROW.finditer(PAGE)]
ASVS = [row for row in ROWS if not row["number"].startswith("8.1.4.")]
GB = [row for row in ROWS if row["number"].startswith("8.1.4.")]
# How many requirements of levels 1 and 2 a section of ASVS 5.0.0 has; in each they are its first.
REQUIREMENTS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2, "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1, "3.2": 2,
    "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2, "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4, "5.1": 1, "5.2": 3,
    "5.3": 2, "5.4": 3, "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4, "7.1": 3,
    "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2, "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1, "9.1": 3,
    "9.2": 4, "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3, "11.1": 2,
    "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "12.1": 3, "12.2": 2, "12.3": 4, "13.1": 1,
    "13.2": 5, "13.3": 2, "13.4": 5, "14.1": 2, "14.2": 4, "14.3": 3, "15.1": 3, "15.2": 3, "15.3": 7,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3, "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
LEVEL_1, LEVEL_2 = 70, 183
ITEMS = {1: 4, 2: 7, 3: 4, 4: 6, 5: 1, 6: 1, 7: 2, 8: 2, 9: 3, 10: 2, 11: 2}  # of 8.1.4.1 to 8.1.4.11
KINDS = ("test", "setting", "text", "reason", "does not apply", "not met")
TEST = re.compile(r"test `(tests/[\w/]+\.py)::(\w+)`")
SETTING = re.compile(r"setting `([^`]+)`")
TEXT = re.compile(r"text `([\w/.-]+)(?:#([^`]+))?`")
SENTENCE = re.compile(r"(?:reason|does not apply|not met): (.+)")
PYTHON = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "yuetan").rglob("*.py"))]


def kind_of(answer: str) -> str:
    """By its first words where it is not so or does not apply, else by the strongest that is given."""
    return next(
        (kind for kind in ("not met", "does not apply") if answer.startswith(f"{kind}: ")),
        next(kind for kind in KINDS if re.search(rf"\b{kind}(?:: | `)", answer)),
    )


def test_every_requirement_of_both_levels_has_one_row_in_its_place():
    asked = [f"{section}.{number}" for section, most in REQUIREMENTS.items() for number in range(1, most + 1)]
    assert [row["number"] for row in ASVS] == asked
    assert Counter(row["item"] for row in ASVS) == {"1": LEVEL_1, "2": LEVEL_2}


def test_every_item_of_the_third_grade_has_one_row_in_its_place():
    asked = [
        (f"8.1.4.{section}", "abcdefg"[number] if most > 1 else "—")
        for section, most in ITEMS.items()
        for number in range(most)
    ]
    assert [(row["number"], row["item"]) for row in GB] == asked
    assert len(asked) == 34


def test_no_line_of_the_tables_is_lost_on_the_way():
    """A row that this file cannot read would be answered by nothing."""
    assert len(re.findall(r"^\| \d+(?:\.\d+){2,} ", PAGE, re.MULTILINE)) == len(ROWS)


def test_every_row_has_an_answer():
    for row in ROWS:
        answer = row["answer"]
        assert any(each.search(answer) for each in (TEST, SETTING, TEXT, SENTENCE)), row
        assert all(len(words) > 10 for words in SENTENCE.findall(answer)), row


def test_each_test_that_is_named_is_there():
    @cache
    def source(file: str) -> str:
        return (ROOT / file).read_text(encoding="utf-8")

    named = {match for row in ROWS for match in TEST.findall(row["answer"])}
    missing = [(file, name) for file, name in named if not re.search(rf"^ *def {name}\(", source(file), re.MULTILINE)]
    assert missing == []
    assert all(f"{file}::" not in TEST.sub("", PAGE) for file, _ in named), "named otherwise than as a test"


def test_each_setting_that_is_named_is_there():
    of_the_office = {row["key"] for row in json.loads((ROOT / "fixtures/office_settings.json").read_text())}
    sample = (ROOT / "deploy/environment.example").read_text()
    nginx = re.sub(r" +", " ", (ROOT / "deploy/nginx.conf").read_text())
    for name in {name for row in ROWS for name in SETTING.findall(row["answer"])}:
        if name.startswith("nginx "):
            assert f" {name.removeprefix('nginx ')}" in nginx, name
        elif name.startswith(("YUETAN_", "DATABASE_")):
            assert name in sample or name == "YUETAN_DEBUG", name
        else:
            assert name in of_the_office or hasattr(settings, name), name


def test_each_text_that_is_named_is_there():
    for file, heading in {match for row in ROWS for match in TEXT.findall(row["answer"])}:
        words = (ROOT / file).read_text(encoding="utf-8")
        assert not heading or f"\n## {heading}\n" in words, (file, heading)


@pytest.mark.parametrize(("name", "rows"), [("ASVS 5.0.0", ASVS), ("GB/T 22239-2019 8.1.4", GB)])
def test_the_figures_are_those_of_the_rows(name, rows):
    counted = Counter(kind_of(row["answer"]) for row in rows)
    figures = [len(rows), *(counted[kind] for kind in KINDS)]
    assert f"| {name} | {' | '.join(map(str, figures))} |" in PAGE


def test_the_rows_of_a_section_stand_under_its_heading():
    heads = [line.split()[1] for line in PAGE.splitlines() if re.match(r"### \d", line)]
    assert heads == [*REQUIREMENTS, *(f"8.1.4.{section}" for section in ITEMS)]
    for part in re.split(r"\n(?=###? )", PAGE):
        under = {row.group("number") for row in ROW.finditer(part)}
        head = part.split()[1]
        assert {number for number in under if number != head and number.rsplit(".", 1)[0] != head} == set()


def test_what_is_said_to_be_absent_is_absent():
    absent = {"ldap", "ldap3", "graphene", "channels", "websockets", "aiortc", "memcache", "jpype", "saml2"}
    imported = {name.split(".")[0] for name in _imported()}
    assert "django" in imported
    assert imported & absent == set()
    scripts = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static/js").rglob("*.js"))
    assert "addEventListener" in scripts
    assert re.search(r"postMessage|WebSocket|RTCPeerConnection|\beval\(|new Function", scripts) is None
    assert "LocMem" in settings.CACHES["default"]["BACKEND"]


def test_nothing_is_run_or_unpickled_that_was_sent():
    called = {node.func.id for tree in PYTHON for node in ast.walk(tree) if _is_plain_call(node)}
    assert "len" in called
    assert called & {"eval", "exec", "compile", "__import__"} == set()
    assert {name.split(".")[0] for name in _imported()} & {"pickle", "marshal", "shelve", "yaml", "jsonpickle"} == set()
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_secrets_come_from_the_generator_for_secrets():
    begins = re.compile(r"^(?:import|from) random\b", re.MULTILINE)
    drawn = [path for path in (ROOT / "yuetan").rglob("*.py") if begins.search(path.read_text(encoding="utf-8"))]
    assert [path for path in drawn if "scenarios" not in path.parts] == []
    assert CODE_LENGTH * math.log2(len(CODE_SIGNS)) > 20
    assert len(new_totp_secret()) * math.log2(32) == 160  # RFC 4226 wants it
    assert 32 * math.log2(len(VALID_KEY_CHARS)) > 128


def test_no_weak_hash_protects_anything():
    weak = re.compile(r"hashlib\.(?:md5|sha1)|\"(?:md5|sha1)\"|\bmd5\(")
    files = [path for path in (ROOT / "yuetan").rglob("*.py") if weak.search(path.read_text(encoding="utf-8"))]
    assert [
        path for path in files if not {"bulk", "migrations"} & set(path.parts)
    ] == []  # of invented data, to draw by


def test_the_words_that_no_password_holds_are_written_down():
    _, _, words = PAGE.partition("No password holds one of these words: ")
    assert re.split(r",\s", words.split(";")[0]) == list(WORDS_OF_THE_OFFICE)


def _imported() -> set[str]:
    nodes = [node for tree in PYTHON for node in ast.walk(tree)]
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def _is_plain_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
