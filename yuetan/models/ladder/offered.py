"""What a proposal begins with that was opened out of a measure not met in time: its facts, its paper as proof."""

from __future__ import annotations

from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.ladder.laid_rungs import standing_of
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import TaskStanding
from yuetan.rules.text.official_text import chinese_date


def offered_by_measure(measure: AccountabilityMeasure) -> OfferedFacts:
    """The facts that its paper names, when it was served, and what of it is late today; raises ValueError before."""
    if measure.served_on is None:
        raise ValueError("not served")
    paper = measure.issued_paper
    served = f"《{paper.title}》（{paper.number}）{chinese_date(measure.served_on)}印发，要求限期整改。{_late(measure)}"
    return OfferedFacts(
        measure.unit,
        measure.matter,
        f"{measure.facts}\n{served}",
        measure.demands,
        reference_number=paper.number,
        reference_summary=served,
    )


def _late(measure: AccountabilityMeasure) -> str:
    """第1项时限2026年4月1日，至今未完成，逾期30天。"""
    today = clock.today()
    standings = [standing_of(task) for task in measure.tasks.all()] or [TaskStanding(0, measure.limit)]
    late = "；".join(one.fact(today) for one in standings if one.is_late(today))
    return f"{late}。" if late else ""
