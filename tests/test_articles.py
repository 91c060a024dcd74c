"""Every article of the text of a 责任制 is shown by a test that there is, or is known to be wanting."""

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.articles import JIANGMEN, WANTING, ZHUZHOU
from yuetan.models import Article

TESTS = Path(__file__).parent


@cache
def names_in(file: str) -> set[str]:
    """The tests of a file."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("table", [ZHUZHOU, JIANGMEN])
def test_each_named_test_is_there(table):
    named = [one.split("::") for tests in table.values() for one in tests]
    assert [f"{file}::{name}" for file, name in named if name not in names_in(file)] == []


def test_every_article_of_zhuzhou_is_shown_or_wanting(office):
    text = set(Article.objects.filter(regulation__key="zhuzhou").values_list("number", flat=True))
    assert text == {*ZHUZHOU, *WANTING}
    assert set(WANTING).isdisjoint(ZHUZHOU)


def test_an_article_that_a_test_names_is_in_the_table(office):
    """A test under a number that the table does not have would show nothing to who reads it."""
    numbers = {
        int(word)
        for file in (TESTS / "actions/ladder").glob("test_*.py")
        for name in names_in(file.relative_to(TESTS).as_posix())
        if name.startswith(("test_article_", "test_articles_"))
        for word in name.split("_")[2:5]
        if word.isdigit()
    }
    assert numbers
    assert numbers <= set(ZHUZHOU)
