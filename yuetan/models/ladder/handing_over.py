"""A measure put before other bodies: what is being handed over in a step, and the end of one that is not for here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.flow.step import transition_of
from yuetan.models.ladder.queries import ISSUED_STATES
from yuetan.models.ladder.referral_requirements import is_for_the_superior
from yuetan.models.ladder.referral_steps import REFERRAL_STEPS
from yuetan.vocabulary import MeasureState, ReferralKind, Verb

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.referral import Referral


class HandsOver(models.Model):
    """What other bodies are asked; `handed_over` is set while its paper is made, a row for each body that gets it."""

    state: str
    handed_over: Sequence[Referral] = ()
    referrals: RelatedManager[Referral]

    class Meta:
        abstract = True

    @property
    def goes_to_superior(self) -> bool:
        """Whether it was put to the superior of the unit, or can only be: one that was served stays what it was."""
        if self.state == MeasureState.SUGGESTED:
            return True
        return self.state not in ISSUED_STATES and is_for_the_superior(self)  # type: ignore[arg-type] # it is one

    @property
    def proposals(self) -> list[Referral]:
        """The 书面建议 by which it went to the superior and to the commission above; of any other nothing is asked."""
        if self.state != MeasureState.SUGGESTED:
            return []
        return [one for one in self.referrals.all() if one.kind == ReferralKind.PROPOSAL]

    @property
    def proposal(self) -> Referral | None:
        """The one to the superior."""
        return next(iter(self.proposals), None)

    @property
    def proposed_on(self) -> date | None:
        """The day on which the last of them was taken; None while one was not."""
        days = [one.received_on for one in self.proposals]
        return None if None in days else max((day for day in days if day), default=None)

    @property
    def outstanding_elsewhere(self) -> list[str]:
        """Of which other body what is waited for: 书面建议（省税务局）：等待签收."""
        return [f"{one}：{one.outstanding}" for one in self.referrals.all() if one.outstanding]

    @transition_of("state", REFERRAL_STEPS, Verb.PROPOSE_VETO)
    def propose_veto(self) -> None:
        """提出书面建议: the superior of the unit decides; here it ends, and the unit is no party."""
