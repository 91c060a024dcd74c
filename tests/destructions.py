"""What tests of 销毁 begin with: a closed case of which nothing is left to do, and lists as far as one is needed."""

from __future__ import annotations

from datetime import timedelta

from tests import cast
from tests.factories import case_in, later, take
from yuetan.actions.record.destruction import carry_out_destruction, decide_destruction, draw_up_destruction
from yuetan.models import Case, Destruction, Unit
from yuetan.vocabulary import CaseState, RevisitOutcome, Verb

AFTERWARDS = timedelta(days=365 * 31).days  # 30年 are over


def done_with(unit: Unit | None = None) -> Case:
    """A closed case after its 回头看."""
    case = case_in(CaseState.CLOSED, unit=unit) if unit else case_in(CaseState.CLOSED)
    with later(days=80):
        return take(Verb.RECORD_REVISIT, case, outcome=RevisitOutcome.HELD)


def drawn_up(*cases: Case, by: str = "officer") -> Destruction:
    """A list of these, drawn up now."""
    opinion = "整改到位，没有继续保存的价值。"
    return draw_up_destruction(by=cast.person(by), cases=cases, opinion=opinion)


def approved(*cases: Case) -> Destruction:
    """The same, which a leader has approved."""
    return decide_destruction(drawn_up(*cases), by=cast.person("group_leader"), agreed=True, words="")


def destroyed(*cases: Case) -> Destruction:
    """The same, carried out."""
    return carry_out_destruction(approved(*cases), by=cast.person("supervisor"), compared=True)
