"""Filters that ask of the case behind a row: where its unit lies, on which 情形 it rests, who leads its interview."""

from __future__ import annotations

from collections.abc import Iterator

import django_filters
from django.db.models import Model, QuerySet
from django.forms import ModelChoiceField
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from yuetan import permissions
from yuetan.forms.frame.inner_filters import InnerFilter
from yuetan.forms.frame.occasions import OccasionFilter
from yuetan.forms.frame.unit_select import MAX_OFFERED, NOT_OFFERED, UnitSelect
from yuetan.models import CaseGround, Ground, Unit, User
from yuetan.models.office.read_once import once
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.models.record.tally import COUNTED
from yuetan.vocabulary import EarlierState, UnitKind


class _OfferedUnits(ModelChoiceIterator):
    """So many units as a list can hold; of more, the 市（区） and 成员单位 first, and a word about the others."""

    def __iter__(self) -> Iterator[tuple[ModelChoiceIteratorValue | str, str]]:
        yield "", str(self.field.empty_label)
        units = list(self.queryset[: MAX_OFFERED + 1])
        is_more = len(units) > MAX_OFFERED
        if any(unit.kind == UnitKind.TOWN for unit in units) and is_more:
            units = list(self.queryset.exclude(kind=UnitKind.TOWN)[:MAX_OFFERED])
        for unit in units[:MAX_OFFERED]:
            yield self.choice(unit)
        if is_more:
            yield NOT_OFFERED, "其余单位请按名称、代码或拼音搜索"


class _AreaField(ModelChoiceField):
    iterator = _OfferedUnits

    def to_python(self, value: object) -> Unit | None:
        """The unit with this code; each of the lists of a page asks for the same one."""
        return once(("area", value), (Unit,), lambda: super(_AreaField, self).to_python(value)) if value else None

    def label_from_instance(self, obj: Model) -> str:
        """The unit in full; of a 市（区） also that its 镇（街） are meant with it."""
        assert isinstance(obj, Unit)
        return f"{obj.full_name}及所属镇（街）" if obj.kind == UnitKind.COUNTY else obj.full_name


class AreaFilter(django_filters.ModelChoiceFilter):
    """A unit with all units below it; `field_name` leads to the unit a matter is about now.

    It lists every unit, so the filter must be given to its person by `limit_to_rights`.
    """

    field_class = _AreaField

    def __init__(self, field_name: str) -> None:
        units = Unit.objects.interviewed().select_related("parent")
        super().__init__(
            field_name=field_name,
            queryset=units,
            to_field_name="code",
            label="单位及下级",
            empty_label="全部",
            widget=UnitSelect,
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


class GroundFilter(InnerFilter, django_filters.ModelChoiceFilter):
    """One 情形 of one version of the 办法; `at` leads to the case, as in `case__`.

    What a case rests on belongs to its inner half, so the filter must be given to its person by `limit_to_rights`.
    """

    field_class = _GroundField

    def __init__(self, at: str = "") -> None:
        grounds = Ground.objects.for_interviews().select_related("article__regulation")
        super().__init__(field_name=f"{at}pk", queryset=grounds, label="约谈情形", empty_label="全部")
        self.at = at

    def filter(self, qs: QuerySet[Model], value: Ground | None) -> QuerySet[Model]:
        """What rests on it, without the units from which the person keeps away (回避)."""
        if value is None:
            return qs
        cases = CaseGround.objects.filter(ground=value).order_by().values("case")
        return qs.filter(**{f"{self.at}pk__in": cases}).exclude(**{f"{self.at}unit__in": self.kept_from})


class _LeaderField(ModelChoiceField):
    def label_from_instance(self, obj: Model) -> str:
        """The name alone: the post is another one every year."""
        assert isinstance(obj, User)
        return str(obj.name)


class LeaderFilter(django_filters.ModelChoiceFilter):
    """One person who leads or led the interview; `at` leads to the case.

    It lists every leader, so the filter must be given to its person by `limit_to_rights`.
    """

    field_class = _LeaderField

    def __init__(self, at: str = "") -> None:
        leaders = User.objects.filter(posts__kind__in=LEADING_POSTS).order_by("name", "pk").distinct()
        super().__init__(field_name=f"{at}interviewer__holder", queryset=leaders, label="约谈人", empty_label="全部")


class EarlierFilter(django_filters.ChoiceFilter):
    """Whether a case was conducted here, or on paper before (补录); `at` leads to the case.

    `counted` is what statistics count: all but what is being entered, and entries that were discarded.
    """

    STATES = {
        "counted": COUNTED,
        "here": ("",),
        "confirmed": (EarlierState.CONFIRMED,),
        "unconfirmed": (EarlierState.RECORDING, EarlierState.HANDED_IN),
    }
    CHOICES = (
        ("counted", "计入统计的"),
        ("here", "在本系统办理的"),
        ("confirmed", "补录并已复核的"),
        ("unconfirmed", "补录未复核的"),
    )

    def __init__(self, at: str = "") -> None:
        super().__init__(field_name=f"{at}earlier__in", choices=self.CHOICES, label="补录", empty_label="全部")

    def filter(self, qs: QuerySet[Model], value: str) -> QuerySet[Model]:
        """Those in one of the states that are meant."""
        return qs.filter(**{str(self.field_name): self.STATES[value]}) if value else qs


def limit_to_rights(filters: django_filters.FilterSet, user: User) -> None:
    """Take the filters of inner things from the interviewed side, and from each of its units the names of the others.

    The inner side keeps away where it must (回避).
    """
    inner = user.has_perm(permissions.name("see_inner_case"))
    for name, each in list(filters.filters.items()):
        if isinstance(each, AreaFilter) and not user.has_perm(permissions.name("see_units")):
            each.queryset = each.queryset.filter(pk__in=user.interviewed_units)
        if isinstance(each, LeaderFilter) and not inner:
            del filters.filters[name]
        if not isinstance(each, InnerFilter):
            continue
        if inner:
            each.kept_from = user.interviewed_units
        elif isinstance(each, OccasionFilter):
            each.leave_out_inner()
        else:
            del filters.filters[name]
