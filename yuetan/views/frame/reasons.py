"""What stands against a step before anybody has pressed, for pages whose actions refuse by no article."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from yuetan.errors import Reason
from yuetan.rules.refusals import Finding


def reasons_before(form: forms.Form, problems: Iterable[Finding]) -> list[Reason]:
    """Why a step cannot be taken as things stand; none once its form was sent off, which then says it itself."""
    return [] if form.is_bound else [problem.reason() for problem in problems]
