"""Accounts of people in office: opened, given a new password when the old one is lost; and how a person is reached."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan import pending_steps
from yuetan.actions.people.attempts import forget_attempts_on
from yuetan.actions.people.password import check_password, give_password
from yuetan.actions.people.people_rows import KEEP_UNITS, PEOPLE, PEOPLE_AND_ONESELF
from yuetan.actions.refused_conflict import refused_conflict
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Event, Post, User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.personal_data import covered_mobile
from yuetan.vocabulary import ADMINISTRATOR_POSTS, PostKind


def set_account(person: User, *, by: User, username: str, password: str) -> User:
    """开设账号、重设密码: by the system administrator, of somebody in office.

    Raises NotYours for anybody else, Refused on a taken name or a weak password.
    """
    with room_step(SETTING_ACCOUNT, person, by=by) as held:
        person, is_reset = held.row, bool(held.row.username)
        refuse_uncited(_account_problems(person, username, password))
        person.username = username
        check_password(password, person)
        with refused_conflict(lambda: username_known(username)):
            person.save(update_fields=["username"])
        give_password(person, password, is_initial=True)
        pending_steps.follow_signers(person)
        forget_attempts_on(username.strip().lower())
        event = held.log()
        if is_reset:
            _alert_of_reset(person, event)
    return person


def _account_problems(person: User, username: str, password: str) -> Iterator[Finding]:
    if not username.strip():
        yield finding("username_missing", "username")
    elif username != person.username and (known := list(username_known(username))):
        yield from known
    elif not password:
        yield finding("password_missing", "password")


def new_person(name: str, username: str, password: str, *, is_initial: bool = True) -> User:
    """Somebody new, with an account if a user name is given; raises Refused on a taken name or a weak password."""
    if not username:
        return User.objects.create_person(name)
    refuse_uncited(username_known(username))
    if not password:
        refuse_uncited([finding("password_missing", "password")])
    check_password(password, User(name=name, username=username))
    with refused_conflict(lambda: username_known(username)):
        person = User.objects.create_person(name, username=username)
    give_password(person, password, is_initial=is_initial)
    return person


def username_known(username: str) -> Iterator[Finding]:
    """That somebody has an account of this name."""
    if User.objects.filter(username=username).exists():
        yield finding("username_taken", "username", username=username)


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


def change_contact(person: User, *, by: User, telephone: str, mobile: str, email: str) -> User:
    """修改联系方式: one's own, or by the system administrator; raises NotYours for anybody else.

    The log keeps what changed with its former value, of a mobile number with its middle covered; mail goes to the
    address from now on. What stays is not logged.
    """
    values = {"telephone": telephone, "mobile": mobile, "email": email}
    with room_step(CHANGING_CONTACT, person, by=by) as held:
        person = held.row
        changed = {key: value for key, value in values.items() if getattr(person, key) != value}
        held.needs_line = bool(changed)
        if not changed:
            return person
        former = {f"former_{key}": getattr(person, key) for key in changed}
        for key, value in changed.items():
            setattr(person, key, value)
        person.save(update_fields=list(values))
        held.facts |= {key: covered_mobile(value) for key, value in (changed | former).items()}
    return person


def _out_of_office(person: User, _by: User) -> Iterator[Finding]:
    if not person.posts.current().exists():
        yield finding("account_without_post", name=person.name)


SETTING_ACCOUNT = RoomStep("set_account", PEOPLE, (_out_of_office,), codename=KEEP_UNITS)
CHANGING_CONTACT = RoomStep("change_contact", PEOPLE_AND_ONESELF, codename=KEEP_UNITS)
