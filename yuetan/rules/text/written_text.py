"""What is wrong with a text that somebody has written: it says nothing, or names a number of a person."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.personal_data import personal_data


def text_problems(field: str, label: str, text: str, missing: Finding) -> list[Finding]:
    """That a text says nothing, which `missing` says, or holds what identifies a person."""
    return [*require_words(text, missing), *personal_problems(**{field: (label, text)})]


def needed_text_problems(code: str, field: str, label: str, text: str) -> list[Finding]:
    """What is not right with a text that a form needs; where it is missing, the sentence of `code` names its label."""
    return text_problems(field, label, text, finding(code, field, missing=label))


def reason_problems(reason: str, what: str, field: str = "reason") -> list[Finding]:
    """What is not right with the reason of a step; `what` names the step."""
    return text_problems(field, "原因", reason, finding("reason_missing", field, what=what))


def personal_problems(**texts: tuple[str, str]) -> Iterator[Finding]:
    """Numbers of persons in free text, by field: its label and what was written there."""
    for field, (label, text) in texts.items():
        yield from personal_data(field, f"“{label}”", text, clock.today().year)
