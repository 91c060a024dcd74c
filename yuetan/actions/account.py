"""Accounts: opened for somebody who holds a post, and given a new password when the old one is lost."""

from __future__ import annotations

from django.db import transaction

from yuetan.actions.unit import check_password, log, may_keep, refuse_plainly
from yuetan.models import User
from yuetan.rules.findings import found


@transaction.atomic
def set_account(person: User, *, by: User, username: str, password: str) -> User:
    """开设账号、重设密码: by the system administrator; raises Refused on a taken name or a weak password."""
    may_keep(by)
    if not username.strip():
        refuse_plainly([found("username_missing", "username")])
    if User.objects.filter(username=username).exclude(pk=person.pk).exists():
        refuse_plainly([found("username_taken", "username", username=username)])
    if not password:
        refuse_plainly([found("password_missing", "password")])
    person = User.objects.select_for_update().get(pk=person.pk)
    person.username = username
    check_password(password, person)
    person.set_password(password)
    person.save()
    log("set_account", by, name=person.name, title=person.title)
    return person
