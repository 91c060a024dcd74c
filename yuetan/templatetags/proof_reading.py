"""What the proof-reader points out, beside every preview of a paper."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

from yuetan.documents.proof_reading import remarks_on
from yuetan.rules.text.proof_reading import Remark

register = template.Library()


@register.filter
def remarks(preview: str) -> list[Remark]:
    """Where a previewed paper may have slips, each with its place; they stop nothing."""
    return remarks_on(str(preview))


@register.filter
def remarks_besides(preview: str, shown: Iterable[Remark]) -> list[Remark]:
    """Where a previewed paper may have slips, without those that the page has shown already."""
    return remarks_on(str(preview), shown)
