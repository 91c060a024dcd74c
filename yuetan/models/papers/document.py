"""Issued papers: number, frozen wording, receipt."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.utils import timezone

from yuetan import permissions
from yuetan.errors import NotYours
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.inquiry import RestrictionInquiry
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter
from yuetan.models.meeting.agenda_item import AgendaItem
from yuetan.models.meeting.meeting import Meeting
from yuetan.models.office.written_words import grams
from yuetan.models.papers.kinds import SIGNED_BY_A_DAY, SIGNED_FOR, UNSEALED_KINDS
from yuetan.models.papers.number import BY_NUMBER, NumberEntry
from yuetan.models.papers.statistics_sheet import StatisticsSheet
from yuetan.models.people.unit import Unit
from yuetan.models.subjects import SUBJECTS, Subject, known_of, of_exactly_one, subject_of
from yuetan.rules.dates import clock
from yuetan.rules.text import official_text
from yuetan.vocabulary import DocumentKind, DocumentStatus, MeasureState

if TYPE_CHECKING:
    from yuetan.models.people.user import User

LACKS_PDF = Q(pdf="") & ~Q(wording_sha256="")
# One exemplar of a paper to several units is scanned for all of them.
LACKS_SCAN = Q(is_scanned=False, replaced_by=None, copy_of=None) & ~Q(kind__in=UNSEALED_KINDS)
BY_NUMBER_ALONE = ("prefix", "year", "serial")
HAS_LIMIT = Q(receipt_due_on__isnull=False)
NEWEST_FIRST = ("-issued_at", "-serial", "-id")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Questions about many papers."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """Papers of what this person may see; `open_to` is set as long as these are open.

        统计表 and 复函 are read by the inner side, without who must keep away from a unit, or may not know of a case:
        they count what is inner of it, or answer of it.
        """
        if self.shows_all_to(user):
            return self.all()
        if not self.shows_a_role(user):
            return self.filter(open_to__in=user.interviewed_units)
        # A sheet counts what is inner of every unit, and a 复函 answers of all that the register holds.
        units = user.interviewed_units
        own = Q(case__unit__in=units) | Q(measure_laid__unit__in=units) | Q(visit__unit__in=units)
        own |= Q(analysis__under__in=units)
        others = ~own & Q(sheet=None, inquiry=None)
        seen = self.filter(Q(open_to__isnull=False) | others & self._of_meetings(user), known_of(SUBJECTS, user))
        return seen.filter(self._of_secret_rounds(user)) if units else seen

    def _of_meetings(self, user: User) -> Q:
        """会议纪要 of meetings that had before them what the person may not see are hidden whole."""
        hidden = AgendaItem.objects.meetings_not_whole_to(user)
        return ~Q(kind=DocumentKind.MEETING_MINUTES, meeting__in=hidden)

    def _of_secret_rounds(self, user: User) -> Q:
        """Of 明察暗访 that is secret from a unit of the person's no paper to another unit tells either."""
        visits = Document.visit.field.related_model.objects  # type: ignore[attr-defined] # of a layer above
        secret = visits.secret_from(user).order_by().values("round")
        return Q(visit=None) | ~Q(visit__round__in=secret)

    def shows_all_to(self, user: User) -> bool:
        """Whether there is no paper that the person may not see."""
        return all(model.objects.all().shows_all_to(user) for model in SUBJECTS.values())

    def shows_a_role(self, user: User) -> bool:
        """Whether the person sees, by a role, papers about the matters of all units, but for a few (回避, 知悉范围)."""
        return all(user.has_perm(permissions.name(model.objects.all().sees)) for model in SUBJECTS.values())

    def for_lists(self) -> DocumentQuerySet:
        """With what a row of a list shows, and without the wording."""
        return self.select_related("entry", "receipt__signed_by").defer("html", "facts")

    def for_verification(self) -> DocumentQuerySet:
        """Only what an outsider may see: of the title no more than its length."""
        columns = ("prefix", "year", "serial", "issued_at", "replaced_by_id", "entry__voided_at")
        signs = Func("title", Value(r"\s"), Value(""), Value("g"), function="regexp_replace")
        lengths = self.annotate(title_length=Length(signs))
        return lengths.select_related("entry").only(*columns, "wording_sha256", "pdf_sha256", "page_count")

    def under_number_of(self, paper: Document) -> DocumentQuerySet:
        """The paper with every copy that bears its number; of one that went to a single unit itself."""
        first = paper.copy_of_id or paper.pk
        return self.filter(Q(pk=first) | Q(copy_of=first))

    def still_in_force(self) -> DocumentQuerySet:
        """Those whose measure was not revoked by 申述."""
        return self.exclude(measure_laid__state=MeasureState.REVOKED).order_by("pk")

    def without_pdf(self) -> DocumentQuerySet:
        """Papers of which no PDF is stored yet, those that have waited longest first.

        Papers from before they bore a digest are not among them: of these a PDF is made when it is asked for.
        """
        return self.filter(LACKS_PDF).order_by("issued_at")

    def unsigned(self) -> DocumentQuerySet:
        """Papers in force, of kinds that the addressee signs for, for which nobody has signed."""
        return self.filter(kind__in=SIGNED_FOR, receipt=None, entry__voided_at=None, replaced_by=None)

    def of_measures_to_sign(self) -> DocumentQuerySet:
        """Those of them that the unit of a measure signs for; what was revoked by 申述 asks for its answer alone."""
        revoked = Q(measure_laid__state=MeasureState.REVOKED, pk=F("measure_laid__paper"))
        return self.unsigned().filter(kind__in=SIGNED_BY_A_DAY).exclude(revoked)

    def without_scan(self) -> DocumentQuerySet:
        """Papers in force that bear a seal and whose stamped scan has not been uploaded."""
        return self.filter(LACKS_SCAN, entry__voided_at=None)


class Document(models.Model):
    """One issued paper; its wording is frozen when its number is taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField("文种", max_length=24, choices=DocumentKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="documents")
    letter = models.OneToOneField(Letter, models.PROTECT, null=True, blank=True, related_name="document")
    measure_laid = models.ForeignKey(
        AccountabilityMeasure, models.PROTECT, null=True, blank=True, related_name="documents"
    )
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, blank=True, related_name="documents")
    sheet = models.OneToOneField(StatisticsSheet, models.PROTECT, null=True, blank=True, related_name="document")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="documents")
    inquiry = models.OneToOneField(RestrictionInquiry, models.PROTECT, null=True, blank=True, related_name="document")
    assessment = models.ForeignKey("yuetan.Assessment", models.PROTECT, null=True, blank=True, related_name="documents")
    copy_of_id: uuid.UUID | None
    visit = models.ForeignKey("yuetan.RoundVisit", models.PROTECT, null=True, blank=True, related_name="documents")
    analysis = models.OneToOneField(
        "yuetan.ReportAnalysis", models.PROTECT, null=True, blank=True, related_name="document"
    )
    open_to = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)  # indexed below
    copy_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="copies")  # same number
    entry = models.OneToOneField(NumberEntry, models.PROTECT, related_name="document")
    prefix = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    title = models.CharField("标题", max_length=300)
    addressee = models.CharField("主送", max_length=1300)  # of several units each with its organs
    html = models.TextField()
    facts = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64)
    is_earlier = models.BooleanField("补录", default=False)
    issued_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField("印发时间", default=clock.now)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    check_code = models.CharField(max_length=16, null=True, unique=True)  # noqa: DJ001 - older papers bear none
    wording_sha256 = models.CharField(
        max_length=64, blank=True
    )  # of rules/text/canonical_wording; older papers have none
    pdf = models.FileField(upload_to="documents/%Y/", blank=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    page_count = models.PositiveSmallIntegerField(null=True)
    title_length: int  # of `for_verification` alone
    is_scanned = models.BooleanField("已上传盖章扫描件", default=False)
    receipt_due_on = models.DateField("签收期限", null=True, blank=True)  # of `SIGNED_BY_A_DAY`
    receipt_director_on = models.DateField("签收逾期报主任的期限", null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("document")
        ordering = NEWEST_FIRST
        indexes = (
            models.Index(fields=("case", "kind")),
            models.Index(fields=NEWEST_FIRST, name="document_newest"),
            models.Index(fields=("open_to", *NEWEST_FIRST), name="document_of_unit"),
            models.Index(fields=("kind", *NEWEST_FIRST), name="document_of_kind"),
            models.Index(fields=("year", *NEWEST_FIRST), name="document_of_year"),
            models.Index(fields=BY_NUMBER, name="document_by_number"),
            models.Index(fields=NEWEST_FIRST, condition=LACKS_SCAN, name="document_lacks_scan"),
            models.Index(fields=("issued_at",), condition=LACKS_PDF, name="document_lacks_pdf"),
            models.Index(fields=("receipt_due_on", "id"), condition=HAS_LIMIT, name="document_by_receipt_limit"),
            GinIndex(*map(grams, ("title", "addressee", "prefix")), name="document_by_words"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=BY_NUMBER_ALONE, condition=Q(is_earlier=False, copy_of=None), name="one_document_per_number"
            ),
            models.CheckConstraint(
                condition=of_exactly_one("sheet", "meeting", "inquiry", "assessment", "visit", "analysis"),
                name="document_of_one_subject",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def subject(self) -> Subject:
        """What it is a paper of; raises NotYours for one of what no step is taken on, as of a meeting or a 考核."""
        subject = subject_of(self)
        if subject is None:
            raise NotYours("step")
        return subject

    @property
    def is_of_subject(self) -> bool:
        """Whether it is of something on which steps are taken."""
        others = self.sheet_id, self.meeting_id, self.inquiry_id, self.assessment_id, self.visit_id, self.analysis_id
        return all(key is None for key in others)

    @property
    def number(self) -> str:
        """江扫黑办〔2026〕1号."""
        return official_text.document_number(self.prefix, self.year, self.serial)

    @property
    def status(self) -> DocumentStatus:
        """Whether it still holds."""
        if self.entry.voided_at is not None:
            return DocumentStatus.VOIDED
        return DocumentStatus.REPLACED if self.replaced_by_id else DocumentStatus.VALID

    @property
    def needs_scan(self) -> bool:
        """Whether it bears a seal and is in force."""
        return self.kind not in UNSEALED_KINDS and self.status == DocumentStatus.VALID and self.copy_of_id is None

    @property
    def receipt_or_none(self) -> Receipt | None:
        """Who signed for it, if anybody did."""
        try:
            return self.receipt
        except Receipt.DoesNotExist:
            return None

    @property
    def is_unsigned(self) -> bool:
        """In force, of a kind that the addressee signs for, and nobody has signed."""
        return self.kind in SIGNED_FOR and self.status == DocumentStatus.VALID and self.receipt_or_none is None


class Receipt(models.Model):
    """签收: a named person of the addressee took the paper, in the system or on a receipt of paper."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="receipt")
    signed_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    signer_name = models.CharField("签收人", max_length=40, blank=True)
    signed_title = models.CharField(max_length=200)
    signed_at = models.DateTimeField(default=clock.now)
    registered_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    registered_at = models.DateTimeField(null=True, blank=True)
    scan = models.OneToOneField("yuetan.Attachment", models.PROTECT, null=True, blank=True, related_name="receipt")

    class Meta:
        default_permissions = ()
        constraints = (
            models.CheckConstraint(
                condition=Q(signed_by__isnull=False, signer_name="", registered_by=None, registered_at=None, scan=None)
                | (
                    Q(signed_by=None, registered_by__isnull=False, registered_at__isnull=False, scan__isnull=False)
                    & ~Q(signer_name="")
                ),
                name="receipt_signed_here_or_on_paper",
            ),
        )

    def __str__(self) -> str:
        return f"{self.signer} {self.signed_at_words}"

    @property
    def is_of_paper(self) -> bool:
        """纸质回执: signed by hand, and registered by the office with its scan."""
        return self.signed_by_id is None

    @property
    def signer(self) -> str:
        """The name of who signed."""
        return self.signed_by.name if self.signed_by else self.signer_name

    @property
    def signed_at_words(self) -> str:
        """2026年11月23日（星期一）上午9:30; of a receipt of paper the day alone."""
        local = timezone.localtime(self.signed_at)
        return official_text.chinese_date(local) if self.is_of_paper else official_text.chinese_datetime(local)

    @property
    def signed_moment(self) -> str:
        """2026年11月23日 09:30, short for lists; of a receipt of paper the day alone."""
        return official_text.signed_moment(self.signed_at, is_of_paper=self.is_of_paper)
