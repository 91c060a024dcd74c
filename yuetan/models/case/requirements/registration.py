"""Requirements of a registered decision: one at a time, checked by a second person of the office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.audience import Audience
from yuetan.models.flow.recusal import recused_today
from yuetan.models.flow.requirement import Requirement, refuses, refuses_recused
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import DecisionKind, PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.user import User


@Requirement
def no_registration_open(case: Case) -> Iterator[Finding]:
    """A registration is checked or returned before anything else is decided; nothing pending is swept aside."""
    registration = case.open_registration
    if registration is not None:
        words = {"name": registration.registered_by.name, "decision": str(registration)}
        yield finding("registration_open", **words)


@Requirement
def registration_to_review(case: Case) -> Iterator[Finding]:
    """A registration waits for a second person."""
    if case.open_registration is None:
        yield finding("no_registration_to_review")


@Requirement
def approval_to_review(case: Case) -> Iterator[Finding]:
    """One that says 审定同意 waits for a second person."""
    if not _is_open(case, DecisionKind.APPROVED):
        yield finding("no_registration_to_review")


@Requirement
def decline_to_review(case: Case) -> Iterator[Finding]:
    """One that says 不予约谈 waits for a second person."""
    if not _is_open(case, DecisionKind.DECLINED):
        yield finding("no_registration_to_review")


def _is_open(case: Case, decision: DecisionKind) -> bool:
    registration = case.open_registration
    return registration is not None and registration.decision == decision


@refuses("registrar_reviews")
def not_the_registrar(case: Case) -> Iterable[int]:
    """Two persons: who registered does not check."""
    return [case.open_registration.registered_by_id] if case.open_registration is not None else []


@refuses_recused
def registrar_not_recused(case: Case, user: User) -> Iterator[Finding]:
    """回避 holds for who registers and for who checks, too."""
    return recused_today("registrar_recusal", user, case.unit)


def registration_is_the_directors(case: Case) -> Audience:
    """What is decided on paper waits for the director to be registered; every officer may do it, too."""
    return Audience(posts=frozenset({PostKind.OFFICE_DIRECTOR}))
