"""What a measure of a 责任制 says, what its paper is called, and the digest by which a decision names it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from yuetan.models.ladder.handing_over import HandsOver
from yuetan.models.ladder.named_units import NamesUnits
from yuetan.models.ladder.rungs import PAPER_OF_RUNG, TITLES
from yuetan.models.office.read_once import once
from yuetan.rules.text.canonical_text import digest
from yuetan.vocabulary import DocumentKind, DoorKind, RungKind

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.measure_rows import CircumstanceAnswer, MeasureGround
    from yuetan.models.law.accountability import Accountability, Circumstance, Door, Rung
    from yuetan.models.law.regulation import Ground


class HasText(NamesUnits, HandsOver):
    """The words of a measure, with the grounds and circumstances of its text."""

    TEXT_LABELS: ClassVar[dict[str, str]] = {"matter": "事由", "facts": "存在的问题", "demands": "整改要求"}

    accountability: Accountability
    rung: Rung
    rung_id: int
    door: Door
    door_id: int
    door_words: str
    matter: str
    facts: str
    demands: str
    limit: date | None
    measure_grounds: RelatedManager[MeasureGround]
    circumstance_answers: RelatedManager[CircumstanceAnswer]

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """关于……的通报: that of its paper, before it is issued too."""
        kind = self.paper_kind
        unit = self.unit.full_name if kind == DocumentKind.VETO_PROPOSAL else ""
        return TITLES[kind].format(matter=self.matter, unit=unit)

    @property
    def paper_kind(self) -> DocumentKind:
        """What its rung is made known by: to the unit, or to the superior who decides about it."""
        return DocumentKind.VETO_PROPOSAL if self.goes_to_superior else PAPER_OF_RUNG[RungKind(self.rung.kind)]

    @property
    def rung_words(self) -> str:
        """一票否决（第三十条）, and whether somebody else decides it."""
        words = f"{self.rung.get_kind_display()}（{self.rung.article.name}）"
        return f"{words}，书面建议其上级主管单位决定" if self.goes_to_superior else words

    @property
    def needs_door_words(self) -> bool:
        """Whether people must say why its door stands: what no record shows."""
        return self.door.kind not in (DoorKind.GROUND, DoorKind.NOT_IN_TIME)

    @property
    def demanded(self) -> list[str]:
        """What it demands, each line one thing to be done."""
        return [line.strip() for line in self.demands.splitlines() if line.strip()]

    @property
    def grounds(self) -> list[Ground]:
        """The 情形 of its text on which it rests."""
        lead = self.lead
        rows = lead.measure_grounds.select_related("ground__article")
        read = once(("grounds", lead.pk), (rows.model,), lambda: list(rows))
        return [row.ground for row in read]

    @property
    def answers(self) -> list[CircumstanceAnswer]:
        """What was answered of each circumstance, in the order of the text."""
        lead = self.lead
        rows = lead.circumstance_answers.select_related("circumstance__article")
        ordered = rows.order_by("circumstance__article__number", "circumstance__number")
        return once(("answers", lead.pk), (rows.model,), lambda: list(ordered))

    def unanswered_circumstances(self) -> list[Circumstance]:
        """Those of its text that nobody has answered with a reason."""
        answered = self.lead.circumstance_answers.exclude(reason="").values("circumstance")
        return list(self.accountability.circumstances.select_related("article").exclude(pk__in=answered))

    @property
    def digest(self) -> str:
        """The digest of the text, by which a decision names the text that was shown; one for all whom it names."""
        return self.lead.digest if self.copy_of is not None else digest(self.bound_content)

    @property
    def bound_content(self) -> list[object]:
        """What that digest is of: the unit first, then everything that was written."""
        texts = [
            self.proposed_unit.pk,
            self.rung_id,
            self.door_id,
            self.door_words,
            self.matter,
            self.facts,
            self.demands,
        ]
        grounds = sorted(ground.pk for ground in self.grounds)
        answers = [[each.circumstance_id, each.applies, each.reason] for each in self.answers]
        further = [unit.pk for unit in self.further_units]
        return [[str(one) for one in texts], str(self.limit), grounds, answers, *([further] if further else [])]
