"""`script/mutants`: what it changes and what it leaves alone, and which tests it thinks of."""

import importlib
import json
import sys

import pytest
from coverage import CoverageData
from mutation.mutants import mutants_of
from mutation.reach import Reach
from mutation.trial import InPlaceOf


def changes(tmp_path, source):
    """Every change of these lines, as (kind, the changed line)."""
    path = tmp_path / "one.py"
    path.write_text(source, encoding="utf-8")
    before = source.splitlines()
    found = []
    for mutant in mutants_of(path):
        after = mutant.source().splitlines()
        if mutant.is_a_change():
            found += [(mutant.kind, new.strip()) for old, new in zip(before, after, strict=True) if old != new]
    return set(found)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a = x < y", {("comparison turned", "a = x <= y")}),
        ("a = (x) not in (y)", {("comparison turned", "a = (x) in (y)")}),
        (
            "a = '甲' if x and y else '乙'",
            {
                ("and/or turned", "a = '甲' if x or y else '乙'"),
                ("condition dropped", "a = '甲' if True and y else '乙'"),
                ("condition dropped", "a = '甲' if x and True else '乙'"),
                ("condition dropped", "a = '甲' if True else '乙'"),
                ("condition dropped", "a = '甲' if False else '乙'"),
            },
        ),
        ("a = not x", {("not dropped", "a = ( x )")}),
        ("a = x + 1", {("+/- turned", "a = x - 1"), ("constant + 1", "a = x + 2"), ("constant - 1", "a = x + 0")}),
        ("a = x[0]", {("first/last turned", "a = x[-1]"), ("constant + 1", "a = x[1]")}),
        ("a = x[-1:]", {("constant + 1", "a = x[-2:]"), ("constant - 1", "a = x[-0:]")}),
        ("a = {x, y}", {("element left out", "a = {*(), y}"), ("element left out", "a = {x, *()}")}),
        ("a = {x: y}", {("element left out", "a = {**{}}")}),
        ("a = f(key=True)", {("True/False turned", "a = f(key=False)")}),
        ("a = min(x)", {("min turned max", "a = max(x)")}),
        ("a = x.filter().first()", {
            ("filter turned exclude", "a = x.exclude().first()"),
            ("first turned last", "a = x.filter().last()"),
        }),
        ("a = x.order_by('-b')", {("order turned", "a = x.order_by('b')")}),
        ("a = sorted(x)", {("order dropped", "a = list(x)")}),
        ("a = [b for b in x if b]", {("condition dropped", "a = [b for b in x if True]")}),
        ("def f() -> bool: return x", {("return value", "def f() -> bool: return not (x)")}),
        ("f(x)", {("call left out", "pass")}),
        ("x.y = z", {("assignment left out", "pass")}),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_one_small_change_of_the_text(tmp_path, line, expected):
    assert changes(tmp_path, line) == expected


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring, 1 and 2."""',
        "logger.info(x)",
        "a: tuple[int, 3]",
        "assert x == 1",
        "a = f'{x + 1}'",
        "a = f(chunk_size=500)",
        "a = TypedDict('a', {'x': 1, 'y': 2})",
        "class A(TypedDict, total=False): pass",
        "a, b = x, y",
        "__all__ = [x, y]",
    ],
)
def test_what_nobody_could_notice_is_left_alone(tmp_path, source):
    assert changes(tmp_path, source) == set()


def test_a_changed_module_is_imported_and_its_file_stays_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "changed_in_memory.py"
    path.write_text("LIMIT = 3\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [InPlaceOf("changed_in_memory", path, "LIMIT = 4\n"), *sys.meta_path])
    assert importlib.import_module("changed_in_memory").LIMIT == 4
    assert path.read_text(encoding="utf-8") == "LIMIT = 3\n"
    del sys.modules["changed_in_memory"]


def named(test):
    return f"tests/test_mutants.py::{test}"


def recorded(tmp_path, written, now, histories=None, stands_on=None, **lines):
    """The changes of a module as it is now, each with its tests; these ran the lines of it as it was written."""
    record, source = tmp_path / "record" / "0", tmp_path / "house"
    (record / "source").mkdir(parents=True)
    source.mkdir()
    (record / "source" / "one.py").write_text(written, encoding="utf-8")
    (source / "one.py").write_text(now, encoding="utf-8")
    tests = {named(test): ran for test, ran in lines.items()}
    facts = {test: {"seconds": 1.0, "passed": True} for test in tests}
    (record / "tests.1.json").write_text(json.dumps(facts), encoding="utf-8")
    (record / "histories.1.json").write_text(json.dumps(stands_on or {}), encoding="utf-8")
    data = CoverageData(basename=str(record / "lines.1"))
    for context, ran in (tests | (histories or {})).items():
        data.set_context(context)
        data.add_lines({str(source / "one.py"): ran})
    data.write()
    reach = Reach(record.parent, source)
    return [
        (mutant, [test.partition("::")[2] for test in reach.tests_of(mutant)])
        for mutant in mutants_of(source / "one.py")
    ]


def test_tests_are_found_by_lines_even_where_they_have_moved_and_by_names_that_are_read(tmp_path):
    written = "LIMIT = 3\n\n\ndef over(x):\n    return x > LIMIT\n"
    found = recorded(tmp_path, written, "# moved\n" + written, changes=[5])
    by_place = {(mutant.line, mutant.kind): tests for mutant, tests in found}
    assert by_place[6, "comparison turned"] == ["changes"]
    assert by_place[2, "constant + 1"] == ["changes"]


def test_what_a_history_ran_is_reached_by_every_test_that_stands_on_it(tmp_path):
    written = "def over(x):\n    return x > 3\n"
    stands_on = {named("changes"): ["history 1 1"], "history 1 1": ["history 1 0"]}
    ran = {"histories": {"history 1 0": [2]}, "changes": [], "recorded": []}
    found = recorded(tmp_path, written, written, stands_on=stands_on, **ran)
    assert {tuple(tests) for mutant, tests in found} == {("changes",)}


def test_of_an_entry_left_out_by_those_that_ask_for_its_key(tmp_path):
    written = (
        "def a():\n    return say('one')\n\n\ndef say(key):\n    return SAID[key]\n\n\nSAID = {'one': 1, 'two': 2}\n"
    )
    found = recorded(tmp_path, written, written, changes=[2, 6], recorded=[6])
    by_change = {
        mutant.diff().splitlines()[-1]: set(tests) for mutant, tests in found if mutant.kind == "element left out"
    }
    assert by_change == {
        "+SAID = {**{}, 'two': 2}": {"changes"},
        "+SAID = {'one': 1, **{}}": {"changes", "recorded"},
    }
