"""您现在可以: what a person may do with a case now, read off the table of steps, never off a second list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from yuetan.actions.step import blocking_reasons, is_allowed, may_take
from yuetan.models import Case, User
from yuetan.models.case.task_steps import TASK_VERBS
from yuetan.models.flow.step import Step
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.vocabulary import Verb


@dataclass
class AvailableStep:
    """One button of the case page: a step, and the reasons if it is refused now."""

    verb: str
    label: str
    url: str
    awaited: bool
    refused: bool
    reasons: list[str]
    primary: bool = False
    opens_early: bool = False


def available_steps(case: HandsOutTasks, user: User) -> list[AvailableStep]:
    """Everything that is this person's to do in the present state; the first awaited one that is open is primary."""
    available = [
        _available_step(case, step, user)
        for step in case.steps_now()
        if not step.has_own_page and may_take(case, step, user) and _is_listed(case, step, user)
    ]
    available.sort(key=lambda each: (each.refused, not each.awaited))
    if available and available[0].awaited and not available[0].refused:
        available[0].primary = True
    return available


def other_steps(*verbs: Verb) -> Callable[[HandsOutTasks, User], list[AvailableStep]]:
    """The part of a step's page that leads to the steps one may take instead."""

    def part(case: HandsOutTasks, user: User) -> list[AvailableStep]:
        return [step for step in available_steps(case, user) if step.verb in verbs and not step.refused]

    return part


def _is_listed(case: HandsOutTasks, step: Step, user: User) -> bool:
    """A refused side step is shown only where its reason tells the person what to do first."""
    return step.is_explained(case) or is_allowed(case, step, user)


def _available_step(case: HandsOutTasks, step: Step, user: User) -> AvailableStep:
    reasons = [reason.text for reason in blocking_reasons(case, step, user)]
    return AvailableStep(
        verb=step.verb,
        label=label(step.verb),
        url=step_url(case, step.verb),
        awaited=step.is_awaited(case, user),
        refused=bool(reasons),
        reasons=reasons,
        opens_early=step.opens_early,
    )


def label(verb: str) -> str:
    """The words on the button."""
    return str(Verb(verb).label)


OWN_PAGES = {Verb.REVISE_DRAFT: "revise_draft", Verb.REVISE_MEASURE: "revise_measure"}  # of drafts
STEP_ADDRESSES = {"case": "take_step", "measure_laid": "measure_step", "assignment": "assignment_step"}


def step_url(case: HandsOutTasks, verb: str) -> str:
    """Where a step is taken; a draft has a page of its own, and so has what is done about tasks outside a case."""
    if verb in OWN_PAGES:
        return reverse(OWN_PAGES[Verb(verb)], args=[case.pk])
    if verb in TASK_VERBS and case.ABOUT != Case.ABOUT:
        return reverse(task_address(case), args=[case.pk, verb])
    return reverse(STEP_ADDRESSES[case.ABOUT], args=[case.pk, verb])


def task_address(case: HandsOutTasks) -> str:
    """The name of the address at which steps about its tasks are taken."""
    return "take_step" if case.ABOUT == Case.ABOUT else f"take_task_step_of_{case.ABOUT}"


def pending_step_url(case: Case, verbs: Collection[str]) -> str:
    """Where 待办 leads: to the case, or at once to the page that holds all that deciding on it needs."""
    return step_url(case, Verb.APPROVE) if Verb.APPROVE in verbs else reverse("case", args=[case.pk])


def due_on(step: Step, case: Case) -> date | None:
    """By when: the step's own date, or that of the case."""
    return step.due_on(case) if step.due_on else case.due_on
