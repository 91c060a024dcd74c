"""Passwords: judged by the office's rules, kept so that none is used again too soon, and given up when they are old."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.people.sessions import end_sessions
from yuetan.actions.step import refuse_uncited
from yuetan.models import KeptPassword, OfficeSetting, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import PasswordState


def check_password(password: str, user: User, field: str = "password") -> None:
    """Raise Refused with what is against a password by the rules of the office."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        refuse_uncited(finding("password_weak", field, problem=problem) for problem in error.messages)


def give_password(person: User, password: str, *, is_initial: bool) -> None:
    """Write a password that was judged; what the person had is kept, and every log-in of theirs ends.

    An initial one is good for one log-in, in which it must be changed.
    """
    person.set_password(password)
    person.password_set_at, person.password_is_initial = clock.now(), is_initial
    person.save(update_fields=["password", "password_set_at", "password_is_initial"])
    KeptPassword.objects.create(person=person, encoded=person.password, set_at=person.password_set_at)
    number = OfficeSetting.objects.number("password_history")
    kept = person.kept_passwords.values_list("pk", flat=True)[: max(number, 1)]
    person.kept_passwords.exclude(pk__in=list(kept)).delete()
    end_sessions(person)


@transaction.atomic
def change_own_password(*, by: User, old_password: str, new_password1: str, new_password2: str) -> User:
    """修改密码: one's own, by who knows the old one; raises Refused if the new one is against the rules.

    Effect: every log-in of the person ends, also this one, which the page then begins anew; the record.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    refuse_uncited(_change_problems(person, old_password, new_password1, new_password2))
    check_password(new_password1, person, "new_password1")
    give_password(person, new_password1, is_initial=False)
    log_event("change_own_password", by, name=by.name)
    return person


def _change_problems(person: User, old: str, new: str, again: str) -> Iterator[Finding]:
    if not person.check_password(old):
        yield finding("old_password_differs", "old_password")
    if new != again:
        yield finding("new_passwords_differ", "new_password2")


def password_state(person: User) -> PasswordState:
    """Whether a password that was typed rightly is good, must be changed first, or is good for nothing any more."""
    longest, initial_days = OfficeSetting.objects.numbers("password_max_days", "password_initial_days")
    set_at = person.password_set_at
    if set_at is None:
        return PasswordState.GOOD
    age = clock.now() - set_at
    if person.password_is_initial:
        if person.last_login is not None and person.last_login >= set_at:
            return PasswordState.USED
        is_late = bool(initial_days) and age > timedelta(days=initial_days)
        return PasswordState.LATE if is_late else PasswordState.INITIAL
    is_old = bool(longest) and age > timedelta(days=longest)
    return PasswordState.OLD if is_old else PasswordState.GOOD
