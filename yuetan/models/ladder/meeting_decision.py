"""A measure decided by a meeting or on a signed paper: what proves it, who registers it and who compares it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.db import models
from django.db.models import F, Q

from yuetan.models.flow.step import transition_of
from yuetan.models.ladder.meeting_steps import MEETING_STEPS
from yuetan.models.ladder.queries import ISSUED_STATES
from yuetan.rules.dates import clock
from yuetan.vocabulary import MeasureState, Verb

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.case.registration import DecisionRegistration
    from yuetan.models.ladder.consultation import Asking, Consultation
    from yuetan.models.people.user import User

# Refusals about meetings that rest on the article of the rung.
ARTICLE_OF_MEETINGS = dict.fromkeys(
    (
        *("measure_limit_not_of_rung", "measure_for_a_meeting", "joint_rung_in_force"),
        *("consultation_missing", "consultation_open", "consultation_not_of_rung"),
    ),
    "rung",
)
BEFORE_THE_DECISION = (MeasureState.DRAFTED, MeasureState.IN_REVIEW, MeasureState.PROPOSED, MeasureState.WITHDRAWN)
HAS_DECISION = (MeasureState.DECIDED, MeasureState.SUGGESTED, *ISSUED_STATES)
DECISION_CONSTRAINTS = (
    models.CheckConstraint(condition=~Q(drafter=F("decider")), name="measure_laid_by_two_persons"),
    models.CheckConstraint(condition=~Q(endorser=F("decider")), name="measure_laid_endorsed_by_another"),
    models.CheckConstraint(
        condition=~Q(state__in=HAS_DECISION)
        | Q(decider__isnull=False, decided_at__isnull=False) & ~Q(decided_sha256=""),
        name="measure_laid_was_decided",
    ),
    models.CheckConstraint(
        condition=Q(decision_item=None, registered_by=None, confirmed_by=None) | Q(registered_by__isnull=False),
        name="measure_decision_is_registered_whole",
    ),
    models.CheckConstraint(
        condition=Q(registered_by=None) | Q(state__in=BEFORE_THE_DECISION) | Q(confirmed_by__isnull=False),
        name="measure_decision_is_compared",
    ),
    models.CheckConstraint(
        condition=~Q(registered_by=F("confirmed_by")), name="a_second_person_compares_a_measure_decision"
    ),
)


class SaysWhatWasDecided(Protocol):
    """The item of a meeting, or a registered 签批件."""

    @property
    def decision(self) -> str:
        """A `DecisionKind`."""

    @property
    def decision_words(self) -> str:
        """What was decided, in words."""


class DecidedByMeeting(models.Model):
    """What cites a meeting; `decision_item` is set from the registration on, and taken out if that is returned.

    Of a 签批件 there is a `DecisionRegistration` instead; who registered and who compared it stand here of both.
    """

    decision_item_id: int | None
    decision_item = models.ForeignKey(
        "yuetan.AgendaItem", models.PROTECT, null=True, blank=True, related_name="decided_measures"
    )
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")

    registered_by_id: int | None
    decider: User | None
    decided_at: datetime | None
    decided_sha256: str
    consultations: RelatedManager[Consultation]
    registrations: RelatedManager[DecisionRegistration]
    asking: Asking | None = None  # set while a 商请函 is made

    class Meta:
        abstract = True

    @property
    def paper_registration(self) -> DecisionRegistration | None:
        """The 签批件 that is registered, or by which it was decided; one that was returned does not count."""
        if self.registered_by_id is None or self.decision_item_id is not None:
            return None
        rows = self.lead.registrations.all()  # type: ignore[attr-defined] # of the measure
        return next((one for one in rows if one.accepted is not False), None)

    @property
    def registered_decision(self) -> SaysWhatWasDecided | None:
        """What is registered of its decision: the item of a meeting, or a 签批件."""
        return self.decision_item or self.paper_registration

    @transition_of("state", MEETING_STEPS, Verb.CONFIRM_MEASURE_DECISION)
    def confirm_measure_decision(self, *, decider: User, confirmed_by: User, sha256: str) -> None:
        """审定 by a meeting or on paper counts from now on: this text, and no other, will be served."""
        self.decider, self.confirmed_by = decider, confirmed_by
        self.decided_at, self.decided_sha256 = clock.now(), sha256

    @transition_of("state", MEETING_STEPS, Verb.CONFIRM_MEASURE_DECLINED)
    def confirm_measure_declined(self, *, confirmed_by: User) -> None:
        """不予实施 by a meeting or on paper counts from now on."""
        self.confirmed_by = confirmed_by
