"""The rows of the steps that are taken on a paper, alike for whatever the paper is of."""

from __future__ import annotations

from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import DIRECTOR, OFFICER, UNIT_SIDE
from yuetan.vocabulary import Verb


def paper_steps(
    in_force: tuple[str, ...], scanned: tuple[str, ...] = (), signed: tuple[str, ...] = ()
) -> tuple[Step, ...]:
    """作废 and 更正纸质回执 while its subject is in these states, 上传盖章扫描件 and 更正 in others where named;
    the unit reads that a receipt was corrected, and not why."""
    return (
        Step(Verb.VOID_DOCUMENT, in_force, seen_by_unit=True, has_own_page=True),
        Step(
            Verb.CORRECT_RECEIPT,
            signed or in_force,
            seen_by_unit=True,
            has_own_page=True,
            alerts=(
                AlertRule((DIRECTOR, OFFICER), "{subject}，{fact}的纸质回执已更正。", "document"),
                AlertRule(UNIT_SIDE, "{subject}，{fact}的纸质回执登记有误，{the_office}已更正，请核对。", "document"),
            ),
        ),
        Step(Verb.UPLOAD_SCAN, scanned or in_force, has_own_page=True),
    )
