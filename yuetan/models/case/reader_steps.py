"""The row of the table of steps by which the director says who of the office may know of a case (知悉范围)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuetan.models.flow.step import AlertRule, Step
from yuetan.permissions import OFFICER, SUPERVISOR
from yuetan.vocabulary import CaseState as State
from yuetan.vocabulary import Verb

if TYPE_CHECKING:
    from yuetan.models.case.case import Case


def lacks_a_reader(case: Case) -> bool:
    """Whether it was narrowed to people of whom, as posts are held today, nobody can go on with it."""
    never_goes_on = case.state in (State.DECLINED, State.WITHDRAWN)
    return case.readers is not None and not never_goes_on and bool(case.parties_today.posts_without_reader(case))


# An ended case may be narrowed too: what was found stays as delicate as it was.
READERS = (
    Step(
        Verb.SET_READERS,
        tuple(State),
        awaited_if=lacks_a_reader,
        alerts=(AlertRule((OFFICER, SUPERVISOR), "{subject}已设定知悉范围，您在范围内，请注意保密。", "readers"),),
    ),
)
