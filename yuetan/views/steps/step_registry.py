"""The page of every step that can be taken on a case."""

from __future__ import annotations

from yuetan.views.case.step_config import StepPage
from yuetan.views.interview.interview_steps import INTERVIEW_PAGES
from yuetan.views.proposal.proposal_steps import PROPOSAL_PAGES
from yuetan.views.rectification.archive_pages import ARCHIVE_PAGES
from yuetan.views.rectification.earlier_pages import EARLIER_PAGES
from yuetan.views.rectification.rectification_steps import RECTIFICATION_PAGES

STEP_PAGES: dict[str, StepPage] = {
    **PROPOSAL_PAGES,
    **INTERVIEW_PAGES,
    **RECTIFICATION_PAGES,
    **EARLIER_PAGES,
    **ARCHIVE_PAGES,
}
