"""What tests of 撤并 begin with: a unit that ends and goes on in another."""

from typing import Any

from tests import cast
from tests.factories import pdf
from yuetan.actions.people.succession import carry_over
from yuetan.actions.people.unit_change import end_unit
from yuetan.models import Unit, UnitChange
from yuetan.rules.dates import clock
from yuetan.vocabulary import UnitChangeKind

PAPER = "江民〔2026〕8号"
OPINION = "按批复转由承接单位办理。"


def merge(unit: Unit, successor: Unit, **changed: Any) -> UnitChange:
    """The end of a unit, today, which goes on in another."""
    keywords: dict[str, Any] = {
        "kind": UnitChangeKind.MERGED,
        "successor": successor,
        "effective_on": clock.today(),
        "paper_number": PAPER,
        "paper": pdf("批复.pdf"),
    }
    return end_unit(unit, by=cast.person("sysadmin"), **keywords | changed)


def merged_and_decided(unit: Unit, successor: Unit) -> UnitChange:
    """The same, and its matters have gone over."""
    change = merge(unit, successor)
    return carry_over(change, by=cast.person("director"), opinion=OPINION)
