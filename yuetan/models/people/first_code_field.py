"""The code that a unit is named by for good."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q, QuerySet


class FirstCodeField(models.CharField):
    """The code a unit begins with; set when its row is first written, and never again."""

    def deconstruct(self) -> tuple[str, str, Sequence[object], dict[str, object]]:
        """To the database it is a column of text like any other."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The code, marked where another unit began with it and has been given another since."""
        value = str(super().pre_save(model_instance, add))
        if not value:
            value = _unused_first_code(type(model_instance), str(getattr(model_instance, "code", "")))
            setattr(model_instance, self.attname, value)
        return value


def _unused_first_code(model: type[models.Model], code: str) -> str:
    alike = Q(first_code=code) | Q(first_code__startswith=f"{code}#")
    like_it = QuerySet(model).filter(alike).count()
    return f"{code}#{like_it + 1}" if like_it else code
