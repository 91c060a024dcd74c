"""The lawful ways of a case to its state: which steps each takes, and on which working days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from yuetan.scenarios.bulk.plan import Plan, Shares, Step, plain, routes
from yuetan.vocabulary import CaseState, Verb

S, V = CaseState, Verb

# How many of a hundred cases stand where, and how many different ways lead there.
SHARES: Shares = {
    S.DRAFTED: (4, 2),
    S.IN_REVIEW: (3, 2),
    S.PROPOSED: (3, 2),
    S.APPROVED: (3, 2),
    S.NOTIFIED: (6, 3),
    S.INTERVIEWED: (4, 2),
    S.MINUTED: (3, 2),
    S.RECTIFYING: (14, 3),
    S.INSPECTING: (6, 2),
    S.CLOSED: (46, 6),
    S.DECLINED: (4, 2),
    S.WITHDRAWN: (4, 2),
}
ENDED = (S.CLOSED, S.DECLINED, S.WITHDRAWN)
SAME_DAY = {V.SUBMIT, V.SEND_MINUTES, V.HAND_IN_REPORT, V.ASSIGN, V.CONCLUDE_INSPECTION, V.SEND_BACK, V.SIGN_INSPECTION}
CONCLUDED = ((V.CONCLUDE_INSPECTION, 0), (V.SIGN_INSPECTION, 0))
MAX_DAYS_SINCE = {S.NOTIFIED: 6, S.RECTIFYING: 60}  # working days since the last step of a case that goes on
USUAL_DAYS_SINCE = 15
DAYS_BEYOND_LEAD = 3


def plans(seed: int, lead_days: int, cases: int) -> list[Plan]:
    """The ways of a seed for so many cases, in the order of SHARES: more cases, more ways."""
    rows = enumerate(routes(SHARES, cases))
    return [_plan(seed, number, S(state), variant, lead_days) for number, (state, variant) in rows]


def _plan(seed: int, number: int, state: CaseState, variant: int, lead_days: int) -> Plan:
    lots = Random(f"{seed}:{number}:steps")  # nosec B311
    measures, notice_days = 1 + (variant + lots.randint(0, 1)) % 3, lead_days + DAYS_BEYOND_LEAD + lots.randint(0, 2)
    steps = list(_steps(state, variant, measures))
    offsets = _offsets(steps, notice_days, lots)
    days_since = None if state in ENDED else MAX_DAYS_SINCE.get(state, USUAL_DAYS_SINCE)
    due_days, held = lots.randint(20, 30), offsets_of(steps, offsets).get(V.HOLD_INTERVIEW, 0)
    return Plan(number, state, variant, measures, steps, offsets, notice_days, due_days, days_since, held)


def offsets_of(steps: Sequence[Step], offsets: Sequence[int]) -> dict[str, int]:
    """When each step is taken first."""
    return {verb: offset for (verb, _), offset in reversed(list(zip(steps, offsets, strict=True)))}


def _steps(state: CaseState, variant: int, measures: int) -> Iterator[Step]:
    yield from plain(V.DRAFT) if state == S.DRAFTED else plain(V.DRAFT, V.SUBMIT)
    if state == S.DRAFTED:
        return
    if variant % 2:
        yield from plain(V.RETURN_FOR_CHANGES, V.REVISE_DRAFT, V.SUBMIT)
    undecided = {
        S.IN_REVIEW: plain(),
        S.PROPOSED: plain(V.ENDORSE),
        S.DECLINED: plain(V.ENDORSE, V.DECLINE),
        S.APPROVED: plain(V.ENDORSE, V.APPROVE),
    }
    if state in undecided:
        yield from undecided[state]
    elif state == S.WITHDRAWN and variant == 0:
        yield from plain(V.WITHDRAW)
    else:
        yield from plain(V.ENDORSE, V.APPROVE, V.SERVE_NOTICE)
        yield from _after_notice(state, variant, measures)


def _after_notice(state: CaseState, variant: int, measures: int) -> Iterator[Step]:
    signed = variant % 3 != 1 or state not in (S.NOTIFIED, S.WITHDRAWN)
    yield from plain(V.ACKNOWLEDGE_RECEIPT) if signed else ()
    if state == S.WITHDRAWN:
        yield from plain(V.WITHDRAW)
    elif state == S.NOTIFIED:
        yield from plain(V.PREPARE_SUBMISSION) if variant == 2 else ()
    else:
        yield from _until_minutes(state, variant)
        yield from _rectification(state, variant, measures)


def _until_minutes(state: CaseState, variant: int) -> Iterator[Step]:
    yield from plain(V.RESCHEDULE, V.ACKNOWLEDGE_RECEIPT) if variant % 4 == 2 else ()
    yield from plain(V.PREPARE_SUBMISSION, V.HAND_IN_SUBMISSION) if variant != 5 else ()
    yield from plain(V.HOLD_INTERVIEW)
    if state != S.INTERVIEWED or variant == 0:
        yield from plain(V.CONFIRM_MINUTES, V.SEND_MINUTES)
    if state != S.INTERVIEWED:
        yield from plain(V.ANSWER_MINUTES, V.ISSUE_MINUTES)


def _rectification(state: CaseState, variant: int, measures: int) -> Iterator[Step]:
    if state in (S.INTERVIEWED, S.MINUTED):
        return
    yield (V.ASSIGN, 0)
    if variant % 4 == 1:
        yield from ((V.ASK_EXTENSION, measures), (V.DECIDE_EXTENSION, measures))
    if state == S.RECTIFYING:
        for number in range(1, measures):
            yield from (*_reported(number, variant), (V.ACCEPT_TASK, number))
        return
    for number in range(1, measures + 1):
        yield from _reported(number, variant)
    yield from ((V.ACCEPT_TASK, number) for number in range(1, measures))
    yield (V.BEGIN_INSPECTION, 0)
    if state == S.CLOSED:
        yield from _to_the_end(variant, measures)


def _reported(number: int, variant: int) -> list[Step]:
    reported: list[Step] = [(V.PREPARE_REPORT, number), (V.HAND_IN_REPORT, number)]
    return [*reported, (V.RETURN_TASK, number), *reported] if (number, variant % 4) == (1, 2) else reported


def _to_the_end(variant: int, measures: int) -> Iterator[Step]:
    if variant % 4 == 3:
        yield from (*CONCLUDED, (V.REQUEST_SEND_BACK, measures), (V.SEND_BACK, measures))
        yield from ((V.PREPARE_REPORT, measures), (V.HAND_IN_REPORT, measures), (V.BEGIN_INSPECTION, 0))
    yield from ((V.ACCEPT_TASK, measures), *CONCLUDED, (V.CLOSE, 0))


def _offsets(steps: Sequence[Step], notice_days: int, lots: Random) -> list[int]:
    offsets, offset, interview = [], 0, 0
    for order, (verb, _) in enumerate(steps):
        if verb == V.HOLD_INTERVIEW:
            offset = max(offset, interview)
        elif order and verb not in SAME_DAY:
            offset += lots.randint(2, 4) if verb == V.PREPARE_REPORT else lots.randint(1, 2)
        if verb in (V.SERVE_NOTICE, V.RESCHEDULE):
            interview = offset + notice_days
        offsets.append(offset)
    return offsets
