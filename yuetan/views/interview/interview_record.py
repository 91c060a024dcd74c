"""The page that records an interview: what the recorder needs in sight while writing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.urls import reverse
from django.utils import timezone

from yuetan.models import Attachment, Case, User
from yuetan.rules.dates import clock
from yuetan.views.case.case_sections import SectionKey, sections_by_key
from yuetan.views.case.page_parts import Parts
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.views.frame.section import Section, SummaryRow
from yuetan.vocabulary import DocumentKind, FilePurpose, SubmissionPart

# What stands beside the form, in this order, open or folded, and into which field its words may be copied.
REFERENCES = ((SectionKey.SUBMISSION, True, "statement"), (SectionKey.LEAVES, True, ""), (SectionKey.NOTICE, False, ""))
PROPOSED, INNER = "情形和事实", "内部材料，被约谈方看不到；要写进记录的，由您引用。"
NAMES = {"problems": "第一部分", "statement": "第二部分", "measures": "整改措施"}


class QuotableRow(TypedDict):
    """One row of words, and into which field of the record they may be copied."""

    label: str
    value: object
    files: list[FileLink]
    quote: str
    quote_name: str


@dataclass(frozen=True)
class Reference:
    """One reference section on the page of the interview record: rows that may be copied into its fields."""

    title: str
    is_open: bool
    section: Section
    rows: list[QuotableRow]


def _references(case: Case, user: User) -> list[Reference]:
    """The facts proposed, the unit's written material, who is on leave, the notice."""
    shown = sections_by_key(case, user)
    proposed = Reference(PROPOSED, True, Section(PROPOSED, note=INNER), _facts(case, user))
    return [
        proposed,
        *(_reference(shown[key], to, is_open=is_open) for key, is_open, to in REFERENCES if key in shown),
    ]


def _reference(section: Section, to: str, *, is_open: bool) -> Reference:
    return Reference(section.title, is_open, section, [_quotable(row, to) for row in section.rows])


def _now(case: Case, user: User) -> datetime:
    return timezone.localtime(clock.now())


def _sign_in_sheet(case: Case, user: User) -> str:
    return reverse("internal_paper", args=[case.pk, DocumentKind.SIGN_IN_SHEET])


def _quotable(row: SummaryRow, to: str) -> QuotableRow:
    target = "measures" if row["key"] == SubmissionPart.MEASURES else to
    return _quotable_row(row["label"], row["value"], target, row["files"])


def _facts(case: Case, user: User) -> list[QuotableRow]:
    """Each ground by the law's words, and the facts proposed under it."""
    evidence = Attachment.objects.visible_to(user).filter(case=case, purpose=FilePurpose.EVIDENCE)
    rows = []
    for stated in case.case_grounds.select_related("ground__article"):
        other = f"　{case.other_words}" if stated.ground.is_other else ""
        label = f"{stated.ground.citation}　{stated.ground.text}{other}"
        rows.append(_quotable_row(label, stated.facts, "problems", file_links(evidence.filter(case_ground=stated))))
        rows += [_quotable_row("依据", stated.reference, "", [])] if stated.reference else []
    return rows


def _quotable_row(label: str, value: object, quote: str, files: list[FileLink]) -> QuotableRow:
    to = quote if value else ""
    return {"label": label, "value": value, "files": files, "quote": to, "quote_name": NAMES.get(to, "")}


SIDE_PARTS: Parts = {
    "now": _now,
    "references": _references,
    "sign_in_sheet": _sign_in_sheet,
}  # for cases/interview_record.html
