"""Requirements for one 通报 to several units; the text is silent on it, so that all of them are 办公室设定."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import RungKind

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure


@Requirement
def may_name_several(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Several units have one 通报 alone, and no case: that is of one unit."""
    if not measure.further_units:
        return
    if measure.rung.kind != RungKind.CIRCULAR:
        yield finding("several_of_circulars_only", "further_units", rung=measure.rung.get_kind_display())
    if measure.case_id is not None:
        yield finding("several_without_case", "case")


@Requirement
def every_unit_stands(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Nothing goes out to a unit that has ended, whichever of those named it is."""
    for unit in measure.further_units:
        if unit.retired_on is not None:
            yield finding("named_unit_ended", "further_units", unit=unit.full_name)
