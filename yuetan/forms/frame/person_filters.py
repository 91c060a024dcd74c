"""Filters by people: whose name a row bears, who drafted it, and for whom it waits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import django_filters
from django import forms
from django.db.models import Model, QuerySet

from yuetan.forms.frame.inner_filters import InnerFilter
from yuetan.models import PendingStep, Post, User
from yuetan.models.flow.pending_step import PendingStepQuerySet
from yuetan.rules.text.person_names import person_name
from yuetan.vocabulary import ROLE_OF_POST, Role

Row = TypeVar("Row", bound=Model)
# What the unit is called by what waits for it.
OTHER_SIDE = {"case": "被约谈单位", "letter": "主送单位", "measure_laid": "所涉单位", "assignment": "承办单位"}


class NameFilter(django_filters.CharFilter):
    """Part of a name that is written in the row itself, compared as names are kept."""

    def __init__(self, label: str, field_name: str) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(label=label, field_name=field_name, lookup_expr="contains", widget=widget)

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """Without the blanks and in the dot that a name is kept with."""
        return super().filter(qs, person_name(value) if value else value)


class PersonFilter(django_filters.CharFilter):
    """Part of the name of the person to whom a row leads: looked up among the people, whose rows an index finds."""

    def __init__(self, label: str, field_name: str) -> None:
        widget = forms.TextInput(attrs={"type": "search"})
        super().__init__(label=label, field_name=field_name, widget=widget)

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """Without the blanks and in the dot that a name is kept with."""
        if not value:
            return qs
        people = User.objects.filter(name__contains=person_name(value)).order_by()
        return qs.filter(**{f"{self.field_name}__in": list(people.values_list("pk", flat=True))})


class OfficerFilter(InnerFilter, PersonFilter):
    """Part of the name of who drafted the row; `unit` leads to the unit it is about."""

    def __init__(self, field_name: str, *, label: str = "承办人", unit: str = "unit") -> None:
        super().__init__(label, field_name)
        self.unit = unit

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """What somebody of this name drafted, without the units from which the person keeps away (回避)."""
        return super().filter(qs, value).exclude(**{f"{self.unit}__in": self.kept_from}) if value else qs


# Who is awaited by role on any case; other roles have nothing to do with cases.
CASE_ROLES = (Role.CASE_OFFICER, Role.OFFICE_DIRECTOR, Role.LEADING_GROUP, Role.SUPERVISOR)
UNIT = "unit"  # the value for the other side


class TurnFilter(InnerFilter, django_filters.ChoiceFilter):
    """For whom a case or a letter waits: its unit, a role, or one person as their 待办 has it.

    `subject` is which of them is listed.
    """

    def __init__(self, subject: str) -> None:
        super().__init__(choices=lambda: _recipients(OTHER_SIDE[subject]), label="现由谁办", empty_label="全部")
        self.subject = subject

    def filter(self, qs: QuerySet[Row], value: str) -> QuerySet[Row]:
        """What waits for them now, without the units from which the person keeps away (回避)."""
        if not value:
            return qs
        waiting = [part.exclude(**{self.subject: None}).order_by().values(self.subject) for part in _pending(value)]
        keys = waiting[0].union(*waiting[1:], all=True) if len(waiting) > 1 else waiting[0]
        return qs.filter(pk__in=keys).exclude(unit__in=self.kept_from)


def _recipients(other_side: str) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """The other side and the roles; and everybody who holds a post of such a role."""
    kinds = [kind for kind, role in ROLE_OF_POST.items() if role in CASE_ROLES]
    holders = Post.objects.current().filter(kind__in=kinds).order_by("holder__name", "holder")
    people = holders.values_list("holder", "holder__name").distinct()
    roles = [(UNIT, other_side), *((role.value, str(role.label)) for role in CASE_ROLES)]
    return [("职责", roles), ("人员", [(str(key), name) for key, name in people])]


def _pending(value: str) -> list[PendingStepQuerySet]:
    """The rows of 待办 of what was chosen, in parts that an index answers each."""
    if value == UNIT:
        return [PendingStep.objects.now().exclude(group=None)]
    if value in Role.values:
        return [PendingStep.objects.now().filter(role=value)]
    return PendingStep.objects.of(User.objects.get(pk=value))
