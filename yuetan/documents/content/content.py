"""What each paper says: a case or a letter becomes the facts of its template; nothing is written, no clock is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Unpack

from yuetan.documents.content import (
    circular,
    consultation_letter,
    delisting,
    listed_supervision,
    minutes,
    notices,
    plea_answer,
    referral,
    reminder_letter,
    supervision_letter,
    veto_decision,
)
from yuetan.documents.content.facts import PaperFacts, SupervisionFacts
from yuetan.documents.content.short_names import names_in_short, shortened
from yuetan.models import Subject
from yuetan.rules.text import official_text
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import DocumentKind

_FACTS: dict[DocumentKind, Callable[..., PaperFacts]] = {
    DocumentKind.INTERVIEW_NOTICE: notices.interview_notice,
    DocumentKind.RESCHEDULE_NOTICE: notices.reschedule_notice,
    DocumentKind.CANCELLATION: notices.cancellation,
    DocumentKind.MINUTES: minutes.minutes,
    DocumentKind.REMINDER_LETTER: reminder_letter.reminder_letter,
    DocumentKind.CIRCULAR: circular.circular,
    DocumentKind.VETO_DECISION: veto_decision.veto_decision,
    DocumentKind.DELISTING: delisting.delisting,
    DocumentKind.PLEA_ANSWER: plea_answer.plea_answer,
    DocumentKind.LISTED_SUPERVISION: listed_supervision.listed_supervision,
    DocumentKind.VETO_PROPOSAL: referral.veto_proposal,
    DocumentKind.REFERRAL_LETTER: referral.referral_letter,
    DocumentKind.CONSULTATION_LETTER: consultation_letter.consultation_letter,
    DocumentKind.SUPERVISION_LETTER: supervision_letter.supervision_letter,
}


def content(
    kind: DocumentKind,
    subject: Subject,
    *,
    number: str,
    dated: date,
    reason: str = "",
    replaced_number: str = "",
    handling: Handling | None = None,
    **extra: Unpack[SupervisionFacts],
) -> PaperFacts:
    """The facts of one paper: title, addressee, number, dated_words, organ, mark, body and what its form adds.

    `handling` says what else it bears; `extra` holds the further keywords of a 督办单.
    """
    facts = _FACTS[kind](subject, dated=dated, reason=reason, replaced_number=replaced_number, **extra)
    names = names_in_short(subject.regulation)
    body, who_came = facts["body"], facts.get("people", [])
    short = shortened([*body, *who_came], names)
    facts["body"] = short[: len(body)]
    if who_came:
        facts["people"] = short[len(body) :]
    return {
        **facts,
        **(handling or Handling()).facts(),  # type: ignore[typeddict-item] # names of facts
        "number": number,
        "dated_words": official_text.chinese_date(dated),
    }


def body_of(html: str) -> str:
    """The sheet out of a frozen paper, for showing it inside a page of ours.

    Raises ValueError if the text is no whole HTML document.
    """
    _, begin, rest = html.partition("<body>")
    sheet, end, _ = rest.rpartition("</body>")
    if not (begin and end):
        raise ValueError("a frozen paper is a whole HTML document")
    return sheet.strip()
