"""A measure put before other bodies: what is being handed over in a step, and the end of one that is not for here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.flow.step import transition_of
from yuetan.models.ladder.referral_steps import REFERRAL_STEPS
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.referral import Referral


class HandsOver(models.Model):
    """What other bodies are asked; `handed_over` is set while its paper is made."""

    handed_over: Referral | None = None
    referrals: RelatedManager[Referral]

    class Meta:
        abstract = True

    @transition_of("state", REFERRAL_STEPS, Verb.PROPOSE_VETO)
    def propose_veto(self) -> None:
        """提出书面建议: the superior of the unit decides; here it ends, and the unit is no party."""
