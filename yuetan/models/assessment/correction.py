"""考核更正: what of one sheet is put right after the result was published, decided by a second person, once."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from yuetan.models.assessment.sheet import AssessmentSheet
from yuetan.models.assessment.ties import tied_then
from yuetan.rules.assessment.scoring import rank_words
from yuetan.rules.dates import clock
from yuetan.vocabulary import AssessmentGrade

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.assessment.assessment_paper import AssessmentPaper
    from yuetan.models.people.user import User

UNDECIDED = Q(
    granted=None, decided_by=None, decided_at=None, opinion="", total=None, rank=0, grade="", document=None
) & Q(former_total=None, former_rank=0, former_grade="")
DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(opinion="")
REFUSED = Q(granted=False, total=None, rank=0, grade="", document=None) & Q(
    former_total=None, former_rank=0, former_grade=""
)
GRANTED = Q(granted=True, total__isnull=False, rank__gt=0, former_total__isnull=False, former_rank__gt=0) & ~(
    Q(grade="") | Q(former_grade="") | Q(document=None)
)


class AssessmentCorrectionQuerySet(models.QuerySet["AssessmentCorrection"]):
    """Questions about many corrections of issued 考核结果."""

    def undecided(self) -> AssessmentCorrectionQuerySet:
        """Those that wait for who decides."""
        return self.filter(decided_at=None)

    def granted(self) -> AssessmentCorrectionQuerySet:
        """Those by which a result was put right, the earliest first."""
        return self.filter(granted=True).order_by("decided_at", "pk")

    def with_ties(self) -> AssessmentCorrectionQuerySet:
        """Each knowing whether another unit shared the rank that its unit had before and has since."""
        was, since = tied_then("former_total", "decided_at"), tied_then("total", "decided_at")
        return self.annotate(had_shared_rank=was, has_shared_rank=since)

    def visible_to(self, user: User) -> AssessmentCorrectionQuerySet:
        """Who sees the sheet whole; the unit, and who holds a post in it, what was granted alone (回避)."""
        sheets = AssessmentSheet.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(granted=True) | ~Q(sheet__unit__in=user.interviewed_units), sheet__in=sheets)


class AssessmentCorrection(models.Model):
    """Proposed with a reason and its proof; granted, it keeps what the unit had before and has since.

    `lines`: of each line that is put right its key and name, its points `before`, its `points`, and, where one record
    makes a unit 不合格, whether any `stands`. `document` is the 更正通报.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(AssessmentSheet, models.PROTECT, related_name="corrections")
    lines = models.JSONField("更正的得分", default=list)
    reason = models.TextField("更正原因")
    proposed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    granted = models.BooleanField(null=True)
    opinion = models.TextField("审定意见", blank=True)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    former_total = models.DecimalField("原总分", max_digits=5, decimal_places=1, null=True, blank=True)
    former_rank = models.PositiveIntegerField("原名次", default=0)
    former_grade = models.CharField("原等次", max_length=12, choices=AssessmentGrade.choices, blank=True)
    total = models.DecimalField("更正后总分", max_digits=5, decimal_places=1, null=True, blank=True)
    rank = models.PositiveIntegerField("更正后名次", default=0)
    grade = models.CharField("更正后等次", max_length=12, choices=AssessmentGrade.choices, blank=True)
    document = models.OneToOneField(
        "yuetan.Document", models.PROTECT, null=True, blank=True, related_name="assessment_correction"
    )

    sheet_id: uuid.UUID
    proposed_by_id: int
    document_id: uuid.UUID | None
    papers: RelatedManager[AssessmentPaper]
    objects = AssessmentCorrectionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("proposed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("sheet",), condition=Q(decided_at=None), name="one_open_assessment_correction"
            ),
            models.CheckConstraint(
                condition=UNDECIDED | (DECIDED & (REFUSED | GRANTED)), name="assessment_correction_is_decided_whole"
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="two_persons_correct_assessment"),
        )

    def __str__(self) -> str:
        return f"{self.sheet}的更正"

    @cached_property
    def had_shared_rank(self) -> bool:
        """Whether another unit had the rank that was put right; asked when it is first wanted, or by `with_ties`."""
        return AssessmentCorrection.objects.filter(tied_then("former_total", "decided_at"), pk=self.pk).exists()

    @cached_property
    def has_shared_rank(self) -> bool:
        """Whether another unit had the rank to which it was put right."""
        return AssessmentCorrection.objects.filter(tied_then("total", "decided_at"), pk=self.pk).exists()

    @property
    def former_words(self) -> str:
        """81.0分，第2名，合格."""
        rank = rank_words(self.former_rank, shared=self.had_shared_rank)
        return f"{self.former_total}分，{rank}，{self.get_former_grade_display()}"

    @property
    def result_words(self) -> str:
        """76.0分，并列第3名，不合格."""
        rank = rank_words(self.rank, shared=self.has_shared_rank)
        return f"{self.total}分，{rank}，{self.get_grade_display()}"

    @property
    def line_words(self) -> list[str]:
        """来函办理：15.0 分更正为 20.0 分，记录均不成立; a line each."""
        return [_line_in_words(line) for line in self.lines]


def _line_in_words(line: dict[str, object]) -> str:
    points = f"{line['before']} 分更正为 {line['points']} 分" if line["before"] != line["points"] else "得分不变"
    stands = {True: "，有记录成立，据此为不合格", False: "，记录均不成立，不据此为不合格", None: ""}
    return f"{line['name']}：{points}{stands[line['stands']]}"  # type: ignore[index] # one of the three
