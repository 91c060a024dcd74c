"""Accounts of people in office: opened, given a new password when the old one is lost; and how a person is reached."""

from __future__ import annotations

from django.db import transaction

from yuetan import pending_steps
from yuetan.actions.people.unit import check_password, log_event, require_administrator
from yuetan.actions.step import refuse_uncited
from yuetan.models import User
from yuetan.rules.refusals import finding
from yuetan.rules.text.personal_data import covered_mobile


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
    person.username = username
    check_password(password, person)
    person.set_password(password)
    person.save()
    pending_steps.follow_signers(person)
    log_event("set_account", by, name=person.name, title=person.title)
    return person


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
