"""Measures on one unit are laid one by one: what was laid meanwhile is asked once nobody else can lay another."""

from __future__ import annotations

from yuetan.models import AccountabilityMeasure, Unit


def lock_units(measure: AccountabilityMeasure) -> None:
    """Hold every unit that a text is laid on until the transaction ends, before the measure itself is locked: whoever
    lays another on one of them waits, and reads then what was laid."""
    keys = {measure.unit_id, *(unit.pk for unit in measure.further_units)}
    list(Unit.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True).values_list("pk"))
