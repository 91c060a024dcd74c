"""Files in which an office enters something of its own: read in their form, and all that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

Entered = TypeVar("Entered", bound=BaseModel)
# What pydantic calls what is wrong, as far as the form can bring it about.
SENTENCES = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项，请核对拼写",
    "enum": "不在可以填写的值之内，应为{expected}",
    "literal_error": "不在可以填写的值之内，应为{expected}",
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


class _TwiceGiven(Exception):  # noqa: N818 - what it is
    """A name that stands twice in one object."""


def read_form(path: Path, form: type[Entered]) -> tuple[Entered | None, list[Problem]]:
    """What a file says in this form, or all that is wrong with it, each with its place."""
    try:
        text = path.read_text(encoding="utf-8")
        json.loads(text, object_pairs_hook=_each_once)
        return form.model_validate_json(text), []
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
