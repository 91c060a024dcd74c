"""Who is what to several cases that were read together, looked up once for all of them."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.people.unit import Unit
from yuetan.vocabulary import Party


class SharedParties:
    """The parties of today for several cases that were read together, looked up when the first of them asks."""

    def __init__(self) -> None:
        self._of_days: dict[date, SharedParties] = {}
        self._group_keys: dict[int, dict[Party, list[int]]] = {}

    @cached_property
    def parties(self) -> CurrentParties:
        """Read once."""
        return CurrentParties.today()

    def read_now(self) -> SharedParties:
        """Look the parties up now; for who is to use them where each use would look them up anew."""
        self.parties = CurrentParties.today()
        return self

    def on(self, day: date) -> SharedParties:
        """Those of another day, on which other delegations are in force."""
        return self._of_days.setdefault(day, SharedParties())

    def group_keys(self, unit: Unit) -> dict[Party, list[int]]:
        """The groups of a unit's heads and liaisons."""
        if unit.pk not in self._group_keys:
            self._group_keys[unit.pk] = unit.group_keys()
        return self._group_keys[unit.pk]
