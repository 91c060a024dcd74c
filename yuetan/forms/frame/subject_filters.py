"""Filters that ask of the case behind a row: where its unit lies, on which 情形 it rests."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField

from yuetan import permissions
from yuetan.models import CaseGround, Ground, Unit, User
from yuetan.vocabulary import UnitKind


class _AreaField(ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        """The unit in full; of a 市（区） also that its 镇（街） are meant with it."""
        assert isinstance(obj, Unit)
        return f"{obj.full_name}及所属镇（街）" if obj.kind == UnitKind.COUNTY else obj.full_name


class AreaFilter(django_filters.ModelChoiceFilter):
    """A unit with all units below it; `field_name` leads to the unit a matter is about now."""

    field_class = _AreaField

    def __init__(self, field_name: str) -> None:
        units = Unit.objects.interviewed().select_related("parent")
        super().__init__(
            field_name=field_name, queryset=units, to_field_name="code", label="单位及下级", empty_label="全部"
        )

    def filter(self, qs: QuerySet[Model], value: Unit | None) -> QuerySet[Model]:
        """What is about the unit or one below it."""
        return qs if value is None else qs.filter(**{f"{self.field_name}__in": Unit.objects.keys_within(value)})


class _GroundField(ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        """Article, number and text, short enough for a list; the version of the 办法 behind it."""
        assert isinstance(obj, Ground)
        words = obj.text if len(obj.text) <= 20 else f"{obj.text[:20]}…"
        return f"{obj.citation} {words}（{obj.article.regulation.version}）"


class GroundFilter(django_filters.ModelChoiceFilter):
    """One 情形 of one version of the 办法; `at` leads to the case, as in `case__`.

    What a case rests on belongs to its inner half, so the filter must be given to its person by `limit_to_rights`.
    """

    field_class = _GroundField
    kept_from: Sequence[int] = ()

    def __init__(self, at: str = "") -> None:
        grounds = Ground.objects.select_related("article__regulation")
        super().__init__(field_name=f"{at}pk", queryset=grounds, label="约谈情形", empty_label="全部")
        self.at = at

    def filter(self, qs: QuerySet[Model], value: Ground | None) -> QuerySet[Model]:
        """What rests on it, without the units from which the person keeps away (回避)."""
        if value is None:
            return qs
        cases = CaseGround.objects.filter(ground=value).order_by().values("case")
        return qs.filter(**{f"{self.at}pk__in": cases}).exclude(**{f"{self.at}unit__in": self.kept_from})


def limit_to_rights(filters: django_filters.FilterSet, user: User) -> None:
    """Take the filters of inner things from the interviewed side; the inner side keeps away where it must (回避)."""
    inner = user.has_perm(permissions.name("see_inner_case"))
    for name, each in list(filters.filters.items()):
        if not isinstance(each, GroundFilter):
            continue
        if inner:
            each.kept_from = user.interviewed_units
        else:
            del filters.filters[name]
