"""What follows from posts: what a person may do, and whether the account is open. No step of anybody's."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan import grants
from yuetan.actions.log_event import log_event
from yuetan.actions.people.sessions import end_sessions
from yuetan.models import Post, User
from yuetan.vocabulary import DisabledFor


def follow_posts(person: User, *, by: User) -> None:
    """Make what a person may do equal to the posts of today, and the account with it.

    Whoever has lost something must log in again; whoever has lost the last post cannot, until they get another, and
    keeps no mobile number here.
    """
    before = set(person.groups.values_list("name", flat=True))
    grants.follow_posts(person)
    User.objects.filter(pk=person.pk).exclude(mobile="").exclude(posts__in=Post.objects.current()).update(mobile="")
    if before - set(person.groups.values_list("name", flat=True)):
        end_sessions(person)
    follow_account(person, by=by)


def follow_account(person: User, *, by: User | None) -> bool:
    """Disable the account of who holds no post, and enable it again once they do; whether anything changed.

    One that an administrator disabled stays so. Effect: the record.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    in_office = person.posts.current().exists()
    if in_office and person.disabled_for == DisabledFor.NO_POST:
        person.is_active, person.disabled_for = True, ""
    elif not in_office and person.is_active and person.username:
        person.is_active, person.disabled_for = False, DisabledFor.NO_POST
        end_sessions(person)
    else:
        return False
    person.save(update_fields=["is_active", "disabled_for"])
    verb = "enable_account" if person.is_active else "disable_account"
    log_event(verb, by, name=person.name, why=DisabledFor.NO_POST.label)
    return True


@transaction.atomic
def disable_without_post(today: date) -> dict[str, int]:
    """每日任务: accounts of people who hold no post any more."""
    people = User.objects.filter(is_active=True, username__isnull=False).exclude(posts__in=Post.objects.current())
    return {"停用": sum(follow_account(person, by=None) for person in people)}
