"""The small state machine of one rectification task."""

from django.db import models
from django_fsm import FSMField, FSMModelMixin, transition

from yuetan.vocabulary import TaskState as State


class TaskFlow(FSMModelMixin, models.Model):
    """assigned → reported → accepted, and back by returned."""

    state = FSMField("状态", default=State.ASSIGNED, choices=State.choices, protected=True, max_length=20)

    class Meta:
        abstract = True

    @transition(state, source=[State.ASSIGNED, State.RETURNED], target=State.REPORTED)
    def report(self) -> None:
        """报送: the interviewed side reports what was done."""

    @transition(state, source=State.REPORTED, target=State.ACCEPTED)
    def accept(self) -> None:
        """销号: the supervisor has checked it."""

    @transition(state, source=State.ACCEPTED, target=State.RETURNED)
    def relapse(self) -> None:
        """复发: what was struck off has to be done anew."""

    @transition(state, source=State.ACCEPTED, target=State.RETURNED)
    def revoke_acceptance(self) -> None:
        """督查认定未落实: what was struck off is sent back."""

    @transition(state, source=[State.ASSIGNED, State.REPORTED, State.RETURNED], target=State.REVOKED)
    def revoke(self) -> None:
        """撤销: the paper that gave it was voided, or what it comes from revoked; it asks for nothing any more."""

    @transition(state, source=State.REPORTED, target=State.RETURNED)
    def return_report(self) -> None:
        """退回: the report does not show what was required."""
