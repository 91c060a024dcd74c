"""In whose right a leader decides a proposal: their own, or that of a leader who has delegated it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.people.delegation import LEADING_POSTS, Delegation
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.user import User
    from yuetan.vocabulary import PostKind


@dataclass(frozen=True)
class Authority:
    """A right under which a leader may decide: the own post, or a delegation."""

    leader: User
    delegation: Delegation | None = None
    on: date | None = None  # when it was decided, if not today

    @property
    def words(self) -> str:
        """受组长赵四委托; empty in one's own right."""
        return self.delegation.words if self.delegation else ""

    @property
    def delegator(self) -> User | None:
        """The leader in whose stead it is done."""
        return self.delegation.delegator if self.delegation else None

    def against(self, case: Case) -> Iterator[Finding]:
        """Three persons, recusal, a post to which the office has given approval: of either, where it is delegated."""
        yield from _personally(case, self.leader, self.on)
        if self.delegation is not None:
            yield from _delegated(case, self.leader, self.delegation.delegator, self.on)
        elif not _held(self.leader, self.on, *self.leader.approving_posts):
            words = {"posts": _posts(self.leader), "name": self.leader.name, "when": _when(self.on)}
            yield finding("not_approving_post", **words)

    def is_open(self, case: Case) -> bool:
        """Whether it may be used."""
        return next(self.against(case), None) is None


def authorities(leader: User, on: date | None = None) -> list[Authority]:
    """All that somebody could decide by on a day (today), their own right first."""
    held = leader.delegations_in_force if on is None else leader.delegations_held.in_force(on)
    return [Authority(leader, None, on), *(Authority(leader, delegation, on) for delegation in held)]


def may_decide(leader: User) -> bool:
    """Whether anything is this person's to decide at all, by their own post or by delegation."""
    return leader.holds(*LEADING_POSTS) and (leader.holds(*leader.approving_posts) or bool(leader.delegations_in_force))


def usable_authority(case: Case, leader: User) -> Authority | None:
    """The authority used by default for this case; None if there is none."""
    return next((authority for authority in authorities(leader) if authority.is_open(case)), None)


def reasons_against_all(case: Case, candidates: list[Authority]) -> Iterator[Finding]:
    """The reasons against all of these authorities; empty as soon as one may be used."""
    if any(authority.is_open(case) for authority in candidates):
        return
    reasons: list[Finding] = []
    for reason in (one for authority in candidates for one in authority.against(case)):
        if reason not in reasons:
            reasons.append(reason)
            yield reason


def _personally(case: Case, leader: User, on: date | None) -> Iterator[Finding]:
    if leader.pk in (case.endorser_id, *case.drafter_keys):
        yield finding("drafter_or_endorser_approves", name=leader.name)
    for post in leader.posts_in(case.unit_id):
        yield finding("recusal", name=leader.name, unit=case.unit.name, title=post.title)
    yield from _recused_then(case, leader, on)


def _delegated(case: Case, leader: User, delegator: User, on: date | None) -> Iterator[Finding]:
    if not _held(leader, on, *LEADING_POSTS):
        yield finding("delegate_not_leader", name=leader.name, when=_when(on))
    if delegator.pk in (case.endorser_id, *case.drafter_keys):
        yield finding("delegator_drafted", name=delegator.name)
    for post in delegator.posts_in(case.unit_id):
        yield finding("delegator_recusal", name=delegator.name, unit=case.unit.name, title=post.title)
    yield from _recused_then(case, delegator, on)
    if not _held(delegator, on, *leader.approving_posts):
        yield finding("delegator_not_approving", posts=_posts(leader), name=delegator.name, when=_when(on))


def _recused_then(case: Case, person: User, on: date | None) -> Iterator[Finding]:
    """回避 by the posts of the day of a decision that is only registered now."""
    if on is None or on >= clock.today():
        return
    for post in person.posts.current(on).filter(unit=case.unit_id, ended_on__lte=clock.today()):
        yield finding("recusal_then", name=person.name, unit=case.unit.name, title=post.title)


def _held(person: User, on: date | None, *kinds: PostKind) -> bool:
    """Whether the person held one of these posts on the day of the decision."""
    if on is None or on >= clock.today():
        return person.holds(*kinds)
    return person.posts.current(on).filter(kind__in=kinds).exists()


def _when(on: date | None) -> str:
    return "现" if on is None or on >= clock.today() else f"在审定当日（{chinese_date(on)}）"


def _posts(leader: User) -> str:
    return joined(post.label for post in leader.approving_posts)
