"""申述: what a unit has to say against a measure laid on it, said once; and what was decided on it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_text import digest
from yuetan.vocabulary import PleaOutcome, PleaStanding

NOT_STATED = Q(words="", stated_by=None, stated_at=None, answer_due_on=None, filing=None)
STATED = Q(stated_by__isnull=False, stated_at__isnull=False) & ~Q(words="")
NOT_WITHDRAWN = Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
WITHDRAWN = Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, stated_at__isnull=False)
ANSWERED = Q(outcome__in=PleaOutcome.values, drafted_by__isnull=False, drafted_at__isnull=False)
ANSWERED &= Q(stated_at__isnull=False) & ~Q(grounds="")
UNDECIDED = Q(decided_by=None, decided_at=None, document=None)
DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False, document__isnull=False, drafted_at__isnull=False)


class Plea(models.Model):
    """The plea against one measure: the unit's own draft until it is stated; then its words change no more.

    The answer is drafted by one person and decided by another; `decision_item` is that of the meeting where a meeting
    laid the measure. It is withdrawn or decided, once.
    """

    measure_laid = models.OneToOneField(AccountabilityMeasure, models.PROTECT, related_name="plea")
    draft = models.TextField("申述草稿", blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    words = models.TextField("申述意见", blank=True)
    stated_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    stated_at = models.DateTimeField("申述时间", null=True, blank=True)
    filing = models.OneToOneField("yuetan.PaperFiling", models.PROTECT, null=True, blank=True, related_name="+")
    answer_due_on = models.DateField("答复期限", null=True, blank=True)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("撤回原因", blank=True)
    outcome = models.CharField("答复结果", max_length=20, choices=PleaOutcome.choices, blank=True)
    grounds = models.TextField("答复理由", blank=True)
    decision_item = models.ForeignKey(
        "yuetan.AgendaItem", models.PROTECT, null=True, blank=True, related_name="decided_pleas"
    )
    drafted_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    drafted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("答复时间", null=True, blank=True)
    document = models.OneToOneField("yuetan.Document", models.PROTECT, null=True, blank=True, related_name="+")

    drafted_by_id: int | None
    decision_item_id: int | None
    filing_id: int | None

    class Meta:
        default_permissions = ()
        ordering = ("measure_laid",)
        indexes = (models.Index(fields=("answer_due_on", "id"), name="plea_by_due_day"),)
        constraints = (
            models.CheckConstraint(condition=NOT_STATED | STATED, name="plea_is_stated_whole"),
            models.CheckConstraint(condition=NOT_WITHDRAWN | (WITHDRAWN & UNDECIDED), name="plea_is_withdrawn_whole"),
            models.CheckConstraint(
                condition=Q(drafted_by=None, drafted_at=None) | ANSWERED, name="plea_answer_is_drafted_whole"
            ),
            models.CheckConstraint(condition=UNDECIDED | DECIDED, name="plea_is_decided_whole"),
            models.CheckConstraint(condition=~Q(drafted_by=F("decided_by")), name="plea_is_answered_by_two_persons"),
        )

    def __str__(self) -> str:
        return f"{self.measure_laid}的申述"

    @property
    def is_waiting(self) -> bool:
        """Stated, and neither withdrawn nor decided."""
        return self.stated_at is not None and self.withdrawn_at is None and self.decided_at is None

    @property
    def standing(self) -> PleaStanding | None:
        """How it stands; None while it is the unit's own draft."""
        if self.stated_at is None:
            return None
        if self.withdrawn_at is not None:
            return PleaStanding.WITHDRAWN
        return PleaStanding(self.outcome) if self.decided_at is not None else PleaStanding.WAITING

    @property
    def answer_digest(self) -> str:
        """The digest of the answer as it is drafted, by which a decision names what was shown."""
        return digest([self.outcome, self.grounds, str(self.decision_item_id), str(self.drafted_at)])
