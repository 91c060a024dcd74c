"""What the security administrator does with accounts: stops one, lets it in again, ends its log-ins."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.people.account import second_administrators
from yuetan.actions.people.attempts import forget_attempts_on
from yuetan.actions.people.people_rows import GUARD, PEOPLE
from yuetan.actions.people.second_factor import clear_second_factor
from yuetan.actions.people.sessions import end_sessions
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import User
from yuetan.models.people.second_factor import has_second_factor
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import DisabledFor


def disable_account(person: User, *, by: User, reason: str) -> User:
    """停用账号: nobody logs in to it until it is enabled again, and every log-in ends.

    Raises NotYours without the permission, Refused for one's own account, one that is disabled, and without a reason.
    Effect: a second administrator is alerted; the record.
    """
    with room_step(DISABLING, person, by=by) as held:
        person = held.row
        refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="停用账号")))
        person.is_active, person.disabled_for = False, DisabledFor.ADMINISTRATOR
        person.save(update_fields=["is_active", "disabled_for"])
        end_sessions(person)
        held.facts["reason"] = reason
        event = held.log()
        words = f"{by.name}停用了{person.name}（{person.title}）的账号：{reason}"
        send_alert(second_administrators(by, person), key=f"event:{event.pk}", words=words)
    return person


def enable_account(person: User, *, by: User) -> User:
    """恢复账号: of somebody in office, whose account an administrator had disabled; raises NotYours, Refused."""
    with room_step(ENABLING, person, by=by) as held:
        person = held.row
        person.is_active, person.disabled_for = True, ""
        person.save(update_fields=["is_active", "disabled_for"])
    return person


def free_account(person: User, *, by: User) -> int:
    """结束全部登录: of a person, as when a device was lost; wrong passwords are forgotten too. Raises NotYours."""
    with room_step(ENDING_SESSIONS, person, by=by) as held:
        forget_attempts_on(str(held.row.username).lower())
        number = end_sessions(held.row)
        held.facts["number"] = str(number)
    return number


def reset_second_factor(person: User, *, by: User) -> User:
    """清除第二重验证: of somebody who has lost it, by an administrator who knows that it is they.

    Raises NotYours for anybody else, Refused for one's own and where there is none. Effect: every log-in of the
    person ends; the person and a second administrator are alerted; the record.
    """
    with room_step(RESETTING_FACTOR, person, by=by) as held:
        person = held.row
        clear_second_factor(person)
        end_sessions(person)
        event = held.log()
        own = f"{by.name}已清除您的第二重验证，原来的登录均已结束。不是您要求的，请立即报告安全审计员。"
        send_alert([person], key=f"event:{event.pk}", words=own)
        words = f"{by.name}清除了{person.name}（{person.title}）的第二重验证。"
        send_alert(second_administrators(by, person), key=f"event:{event.pk}", words=words)
    return person


def _own_or_disabled(person: User, by: User) -> Iterator[Finding]:
    if person.pk == by.pk:
        yield finding("account_own", "reason")
    if not person.is_active:
        yield finding("account_disabled", "reason", name=person.name, why=person.get_disabled_for_display())


def _enabled_or_out_of_office(person: User, _by: User) -> Iterator[Finding]:
    if person.is_active:
        yield finding("account_enabled", name=person.name)
    elif not person.posts.current().exists():
        yield finding("account_without_post", name=person.name)


def _own_factor(person: User, by: User) -> Iterator[Finding]:
    if person.pk == by.pk:
        yield finding("second_factor_own")


def _no_factor(person: User, _by: User) -> Iterator[Finding]:
    if not has_second_factor(person):
        yield finding("no_second_factor")


DISABLING = RoomStep("disable_account", PEOPLE, (_own_or_disabled,), codename=GUARD)
ENABLING = RoomStep("enable_account", PEOPLE, (_enabled_or_out_of_office,), codename=GUARD)
ENDING_SESSIONS = RoomStep("end_all_sessions", PEOPLE, codename=GUARD)
RESETTING_FACTOR = RoomStep("reset_second_factor", PEOPLE, (_own_factor, _no_factor), codename=GUARD)
