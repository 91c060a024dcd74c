"""One 通报 to several units: who is named beside the first, and the measure that each of them has of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from yuetan.models.people.unit import Unit
from yuetan.models.people.unit_change import AboutUnit
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models.fields.related_descriptors import RelatedManager

    from yuetan.models.ladder.measure import AccountabilityMeasure

MAX_UNITS = 10  # that one paper names: its 主送机关 fill the first page otherwise


class NamedUnitManager(models.Manager["NamedUnit"]):
    """Each with its unit, for nothing else is asked of it."""

    def get_queryset(self) -> QuerySet[NamedUnit]:
        """In one query, prefetched or not."""
        return super().get_queryset().select_related("unit__parent")


class NamedUnit(models.Model):
    """One unit that a measure names beside its own; each gets a measure of its own on the day of the service."""

    measure_laid = models.ForeignKey(
        "yuetan.AccountabilityMeasure", models.PROTECT, related_name="named_units", verbose_name="责任措施"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")

    unit_id: int
    objects = NamedUnitManager()

    class Meta:
        default_permissions = ()
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("measure_laid", "unit"), name="a_measure_names_a_unit_once"),)

    def __str__(self) -> str:
        return self.unit.full_name


class NamesUnits(AboutUnit):
    """What one text laid on several units has in common: it stands with the first, and the others point to that.

    From the service on each is a measure like any other: receipt, tasks, doors and outcome are its own unit's.
    """

    copy_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", verbose_name="同一份文书的首列单位"
    )

    pk: UUID
    copy_of_id: UUID | None
    is_new: bool
    named_units: RelatedManager[NamedUnit]
    copies: RelatedManager[AccountabilityMeasure]

    class Meta:
        abstract = True

    @property
    def lead(self) -> AccountabilityMeasure:
        """The measure with which the text stands: itself, unless it came of one that named its unit."""
        return self.copy_of or self  # type: ignore[return-value] # it is one

    @property
    def further_units(self) -> list[Unit]:
        """The units that the text names beside the first, in the order in which they were named."""
        lead = self.lead
        return [] if lead.is_new else [row.unit for row in lead.named_units.all()]

    @property
    def units_named(self) -> list[Unit]:
        """Every unit that the text is laid on, the first one first."""
        return [self.lead.proposed_unit, *self.further_units]

    @property
    def label_of_all(self) -> str:
        """Every unit that the text is laid on, as the 呈批表 of it names them; of a single one with former names."""
        further = self.further_units
        return "、".join(unit.full_name for unit in self.units_named) if further else self.unit_label

    @property
    def label_of_units(self) -> str:
        """Whom it is about as pages say it: before the service everybody named, from then on its own unit."""
        several = [] if self.is_open_to_unit else self.further_units
        return "、".join([self.unit_label, *(unit.full_name for unit in several)])

    @property
    def siblings(self) -> QuerySet[AccountabilityMeasure]:
        """The measures of the other units under the same paper."""
        of_lead = Q(pk=self.copy_of_id) | Q(copy_of=self.copy_of_id) if self.copy_of_id else Q(copy_of=self.pk)
        rows: QuerySet[AccountabilityMeasure] = type(self.lead).objects.filter(of_lead).exclude(pk=self.pk)
        return rows.order_by("created_at", "pk")

    def concerns(self, unit: Unit) -> bool:
        """Whether the text is laid on this unit, too (回避 of its people): its story is that of every unit named."""
        if unit.pk == self.unit_id or unit.kind not in INTERVIEWED_UNIT_KINDS or self.is_new:
            return unit.pk == self.unit_id
        named = {row.unit_id for row in self.lead.named_units.all()}
        return unit.pk in {*named, *self.siblings.values_list("unit", flat=True)}


def naming(units: list[int], at: str = "") -> Q:
    """The condition for measures under a text that is laid on one of these units; `at` leads to the measure."""
    own = apps.get_model("yuetan", "accountabilitymeasure").objects.filter(unit__in=units).order_by()
    leads = own.annotate(lead=Coalesce("copy_of", "pk")).values("lead")
    named = NamedUnit.objects.filter(unit__in=units).order_by().values("measure_laid")
    of_lead = Q(**{f"{at}pk__in": leads}) | Q(**{f"{at}pk__in": named})
    return of_lead | Q(**{f"{at}copy_of__in": leads}) | Q(**{f"{at}copy_of__in": named})
