"""What a case and a rung of the ladder answer of their tasks, each from the rows that point to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.flow.step import HasSteps
from yuetan.rules.dates.deadlines import PROGRESS_NEAR
from yuetan.rules.dates.working_days import ONE_DAY

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.papers.document import Document
    from yuetan.models.papers.paper_filing import PaperFiling
    from yuetan.models.rectification.task import Extension, Task
    from yuetan.models.rectification.team import InspectionTeam


class HasTasks(HasSteps):
    """What hands tasks over, as far as its own rows say."""

    tasks: RelatedManager[Task]
    documents: RelatedManager[Document]
    paper_filings: RelatedManager[PaperFiling]
    inspection_teams: RelatedManager[InspectionTeam]

    @property
    def tasks_run(self) -> bool:
        """Whether its tasks are under rectification: reports are awaited, and dates count."""
        raise NotImplementedError

    @property
    def pending_extensions(self) -> list[Extension]:
        """Requests for a later date that wait for the office director."""
        return [task.pending_extension for task in self.tasks.all() if task.pending_extension]

    @property
    def unsigned_teams(self) -> list[InspectionTeam]:
        """Those of whom somebody has still to sign what was recorded."""
        return [team for team in self.inspection_teams.all() if team.unsigned]

    def next_limit(self) -> date | None:
        """The soonest day by which a report is awaited on one of its tasks."""
        limits = [task.effective_due_on for task in self.tasks.all() if task.is_unreported]
        return min((limit for limit in limits if limit is not None), default=None)

    def days_of_tasks(self) -> Iterator[date | None]:
        """Days with whose beginning something about its tasks changes by time alone."""
        for task in self.tasks.all():
            yield task.effective_due_on + ONE_DAY if task.effective_due_on else None
            yield task.progress_due_on - PROGRESS_NEAR if task.progress_due_on else None
            yield task.open_pause.planned_end_on if task.open_pause else None
