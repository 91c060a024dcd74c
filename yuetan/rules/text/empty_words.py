"""Texts that stand in for an answer and give none: “x”, “。”, “无”, “其他”, “111”."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Mapping

from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import joined

Needed = Mapping[str, tuple[str, object]]  # each field with its label and what stands in it

MIN_LENGTH = 2  # characters, without signs
SHOWN = 20
# Said alone they name nothing, whatever was asked.
PLACEHOLDERS = frozenset(
    (
        *("无", "其他", "其它", "没有", "暂无", "略", "同上", "同前", "如上", "如题", "见上", "不详", "不清楚", "等等"),
        *("待定", "待补", "待补充", "待填", "测试", "另行说明", "有关情况", "相关情况", "有关问题", "相关问题"),
        *("若干问题", "存在问题", "其他问题", "其他情况", "详见附件", "见附件", "无内容"),
        *("test", "none", "null", "na", "ok", "todo"),
    )
)
_SIGNS = re.compile(r"[\W_]+")


def says_nothing(text: str) -> bool:
    """Whether a text has no content: nothing but signs or digits, one character, one repeated, or a placeholder."""
    words = _SIGNS.sub("", unicodedata.normalize("NFKC", text)).lower()
    return len(words) < MIN_LENGTH or len(set(words)) == 1 or words.isdecimal() or words in PLACEHOLDERS


def missing_labels(needed: Mapping[str, object]) -> str:
    """时间、地点: the labels of what is empty, as a sentence names them; empty where nothing is missing."""
    return joined([label for label, value in needed.items() if not value])


def missing_of(code: str, needed: Needed, /, **words: object) -> list[Finding]:
    """That some of what is needed is empty: one sentence that names all of it, about each of their fields."""
    empty = {field: label for field, (label, value) in needed.items() if not _is_there(value)}
    if not empty:
        return []
    first, *further = empty
    one = finding(code, first, missing=joined(list(empty.values())), **words)
    return [dataclasses.replace(one, further_fields=tuple(further))]


def _is_there(value: object) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def require_words(text: str, missing: Finding) -> list[Finding]:
    """The finding if a text is missing; if something stands there that says nothing, that it is asked for once more."""
    if not text.strip():
        return [missing]
    if says_nothing(text):
        shown = " ".join(text.split())[:SHOWN]
        return [finding("says_nothing", missing.field, text=shown, missing=missing.sentence().rstrip("。"))]
    return []
