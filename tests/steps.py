"""What tests call steps with: the drivers of every scenario, and what tests alone change."""

from typing import Any

from yuetan.scenarios.drivers import DRIVERS as STEPS
from yuetan.scenarios.keywords import measure, proposal, stated
from yuetan.scenarios.keywords import task_report as task_words

__all__ = ["STEPS", "agreed", "proposal", "stated", "task_words"]


def agreed(rhythm: str, *days: int) -> dict[str, Any]:
    """What `hold_interview` is changed by so that there is a measure for each number of days, with this rhythm."""
    return {"measures": [{**measure(f"措施{each}", each, "冯十"), "report_rhythm": rhythm} for each in days]}
