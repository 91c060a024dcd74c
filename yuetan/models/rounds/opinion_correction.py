"""更正督导意见书: concluded anew, drafted by one person, issued by another; what stood is kept beside it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, NotRequired, Self, TypedDict

from django.db import models
from django.db.models import F, Q

from yuetan.models.flow.paper_correction import PaperCorrection, PaperCorrectionQuerySet
from yuetan.models.flow.signed_for import SignedFor, signed_for, signed_whole
from yuetan.models.rounds.finding import RoundFinding
from yuetan.models.rounds.visit import RoundVisit

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.rounds.round_file import RoundFile


class FindingText(TypedDict):
    """One thing seen; `key` of the finding that says it so, empty for one that is written with the correction.

    `answers` is absent in what was drafted before findings had it.
    """

    key: str
    number: int
    seen_on: str
    place: str
    words: str
    is_problem: bool
    answers: NotRequired[int | None]
    seen_by: list[list[object]]


class ConcludedText(TypedDict):
    """The 集体结论; by the columns of the visit, for a trigger compares it with them."""

    conclusion: str
    demands: str
    discussion: str
    concluded_on: str
    concluded_by: list[list[object]]


class OpinionText(TypedDict):
    """What a 督导意见书 is made of, and how it was come to."""

    visit: ConcludedText
    findings: list[FindingText]


def opinion_text(visit: RoundVisit) -> OpinionText:
    """What stands of a visit that was concluded."""
    return {
        "visit": {
            "conclusion": visit.conclusion,
            "demands": visit.demands,
            "discussion": visit.discussion,
            "concluded_on": visit.concluded_on.isoformat() if visit.concluded_on else "",
            "concluded_by": visit.concluded_by,
        },
        "findings": [finding_text(one) for one in RoundFinding.objects.standing_of(visit)],
    }


def finding_text(one: RoundFinding) -> FindingText:
    """What a finding says."""
    return {
        "key": str(one.pk),
        "number": one.number,
        "seen_on": one.seen_on.isoformat(),
        "place": one.place,
        "words": one.words,
        "is_problem": one.is_problem,
        "answers": one.answers,
        "seen_by": one.seen_by,
    }


def problems_in(text: OpinionText) -> list[str]:
    """The words of the problems, as they stand in it."""
    return [one["words"] for one in text["findings"] if one["is_problem"]]


def printed_in(text: OpinionText) -> list[object]:
    """What of it the paper prints."""
    findings = [[one["words"], one["is_problem"], one["seen_on"]] for one in text["findings"]]
    return [text["visit"]["conclusion"], text["visit"]["demands"], findings]


class OpinionCorrectionQuerySet(PaperCorrectionQuerySet["OpinionCorrection"]):
    """Questions about many corrections of issued 督导意见."""

    def issued(self) -> Self:
        """Those in force once, the first one first, with who had signed for what stood."""
        return super().issued().select_related("received_by")


class OpinionCorrection(PaperCorrection):
    """One correction of a 督导意见书; what is `received` says who had signed for what stood."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(RoundVisit, models.PROTECT, related_name="corrections")
    received_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    received_name = models.CharField("更正前纸质回执的签收人", max_length=40, blank=True)
    received_title = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField("更正前的签收时间", null=True, blank=True)

    visit_id: uuid.UUID
    files: RelatedManager[RoundFile]
    objects = OpinionCorrectionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("visit", "drafted_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("visit",),
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="one_opinion_correction_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None, received_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, withdrawn_at=None)
                & ~Q(confirmed_by=F("drafted_by")),
                name="opinion_correction_of_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="opinion_correction_is_withdrawn_whole",
            ),
            models.CheckConstraint(condition=signed_whole(), name="opinion_before_was_received_whole"),
        )

    def __str__(self) -> str:
        return f"{self.visit}督导意见书的更正"

    @property
    def receipt(self) -> SignedFor | None:
        """Who had signed for what stood, if anybody had."""
        return signed_for(self)
