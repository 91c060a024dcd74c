"""委托审定: made by the leader themself, for some days, to another leader of the group; ended early by the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from yuetan import pending_steps
from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import Delegation, OfficeSetting, User
from yuetan.models.people.delegation import ALLOWED, LEADING_POSTS, LONGEST_DAYS
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date, joined

DELEGATE = "delegate_approval"


@transaction.atomic
def delegate_approval(
    *, by: User, delegate: User | None, begins_on: date | None, ends_on: date | None, reason: str
) -> Delegation:
    """委托审定: what one may decide oneself, another leader may decide from a day until a day."""
    _may_delegate(by)
    given = User.objects.select_for_update().get(pk=by.pk).delegations_given  # two at a time come one by one
    refuse_uncited(_delegation_problems(by, delegate, begins_on, ends_on))
    assert delegate is not None
    assert begins_on is not None
    assert ends_on is not None
    other = given.not_ended().overlapping(begins_on, ends_on).select_related("delegate").first()
    if other is not None:
        refuse_uncited([finding("delegation_overlaps", "begins_on", span=other.span, name=other.delegate.name)])
    made = Delegation.objects.create(
        delegator=by, delegate=delegate, begins_on=begins_on, ends_on=ends_on, reason=reason, made_at=clock.now()
    )
    pending_steps.follow_deciders()
    log_event(DELEGATE, by, delegate=delegate.name, span=made.span)
    sentence = f"{by.name}委托您审定约谈建议：{made.span}。"
    send_alert([delegate], key=f"delegation:{made.pk}", words=sentence)
    return made


@transaction.atomic
def end_delegation(delegation: Delegation, *, by: User) -> Delegation:
    """提前结束委托: from now on the delegate decides nothing more; earlier decisions remain valid.

    Raises NotYours if it is not the person's own delegation, Refused if it has ended already.
    """
    _may_delegate(by)
    locked = Delegation.objects.select_for_update(of=("self",)).select_related("delegate").get(pk=delegation.pk)
    if locked.delegator_id != by.pk:
        raise NotYours("end_delegation")
    if locked.is_over:
        refuse_uncited([finding("delegation_over", span=locked.span)])
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    pending_steps.follow_deciders()
    log_event("end_delegation", by, delegate=locked.delegate.name, span=locked.span)
    sentence = f"{by.name}已提前结束对您的审定委托（{locked.span}），您不再代为审定。"
    send_alert([locked.delegate], key=f"delegation:{locked.pk}:ended", words=sentence)
    return locked


def _may_delegate(by: User) -> None:
    require_right(by, DELEGATE)


def reasons_against_delegating(by: User) -> list[str]:
    """Why this leader cannot delegate at all, for a page that asks for the days only if they can."""
    return [finding.sentence() for finding in _ineligible(by)]


def _ineligible(by: User) -> Iterator[Finding]:
    if not OfficeSetting.objects.flag(ALLOWED):
        yield finding("delegation_not_allowed")
    if not by.holds(*by.approving_posts):
        yield finding("nothing_to_delegate", posts=joined(post.label for post in by.approving_posts), name=by.name)


def _delegation_problems(
    by: User, delegate: User | None, begins_on: date | None, ends_on: date | None
) -> Iterator[Finding]:
    yield from _ineligible(by)
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
    longest = OfficeSetting.objects.number(LONGEST_DAYS)
    if longest and (ends_on - begins_on).days >= longest:
        yield finding("delegation_too_long", "ends_on", days=longest)
