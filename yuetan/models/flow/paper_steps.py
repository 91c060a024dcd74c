"""The row of a step that is taken on a paper, alike for a case and for a letter."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import DIRECTOR, OFFICER, UNIT_SIDE
from yuetan.vocabulary import Verb


def correct_receipt_in(states: tuple[str, ...]) -> Step:
    """更正纸质回执 in these states: the unit reads that it was done, and not why."""
    return Step(
        Verb.CORRECT_RECEIPT,
        states,
        seen_by_unit=True,
        has_own_page=True,
        alerts=(
            AlertRule((DIRECTOR, OFFICER), "{subject}，{fact}的纸质回执已更正。", "document"),
            AlertRule(UNIT_SIDE, "{subject}，{fact}的纸质回执登记有误，{the_office}已更正，请核对。", "document"),
        ),
    )
