"""Columns that each office calls by its own names, or their choices; the values are alike everywhere."""

from collections.abc import Sequence

from django.db import models


class OwnLabelField(models.CharField):
    """Text that a pack may label otherwise; migrations, which are alike everywhere, leave all labels out."""

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """To the database it is a column of text like any other."""
        name, _, args, kwargs = super().deconstruct()
        kwargs = {key: value for key, value in kwargs.items() if key not in {"choices", "verbose_name"}}
        return name, "django.db.models.CharField", args, kwargs
