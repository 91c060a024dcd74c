"""One text of the law as it lies in its two files, and all that is wrong with them, each with its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from pydantic import ValidationError

from yuetan.errors import Reason, Refused
from yuetan.loading import regulation_parser
from yuetan.loading.regulation_form import RegulationForm

# What pydantic calls what is wrong, as far as the form can bring it about.
SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对拼写",
    "enum": "不在可以填写的值之内，应为{expected}",
    "string_pattern_mismatch": "写法不对，应合于 {pattern}",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "最多 {max_length} 个字",
    "bool_type": "应为 true 或者 false",
    "int_type": "应为整数",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "list_type": "应为列表（方括号）",
    "dict_type": "应为列表（方括号）或者对象（花括号）",
    "model_type": "应为对象（花括号）",
    "too_short": "至少要有一项",
}
DATE = "应为日期，写作 2026-11-28"
OUT_OF_FORM = "不合要求"


@dataclass(frozen=True)
class Problem:
    """Something wrong in a file: where, and what."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}：{self.place}：{self.sentence}。" if self.place else f"{self.file}：{self.sentence}。"


@dataclass(frozen=True)
class RegulationFile:
    """What was read, of which everything has the right form; `facts` is the same as it is written."""

    name: str
    form: RegulationForm
    facts: Mapping[str, object]
    heading: str
    articles: Mapping[int, str]

    def problem(self, place: str, sentence: str) -> Problem:
        """Something wrong in the file of facts."""
        return Problem(self.name, place, sentence)

    def unfit(self, what: str) -> Refused:
        """Why a text that is right in itself does not fit what is loaded."""
        return Refused(Reason(f"《{self.form.title}》（{self.form.version}）：{what}。"))


class _TwiceGiven(Exception):  # noqa: N818 - what it is
    """A name that stands twice in one object."""


def read_regulation(path: Path) -> tuple[RegulationFile | None, list[Problem]]:
    """A file of facts and the text of the same name beside it; nothing where either cannot be read."""
    form, problems = _read_form(path)
    text_path = path.with_suffix(".md")
    try:
        text = text_path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None, [*problems, Problem(path.name, "", f"旁边没有正文文件 {text_path.name}")]
    except UnicodeDecodeError:
        return None, [*problems, Problem(text_path.name, "", "不是 UTF-8 编码的文本")]
    articles, unread = regulation_parser.articles(text)
    problems += [Problem(text_path.name, "正文", f"认不出条文：{paragraph[:30]}") for paragraph in unread]
    numbers = [article.number for article in articles]
    problems += [
        Problem(text_path.name, f"第{before}条之后", f"条号不是递增的：第{after}条")
        for before, after in pairwise(numbers)
        if after <= before
    ]
    if form is None:
        return None, problems
    facts = json.loads(path.read_text(encoding="utf-8"))
    heading = regulation_parser.title(text)
    return RegulationFile(path.name, form, facts, heading, {one.number: one.text for one in articles}), problems


def _read_form(path: Path) -> tuple[RegulationForm | None, list[Problem]]:
    try:
        text = path.read_text(encoding="utf-8")
        json.loads(text, object_pairs_hook=_each_once)
        return RegulationForm.model_validate_json(text), []
    except UnicodeDecodeError:
        return None, [Problem(path.name, "", "不是 UTF-8 编码的文本")]
    except json.JSONDecodeError as error:
        return None, [Problem(path.name, f"第 {error.lineno} 行第 {error.colno} 列", "不是有效的 JSON")]
    except _TwiceGiven as error:
        return None, [Problem(path.name, str(error), "同一个对象里写了两次")]
    except ValidationError as error:
        faults = error.errors(include_url=False)
        return None, [
            Problem(path.name, _in_words(one["loc"]), _complaint(one["type"], one.get("ctx", {}))) for one in faults
        ]


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    for name in names:
        if names.count(name) > 1:
            raise _TwiceGiven(name)
    return dict(pairs)


def _in_words(steps: Iterable[int | str]) -> str:
    """accountability · rungs 第2项 · doors: as somebody finds it in the file, counting from one."""
    words: list[str] = []
    for step in steps:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]}第{step + 1}项"] if words else [f"第{step + 1}项"]
        elif step != "[key]":
            words.append(step)
    return " · ".join(words)


def _complaint(kind: str, context: Mapping[str, object]) -> str:
    if kind.startswith("date"):
        return DATE
    listed = {
        name: str(value).replace("'", "").replace(" or ", "、").replace(", ", "、") for name, value in context.items()
    }
    return SENTENCES.get(kind, OUT_OF_FORM).format_map(listed)
