"""The lawful ways of a 通报 or a 挂牌督办 to its state."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from yuetan.scenarios.bulk.plan import Plan, Shares, Step, plain, routes
from yuetan.vocabulary import MeasureState, Verb

S, V = MeasureState, Verb

# Of a hundred measures; every other way is that of a 挂牌督办.
SHARES: Shares = {
    S.DRAFTED: (4, 2),
    S.IN_REVIEW: (3, 2),
    S.PROPOSED: (3, 2),
    S.DECIDED: (3, 2),
    S.SERVED: (45, 6),
    S.ENDED: (30, 4),
    S.REVOKED: (6, 2),
    S.DECLINED: (3, 2),
    S.WITHDRAWN: (3, 2),
}
ENDED = (S.ENDED, S.REVOKED, S.DECLINED, S.WITHDRAWN)
SAME_DAY = {V.SUBMIT_MEASURE, V.HAND_IN_REPORT, V.RECORD_TEAM_REPORT}
MAX_DAYS_SINCE = {S.SERVED: 60}
USUAL_DAYS_SINCE = 15
LAID = plain(V.SUBMIT_MEASURE, V.DECIDE_MEASURE, V.SERVE_MEASURE)
LAID_BY_LEADER = plain(V.SUBMIT_MEASURE, V.ENDORSE_MEASURE, V.DECIDE_MEASURE, V.SERVE_MEASURE)
PLEADED = plain(V.STATE_PLEA, V.DRAFT_PLEA_ANSWER)
TEAM_SENT = plain(V.SET_WORK_TEAM, V.RECORD_TEAM_REPORT)


def measure_plans(seed: int, lead_days: int, measures: int) -> list[Plan]:
    """The ways of a seed for so many measures, in the order of SHARES."""
    rows = enumerate(routes(SHARES, measures))
    return [_plan_of_measure(seed, number, S(state), variant) for number, (state, variant) in rows]


def is_listing(plan: Plan) -> bool:
    """Whether it is the way of a 挂牌督办."""
    return bool(plan.variant % 2)


def _plan_of_measure(seed: int, number: int, state: MeasureState, variant: int) -> Plan:
    lots = Random(f"{seed}:{number}:measure")  # nosec B311
    demands = 1 + (variant + lots.randint(0, 1)) % 3
    steps = [(V.DRAFT_MEASURE, 0), *_steps_of_measure(state, variant, demands)]
    offsets, offset = [0], 0
    for verb, _ in steps[1:]:
        offset += 0 if verb in SAME_DAY else lots.randint(1, 2)
        offsets.append(offset)
    days_since = None if state in ENDED else MAX_DAYS_SINCE.get(state, USUAL_DAYS_SINCE)
    return Plan(number, state, variant, demands, steps, offsets, 0, lots.randint(30, 40), days_since)


def _steps_of_measure(state: MeasureState, variant: int, demands: int) -> list[Step]:
    before_service = {
        S.DRAFTED: plain(),
        S.IN_REVIEW: plain(V.SUBMIT_MEASURE),
        S.PROPOSED: LAID_BY_LEADER[:2],
        S.DECIDED: LAID[:2],
        S.DECLINED: plain(V.SUBMIT_MEASURE, V.DECLINE_MEASURE),
        S.WITHDRAWN: [*LAID[:2], *plain(V.WITHDRAW_MEASURE)] if variant else plain(V.WITHDRAW_MEASURE),
    }
    if state in before_service:
        return before_service[state]
    laid = LAID_BY_LEADER if variant % 4 > 1 else LAID
    if (state, variant) == (S.SERVED, 0):
        return laid
    return [*laid, *plain(V.ACKNOWLEDGE_MEASURE), *_after_receipt(state, variant, demands)]


def _after_receipt(state: MeasureState, variant: int, demands: int) -> Iterator[Step]:
    if state == S.REVOKED:
        yield from (*PLEADED, *plain(V.REVOKE_MEASURE))
    elif state == S.ENDED:
        yield from _to_the_end(variant, demands)
    elif variant in (4, 5):
        yield from PLEADED[: 6 - variant]
    elif variant == 1:
        yield from TEAM_SENT
    elif variant == 2:
        yield from plain(V.PREPARE_REPORT, V.HAND_IN_REPORT)
    else:
        yield from (*_put_right(demands), *plain(V.RECORD_SITE_CHECK, V.ASK_DELISTING))


def _to_the_end(variant: int, demands: int) -> Iterator[Step]:
    if variant >= 2:
        yield from (*PLEADED, *plain(V.UPHOLD_MEASURE))
    yield from _put_right(demands)
    if variant % 2:
        yield from plain(V.RECORD_SITE_CHECK, V.ASK_DELISTING, V.GRANT_DELISTING)
    else:
        yield from plain(V.CONCLUDE_MEASURE)


def _put_right(demands: int) -> Iterator[Step]:
    for number in range(1, demands + 1):
        yield from ((verb, number) for verb in (V.PREPARE_REPORT, V.HAND_IN_REPORT, V.ACCEPT_TASK))
