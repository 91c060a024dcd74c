"""纸质代录: what a unit handed in on paper, registered by the office on its behalf with the signed scan."""

from uuid import UUID

from django.db import models
from django.utils import timezone

from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.people.unit import Post
from yuetan.models.subjects import of_exactly_one, subject_of
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary.naming import NAMES


class PaperFiling(models.Model):
    """One paper of the interviewed side: who signed it, who brought it and when, who registered it, and its scan."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="paper_filings")
    letter = models.OneToOneField(
        "yuetan.Letter", models.PROTECT, null=True, blank=True, related_name="paper_filing"
    )  # a letter is answered once
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="paper_filings"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="paper_filings")
    verb = models.CharField("代录的步骤", max_length=40)
    signer = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name="签字的主要领导")
    brought_by = models.CharField("送交人", max_length=40)
    brought_by_title = models.CharField("送交人职务", max_length=200)
    received_at = models.DateTimeField("收到时间")
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+", verbose_name="登记人")
    registered_at = models.DateTimeField("登记时间", default=clock.now)
    scan = models.OneToOneField("yuetan.Attachment", models.PROTECT, related_name="paper_filing")

    registered_by_id: int
    scan_id: UUID

    class Meta:
        default_permissions = ()
        ordering = ("registered_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=of_exactly_one(),
                name="filing_of_one_subject",
            ),
            models.CheckConstraint(
                condition=~models.Q(brought_by="") & ~models.Q(brought_by_title=""),
                name="filing_was_brought_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(received_at__lte=models.F("registered_at")), name="filing_is_received_first"
            ),
        )

    def __str__(self) -> str:
        return f"{subject_of(self)}：{self.brought_by}送交的纸质材料"

    def words_for(self, *, inner: bool) -> str:
        """纸质代录 with signer, bringer, days and registrar; the interviewed side reads the office for the officer."""
        received = official_text.chinese_datetime(timezone.localtime(self.received_at))
        registered = official_text.chinese_date(timezone.localtime(self.registered_at))
        office = self.registered_by.name if inner else NAMES["the_office"]
        brought = f"{self.brought_by}（{self.brought_by_title}）"
        return f"纸质代录：{self.signer.holder.name}签字，{brought}于{received}送交，{office}于{registered}登记"
