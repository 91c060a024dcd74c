"""A lawful way to a state, drawn by lot: which steps a seeded case takes, and on which working days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from yuetan.rules.dates.working_days import Calendar, is_working_day
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import CaseState, Verb

S, V = CaseState, Verb
Way = list[tuple[Verb, int]]  # each step, and the number of the task it is about

# How many of a hundred cases stand where.
SHARES = {
    S.DRAFTED: 4,
    S.IN_REVIEW: 3,
    S.PROPOSED: 3,
    S.APPROVED: 3,
    S.NOTIFIED: 6,
    S.INTERVIEWED: 4,
    S.MINUTED: 3,
    S.RECTIFYING: 14,
    S.INSPECTING: 6,
    S.CLOSED: 46,
    S.DECLINED: 4,
    S.WITHDRAWN: 4,
}
ENDED = (S.CLOSED, S.DECLINED, S.WITHDRAWN)
SAME_DAY = {V.SUBMIT, V.SEND_MINUTES, V.HAND_IN_REPORT, V.ASSIGN, V.CONCLUDE_INSPECTION}
MOST_DAYS_SINCE = {S.NOTIFIED: 6, S.RECTIFYING: 60}
USUAL_DAYS_SINCE = 15
DAYS_BEYOND_LEAD = 3
FIRST_HOUR, INTERVIEW_HOUR = time(9, 5), time(9, 30)


@dataclass(frozen=True)
class Plan:
    """One case before it is written."""

    index: int
    state: CaseState
    measures: int
    way: Way
    offsets: list[int]
    days_since: int
    notice_days: int

    @property
    def begins(self) -> int:
        """How many working days ago the first step was taken."""
        return self.offsets[-1] + self.days_since


class Days:
    """The working days from the first possible one on, counted from today."""

    def __init__(self, first: date, today: date, calendar: Calendar) -> None:
        span = (first + timedelta(days=number) for number in range((today - first).days + 400))
        self.calendar = calendar
        self._days = [day for day in span if is_working_day(day, calendar)]
        self.since_first = sum(day <= today for day in self._days) - 1

    def ago(self, count: int) -> date:
        """The working day so many working days before today, or after it if negative."""
        return self._days[self.since_first - count]


def at(day: date, hour: time) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, hour, CHINA_STANDARD_TIME)


def drawn(seed: int, index: int, lead_days: int, longest: int) -> tuple[Plan, Random]:
    """The plan of one case, the same for the same seed and number, and the lots to draw its words by."""
    lots = Random(f"{seed}:{index}")  # nosec B311 - nothing here is secret
    state = lots.choices(list(SHARES), list(SHARES.values()))[0]
    measures = lots.randint(1, 3)
    way = _way(state, measures, lots)
    notice_days = lead_days + DAYS_BEYOND_LEAD + lots.randint(0, 3)
    offsets = _offsets(way, notice_days, lots)
    most = longest - offsets[-1] if state in ENDED else MOST_DAYS_SINCE.get(state, USUAL_DAYS_SINCE)
    return Plan(index, state, measures, way, offsets, lots.randint(1, max(1, most)), notice_days), lots


def _plain(*verbs: Verb) -> Way:
    return [(verb, 0) for verb in verbs]


def _perhaps(lots: Random, chance: float, *verbs: Verb) -> Way:
    return _plain(*verbs) if lots.random() < chance else []


def _way(state: CaseState, measures: int, lots: Random) -> Way:
    if state == S.DRAFTED:
        return _plain(V.DRAFT)
    way = _plain(V.DRAFT, V.SUBMIT) + _perhaps(lots, 0.2, V.RETURN_FOR_CHANGES, V.REVISE_DRAFT, V.SUBMIT)
    if state == S.WITHDRAWN and lots.random() < 0.5:
        return way + _plain(V.WITHDRAW)
    decided = {
        S.IN_REVIEW: (),
        S.PROPOSED: (V.ENDORSE,),
        S.DECLINED: (V.ENDORSE, V.DECLINE),
        S.APPROVED: (V.ENDORSE, V.APPROVE),
    }
    if state in decided:
        return way + _plain(*decided[state])
    return way + _plain(V.ENDORSE, V.APPROVE, V.SERVE_NOTICE) + _after_notice(state, measures, lots)


def _after_notice(state: CaseState, measures: int, lots: Random) -> Way:
    signed = _perhaps(lots, 0.6, V.ACKNOWLEDGE_RECEIPT)
    if state == S.WITHDRAWN:
        return signed + _plain(V.WITHDRAW)
    if state == S.NOTIFIED:
        return signed + _perhaps(lots, 0.4, V.PREPARE_SUBMISSION) if signed else []
    way = _plain(V.ACKNOWLEDGE_RECEIPT) + _perhaps(lots, 0.1, V.RESCHEDULE, V.ACKNOWLEDGE_RECEIPT)
    way += _perhaps(lots, 0.9, V.PREPARE_SUBMISSION, V.HAND_IN_SUBMISSION) + _plain(V.HOLD_INTERVIEW)
    if state == S.INTERVIEWED:
        return way + _perhaps(lots, 0.6, V.CONFIRM_MINUTES, V.SEND_MINUTES)
    way += _plain(V.CONFIRM_MINUTES, V.SEND_MINUTES, V.ANSWER_MINUTES, V.ISSUE_MINUTES)
    return way if state == S.MINUTED else way + _plain(V.ASSIGN) + _rectification(state, measures, lots)


def _rectification(state: CaseState, measures: int, lots: Random) -> Way:
    postponed: Way = [(V.ASK_EXTENSION, measures), (V.DECIDE_EXTENSION, measures)] if lots.random() < 0.15 else []
    if state == S.RECTIFYING:
        done = range(1, lots.randint(1, measures))
        return postponed + [step for number in done for step in [*_reported(number, lots), (V.ACCEPT_TASK, number)]]
    way = postponed + [step for number in range(1, measures + 1) for step in _reported(number, lots)]
    way += [(V.ACCEPT_TASK, number) for number in range(1, measures)] + _plain(V.BEGIN_INSPECTION)
    if state == S.INSPECTING:
        return way
    if lots.random() < 0.1:
        way += [(V.CONCLUDE_INSPECTION, 0), (V.SEND_BACK, measures)]
        way += [(V.PREPARE_REPORT, measures), (V.HAND_IN_REPORT, measures), (V.BEGIN_INSPECTION, 0)]
    return [*way, (V.ACCEPT_TASK, measures), (V.CONCLUDE_INSPECTION, 0), (V.CLOSE, 0)]


def _reported(number: int, lots: Random) -> Way:
    reported = [(V.PREPARE_REPORT, number), (V.HAND_IN_REPORT, number)]
    return [*reported, (V.RETURN_TASK, number), *reported] if lots.random() < 0.1 else reported


def _offsets(way: Sequence[tuple[Verb, int]], notice_days: int, lots: Random) -> list[int]:
    offsets, offset, interview = [], 0, 0
    for order, (verb, _) in enumerate(way):
        if verb == V.HOLD_INTERVIEW:
            offset = max(offset, interview)
        elif order and verb not in SAME_DAY:
            offset += lots.randint(2, 6) if verb == V.PREPARE_REPORT else lots.randint(1, 2)
        if verb in (V.SERVE_NOTICE, V.RESCHEDULE):
            interview = offset + notice_days
        offsets.append(offset)
    return offsets
