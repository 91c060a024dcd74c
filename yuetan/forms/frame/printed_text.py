"""Typed text that goes into a paper: what the proof-reader points out stands beside its field."""

from __future__ import annotations

from functools import cached_property

from django import forms
from django.forms.boundfield import BoundField

from yuetan.rules.text.proof_reading import Remark, proof_read_text


class PrintedBoundField(BoundField):
    """The field of a text that goes into a paper, with what the proof-reader points out in it."""

    @property
    def remarks_id(self) -> str:
        """Of the place where the remarks stand, which describe the field."""
        return f"{self.auto_id}_remarks"

    def build_widget_attrs(
        self, attrs: dict[str, str | bool], widget: forms.Widget | None = None
    ) -> dict[str, str | bool]:
        """What static/js/proof_reading.js knows it by, too."""
        return super().build_widget_attrs(attrs, widget) | {"data-proof-read": True}

    @property
    def aria_describedby(self) -> str:
        """Hint, errors and remarks."""
        return " ".join(filter(None, [super().aria_describedby, self.remarks_id]))

    @cached_property
    def remarks(self) -> list[Remark]:
        """Where what the field shows may have slips; they stop nothing."""
        return proof_read_text(with_plain_line_ends(self.value()))


def with_plain_line_ends(value: object) -> str:
    """The words of a field as its browser counts them: a line end is one character."""
    return str(value or "").replace("\r\n", "\n").replace("\r", "\n")
