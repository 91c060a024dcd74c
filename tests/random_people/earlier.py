"""补录 as it is played: somebody enters what was done on paper, step by step; another checks or discards it."""

from __future__ import annotations

from datetime import date
from functools import partial

from tests import cast
from tests.random_people.expected import DONE, NOT_THEIRS, Matter
from tests.random_people.world import World
from yuetan.actions.rectification import earlier_case
from yuetan.models import Case
from yuetan.scenarios.earlier import enter
from yuetan.vocabulary import EarlierState, Verb

# Each step of then with its day in September.
STORY = (
    (Verb.REVISE_DRAFT, 1),
    (Verb.SUBMIT, 1),
    (Verb.ENDORSE, 2),
    (Verb.REGISTER_DECISION, 3),
    (Verb.CONFIRM_APPROVAL, 3),
    (Verb.SERVE_NOTICE, 4),
    (Verb.REGISTER_RECEIPT, 5),
    (Verb.REGISTER_SUBMISSION, 7),
    (Verb.HOLD_INTERVIEW, 11),
    (Verb.CONFIRM_MINUTES, 14),
    (Verb.SEND_MINUTES, 15),
    (Verb.REGISTER_MINUTES_ANSWER, 16),
    (Verb.ISSUE_MINUTES, 18),
    (Verb.ASSIGN, 21),
    (Verb.REGISTER_REPORT, 22),
    (Verb.ACCEPT_TASK, 22),
)


def begin_entering(world: World, who: str, unit: str) -> None:
    """Somebody begins to enter a matter of September; a case officer may, of a unit that is not their own."""
    stated = {"unit": cast.unit(unit), "drafted_on": date(2026, 9, 1), "drafter": cast.person("officer")}
    stated |= {"reason": "系统启用前已约谈，见2026年第3卷。"}
    may = world.people.holds(who, {"case_officer"}) and not world.people.belongs(who, unit)
    came = _attempt(world, who, lambda user: earlier_case.record_earlier_case(by=user, **stated))
    assert may or came == NOT_THEIRS, f"{who} begins to enter: {came}"
    if came == DONE:
        case = Case.objects.order_by("register_year", "register_serial").last()
        world.entered.append(Matter(case.pk, unit, "officer"))
        _follow(world.entered[-1])


def go_on_entering(world: World, matter: Matter, who: str, *, which: int) -> None:
    """The next step of then is entered; or it is handed in, confirmed, returned or discarded."""
    case = Case.objects.get(pk=matter.pk)
    if case.earlier == EarlierState.RECORDING and which % 5:
        entered = case.events.filter(verb__in=[verb for verb, _ in STORY]).count()
        verb, day = STORY[min(entered, len(STORY) - 1)]
        number = {"number": f"江扫黑办〔2026〕{900 + 10 * len(world.entered) + entered}号"}
        changed = number if verb in (Verb.SERVE_NOTICE, Verb.ISSUE_MINUTES) else {}
        came = _attempt(world, who, lambda user: enter(verb, case, date(2026, 9, day), by=user, **changed))
        whose = {"case_officer", "office_director"}  # who registers or checks a decision
    else:
        action, whose = _about_the_whole(which)
        came = _attempt(world, who, lambda user: action(case, by=user))
    may = world.people.holds(who, whose) and not world.people.belongs(who, matter.unit)
    assert may or came != DONE, f"{who} goes on entering: {came}"
    _follow(matter)


def _about_the_whole(which: int) -> tuple[partial[Case], set[str]]:
    acts = (
        (partial(earlier_case.hand_in_earlier_case), {"case_officer"}),
        (partial(earlier_case.confirm_earlier_case, compared=True), {"office_director"}),
        (partial(earlier_case.return_earlier_case, reason="回执日期与原件不符。"), {"office_director"}),
        (
            partial(earlier_case.discard_earlier_case, reason="通知日期录错，另行补录。"),
            {"case_officer", "office_director"},
        ),
    )
    return acts[(which // 5) % 7 % 4]


def _attempt(world: World, who: str, perform: object) -> str:
    return world.attempt(who, perform, ("", "", {}), by_browser=False)  # type: ignore[arg-type]


def _follow(matter: Matter) -> None:
    """How it stands; while it is being entered the unit sees nothing of it."""
    case = Case.objects.get(pk=matter.pk)
    matter.state, matter.is_notified = case.state, case.is_open_to_unit
    assert case.earlier == EarlierState.CONFIRMED or not matter.is_notified
