"""The fictitious people of the demonstration, each with a post; some with an account."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.contrib.auth.hashers import make_password

from yuetan import grants
from yuetan.actions.people.unit import begin_post
from yuetan.models import Post, Unit, User
from yuetan.vocabulary import PostKind

IN_OFFICE_SINCE = date(2024, 1, 2)


class Account(NamedTuple):
    """Who may log in, under which name."""

    username: str
    name: str
    title: str


def engage(table: Path, password: str | None) -> list[Account]:
    """Write everybody of the table with their posts, all accounts with one password or none; returns the accounts."""
    with table.open(newline="") as rows:
        people = list(csv.DictReader(rows))
    # One hash for all: it is one password, and each hash is made slow on purpose.
    encoded = make_password(password)
    keeper = _keeper(next(row for row in people if row["kind"] == PostKind.SYSTEM_ADMINISTRATOR), encoded)
    for row in people:
        if row["account"] != keeper.username:
            _engage(row, encoded, keeper)
    accounts = User.objects.exclude(username=None).order_by("id")
    return [Account(user.username or "", user.name, user.title) for user in accounts]


def _keeper(row: dict[str, str], encoded: str) -> User:
    """The system administrator, whom nobody before can have registered."""
    user = _with_account(row["name"], row["account"], encoded)
    unit = Unit.objects.get(code=row["unit"])
    Post.objects.create(unit=unit, holder=user, kind=row["kind"], title=row["title"], began_on=IN_OFFICE_SINCE)
    grants.follow_posts(user)
    return user


def _with_account(name: str, username: str | None, encoded: str) -> User:
    person = User.objects.unsaved_person(name, username=username)
    person.password = encoded if username else person.password
    person.save()
    return person


def _engage(row: dict[str, str], encoded: str, keeper: User) -> None:
    username = row["account"] or None
    person = _with_account(row["name"], username, encoded)
    begin_post(
        by=keeper,
        unit=Unit.objects.get(code=row["unit"]),
        kind=row["kind"],
        title=row["title"],
        rank=row["rank"],
        began_on=IN_OFFICE_SINCE,
        holder=person,
        name="",
        username="",
        password="",
    )
