"""The sections shown while minutes are revised, confirmed, sent and answered."""

from __future__ import annotations

from django.utils.safestring import SafeString

from yuetan.actions.interview.minutes_sample import may_read_unissued
from yuetan.documents.preview import preview
from yuetan.models import Case, User
from yuetan.views.case.case_sections import SectionKey, minutes_standing, sections
from yuetan.views.case.page_context import paper_fragment
from yuetan.views.case.page_parts import Parts
from yuetan.views.frame.section import Section, SummaryRow, row
from yuetan.vocabulary import DocumentKind


def _paper(case: Case, user: User) -> SafeString | str:
    """The minutes as they would be printed now; the unit sees what was sent to it."""
    return paper_fragment(preview(DocumentKind.MINUTES, case)) if may_read_unissued(case, user) else ""


def _interview_record(case: Case, user: User) -> list[Section]:
    """The record the minutes were made from, the interview and the unit's written material."""
    interview = case.interview
    rows = [
        row("通报的问题", interview.problems),
        row("陈述说明", interview.statement),
        row("讨论分析", interview.discussion),
    ]
    record = Section("约谈记录原文", rows, note="记录定稿后不再改动；要改的改纪要，各稿都保留。")
    return [record, *sections(SectionKey.SUBMISSION, SectionKey.INTERVIEW)(case, user)]


def _text(case: Case, user: User) -> list[SummaryRow]:
    """The text of the minutes as it stands."""
    minutes = case.minutes
    return [
        row("通报的问题", minutes.problems),
        row("陈述说明", minutes.statement),
        row("讨论分析", minutes.discussion),
        row("抄送", minutes.copied_to),
    ]


def text_to_correct(case: Case, user: User) -> list[Section]:
    """The correction that waits, which is written anew; the minutes as they were issued where there is none."""
    key = SectionKey.CORRECTION if case.open_correction else SectionKey.MINUTES
    return sections(key)(case, user)


AS_PRINTED: Parts = {"paper": _paper, "standing": minutes_standing}  # for cases/paper_step.html
UNDER_REVISION: Parts = {"record": _interview_record, "current": _text}  # for cases/revise_minutes.html
