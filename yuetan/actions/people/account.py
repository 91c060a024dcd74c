"""Accounts of people in office: opened, given a new password when the old one is lost; and how a person is reached."""

from __future__ import annotations

from django.db import transaction

from yuetan import pending_steps
from yuetan.actions.log_event import log_event
from yuetan.actions.people.attempts import forget_attempts_on
from yuetan.actions.people.password import check_password, give_password
from yuetan.actions.people.unit import require_administrator
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Event, Post, User
from yuetan.rules.refusals import finding
from yuetan.rules.text.personal_data import covered_mobile
from yuetan.vocabulary import ADMINISTRATOR_POSTS, PostKind


@transaction.atomic
def set_account(person: User, *, by: User, username: str, password: str) -> User:
    """开设账号、重设密码: by the system administrator; raises Refused on a taken name or a weak password."""
    require_administrator(by)
    if not username.strip():
        refuse_uncited([finding("username_missing", "username")])
    if User.objects.filter(username=username).exclude(pk=person.pk).exists():
        refuse_uncited([finding("username_taken", "username", username=username)])
    if not password:
        refuse_uncited([finding("password_missing", "password")])
    person = User.objects.select_for_update().get(pk=person.pk)
    is_reset = bool(person.username)
    person.username = username
    check_password(password, person)
    person.save(update_fields=["username"])
    give_password(person, password, is_initial=True)
    pending_steps.follow_signers(person)
    forget_attempts_on(username.strip().lower())
    event = log_event("set_account", by, name=person.name, title=person.title)
    if is_reset:
        _alert_of_reset(person, event)
    return person


def _alert_of_reset(person: User, event: Event) -> None:
    """The person and a second administrator learn of it, so that nobody takes an account over unseen."""
    assert event.actor is not None
    own = f"{event.actor.name}已重设您的账号密码，原来的登录均已结束。不是您要求的，请立即报告安全审计员。"
    send_alert([person], key=f"event:{event.pk}", words=own)
    words = f"{event.actor.name}重设了{person.name}（{person.title}）的账号密码。"
    send_alert(second_administrators(event.actor, person), key=f"event:{event.pk}", words=words)


def second_administrators(*others: User) -> list[User]:
    """The administrators in office besides these people; where there is none, the security auditors."""
    current = Post.objects.current().exclude(holder__in=others)
    for kinds in (ADMINISTRATOR_POSTS, (PostKind.SECURITY_AUDITOR,)):
        people = User.objects.filter(pk__in=current.filter(kind__in=kinds).values("holder"), is_active=True)
        if people:
            return list(people.order_by("pk"))
    return []


@transaction.atomic
def change_contact(person: User, *, by: User, telephone: str, mobile: str, email: str) -> User:
    """修改联系方式: one's own, or by the system administrator; raises NotYours for anybody else.

    The log keeps what changed with its former value, of a mobile number with its middle covered; mail goes to the
    address from now on. What stays is not logged.
    """
    if by.pk != person.pk:
        require_administrator(by)
    person = User.objects.select_for_update().get(pk=person.pk)
    values = {"telephone": telephone, "mobile": mobile, "email": email}
    changed = {key: value for key, value in values.items() if getattr(person, key) != value}
    if not changed:
        return person
    former = {f"former_{key}": getattr(person, key) for key in changed}
    for key, value in values.items():
        setattr(person, key, value)
    person.save(update_fields=list(values))
    logged = {key: covered_mobile(value) for key, value in (changed | former).items()}
    log_event("change_contact", by, name=person.name, title=person.title, **logged)
    return person
