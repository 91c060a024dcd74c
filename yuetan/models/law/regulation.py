"""The law as rows: dated versions, loaded from fixtures and never edited in place."""

from datetime import date

from django.db import models

from yuetan.errors import Reason
from yuetan.models.office.kept_rules import kept
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.rules import decision_table
from yuetan.rules.refusals import Finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import PostKind, Rank, UnitKind


class RegulationQuerySet(models.QuerySet["Regulation"]):
    """Questions about all versions."""

    def in_force(self, on: date) -> "Regulation":
        """The version of the interview procedure in force on a day; raises DoesNotExist if none is loaded."""
        regulation = self._carried_out(on).order_by("-in_force_from").first()
        if regulation is None:
            raise self.model.DoesNotExist
        return regulation

    def is_in_force(self, on: date) -> bool:
        """Whether any version of the interview procedure was in force on a day."""
        return self._carried_out(on).exists()

    def _carried_out(self, on: date) -> "RegulationQuerySet":
        return self.filter(is_procedure=True, in_force_from__lte=on)


class Regulation(models.Model):
    """One version of one text."""

    key = models.SlugField(max_length=40)
    title = models.CharField(max_length=100)
    short_title = models.CharField(max_length=20)
    version = models.CharField(max_length=20)
    in_force_from = models.DateField()
    note = models.TextField(blank=True)
    is_procedure = models.BooleanField(default=False)
    digest = models.CharField(max_length=64)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-is_procedure", "key", "-in_force_from")
        constraints = (models.UniqueConstraint(fields=("key", "version"), name="one_row_per_version"),)

    def __str__(self) -> str:
        return f"{self.title}（{self.version}）"

    def _read_citations(self) -> dict[tuple[str, str], list["Citation"]]:
        cited: dict[tuple[str, str], list[Citation]] = {}
        for citation in self.citations.select_related("article"):
            cited.setdefault((citation.code, citation.unit_kind), []).append(citation)
        return cited

    def cited_by(self, code: str, unit_kind: str = "") -> str:
        """第七条 … for what a step or a refusal carries out; empty where the law is silent."""
        return official_text.citations(self.places_cited_by(code, unit_kind))

    def places_cited_by(self, code: str, unit_kind: str = "") -> list[tuple[int, int | None]]:
        """What a step or a refusal carries out: pairs of an article's number and an item's (None: the whole)."""
        citations = kept(("citations", self.pk), self._read_citations)
        rows = citations.get((code, unit_kind)) or citations.get((code, "")) or []
        return [(row.article.number, row.clause) for row in rows]

    def reason(self, finding: Finding, unit_kind: str = "") -> Reason:
        """A finding as a sentence with the article it rests on, if there is one."""
        return finding.reason(self.cited_by(finding.code, unit_kind))

    def interviewer_post(self, *, unit_kind: str, rank: str) -> "InterviewerRule":
        """The one rule that fits; raises decision_table.NoMatch or SeveralMatch."""
        if "interviewer_rules" in getattr(self, "_prefetched_objects_cache", {}):  # by a list, for all its cases
            rules = list(self.interviewer_rules.all())
        else:
            rules = kept(("interviewer rules", self.pk), lambda: list(self.interviewer_rules.all()))
        rows = [{"unit_kind": rule.unit_kind, "rank": rule.rank or None} for rule in rules]
        return rules[rows.index(decision_table.one_match(rows, unit_kind=unit_kind, rank=rank))]


class Article(models.Model):
    """One article, in the proofread wording."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        default_permissions = ()
        ordering = ("regulation", "number")
        constraints = (models.UniqueConstraint(fields=("regulation", "number"), name="one_article_per_number"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """第七条."""
        return official_text.article_name(self.number)


class GroundQuerySet(models.QuerySet["Ground"]):
    """Questions about all grounds."""

    def for_interviews(self) -> "GroundQuerySet":
        """Those for which a unit may be interviewed, without those of a 责任制."""
        return self.filter(article__regulation__is_procedure=True)


class Ground(models.Model):
    """One 情形 for which a unit of a certain kind may be interviewed, or, where no kind is named, one of a 责任制."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="grounds")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    unit_kinds = models.JSONField()
    is_other = models.BooleanField(default=False)

    objects = GroundQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("article", "number")
        constraints = (models.UniqueConstraint(fields=("article", "number"), name="one_ground_per_number"),)

    def __str__(self) -> str:
        return f"{self.citation}：{self.text}"

    @property
    def citation(self) -> str:
        """第四条第二项."""
        return official_text.citation(self.article.number, self.number)

    @property
    def is_of_assessment(self) -> bool:
        """Whether it is that of a unit assessed as 不合格, in the words of the text."""
        return "考核" in self.text and "不合格" in self.text

    def fits(self, unit_kind: str) -> bool:
        """Whether a unit of this kind may be interviewed on this ground."""
        return unit_kind in self.unit_kinds


class InterviewerRule(models.Model):
    """Who interviews whom: one row of the decision table."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="interviewer_rules")
    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="interviewer_rules")
    unit_kind = OwnLabelField(max_length=20, choices=UnitKind.choices)
    rank = models.CharField(max_length=20, choices=Rank.choices, blank=True)
    interviewer = OwnLabelField(max_length=24, choices=PostKind.choices)

    class Meta:
        default_permissions = ()
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()}{self.get_rank_display()}：{self.get_interviewer_display()}"


class Citation(models.Model):
    """Which article a step or a refusal carries out; the pages and the sentences both read it here."""

    class Kind(models.TextChoices):
        """What cites."""

        STEP = "step", "步骤"
        REFUSAL = "refusal", "不予办理"

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="citations")
    article = models.ForeignKey(Article, models.PROTECT, related_name="citations")
    clause = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=60)
    unit_kind = OwnLabelField(max_length=20, choices=UnitKind.choices, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("article", "clause", "kind", "id")

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    @property
    def name(self) -> str:
        """第九条第三项."""
        return official_text.citation(self.article.number, self.clause)
