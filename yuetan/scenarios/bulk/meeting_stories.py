"""会议 told by the real actions: planned, convened, signed for, held, written up, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from random import Random

from yuetan.actions.meeting.meetings import cancel_meeting
from yuetan.actions.meeting.resolutions import Agreed
from yuetan.models import Assignment, Meeting, Post, Unit
from yuetan.rules.dates import clock
from yuetan.scenarios import assignment_drivers
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import meeting_steps, words
from yuetan.scenarios.bulk.meeting_steps import CALL, CONVENE, HOLD, RECEIVE, WRITE
from yuetan.scenarios.bulk.plan import Plan, Shares, routes
from yuetan.scenarios.bulk.story import Story
from yuetan.vocabulary import MeetingKind, MeetingState, PostKind, UnitKind, Verb

S = MeetingState
CANCEL, REPORT, ACCEPT, CONCLUDE = "cancel", "report", "accept", "conclude"
WRITTEN = (CALL, CONVENE, RECEIVE, HOLD, WRITE)
# The ways of each state, by their variants; of a hundred meetings how many stand there.
STEPS_TO: dict[str, tuple[tuple[str, ...], ...]] = {
    S.PLANNED: ((CALL,),),
    S.CONVENED: (WRITTEN[:3], WRITTEN[:2]),
    S.HELD: (WRITTEN[:4],),
    S.MINUTED: ((*WRITTEN, REPORT, ACCEPT, CONCLUDE), WRITTEN, (*WRITTEN, REPORT), (*WRITTEN, REPORT, ACCEPT)),
    S.CANCELLED: ((CALL, CONVENE, CANCEL),),
}
SHARES: Shares = {S.PLANNED: (4, 1), S.CONVENED: (6, 2), S.HELD: (5, 1), S.MINUTED: (80, 4), S.CANCELLED: (5, 1)}
OFFSETS = {CALL: 0, CONVENE: 1, RECEIVE: 2, CANCEL: 2, HOLD: 7, WRITE: 9, REPORT: 20, ACCEPT: 22, CONCLUDE: 23}
THERE, DUE_DAYS = 7, 40  # working days after it was called: when it is held, and when what was agreed is due
KINDS = (MeetingKind.JOINT, MeetingKind.SPECIAL, MeetingKind.LEADING_GROUP)
ENDED = (S.MINUTED, S.CANCELLED)
DAYS_SINCE = {S.PLANNED: 3, S.CONVENED: 3}  # the hour of either is still to come
MAX_GUESTS = 4


def meeting_plans(seed: int, lead_days: int, meetings: int) -> list[Plan]:
    """The ways of a seed for so many of them."""
    made = []
    for number, (state, variant) in enumerate(routes(SHARES, meetings)):
        steps, lots = STEPS_TO[state][variant], Random(f"{seed}:{number}:meeting")  # nosec B311
        later = lots.randint(0, 3)
        offsets = [OFFSETS[each] + (later if OFFSETS[each] > THERE else 0) for each in steps]
        is_over = state in ENDED and (steps[-1] in (CONCLUDE, CANCEL) or variant == 1)
        days_since = None if is_over else DAYS_SINCE.get(S(state), 25)
        made.append(Plan(number, state, variant, 0, [(each, 0) for each in steps], offsets, 0, DUE_DAYS, days_since))
    return made


def guests() -> list[Unit]:
    """A few 成员单位 whose people have accounts, convened to every one of these meetings; no meeting is about them."""
    liaisons = Post.objects.current().filter(kind=PostKind.LIAISON, holder__username__isnull=False)
    units = Unit.objects.interviewed().in_use().filter(kind=UnitKind.MEMBER_UNIT, pk__in=liaisons.values("unit"))
    return list(units.select_related("parent").order_by("code")[:MAX_GUESTS])


def keys_of_guests() -> Collection[int]:
    """The keys of these."""
    return [unit.pk for unit in guests()]


class MeetingStory(Story):
    """One meeting that gives one unit something to do."""

    root = Meeting

    def play(self) -> Meeting:
        """Take every step of a meeting; raises Refused or NotYours where the plan is not lawful."""
        moments = self.moments()
        with clock.at(next(moments)[0]):
            kind = KINDS[self.plan.number % len(KINDS)]
            meeting = meeting_steps.call(kind, words.MATTER, self.day_in(THERE))
            for title in (f"研究{words.MATTER}", "通报近期线索摸排和核查情况"):
                meeting_steps.add_item(meeting, title)
        for moment, step, _ in moments:
            with clock.at(moment):
                NEXT[step](self, Meeting.objects.with_people().get(pk=meeting.pk))
        return Meeting.objects.get(pk=meeting.pk)


def _convene(story: MeetingStory, meeting: Meeting) -> None:
    meeting_steps.convene(meeting, [story.side.unit, *guests()])


def _receive(story: MeetingStory, meeting: Meeting) -> None:
    meeting_steps.receive(meeting)


def _hold(story: MeetingStory, meeting: Meeting) -> None:
    meeting_steps.hold(meeting)
    texts = story.lots.sample(words.MEASURES, 2)
    due = story.day_in(DUE_DAYS)
    agreed = [Agreed(f"{text}。", story.side.unit, due) for text in texts]
    meeting_steps.agree(meeting, agreed)


def _write_up(story: MeetingStory, meeting: Meeting) -> None:
    meeting_steps.write(meeting)


def _cancel(story: MeetingStory, meeting: Meeting) -> None:
    cancel_meeting(meeting, by=in_office("officer"), reason="与上级会议时间冲突，另行召集。")


def _report(story: MeetingStory, meeting: Meeting) -> None:
    given = _given(meeting)
    for _ in given.tasks.all():
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT):
            given = assignment_drivers.take(verb, given)


def _accept(story: MeetingStory, meeting: Meeting) -> None:
    given = _given(meeting)
    for _ in given.tasks.all():
        given = assignment_drivers.take(Verb.ACCEPT_TASK, given)


def _end_given(story: MeetingStory, meeting: Meeting) -> None:
    assignment_drivers.take(Verb.CONCLUDE_ASSIGNMENT, _given(meeting))


def _given(meeting: Meeting) -> Assignment:
    return Assignment.objects.get(meeting=meeting)


NEXT: dict[str, Callable[[MeetingStory, Meeting], None]] = {
    CONVENE: _convene,
    RECEIVE: _receive,
    HOLD: _hold,
    WRITE: _write_up,
    CANCEL: _cancel,
    REPORT: _report,
    ACCEPT: _accept,
    CONCLUDE: _end_given,
}
