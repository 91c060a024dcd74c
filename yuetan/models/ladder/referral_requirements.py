"""Requirements for papers to other bodies: for a 驻县单位 no 一票否决 but a 书面建议; 移送; receipt and outcome."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.requirement import Requirement
from yuetan.models.office.office import OfficeSetting
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import RungKind

if TYPE_CHECKING:
    from yuetan.models.ladder.measure import AccountabilityMeasure

UPPER = "upper_commission"


@Requirement
def decided_for_here(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A 一票否决 on a unit of the state, the province or the city is not for this office to lay."""
    if is_for_the_superior(measure):
        words = {"unit": measure.unit.full_name, "superior": measure.unit.superior}
        yield finding("veto_of_stationed_unit", rung=measure.rung.get_kind_display(), **words)


@Requirement
def put_to_the_superior(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A 书面建议 is made about such a unit alone."""
    if not measure.rung.is_joint:
        yield finding("proposal_not_of_rung", rung=measure.rung.get_kind_display())
    elif not measure.unit.superior:
        yield finding("unit_not_stationed", unit=measure.unit.full_name)


@Requirement
def text_refers(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """The text has something to be handed over to other bodies."""
    if not measure.accountability.rungs.filter(kind=RungKind.REFERRAL).exists():
        yield finding("no_referral_in_text")


@Requirement
def a_receipt_is_waited_for(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Something was handed over and nobody has recorded who took it."""
    if not any(one.waits_for_receipt for one in measure.referrals.all()):
        yield finding("no_referral_unreceived")


@Requirement
def an_outcome_is_waited_for(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Something was received and nobody has recorded what came of it."""
    if not any(one.waits_for_outcome for one in measure.referrals.all()):
        yield finding("no_referral_without_outcome")


@Requirement
def commission_above_named(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """A 书面建议 goes to the superior and to the commission above; who that is stands in the settings."""
    if not commission_above():
        setting = OfficeSetting.objects.get(key=UPPER).label
        yield finding("commission_above_missing", setting=setting)


def commission_above() -> str:
    """The name of the commission above (市综治委 in the text), as the office entered it; empty where it did not."""
    return OfficeSetting.objects.words(UPPER).strip()


def is_for_the_superior(measure: AccountabilityMeasure) -> bool:
    """Whether it can only be put to the superior of the unit."""
    return measure.rung.is_joint and bool(measure.unit.superior)


def waits_for_a_receipt(measure: AccountabilityMeasure) -> bool:
    """Whether somebody should record who took it."""
    return bool(a_receipt_is_waited_for(measure))


def waits_for_an_outcome(measure: AccountabilityMeasure) -> bool:
    """Whether somebody should ask what came of it, and record it."""
    return bool(an_outcome_is_waited_for(measure))
