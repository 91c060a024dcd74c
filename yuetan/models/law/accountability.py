"""A 责任制 as rows: its rungs, the doors to them, what they close, its circumstances; loaded, never edited in place."""

from datetime import date

from django.db import models

from yuetan.models.law.regulation import Article, Regulation
from yuetan.models.office.office import OfficeSetting
from yuetan.models.office.own_label_field import OwnLabelField
from yuetan.rules.text import official_text
from yuetan.vocabulary import (
    ArticleNoteKind,
    CircumstanceKind,
    ClosedTo,
    DoorKind,
    RestrictedSubject,
    RungKind,
    UnitKind,
)

CARRIED_OUT = "accountability_text"  # the setting that says which 责任制 the office carries out, by its title


class AccountabilityQuerySet(models.QuerySet["Accountability"]):
    """Questions about all of them."""

    def titles(self) -> list[str]:
        """The titles of the texts among which the office may choose, each once."""
        return list(self.order_by("regulation__title").values_list("regulation__title", flat=True).distinct())

    def carried_out(self, on: date) -> "Accountability | None":
        """The one the office carries out on a day, in the version then in force; none if it has chosen none."""
        title = OfficeSetting.objects.words(CARRIED_OUT)
        versions = self.filter(regulation__title=title, regulation__in_force_from__lte=on) if title else self.none()
        return versions.select_related("regulation").order_by("-regulation__in_force_from").first()


class Accountability(models.Model):
    """What a text says as a 责任制; its grounds are the 情形 that its article lists."""

    regulation = models.OneToOneField(Regulation, models.PROTECT, related_name="accountability")
    grounds_article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    objects = AccountabilityQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("regulation",)

    def __str__(self) -> str:
        return str(self.regulation)


class Rung(models.Model):
    """One rung of the ladder: what it is, by whom it is laid, and whether a time limit belongs to it."""

    accountability = models.ForeignKey(Accountability, models.PROTECT, related_name="rungs")
    article = models.ForeignKey(Article, models.PROTECT, related_name="rungs")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=RungKind.choices)
    words = models.TextField()
    decided_by = OwnLabelField(max_length=20, choices=UnitKind.choices, blank=True)  # empty: the text is silent
    has_time_limit = models.BooleanField()

    class Meta:
        default_permissions = ()
        ordering = ("accountability", "number")
        constraints = (models.UniqueConstraint(fields=("accountability", "kind"), name="one_rung_of_a_kind"),)

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_joint(self) -> bool:
        """一票否决: departments are asked first and a meeting decides (商有关部门共同研究决定)."""
        return self.kind == RungKind.VETO


class DoorQuerySet(models.QuerySet["Door"]):
    """Questions about all of them."""

    def whole(self) -> "DoorQuerySet":
        """With what a door is named by: its rung, its article with the text, the rung before it."""
        return self.select_related("rung", "article__regulation", "after")


class Door(models.Model):
    """One way onto a rung, in the words of its article; `after` is the rung that was not met in time."""

    rung = models.ForeignKey(Rung, models.PROTECT, related_name="doors")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=DoorKind.choices)
    words = models.TextField()
    after = models.ForeignKey(Rung, models.PROTECT, null=True, blank=True, related_name="+")

    objects = DoorQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("rung", "id")
        constraints = (models.UniqueConstraint(fields=("rung", "kind"), name="one_door_of_a_kind"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.words}"

    @property
    def cited(self) -> str:
        """《……》第二十八条: where the text says it."""
        return f"《{self.article.regulation.title}》{self.article.name}"

    @property
    def quoted(self) -> str:
        """《……》第二十八条“……”, in its own words."""
        return f"{self.cited}“{self.words}”"


class Effect(models.Model):
    """What a rung closes to whom, and for how many calendar months from it on."""

    rung = models.ForeignKey(Rung, models.PROTECT, related_name="effects")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    subject = models.CharField(max_length=20, choices=RestrictedSubject.choices)
    closed = models.CharField(max_length=20, choices=ClosedTo.choices)
    words = models.TextField()
    period = models.CharField(max_length=10)
    months = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ("rung", "id")
        constraints = (models.UniqueConstraint(fields=("rung", "subject", "closed"), name="one_period_of_an_effect"),)

    def __str__(self) -> str:
        return f"{self.get_subject_display()}：{self.period}内取消{self.get_closed_display()}资格"


class Circumstance(models.Model):
    """One 情节 that makes a measure heavier or lighter."""

    accountability = models.ForeignKey(Accountability, models.PROTECT, related_name="circumstances")
    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=CircumstanceKind.choices)
    text = models.TextField()

    class Meta:
        default_permissions = ()
        ordering = ("article", "number")
        constraints = (models.UniqueConstraint(fields=("article", "number"), name="one_circumstance_per_number"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}（{self.citation}）：{self.text}"

    @property
    def citation(self) -> str:
        """第三十四条第一项."""
        return official_text.citation(self.article.number, self.number)


class ArticleNote(models.Model):
    """Why no step carries an article out: other bodies decide what it says, or there is nothing to be done."""

    article = models.OneToOneField(Article, models.PROTECT, related_name="note")
    kind = models.CharField(max_length=20, choices=ArticleNoteKind.choices)
    words = models.TextField()

    class Meta:
        default_permissions = ()
        ordering = ("article",)

    def __str__(self) -> str:
        return f"{self.article}：{self.words}"
