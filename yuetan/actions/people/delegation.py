"""委托审定: made by the leader themself, for some days, to another leader of the group; ended early by the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan import pending_steps
from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.people_rows import held_person
from yuetan.actions.room_step import RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Delegation, OfficeSetting, User
from yuetan.models.people.delegation import ALLOWED, LEADING_POSTS, MAX_DAYS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date, joined

DELEGATE = "delegate_approval"


def delegate_approval(
    *, by: User, delegate: User | None, begins_on: date | None, ends_on: date | None, reason: str
) -> Delegation:
    """委托审定: what one may decide oneself, another leader may decide from a day until a day.

    Raises NotYours for anybody but a leader, Refused where the office allows no delegation (办公室设定), to oneself or
    to who is no leader, for days that are past, too many or overlap another one, and for who has nothing to delegate.
    Effects: the delegate is alerted and has what waits to be decided.
    """
    with room_step(DELEGATING, by, by=by) as held:
        refuse_uncited(_delegation_problems(by, delegate, begins_on, ends_on))
        assert delegate is not None
        assert begins_on is not None
        assert ends_on is not None
        refuse_uncited(_overlaps(held.row, begins_on, ends_on))
        made = Delegation.objects.create(
            delegator=by, delegate=delegate, begins_on=begins_on, ends_on=ends_on, reason=reason, made_at=clock.now()
        )
        pending_steps.follow_deciders()
        held.facts |= {"delegate": delegate.name, "span": made.span}
        sentence = f"{by.name}委托您审定约谈建议：{made.span}。"
        send_alert([delegate], key=f"delegation:{made.pk}", words=sentence)
    return made


def end_delegation(delegation: Delegation, *, by: User) -> Delegation:
    """提前结束委托: from now on the delegate decides nothing more; earlier decisions remain valid.

    Raises NotYours if it is not the person's own delegation, Refused if it has ended already.
    """
    with room_step(ENDING_DELEGATION, delegation, by=by) as held:
        delegation = held.row
        delegation.ended_at = clock.now()
        delegation.save(update_fields=["ended_at"])
        pending_steps.follow_deciders()
        sentence = f"{by.name}已提前结束对您的审定委托（{delegation.span}），您不再代为审定。"
        send_alert([delegation.delegate], key=f"delegation:{delegation.pk}:ended", words=sentence)
    return delegation


def _ineligible(by: User, _by: User) -> Iterator[Finding]:
    if not OfficeSetting.objects.flag(ALLOWED):
        yield finding("delegation_not_allowed")
    if not by.holds(*by.approving_posts):
        yield finding("nothing_to_delegate", posts=joined(post.label for post in by.approving_posts), name=by.name)


def _delegation_problems(
    by: User, delegate: User | None, begins_on: date | None, ends_on: date | None
) -> Iterator[Finding]:
    needed = {"delegate": ("受托人", delegate), "begins_on": ("开始日期", begins_on), "ends_on": ("结束日期", ends_on)}
    yield from missing_of("delegation_incomplete", needed)
    if delegate == by:
        yield finding("delegation_to_oneself", "delegate")
    elif delegate is not None and not delegate.holds(*LEADING_POSTS):
        yield finding("delegate_not_leader", "delegate", name=delegate.name, when="现")
    if begins_on is not None and ends_on is not None:
        yield from _day_problems(begins_on, ends_on)


def _day_problems(begins_on: date, ends_on: date) -> Iterator[Finding]:
    if begins_on < clock.today():
        yield finding("delegation_begins_past", "begins_on")
    if ends_on < begins_on:
        yield finding("delegation_ends_first", "ends_on", begins=chinese_date(begins_on))
    longest = OfficeSetting.objects.number(MAX_DAYS)
    if longest and (ends_on - begins_on).days >= longest:
        yield finding("delegation_too_long", "ends_on", days=longest)


def _overlaps(by: User, begins_on: date, ends_on: date) -> Iterator[Finding]:
    other = by.delegations_given.not_ended().overlapping(begins_on, ends_on).select_related("delegate").first()
    if other is not None:
        yield finding("delegation_overlaps", "begins_on", span=other.span, name=other.delegate.name)


def _own(delegation: Delegation, by: User, codename: str) -> bool:
    return delegation.delegator_id == by.pk and may_by_role(delegation, by, codename)


def _over(delegation: Delegation, _by: User) -> Iterator[Finding]:
    if delegation.is_over:
        yield finding("delegation_over", span=delegation.span)


# Two at a time of one leader come one by one.
OWN_DELEGATIONS = RoomRows[User](held_person, may_by_role, lambda leader: {})
DELEGATIONS = RoomRows[Delegation](
    lambda one: hold_row(Delegation.objects.select_related("delegate"), one.pk),
    _own,
    lambda one: {"delegate": one.delegate.name, "span": one.span},
)
DELEGATING = RoomStep(DELEGATE, OWN_DELEGATIONS, (), (_ineligible,))
ENDING_DELEGATION = RoomStep("end_delegation", DELEGATIONS, (_over,), codename=DELEGATE)
