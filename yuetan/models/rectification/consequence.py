"""问责处理: what another body decided beyond rectification, recorded by one person and confirmed by another."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from yuetan.models.case.case import Case
from yuetan.rules.dates import clock
from yuetan.vocabulary import ConsequenceCheck, ConsequenceKind

_IS_WHOLE = ~Q(deciding_body="") & ~Q(paper_number="") & Q(decided_on__isnull=False)


class ConsequenceQuerySet(models.QuerySet["Consequence"]):
    """Questions about many consequences for those responsible."""

    def in_force(self) -> ConsequenceQuerySet:
        """What was decided, as far as entries that stand say so: confirmed ones, and old ones that need no paper."""
        stands = Q(check_outcome=ConsequenceCheck.CONFIRMED) | Q(is_without_paper=True, check_outcome="")
        decided = self.filter(stands).exclude(kind=ConsequenceKind.NONE_DECIDED)
        return decided.exclude(corrections__check_outcome=ConsequenceCheck.CONFIRMED)


class Consequence(models.Model):
    """One entry: what was decided, by whom, by which paper; an entry that was wrong stays, and a later one says so."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consequences")
    kind = models.CharField("处理方式", max_length=20, choices=ConsequenceKind.choices)
    deciding_body = models.CharField("作出决定的机关（职务）", max_length=100, blank=True)
    paper_number = models.CharField("决定文书文号", max_length=100, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    basis = models.TextField("处理决定的内容")
    is_without_paper = models.BooleanField("登记时不要求附决定文书", default=False)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name="更正的登记"
    )
    correction_reason = models.TextField("更正原因", blank=True)
    recorded_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    check_outcome = models.CharField("核对结果", max_length=20, choices=ConsequenceCheck.choices, blank=True)
    check_words = models.TextField("核对意见", blank=True)
    checked_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = ConsequenceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("recorded_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(is_without_paper=True) | Q(kind=ConsequenceKind.NONE_DECIDED) | _IS_WHOLE,
                name="consequence_names_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ConsequenceKind.NONE_DECIDED) | Q(corrects__isnull=False),
                name="only_a_correction_says_that_nothing_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, correction_reason="")
                | (Q(corrects__isnull=False) & ~Q(correction_reason="")),
                name="consequence_correction_has_its_reason",
            ),
            models.CheckConstraint(
                condition=Q(check_outcome="", checked_by=None, checked_at=None, check_words="")
                | (~Q(check_outcome="") & Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(check_words="")),
                name="consequence_check_is_whole",
            ),
            models.CheckConstraint(condition=~Q(recorded_by=F("checked_by")), name="recorder_does_not_check"),
            models.UniqueConstraint(
                fields=("corrects",),
                condition=~Q(check_outcome=ConsequenceCheck.NOT_AS_PAPER),
                name="one_correction_a_consequence",
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def awaits_confirmation(self) -> bool:
        """Whether a second person has still to compare it with the paper."""
        return not self.check_outcome and not self.is_without_paper

    @property
    def is_corrected(self) -> bool:
        """Whether a later entry that was confirmed stands in its place."""
        return any(one.check_outcome == ConsequenceCheck.CONFIRMED for one in self.corrections.all())

    @property
    def standing(self) -> str:
        """待核对、核对无误……, in a word; what was corrected says so."""
        if self.is_corrected:
            return "已由后来的登记更正"
        if self.is_without_paper and not self.check_outcome:
            return "登记时不要求附决定文书"
        return ConsequenceCheck(self.check_outcome).label if self.check_outcome else "待核对"
