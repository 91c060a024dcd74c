"""The written material of the interviewed side (书面材料), every version kept."""

from django.db import models
from django.db.models import Q

from yuetan.models.case.case import Case
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.rules.dates import clock
from yuetan.rules.text import canonical_text
from yuetan.vocabulary import SubmissionPart


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Questions about the versions of a case."""

    def drafts(self) -> "SubmissionQuerySet":
        """The version being prepared: the interviewed side's own until it is handed in."""
        return self.filter(handed_in_at=None)

    def handed_in(self) -> "SubmissionQuerySet":
        """Versions handed in, newest first."""
        return self.exclude(handed_in_at=None).order_by("-version")


class Submission(models.Model):
    """One version of the written material under its four headings."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    version = models.PositiveSmallIntegerField()
    situation = models.TextField(SubmissionPart.SITUATION.label, blank=True)
    problems = models.TextField(SubmissionPart.PROBLEMS.label, blank=True)
    causes = models.TextField(SubmissionPart.CAUSES.label, blank=True)
    measures = models.TextField(SubmissionPart.MEASURES.label, blank=True)
    prepared_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    handed_in_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField(null=True)
    due_on = models.DateField("提交时的期限", null=True, blank=True)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="submissions")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("case", "-version")
        constraints = (
            models.UniqueConstraint(fields=("case", "version"), name="one_submission_per_version"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(handed_in_at=None), name="one_submission_draft_a_case"
            ),
        )

    def __str__(self) -> str:
        return f"书面材料第{self.version}稿"

    def part(self, part: SubmissionPart) -> str:
        """The text under one heading."""
        return str(getattr(self, part.value))

    @property
    def digest(self) -> str:
        """The digest of its texts and files; who hands it in names by it what was read."""
        texts = {part.value: self.part(part) for part in SubmissionPart}
        files = sorted([file.part, file.sha256] for file in self.attachments.all())
        return canonical_text.digest({"texts": texts, "files": files})

    @property
    def missing_parts(self) -> list[SubmissionPart]:
        """Headings without text."""
        return [part for part in SubmissionPart if not self.part(part).strip()]

    @property
    def is_after_interview(self) -> bool:
        """约谈后补交: handed in when the time of the interview had come; a later time given since makes it timely."""
        assert self.case.scheduled_at is not None
        return self.handed_in_at is not None and self.handed_in_at >= self.case.scheduled_at

    @property
    def is_late(self) -> bool:
        """逾期提交: handed in after the day that was its limit then."""
        return clock.came_after(self.handed_in_at, self.due_on)

    @property
    def lateness(self) -> str:
        """The mark it bears wherever it is shown; empty for what came in time."""
        if self.handed_in_at is None:
            return ""
        return "约谈后补交" if self.is_after_interview else "逾期提交" if self.is_late else ""
