"""In whose right a leader decides a proposal: their own, that of one who delegated it, or acting for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from yuetan.models.case.current_parties import CurrentParties
from yuetan.models.flow.recusal import recused_then, recused_today
from yuetan.models.people.delegation import LEADING_POSTS, Delegation
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.people.user import User
    from yuetan.vocabulary import PostKind


@dataclass(frozen=True)
class Authority:
    """A right under which a leader may decide: the own post, a delegation, or the office's rule of who acts."""

    leader: User
    delegation: Delegation | None = None
    on: date | None = None  # when it was decided, if not today
    why_acting: str = ""  # why those who usually decide do not, and this leader acts for them

    @property
    def words(self) -> str:
        """受组长赵四委托; 组长暂缺……按办公室设定代行审定; empty in one's own right."""
        if self.why_acting:
            return f"{self.why_acting}，按办公室设定代行审定"
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
        elif not self.why_acting and not held_on(self.leader, self.on, *self.leader.approving_posts):
            words = {"posts": _posts(self.leader), "name": self.leader.name, "when": when_words(self.on)}
            yield finding("not_approving_post", **words)

    def is_open(self, case: Case) -> bool:
        """Whether it may be used."""
        return next(self.against(case), None) is None


def authorities(case: Case, leader: User, on: date | None = None) -> list[Authority]:
    """All that somebody could decide by on a day (today), their own right first, acting for others last."""
    held = leader.delegations_in_force if on is None else _delegations_on(leader, on)
    usual = [Authority(leader, None, on), *(Authority(leader, delegation, on) for delegation in held)]
    if any(authority.is_open(case) for authority in usual) or not leader.holds(*LEADING_POSTS):
        return usual
    parties = case.parties_today
    if leader.pk not in {post.holder_id for post in parties.acting_deciders(case, case.endorser_id)}:
        return usual
    return [Authority(leader, None, on, parties.why_acting_decides(case))]


def _delegations_on(leader: User, day: date) -> Iterable[Delegation]:
    return Delegation.held_now_by(leader) if day == clock.today() else leader.delegations_held.in_force(day)


def deciders(case: Case) -> list[User]:
    """The leaders who may decide this proposal today, in whatever right."""
    return [leader for leader in case.parties_today.leaders if usable_authority(case, leader)]


def may_decide(leader: User) -> bool:
    """Whether anything is this person's to decide at all: by their own post, by delegation, or acting for others."""
    if not leader.holds(*LEADING_POSTS):
        return False
    usual = leader.holds(*leader.approving_posts) or bool(leader.delegations_in_force)
    return usual or bool(CurrentParties.today().vacant(*leader.approving_posts))


def usable_authority(case: Case, leader: User) -> Authority | None:
    """The authority used by default for this case; None if there is none."""
    return next((authority for authority in authorities(case, leader) if authority.is_open(case)), None)


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
    yield from recused_today("recusal", leader, case.unit)
    yield from recused_then("recusal_then", "", leader, [case.unit], on or clock.today())


def _delegated(case: Case, leader: User, delegator: User, on: date | None) -> Iterator[Finding]:
    if not held_on(leader, on, *LEADING_POSTS):
        yield finding("delegate_not_leader", name=leader.name, when=when_words(on))
    if delegator.pk in (case.endorser_id, *case.drafter_keys):
        yield finding("delegator_drafted", name=delegator.name)
    yield from recused_today("delegator_recusal", delegator, case.unit)
    yield from recused_then("recusal_then", "", delegator, [case.unit], on or clock.today())
    if not held_on(delegator, on, *leader.approving_posts):
        yield finding("delegator_not_approving", posts=_posts(leader), name=delegator.name, when=when_words(on))


def held_on(person: User, on: date | None, *kinds: PostKind) -> bool:
    """Whether a person held one of these posts on the day of the decision."""
    if on is None or on >= clock.today():
        return person.holds(*kinds)
    return person.posts.current(on).filter(kind__in=kinds).exists()


def when_words(on: date | None) -> str:
    """在审定当日（2026年11月22日）; 现 of today."""
    return "现" if on is None or on >= clock.today() else f"在审定当日（{chinese_date(on)}）"


def _posts(leader: User) -> str:
    return joined(post.label for post in leader.approving_posts)
