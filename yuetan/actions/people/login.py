"""Logging in: how often it may be tried, so that passwords are not guessed and no stranger locks anybody out.

Who comes with a browser from which the person has logged in before is counted by that browser alone, so that what
strangers try does not concern them. All others are counted by account and address together, by address over all
accounts (one wrong attempt on each of many), and by account over all addresses from which it was never used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from axes.models import AccessFailureLog, AccessLog

from yuetan.actions.people.attempts import Limit, count_attempts, forget_attempts, uncount
from yuetan.models import OfficeSetting, User
from yuetan.models.people.user import MAX_USERNAME_LENGTH
from yuetan.rules.dates import clock


@dataclass(frozen=True)
class LoginAttempt:
    """One attempt: on which account, from where, and by which browser if the person has used it before."""

    username: str
    address: str
    known_browser: str = ""
    user_agent: str = ""
    limits: list[Limit] = field(default_factory=list, compare=False)

    def count(self) -> timedelta | None:
        """Count it; None if it may be made, else how long to wait. A refused one is recorded."""
        self.limits.extend(self._limits())
        wait = count_attempts(self.limits)
        if wait is not None:
            _record_refused(self)
        return wait

    def succeeded(self) -> None:
        """It was no guess: what it was counted by begins anew, but for what other accounts and addresses tried."""
        for limit in self.limits:
            if limit.account and limit.origin:
                forget_attempts(limit)
            else:
                uncount(limit)

    def _limits(self) -> list[Limit]:
        account = self.username.strip().lower()
        each, of_address, of_account, minutes = OfficeSetting.objects.numbers(
            "login_tries", "login_tries_address", "login_tries_account", "login_wait_minutes"
        )
        span = timedelta(minutes=minutes)
        if self.known_browser:
            return [Limit("login", each, span, account, f"browser {self.known_browser}")]
        limits = [Limit("login", each, span, account, self.address or "local")]
        if self.address:
            limits.append(Limit("login", of_address, span, "", self.address))
        if not _logged_in_from(self.username, self.address):
            limits.append(Limit("login", of_account, span, account, ""))
        return limits


def own_password_limit(person: User) -> Limit:
    """How often somebody who is logged in may name a wrong password of their own."""
    return _limit_of_person("own password", person)


def second_factor_limit(person: User) -> Limit:
    """How often somebody who knows the password may show a wrong code."""
    return _limit_of_person("second factor", person)


def _limit_of_person(kind: str, person: User) -> Limit:
    each, minutes = OfficeSetting.objects.numbers("login_tries", "login_wait_minutes")
    return Limit(kind, each, timedelta(minutes=minutes), account=str(person.username).lower())


def passkey_limit(address: str) -> Limit:
    """How often keys may be shown from one address that are not known here."""
    most, minutes = OfficeSetting.objects.numbers("login_tries_address", "login_wait_minutes")
    return Limit("passkey", most, timedelta(minutes=minutes), origin=address or "local")


def _logged_in_from(username: str, address: str) -> bool:
    return AccessLog.objects.filter(username=username, ip_address=address or None).exists()


def _record_refused(attempt: LoginAttempt) -> None:
    AccessFailureLog.objects.create(
        username=attempt.username[:MAX_USERNAME_LENGTH],
        ip_address=attempt.address or None,
        user_agent=attempt.user_agent[:255],
        http_accept="",
        path_info="",
        attempt_time=clock.now(),
        locked_out=True,
    )
