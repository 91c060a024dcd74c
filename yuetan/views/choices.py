"""您现在可以: what a person may do with a case now, read off the machine and the acts, never off a second list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from yuetan import permissions
from yuetan.actions import step as steps
from yuetan.models import Case, User
from yuetan.views.step_pages import STEP_PAGES
from yuetan.vocabulary import CaseState, Party, PostKind, Role, Verb

# What 待办 says where the name of the step alone would not tell why it waits.
WHY_NOW = {
    Verb.REGISTER_RECEIPT.value: "通知逾期未签收：催办签收，或者登记纸质回执",
    Verb.RESCHEDULE.value: "改期：约谈对象或者约谈人已准假、离任",
}
# Where the name of the step would take the decision for granted.
UNDECIDED = {Verb.ENDORSE.value: "核稿", Verb.APPROVE.value: "审定", Verb.ACCEPT_TASK.value: "核查整改报告"}
REGISTERED = {Verb.APPROVE.value: "登记审定同意", Verb.DECLINE.value: "登记不予约谈"}


@dataclass
class Choice:
    """One button: a step or an act, and what stands against it."""

    verb: str
    label: str
    url: str
    awaited: bool
    refused: bool
    reasons: list[str]
    primary: bool = False
    opens_before: bool = False


def choices(case: Case, user: User) -> list[Choice]:
    """Everything that is this person's to do in the present state; the first awaited one that is open is primary."""
    found = [
        _choice(case, chosen, user)
        for chosen in (*steps.acts_on(case), *steps.ways_on(case))
        if steps.is_theirs(case, chosen, user) and _worth_showing(case, chosen, user)
    ]
    found.sort(key=lambda choice: (choice.refused, not choice.awaited))
    if found and found[0].awaited and not found[0].refused:
        found[0].primary = True
    return found


def _worth_showing(case: Case, chosen: Any, user: User) -> bool:
    """A refused act is shown only where its reason tells the person what to do first."""
    explains_if = chosen.custom.get("explains_if")
    if (
        chosen.custom.get("direction") != "beside"
        or chosen.custom.get("explains")
        or (explains_if and explains_if(case))
    ):
        return True
    return steps.stands_open(case, chosen, user)


def _choice(case: Case, chosen: Any, user: User) -> Choice:
    reasons = [reason.text for reason in steps.reasons_against(case, chosen, user)]
    return Choice(
        verb=chosen.name,
        label=label(chosen.name, user),
        url=step_url(case, chosen.name),
        awaited=is_awaited(chosen, case, user),
        refused=bool(reasons),
        reasons=reasons,
        opens_before=chosen.name in STEP_PAGES and STEP_PAGES[chosen.name].opens_before,
    )


def label(verb: str, user: User) -> str:
    """The words on the button: the office registers what a leader decides."""
    if user.holds(PostKind.OFFICE_DIRECTOR) and verb in REGISTERED:
        return REGISTERED[verb]
    return str(Verb(verb).label)


def step_url(case: Case, verb: str) -> str:
    """Where a step is taken; a draft has a page of its own."""
    if verb == Verb.REVISE_DRAFT:
        return reverse("revise_draft", args=[case.pk])
    return reverse("take_step", args=[case.pk, verb])


def duty_url(case: Case) -> str:
    """Where 待办 leads: to the case, or at once to the page that holds all that deciding on it needs."""
    return step_url(case, Verb.APPROVE) if case.state == CaseState.PROPOSED else reverse("case", args=[case.pk])


def is_awaited(chosen: Any, case: Case | None = None, user: User | None = None) -> bool:
    """Whether the case, or for none given some case, waits for this step or act; some wait for certain people only."""
    custom = chosen.custom
    if custom.get("awaited_of"):
        return case is not None and user is not None and bool(custom["awaited_of"](case, user))
    if case is not None and custom.get("awaited_if"):
        return bool(custom["awaited_if"](case))
    return custom.get("direction") == "main" or bool(custom.get("awaited") or custom.get("awaited_if"))


@dataclass(frozen=True)
class Deed:
    """One thing the case waits for from a person, and by when."""

    verb: str
    label: str
    due_on: date | None


def awaited(case: Case, user: User) -> list[Deed]:
    """What the case waits for from this person and could be done now."""
    ways = (*steps.acts_on(case), *steps.ways_on(case))
    return [
        Deed(chosen.name, WHY_NOW.get(chosen.name) or _asked(chosen.name, user), due_on(chosen, case))
        for chosen in ways
        if is_awaited(chosen, case, user)
        and steps.is_theirs(case, chosen, user)
        and steps.stands_open(case, chosen, user)
    ]


def due_on(chosen: Any, case: Case) -> date | None:
    """By when: the act's own date, or that of the case."""
    own = chosen.custom.get("due_on")
    return own(case) if own else case.due_on


def waiting_for(case: Case) -> str:
    """Whose turn it is and for what, for somebody who has nothing to do."""
    for chosen in (*steps.acts_on(case), *steps.ways_on(case)):
        if is_awaited(chosen, case) and all(condition(case) for condition in chosen.conditions):
            return f"现由{_holders(chosen)}办理：{_asked(chosen.name)}。"
    return ""


def _asked(verb: str, user: User | None = None) -> str:
    """What is to be done, whichever way it is decided."""
    if user is not None and user.holds(PostKind.OFFICE_DIRECTOR) and verb == Verb.APPROVE:
        return "登记审定结果"
    return UNDECIDED.get(verb) or str(Verb(verb).label)


def _holders(chosen: Any) -> str:
    permission = permissions.BY_CODENAME[chosen.permission.removeprefix(f"{permissions.APP}.")]
    roles = [
        Role(role).label for role in permission.roles if role != Role.OFFICE_DIRECTOR or len(permission.roles) == 1
    ]
    return "、".join([*roles, *(Party(party).label for party in permission.parties)])
