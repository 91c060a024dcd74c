"""What is of one office: its names, units, law and settings, over what the product brings to every office."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from django.conf import settings

from yuetan.loading.entered_file import Problem, read_form
from yuetan.loading.regulation_form import Form, Words
from yuetan.loading.unit_tables import FOLDER, problems_of_units
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import PostKind, Role, UnitKind
from yuetan.vocabulary.names import FILE
from yuetan.vocabulary.naming import NAMES

SETTINGS = "office_settings.json"
LABELLED = {"Role": Role.values, "UnitKind": UnitKind.values, "PostKind": PostKind.values}
# What labels and notes of settings call what other offices call otherwise; the longer names first.
USUAL = {
    "《约谈办法》": f"《{NAMES['procedure']}》",
    "领导小组办公室": UnitKind.OFFICE.label,
    "领导小组": NAMES["the_group"],
}
OF_A_SETTING = {"key", "value", "note"}


class NamesForm(Form):
    """`names.json`: what the office calls itself and others; labels only where they are not the usual ones."""

    site: Words
    the_office: Words
    sample_number: Words
    lead_matter: Words
    procedure: Words
    labels: dict[Literal["Role", "UnitKind", "PostKind"], dict[str, Words]] = {}


def setting_rows() -> list[dict[str, object]]:
    """Every setting as it begins at this office."""
    own = {row["key"]: row for row in _own_rows(settings.PACK)}
    return [{**_in_own_words(row), **own.get(row["key"], {})} for row in _settings_in(settings.FIXTURES)]


def check_pack(folder: Path) -> list[Problem]:
    """All that is wrong with the names, units and settings of a pack."""
    return [*_of_names(folder / FILE), *problems_of_units(folder / FOLDER), *_of_settings(folder)]


def _in_own_words(row: dict[str, object]) -> dict[str, object]:
    words = {name: str(row[name]) for name in ("label", "note")}
    for usual, own in USUAL.items():
        words = {name: text.replace(usual, own) for name, text in words.items()}
    return row | words


def _settings_in(folder: Path) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    return rows


def _own_rows(folder: Path) -> list[dict[str, object]]:
    return _settings_in(folder) if folder != settings.FIXTURES and (folder / SETTINGS).is_file() else []


def _of_names(path: Path) -> Iterator[Problem]:
    if not path.is_file():
        yield Problem(FILE, "", f"{path.parent} 里没有这个文件")
        return
    form, problems = read_form(path, NamesForm)
    yield from problems
    for choices, labels in form.labels.items() if form else ():
        if unknown := sorted(set(labels) - set(LABELLED[choices])):
            yield Problem(FILE, f"labels · {choices}", f"本系统没有：{joined(unknown)}")


def _of_settings(folder: Path) -> Iterator[Problem]:
    try:
        rows = _own_rows(folder)
    except json.JSONDecodeError as error:
        yield Problem(SETTINGS, f"第 {error.lineno} 行第 {error.colno} 列", "不是有效的 JSON")
        return
    usual = {row["key"]: row for row in _settings_in(settings.FIXTURES)}
    for number, row in enumerate(rows, start=1):
        key = row.get("key")
        if key not in usual:
            yield Problem(SETTINGS, f"第{number}项", f"没有这项设定：{key}")
        elif type(row.get("value")) is not type(usual[key]["value"]):
            yield Problem(SETTINGS, f"第{number}项", f"{key} 的 value 与随系统的不是同一种")
        if odd := sorted(set(row) - OF_A_SETTING):
            yield Problem(SETTINGS, f"第{number}项", f"只能写 key、value、note：{joined(odd)}")
