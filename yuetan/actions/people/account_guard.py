"""What the security administrator does with accounts: stops one, lets it in again, ends its log-ins."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.people.account import second_administrators
from yuetan.actions.people.attempts import forget_attempts_on
from yuetan.actions.people.sessions import end_sessions
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.alerts import send_alert
from yuetan.models import User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import DisabledFor

GUARD = "guard_accounts"


@transaction.atomic
def disable_account(person: User, *, by: User, reason: str) -> User:
    """停用账号: nobody logs in to it until it is enabled again, and every log-in ends.

    Raises NotYours without the permission, Refused for one's own account, one that is disabled, and without a reason.
    Effect: a second administrator is alerted; the record.
    """
    require_right(by, GUARD)
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_uncited(_disable_problems(person, by, reason))
    person.is_active, person.disabled_for = False, DisabledFor.ADMINISTRATOR
    person.save(update_fields=["is_active", "disabled_for"])
    end_sessions(person)
    event = log_event("disable_account", by, name=person.name, title=person.title, reason=reason)
    words = f"{by.name}停用了{person.name}（{person.title}）的账号：{reason}"
    send_alert(second_administrators(by, person), key=f"event:{event.pk}", words=words)
    return person


def _disable_problems(person: User, by: User, reason: str) -> Iterator[Finding]:
    yield from require_words(reason, finding("reason_missing", "reason", what="停用账号"))
    if person.pk == by.pk:
        yield finding("account_own", "reason")
    if not person.is_active:
        yield finding("account_disabled", "reason", name=person.name, why=person.get_disabled_for_display())


@transaction.atomic
def enable_account(person: User, *, by: User) -> User:
    """恢复账号: of somebody in office, whose account an administrator had disabled; raises NotYours, Refused."""
    require_right(by, GUARD)
    person = User.objects.select_for_update().get(pk=person.pk)
    refuse_uncited(_enable_problems(person))
    person.is_active, person.disabled_for = True, ""
    person.save(update_fields=["is_active", "disabled_for"])
    log_event("enable_account", by, name=person.name, title=person.title)
    return person


def _enable_problems(person: User) -> Iterator[Finding]:
    if person.is_active:
        yield finding("account_enabled", name=person.name)
    elif not person.posts.current().exists():
        yield finding("account_without_post", name=person.name)


@transaction.atomic
def free_account(person: User, *, by: User) -> int:
    """结束全部登录: of a person, as when a device was lost; wrong passwords are forgotten too. Raises NotYours."""
    require_right(by, GUARD)
    forget_attempts_on(str(person.username).lower())
    number = end_sessions(person)
    log_event("end_all_sessions", by, name=person.name, title=person.title, number=str(number))
    return number
