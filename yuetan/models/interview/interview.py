"""The interview (约谈), its measures and its minutes (纪要)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from yuetan.models.case.case import Case
from yuetan.models.interview.minutes_version import MeasureText, measure_texts
from yuetan.models.papers.paper_filing import PaperFiling
from yuetan.models.people.unit import Post
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import Attendance, MinutesAnswer, ReportRhythm

if TYPE_CHECKING:
    from yuetan.models.people.user import User


class Interview(models.Model):
    """The record of one interview: discussion and agreed measures."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="interview")
    held_on = models.DateField("约谈日期")
    place = models.CharField("约谈地点", max_length=200)
    interviewer = models.ForeignKey(Post, models.PROTECT, related_name="+")
    recorder = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    problems = models.TextField("事由目的、通报的问题")
    statement = models.TextField("陈述说明")
    discussion = models.TextField("讨论分析")
    submission_missing = models.BooleanField("书面材料未提交", default=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.case}（{self.held_on:%Y-%m-%d}）"

    @property
    def absent_people(self) -> set[int]:
        """Keys of the interviewees who are recorded as absent without leave."""
        absent = self.attendances.filter(attendance=Attendance.ABSENT)
        return set(absent.values_list("post__holder", flat=True))

    @property
    def attendance_texts(self) -> list[str]:
        """Who was there, who was not and why, and whether the written material was missing, in words."""
        came = [one.words for one in self.attendances.select_related("post__holder")]
        others = [one.words for one in self.participants.all()]
        return attendance_words([*came, *others], submission_missing=self.submission_missing)


def attendance_words(people: Iterable[str], *, submission_missing: bool) -> list[str]:
    """Who was there and who was not, person by person, and whether the written material was missing."""
    return [*people, *(["书面材料未提交"] if submission_missing else [])]


class AgreedMeasure(models.Model):
    """What is to be done, by whom, and what must show that it is done; agreed in the interview, the same ever after.

    The standard is empty where measures were fixed before any was asked for: then none was agreed.
    """

    number = models.PositiveSmallIntegerField()
    content = models.TextField("整改措施")
    responsible_person = models.CharField("责任人", max_length=60)
    proof_required = models.CharField("佐证要求", max_length=300)
    acceptance_standard = models.CharField("验收标准", max_length=300, blank=True)
    report_rhythm = models.CharField("进展报告", max_length=20, choices=ReportRhythm.choices, blank=True)

    # What a task takes over from its measure, nothing retyped.
    AGREED_FIELDS = (
        "number",
        "content",
        "responsible_person",
        "proof_required",
        "acceptance_standard",
        "report_rhythm",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}. {self.content}"

    @property
    def standard_words(self) -> str:
        """The standard as pages show it, or that none was agreed."""
        return self.acceptance_standard or "未约定"

    @property
    def rhythm_words(self) -> str:
        """每月报告一次进展; empty where no reports on the way were agreed."""
        return ReportRhythm(self.report_rhythm).words

    @property
    def agreed(self) -> dict[str, str]:
        """All of it, to be taken over."""
        return {name: getattr(self, name) for name in self.AGREED_FIELDS}


class Measure(AgreedMeasure):
    """One 整改措施 with its time limit, fixed in the interview."""

    interview = models.ForeignKey(Interview, models.PROTECT, related_name="measures")
    due_on = models.DateField("时限")

    class Meta:
        default_permissions = ()
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("interview", "number"), name="one_measure_per_number"),)


class MinutesText(models.Model):
    """The text of minutes, with its digest."""

    TEXTS: ClassVar[tuple[str, ...]] = ("problems", "statement", "discussion", "copied_to")
    ANSWERS: ClassVar[tuple[str, ...]]
    copied_to: str

    class Meta:
        abstract = True

    @property
    def copied_units(self) -> list[str]:
        """Whom the minutes are copied to, one by one."""
        return official_text.names_in(self.copied_to)

    @property
    def measure_texts(self) -> list[MeasureText]:
        """The measures that are printed with the text, in words."""
        raise NotImplementedError

    @property
    def attendance_texts(self) -> list[str]:
        """Who was there, in words; nothing where this text does not say it anew."""
        return []

    @property
    def digest(self) -> str:
        """The digest of all that is printed from this row; a step names by it the text that was read."""
        texts = (getattr(self, name) for name in (*self.TEXTS, *self.ANSWERS))
        printed = [*texts, self.measure_texts, self.attendance_texts]
        return hashlib.sha256(json.dumps(printed, ensure_ascii=False).encode()).hexdigest()


class Minutes(MinutesText):
    """The text of the minutes on its way to being issued."""

    ANSWERS = ("answer", "objection")

    case = models.OneToOneField(Case, models.PROTECT, related_name="minutes")
    problems = models.TextField("通报的问题")
    statement = models.TextField("陈述说明")
    discussion = models.TextField("讨论分析")
    copied_to = models.CharField("抄送", max_length=300)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_acting = models.CharField("代行确认的原因", max_length=300, blank=True)
    returned_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField("退回原因", blank=True)
    sent_at = models.DateTimeField(null=True)
    answer_until = models.DateField(null=True)
    answer = models.CharField(max_length=10, choices=MinutesAnswer.choices, blank=True)
    objection = models.TextField("异议", blank=True)
    objection_reply = models.TextField("对异议的答复", blank=True)
    answered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    paper_filing = models.ForeignKey(PaperFiling, models.PROTECT, null=True, blank=True, related_name="minutes")

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=~Q(answer=MinutesAnswer.OBJECTED) | ~Q(objection=""), name="objection_has_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case}纪要"

    @property
    def measure_texts(self) -> list[MeasureText]:
        """Those of the interview, as they stand."""
        return measure_texts(self.case.interview.measures.all())

    @property
    def attendance_texts(self) -> list[str]:
        """Those of the interview, as they stand."""
        return self.case.interview.attendance_texts

    @property
    def standing_words(self) -> dict[str, str]:
        """Whether the interviewer confirmed or returned the text and what the unit answered, in words to be kept."""
        return {
            "confirmed": _by(self.confirmed_by, self.confirmed_at),
            "returned": _by(self.returned_by, self.returned_at, self.return_reason),
            "sent": official_text.chinese_date(timezone.localtime(self.sent_at)) if self.sent_at else "",
            "answered": _by(
                self.answered_by, self.answered_at, f"{self.get_answer_display()}　{self.objection}".strip()
            ),
        }

    @property
    def is_awaiting_answer(self) -> bool:
        """Sent, not answered, and the office's limit has not passed."""
        if self.sent_at is None or self.answer or self.answer_until is None:
            return False
        return clock.today() <= self.answer_until

    @property
    def is_answered_late(self) -> bool:
        """Answered after the office's limit: taken all the same, as long as the minutes are not issued."""
        return clock.came_after(self.answered_at, self.answer_until)


class MinutesCorrection(MinutesText):
    """更正: a new text for minutes already issued; it is issued once the interviewer approves it."""

    ANSWERS = ("reason",)

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    reason = models.CharField("更正原因", max_length=200)
    problems = models.TextField("通报的问题")
    statement = models.TextField("陈述说明")
    discussion = models.TextField("讨论分析")
    copied_to = models.CharField("抄送", max_length=300, blank=True)
    measures = models.JSONField("整改措施", null=True)
    who_was_there = models.JSONField("到会情况", null=True)
    proposed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField("放弃更正的原因", blank=True, db_default="")

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=("case",),
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="one_open_correction_per_case",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False, confirmed_at=None)
                & ~Q(withdrawal_reason=""),
                name="minutes_correction_is_withdrawn_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case}纪要更正"

    @property
    def is_open(self) -> bool:
        """Whether it waits for the interviewer: neither in force nor given up."""
        return self.confirmed_at is None and self.withdrawn_at is None

    @property
    def measure_texts(self) -> list[MeasureText]:
        """As they shall read; a correction from before measures could be corrected leaves them as they stand."""
        return measure_texts(self.case.interview.measures.all()) if self.measures is None else self.measures

    @property
    def attendance_texts(self) -> list[str]:
        """As they shall read; a correction from before who came could be corrected leaves them as they stand."""
        kept = self.who_was_there
        return self.case.interview.attendance_texts if kept is None else kept["words"]


def _by(who: User | None, when: datetime | None, words: str = "") -> str:
    """孙六，2026年11月23日：……; empty where nobody did."""
    if who is None or when is None:
        return ""
    added = f"：{words}" if words else ""
    return f"{who.name}，{official_text.chinese_date(timezone.localtime(when))}{added}"
