"""Questions about many tasks, whatever they come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from yuetan import permissions
from yuetan.models.case.case import SEE_CASE
from yuetan.models.rectification.task_origin import ORIGINS, HandsOutTasks
from yuetan.models.subjects import known_of
from yuetan.vocabulary import UNREPORTED_TASK_STATES, TaskState

if TYPE_CHECKING:
    from yuetan.models.people.user import User
    from yuetan.models.rectification.task import Task  # noqa: F401 - named in a base class


class TaskQuerySet(models.QuerySet["Task"]):
    """Questions about many tasks."""

    def visible_to(self, user: User) -> TaskQuerySet:
        """Tasks of what this person may see; `open_to` is set as long as its origin is open to the unit."""
        if not user.has_perm(permissions.name(SEE_CASE)):
            return self.filter(open_to__in=user.interviewed_units)
        if all(model.objects.all().shows_all_to(user) for model in ORIGINS.values()):
            return self.all()
        outside = ~Q(unit__in=user.interviewed_units) if user.interviewed_units else Q()
        return self.filter(Q(open_to__isnull=False) | outside, known_of(ORIGINS, user))

    def of(self, origin: HandsOutTasks) -> TaskQuerySet:
        """Those of one origin."""
        return self.filter(**{origin.ABOUT: origin.pk})

    def unfinished(self) -> TaskQuerySet:
        """Those neither accepted nor revoked with the paper that gave them."""
        return self.exclude(state=TaskState.ACCEPTED).exclude(state=TaskState.REVOKED)

    def running(self) -> TaskQuerySet:
        """Those whose report is awaited, while their origin is under rectification."""
        return self.filter(state__in=UNREPORTED_TASK_STATES, runs=True)
