"""What 挂牌督办 adds to a measure: its work team, and its end by 摘牌."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuetan.models.flow.step import transition_of
from yuetan.models.ladder.listed_steps import LISTED_STEPS
from yuetan.rules.dates import clock
from yuetan.vocabulary import DocumentKind, MeasureState, RungKind, Verb

if TYPE_CHECKING:
    from datetime import date

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.listing import DelistingRequest, TeamMembership, TeamReport
    from yuetan.models.law.accountability import Rung
    from yuetan.models.papers.document import Document


class EndsByDelisting:
    """Questions about the team and the end of a listing; of other rungs there is none of it."""

    state: str
    rung: Rung
    met_on: date | None
    documents: RelatedManager[Document]
    team_members: RelatedManager[TeamMembership]
    team_reports: RelatedManager[TeamReport]
    delisting_requests: RelatedManager[DelistingRequest]

    @transition_of("state", LISTED_STEPS, Verb.GRANT_DELISTING)
    def grant_delisting(self) -> None:
        """摘牌: its target is found met today; what it closed runs on."""
        self.met_on = clock.today()

    @property
    def is_listing(self) -> bool:
        """Whether it is a 挂牌督办."""
        return self.rung.kind == RungKind.LISTED_SUPERVISION

    @property
    def delistings_asked(self) -> list[DelistingRequest]:
        """What was asked and is not decided: of the unit one at most, and of the office."""
        return [one for one in self.delisting_requests.all() if one.granted is None]

    @property
    def delisting_paper(self) -> Document | None:
        """The 摘牌通知书; None before, and for what ended otherwise."""
        return next((one for one in self.documents.all() if one.kind == DocumentKind.DELISTING), None)

    @property
    def end_words(self) -> str:
        """How a listing stands once it has ended: 已摘牌; empty for any other."""
        return "已摘牌" if self.is_listing and self.state == MeasureState.ENDED else ""
