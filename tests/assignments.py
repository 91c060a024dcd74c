"""What tests of 交办事项 begin with: what a letter received, or a meeting, gave a unit to do."""

from datetime import date
from typing import Any

from tests import cast
from tests.received import received
from yuetan.actions.received.hand_out_tasks import StatedTask, hand_out_received
from yuetan.models import Assignment, ReceivedLetter
from yuetan.scenarios.assignment_drivers import put_right, take

__all__ = ["given", "put_right", "stated", "take"]

DUE = date(2026, 12, 18)


def stated(content: str = "对三处货运市场每周巡查一次。", by: str = "", due_on: date | None = DUE) -> StatedTask:
    """One thing that a letter asks for, and who of the unit answers for it."""
    return StatedTask(content, by, due_on)


def given(letter: ReceivedLetter | None = None, *, by: str = "supervisor", **changed: Any) -> Assignment:
    """What a letter to the town asks for, handed out as two tasks."""
    tasks = changed.get("tasks", [stated(), stated("明确两名责任人。", "张一、李二")])
    return hand_out_received(letter or received(), by=cast.person(by), tasks=tasks)
