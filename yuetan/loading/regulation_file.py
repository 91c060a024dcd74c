"""One text of the law as it lies in its two files, and all that is wrong with them, each with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from yuetan.errors import Reason, Refused
from yuetan.loading import regulation_parser
from yuetan.loading.entered_file import Problem, read_form
from yuetan.loading.regulation_form import RegulationForm


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


def read_regulation(path: Path) -> tuple[RegulationFile | None, list[Problem]]:
    """A file of facts and the text of the same name beside it; nothing where either cannot be read."""
    form, problems = read_form(path, RegulationForm)
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
