"""The page of every step that can be taken on a case, and those about tasks of what else hands some over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from yuetan.models import User
from yuetan.models.case.task_steps import TASK_VERBS
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.views.assignment.assignments import facts_of_assignment, visible_assignment
from yuetan.views.case.lookup import visible_case
from yuetan.views.case.page_parts import Parts
from yuetan.views.case.step_config import StepPage
from yuetan.views.interview.interview_steps import INTERVIEW_PAGES
from yuetan.views.ladder.measures import facts_of_measure, visible_measure
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
TASK_PAGES = {verb: page for verb, page in STEP_PAGES.items() if verb in TASK_VERBS}


@dataclass(frozen=True)
class StepsOf:
    """Pages of steps of one kind of matter: how it is found, which they are, what they show in place of a case's."""

    find: Callable[[User, UUID], HandsOutTasks]
    pages: Mapping[str, StepPage]
    autosave: str  # the name of the address at which their forms are kept
    list_address: str
    list_title: str
    parts: Parts = field(default_factory=dict)


# By the column by which rows say what they are of.
STEPS_OF: Mapping[str, StepsOf] = {
    "case": StepsOf(visible_case, STEP_PAGES, "autosave_step", "case_list", "约谈台账"),
    "measure_laid": StepsOf(
        visible_measure,
        TASK_PAGES,
        "autosave_task_step_of_measure_laid",
        "measure_list",
        "责任措施",
        {"facts": facts_of_measure},
    ),
    "assignment": StepsOf(
        visible_assignment,
        TASK_PAGES,
        "autosave_task_step_of_assignment",
        "assignment_list",
        "交办事项",
        {"facts": facts_of_assignment},
    ),
}
