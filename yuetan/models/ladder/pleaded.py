"""What a plea (申述) adds to a measure: until which day it may be stated, and the end of the measure by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from yuetan.models.flow.step import transition_of
from yuetan.models.ladder.delisted import EndsByDelisting
from yuetan.models.ladder.plea_steps import PLEA_STEPS
from yuetan.vocabulary import DocumentKind, MeasureState, Verb

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.plea import Plea
    from yuetan.models.papers.document import Document


class OpenToPlea(EndsByDelisting, models.Model):
    """`plea_until` is set when the measure is served and stays; None where the office gives no days for it."""

    plea_until = models.DateField("申述期限", null=True, blank=True)

    state: str
    documents: RelatedManager[Document]

    class Meta:
        abstract = True

    @transition_of("state", PLEA_STEPS, Verb.REVOKE_MEASURE)
    def revoke_measure(self) -> None:
        """撤销: from now on it counts for nothing, as if it had not been laid; its record stays."""

    @property
    def plea_or_none(self) -> Plea | None:
        """Its plea, or the unit's draft of one; None where there is neither."""
        plea: Plea | None = getattr(self, "plea", None)
        return plea

    @property
    def plea_waiting(self) -> Plea | None:
        """What was stated and waits for an answer."""
        plea = self.plea_or_none
        return plea if plea is not None and plea.is_waiting else None

    @property
    def plea_paper(self) -> Document | None:
        """The 申述答复; None before it is decided."""
        return next((one for one in self.documents.all() if one.kind == DocumentKind.PLEA_ANSWER), None)

    @property
    def papers_of_the_unit(self) -> list[Document]:
        """What the unit signs for: its own paper, the 申述答复 and the 摘牌通知书, as far as there are."""
        papers = (self.paper, self.plea_paper, self.delisting_paper)  # type: ignore[attr-defined] # of the measure
        return [one for one in papers if one is not None]

    def asks_for_receipt(self, paper: Document) -> bool:
        """Whether this paper of it is to be signed for: unsigned, and not its own once it was revoked."""
        own: Document = self.issued_paper  # type: ignore[attr-defined] # of the measure
        return paper.receipt_or_none is None and not (self.state == MeasureState.REVOKED and paper == own)

    @property
    def paper_to_sign(self) -> Document:
        """Which paper a receipt is of: the first of its own, 申述答复 and 摘牌通知书 that asks for one, or the last.

        Raises DoesNotExist before it is served.
        """
        own: Document = self.issued_paper  # type: ignore[attr-defined] # of the measure
        papers = self.papers_of_the_unit or [own]
        return next((one for one in papers if self.asks_for_receipt(one)), papers[-1])
