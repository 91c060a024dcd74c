"""The interview desk: what the recorder needs in sight while writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yuetan.models import Case, User
from yuetan.rules import clock
from yuetan.views import case_sections
from yuetan.views.cards import Section
from yuetan.vocabulary import DocumentKind, SubmissionPart

# What stands beside the desk, in this order, open or folded, and into which field its words may be copied.
BESIDE = (("约谈建议", True, "problems"), ("书面材料", True, "statement"), ("约谈通知", False, ""), ("请假", True, ""))
NO_QUOTE = ("约谈事由", "提交期限")
NAMES = {"problems": "第一部分", "statement": "第二部分", "measures": "整改措施"}


@dataclass(frozen=True)
class Reference:
    """One card beside the desk: rows of words, each with where it may be copied to."""

    title: str
    is_open: bool
    section: Section
    rows: list[dict[str, Any]]


def beside(case: Case, user: User) -> dict[str, Any]:
    """Clock and time, the facts proposed, the unit's written material, the notice, the sheet to sign."""
    shown = {section.title: section for section in case_sections.sections(case, user, inner=True)}
    cards = [
        Reference(title, is_open, shown[title], [_quotable(row, to) for row in shown[title].rows])
        for title, is_open, to in BESIDE
        if title in shown
    ]
    return {
        "now": timezone.localtime(clock.now()),
        "references": cards,
        "sign_in_sheet": reverse("internal_paper", args=[case.pk, DocumentKind.SIGN_IN_SHEET]),
    }


def _quotable(row: dict[str, Any], to: str) -> dict[str, Any]:
    target = "measures" if row["label"] == SubmissionPart.MEASURES.label else to
    quote = target if row["value"] and row["label"] not in NO_QUOTE else ""
    return {**row, "quote": quote, "quote_name": NAMES.get(quote, "")}
