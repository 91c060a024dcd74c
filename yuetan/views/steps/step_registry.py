"""The page of every step that can be taken on a case."""

from __future__ import annotations

from yuetan.models import Case, User
from yuetan.views.case.step_config import StepPage
from yuetan.views.interview.interview_steps import INTERVIEW_PAGES
from yuetan.views.proposal.decision_page import DECISION_PAGE, decides_in_person
from yuetan.views.proposal.proposal_steps import PROPOSAL_PAGES
from yuetan.views.rectification.rectification_steps import RECTIFICATION_PAGES

STEP_PAGES: dict[str, StepPage] = {**PROPOSAL_PAGES, **INTERVIEW_PAGES, **RECTIFICATION_PAGES}


def step_page(case: Case, verb: str, user: User) -> StepPage:
    """The page on which this person takes the step; a leader decides on one of its own."""
    return DECISION_PAGE if decides_in_person(case, user, verb) else STEP_PAGES[verb]
