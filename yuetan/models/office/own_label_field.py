"""Columns whose values are alike everywhere, while each office calls them by its own names."""

from collections.abc import Sequence

from django.db import models


class OwnLabelField(models.CharField):
    """A choice that a pack may label otherwise; migrations, which are alike everywhere, leave the labels out."""

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """To the database it is a column of text like any other."""
        name, _, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, "django.db.models.CharField", args, kwargs
