"""What each paper says: a case or a letter becomes the facts of its template; nothing is written, no clock is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from yuetan.documents import letter_content, minutes_content, notice_content
from yuetan.documents.paragraphs import title_lines
from yuetan.models import Case, Letter
from yuetan.rules import official_text
from yuetan.vocabulary import DocumentKind

STYLESHEET = "documents/gb9704.css"

_FACTS: dict[DocumentKind, Callable[..., dict[str, Any]]] = {
    DocumentKind.INTERVIEW_NOTICE: notice_content.interview_notice,
    DocumentKind.RESCHEDULE_NOTICE: notice_content.reschedule_notice,
    DocumentKind.CANCELLATION: notice_content.cancellation,
    DocumentKind.MINUTES: minutes_content.minutes,
    DocumentKind.REMINDER_LETTER: letter_content.reminder_letter,
}


def content(
    kind: DocumentKind,
    subject: Case | Letter,
    *,
    number: str,
    dated: date,
    reason: str = "",
    replaced_number: str = "",
) -> dict[str, Any]:
    """The facts of one paper: title, addressee, number, dated_words, organ, mark, body and what its form adds."""
    facts = _FACTS[kind](subject, reason=reason, replaced_number=replaced_number)
    return {
        **facts,
        "title_lines": title_lines(facts["title"]),
        "number": number,
        "dated_words": official_text.chinese_date(dated),
        "stylesheet": _stylesheet(),
    }


def body_of(html: str) -> str:
    """The sheet out of a frozen paper, for showing it inside a page of ours."""
    _, begin, rest = html.partition("<body>")
    sheet, end, _ = rest.rpartition("</body>")
    if not (begin and end):
        raise ValueError("a frozen paper is a whole HTML document")
    return sheet.strip()


@cache
def _stylesheet() -> str:
    found = finders.find(STYLESHEET)
    if found is None:
        raise FileNotFoundError(STYLESHEET)
    return Path(found).read_text(encoding="utf-8")
