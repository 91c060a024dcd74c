"""The interview desk: what the recorder needs in sight while writing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yuetan.models import Attachment, Case, User
from yuetan.rules.dates import clock
from yuetan.views.case import case_sections
from yuetan.views.frame.section import Section, file_links
from yuetan.vocabulary import DocumentKind, FilePurpose, SubmissionPart

# What stands beside the desk, in this order, open or folded, and into which field its words may be copied.
REFERENCES = (("书面材料", True, "statement"), ("请假", True, ""), ("约谈通知", False, ""))
PROPOSED, INNER = "情形和事实", "内部材料，被约谈方看不到；要写进记录的，由您引用。"
NAMES = {"problems": "第一部分", "statement": "第二部分", "measures": "整改措施"}


@dataclass(frozen=True)
class Reference:
    """One card beside the desk: rows of words, each with where it may be copied to."""

    title: str
    is_open: bool
    section: Section
    rows: list[dict[str, Any]]


def record_context(case: Case, user: User) -> dict[str, Any]:
    """Clock and time, the facts proposed, the unit's written material, the notice, the sheet to sign."""
    shown = {section.title: section for section in case_sections.sections(case, user, inner=True)}
    cards = [
        Reference(title, is_open, shown[title], [_quotable(row, to) for row in shown[title].rows])
        for title, is_open, to in REFERENCES
        if title in shown
    ]
    cards.insert(0, Reference(PROPOSED, True, Section(PROPOSED, note=INNER), _facts(case, user)))
    return {
        "now": timezone.localtime(clock.now()),
        "references": cards,
        "sign_in_sheet": reverse("internal_paper", args=[case.pk, DocumentKind.SIGN_IN_SHEET]),
    }


def _quotable(row: dict[str, Any], to: str) -> dict[str, Any]:
    target = "measures" if row["label"] == SubmissionPart.MEASURES.label else to
    return _row(row["label"], row["value"], target, row["files"])


def _facts(case: Case, user: User) -> list[dict[str, Any]]:
    """Each ground by the law's words, and the facts proposed under it."""
    evidence = Attachment.objects.visible_to(user).filter(case=case, purpose=FilePurpose.EVIDENCE)
    rows = []
    for stated in case.case_grounds.select_related("ground__article"):
        other = f"　{case.other_words}" if stated.ground.is_other else ""
        label = f"{stated.ground.citation}　{stated.ground.text}{other}"
        rows.append(_row(label, stated.facts, "problems", file_links(evidence.filter(case_ground=stated))))
        rows += [_row("依据", stated.reference, "", [])] if stated.reference else []
    return rows


def _row(label: str, value: str, quote: str, files: list[dict[str, str]]) -> dict[str, Any]:
    to = quote if value else ""
    return {"label": label, "value": value, "files": files, "quote": to, "quote_name": NAMES.get(to, "")}
