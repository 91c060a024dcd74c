"""一票否决 told by the real actions: departments asked, decided by a meeting, served, in force, pleaded against, ended.

The meeting goes with it: its rows are copied beside those of the measure, under a number of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from yuetan.models import AccountabilityMeasure, AgendaItem, Meeting
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.bulk import meeting_steps, words
from yuetan.scenarios.bulk.measure_stories import MeasureStory, bound_text
from yuetan.scenarios.bulk.meeting_steps import CALL, HOLD, WRITE
from yuetan.scenarios.bulk.plan import Plan, Shares, Step, plain, routes
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import DecisionKind, MeasureState, MeetingKind, Verb

S, V = MeasureState, Verb
SHARES: Shares = {
    S.DRAFTED: (5, 1),
    S.IN_REVIEW: (5, 1),
    S.PROPOSED: (20, 5),
    S.DECIDED: (5, 1),
    S.SERVED: (36, 6),
    S.ENDED: (10, 1),
    S.REVOKED: (6, 1),
    S.DECLINED: (8, 3),
    S.WITHDRAWN: (5, 1),
}
ENDED = (S.ENDED, S.REVOKED, S.DECLINED, S.WITHDRAWN)
DAYS_SINCE = {S.SERVED: 180}
USUAL_DAYS_SINCE = 15
UNTIL_THE_MEETING, UNTIL_OPEN = 4, 258  # working days from the calling on, and until what it closed is open again
ENDORSED = plain(V.SUBMIT_MEASURE, V.ENDORSE_MEASURE)
ASKED = [*ENDORSED, *plain(V.ASK_CONSULTATION)]
ANSWERED = [*ASKED, *plain(V.RECORD_CONSULTATION, V.RECORD_CONSULTATION)]
BEFORE_A_MEETING = [*ANSWERED, *plain(CALL)]
MET = [*BEFORE_A_MEETING, *plain(HOLD, WRITE)]
DECIDED = [*MET, *plain(V.REGISTER_MEASURE_DECISION, V.CONFIRM_MEASURE_DECISION)]
SERVED = [*DECIDED, *plain(V.SERVE_MEASURE)]
SIGNED = [*SERVED, *plain(V.ACKNOWLEDGE_MEASURE)]
REFERRED = [*SIGNED, *plain(V.REFER_MEASURE)]
PLEADED = [*SIGNED, *plain(V.STATE_PLEA)]
PLEA_MET = [*PLEADED, *plain(CALL, HOLD, WRITE, V.DRAFT_PLEA_ANSWER)]
# The ways of each state, by their variants.
STEPS_TO: dict[str, tuple[list[Step], ...]] = {
    S.DRAFTED: (plain(),),
    S.IN_REVIEW: (plain(V.SUBMIT_MEASURE),),
    S.PROPOSED: (MET, ANSWERED, BEFORE_A_MEETING, DECIDED[:-1], ASKED),
    S.DECIDED: (DECIDED,),
    S.SERVED: (
        [*REFERRED, *plain(V.RECORD_REFERRAL_RECEIPT, V.RECORD_REFERRAL_OUTCOME)],
        SIGNED,
        PLEADED,
        [*PLEA_MET, *plain(V.UPHOLD_MEASURE)],
        [*REFERRED, *plain(V.RECORD_REFERRAL_RECEIPT)],
        SERVED,
    ),
    S.ENDED: ([*SIGNED, *plain(V.CONCLUDE_MEASURE)],),
    S.REVOKED: ([*PLEA_MET, *plain(V.REVOKE_MEASURE)],),
    S.DECLINED: (
        [*MET, *plain(V.REGISTER_MEASURE_DECISION, V.CONFIRM_MEASURE_DECLINED)],
        [*ANSWERED, *plain(V.DECLINE_MEASURE)],
        plain(V.SUBMIT_MEASURE, V.DECLINE_MEASURE),
    ),
    S.WITHDRAWN: (plain(V.WITHDRAW_MEASURE),),
}


def veto_plans(seed: int, lead_days: int, vetoes: int) -> list[Plan]:
    """The ways of a seed for so many of them."""
    made = []
    for number, (state, variant) in enumerate(routes(SHARES, vetoes)):
        lots = Random(f"{seed}:{number}:veto")  # nosec B311
        steps, offsets = [(V.DRAFT_MEASURE, 0), *STEPS_TO[state][variant]], [0]
        for verb, _ in steps[1:]:
            waits = {HOLD: UNTIL_THE_MEETING, V.CONCLUDE_MEASURE: UNTIL_OPEN}
            offsets.append(offsets[-1] + waits.get(verb, lots.randint(1, 2)))
        days_since = None if state in ENDED else DAYS_SINCE.get(S(state), USUAL_DAYS_SINCE)
        made.append(Plan(number, state, variant, 0, steps, offsets, 0, 0, days_since))
    return made


class VetoStory(MeasureStory):
    """One 一票否决, and the meetings that decide on it."""

    def _kind(self) -> Callable[..., dict[str, object]]:
        return measure_drivers.veto

    def _words_of_measure(self) -> Keywords:
        return {"matter": words.MATTER, "facts": words.facts(self.lots, words.MATTER)}

    def _take(self, verb: str, measure: AccountabilityMeasure) -> AccountabilityMeasure:
        if verb not in MEETS:
            return super()._take(verb, measure)
        MEETS[verb](self, measure)
        return measure


def _call(story: VetoStory, measure: AccountabilityMeasure) -> None:
    meeting = meeting_steps.call(MeetingKind.LEADING_GROUP, "", story.day_in(UNTIL_THE_MEETING))
    meeting_steps.add_item(meeting, measure=AccountabilityMeasure.objects.for_step().get(pk=measure.pk))
    meeting_steps.convene(meeting)


def _hold(story: VetoStory, measure: AccountabilityMeasure) -> None:
    meeting = _newest_meeting(measure)
    is_of_plea = AgendaItem.objects.get(meeting=meeting).is_of_plea
    ends = S.REVOKED if is_of_plea else S.DECLINED
    meeting_steps.hold(meeting, DecisionKind.DECLINED if story.plan.state == ends else DecisionKind.APPROVED)


def _write_up(story: VetoStory, measure: AccountabilityMeasure) -> None:
    meeting_steps.write(_newest_meeting(measure))


def _newest_meeting(measure: AccountabilityMeasure) -> Meeting:
    return Meeting.objects.with_people().filter(items__measure_laid=measure.pk).latest("called_at")


MEETS: dict[str, Callable[[VetoStory, AccountabilityMeasure], None]] = {CALL: _call, HOLD: _hold, WRITE: _write_up}


def consulted_text(measure: AccountabilityMeasure) -> list[tuple[str, str]]:
    """The text that departments were asked about, after its digest; none before."""
    return [(measure.digest, bound_text(measure))] if measure.consultations.exists() else []
