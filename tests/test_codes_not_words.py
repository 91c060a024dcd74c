"""What is shown is in Chinese; what pages decide by is a code: no sentence can be reworded into another behaviour."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LAYERS = ("views", "ledgers", "imports", "forms", "templatetags", "scenarios", "models")
HAN = re.compile(r"[\u4e00-\u9fff]")
LOOKING = ("startswith", "endswith", "get", "filter", "exclude")
CONDITION = re.compile(r"\{%\s*(?:el)?if\b[^%]*%\}")
# Where the words themselves are the matter: which kind of town a name names, which way a date is written.
ABOUT_WORDS = {"scenarios/bulk/people.py", "scenarios/bulk/wording.py"}
ABOUT_WORDS |= {"models/law/regulation.py"}  # which ground a text has for who is assessed as 不合格


def decided_by_words(source: str) -> list[int]:
    """The lines on which Chinese words are compared with, looked up by or looked for at an end."""
    return sorted({node.lineno for node in ast.walk(ast.parse(source)) if any(map(_has_words, _operands(node)))})


def _operands(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        yield from (node.left, *node.comparators)
    elif isinstance(node, ast.Subscript):
        yield node.slice
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOOKING:
        yield from (*node.args[:1], *(keyword.value for keyword in node.keywords))


def _has_words(node: ast.AST) -> bool:
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(_has_words, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(HAN.search(node.value))


@pytest.mark.parametrize(
    "source",
    [
        'deadline.words == "今天到期"',
        'title in ("约谈", "书面材料")',
        'shown["书面材料"]',
        'words.startswith(("未", "无"))',
        'Setting.objects.get(label="书面材料")',
    ],
)
def test_a_decision_by_words_is_found(source: str) -> None:
    assert decided_by_words(source) == [1]


def test_no_page_decides_by_the_words_it_shows() -> None:
    modules = [path for layer in LAYERS for path in (ROOT / "yuetan" / layer).rglob("*.py")]
    assert len(modules) > 100
    found = {path for path in modules if decided_by_words(path.read_text())}
    assert {path.relative_to(ROOT / "yuetan").as_posix() for path in found} == ABOUT_WORDS


def test_no_template_decides_by_the_words_it_shows() -> None:
    templates = list((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 50
    conditions = [condition for path in templates for condition in CONDITION.findall(path.read_text())]
    assert [condition for condition in conditions if HAN.search(condition)] == []
