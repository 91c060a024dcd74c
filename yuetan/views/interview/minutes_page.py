"""What stands beside the minutes while they are revised, confirmed, sent and answered."""

from __future__ import annotations

from typing import Any

from yuetan.documents.preview import preview
from yuetan.models import Case, User
from yuetan.views.case import case_sections
from yuetan.views.case.case_sections import minutes_standing
from yuetan.views.case.page_context import paper_fragment
from yuetan.views.frame.section import Section, row
from yuetan.vocabulary import DocumentKind


def as_printed(case: Case, user: User) -> dict[str, Any]:
    """The minutes as they would be printed now, and how far they have come; the unit sees what was sent to it."""
    inner = case.is_inner_to(user)
    shown = inner or case.minutes.sent_at is not None
    paper = paper_fragment(preview(DocumentKind.MINUTES, case)) if shown else ""
    return {"paper": paper, "standing": minutes_standing(case, inner=inner)}


def revision_context(case: Case, user: User) -> dict[str, Any]:
    """The record the minutes were made from, what the interviewer wants changed, and the text as it stands."""
    interview, minutes = case.interview, case.minutes
    record = Section(
        "约谈记录原文",
        [
            row("通报的问题", interview.problems),
            row("陈述说明", interview.statement),
            row("讨论分析", interview.discussion),
        ],
        note="记录定稿后不再改动。",
    )
    current = [
        row("通报的问题", minutes.problems),
        row("陈述说明", minutes.statement),
        row("讨论分析", minutes.discussion),
        row("抄送", minutes.copied_to),
    ]
    shown = [one for one in case_sections.sections(case, user, inner=True) if one.title in ("约谈", "书面材料")]
    return {"record": [record, *shown], "current": current, "minutes": minutes}
