"""一票否决 told by the real actions as far as it goes without a meeting: drafted, consulted about, declined, withdrawn.

What a meeting decides is not multiplied: the meeting, its agenda and its papers would have to be, too.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from yuetan.models import AccountabilityMeasure
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.measure_stories import MeasureStory, bound_text
from yuetan.scenarios.bulk.plan import Plan, Shares, Step, plain, routes
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import MeasureState, Verb

S, V = MeasureState, Verb
SHARES: Shares = {
    S.DRAFTED: (15, 1),
    S.IN_REVIEW: (10, 1),
    S.PROPOSED: (45, 3),
    S.DECLINED: (20, 2),
    S.WITHDRAWN: (10, 1),
}
ENDED = (S.DECLINED, S.WITHDRAWN)
DAYS_SINCE = 15
ENDORSED = plain(V.SUBMIT_MEASURE, V.ENDORSE_MEASURE)
ASKED = [*ENDORSED, *plain(V.ASK_CONSULTATION)]
ANSWERED = [*ASKED, *plain(V.RECORD_CONSULTATION, V.RECORD_CONSULTATION)]
# The ways of each state, by their variants.
STEPS_TO: dict[str, tuple[list[Step], ...]] = {
    S.DRAFTED: (plain(),),
    S.IN_REVIEW: (plain(V.SUBMIT_MEASURE),),
    S.PROPOSED: (ANSWERED, ASKED, ENDORSED),
    S.DECLINED: ([*ANSWERED, *plain(V.DECLINE_MEASURE)], plain(V.SUBMIT_MEASURE, V.DECLINE_MEASURE)),
    S.WITHDRAWN: (plain(V.WITHDRAW_MEASURE),),
}


def veto_plans(seed: int, lead_days: int, vetoes: int) -> list[Plan]:
    """The ways of a seed for so many of them."""
    made = []
    for number, (state, variant) in enumerate(routes(SHARES, vetoes)):
        lots = Random(f"{seed}:{number}:veto")  # nosec B311
        steps = [(V.DRAFT_MEASURE, 0), *STEPS_TO[state][variant]]
        offsets = [0]
        for _ in steps[1:]:
            offsets.append(offsets[-1] + lots.randint(1, 2))
        days_since = None if state in ENDED else DAYS_SINCE
        made.append(Plan(number, state, variant, 0, steps, offsets, 0, 0, days_since))
    return made


class VetoStory(MeasureStory):
    """One 一票否决 before a meeting decides on it."""

    def _kind(self) -> Callable[..., dict[str, object]]:
        return measure_drivers.veto

    def _words_of_measure(self) -> Keywords:
        return {"matter": words.MATTER, "facts": words.facts(self.lots, words.MATTER)}


def consulted_text(measure: AccountabilityMeasure) -> list[tuple[str, str]]:
    """The text that departments were asked about, after its digest; none before."""
    return [(measure.digest, bound_text(measure))] if measure.consultations.exists() else []
