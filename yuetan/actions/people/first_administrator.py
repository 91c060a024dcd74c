"""The first system administrator, made on the machine itself; everybody after that is made by them."""

from __future__ import annotations

from django.db import transaction

from yuetan import grants
from yuetan.actions.people.unit import new_person
from yuetan.actions.step import refuse_uncited
from yuetan.models import Event, Post, Unit
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import PostKind, UnitKind


@transaction.atomic
def appoint_system_administrator(*, name: str, username: str, password: str) -> Post:
    """Give an office that has none its 系统管理员; raises Refused if one is in office."""
    current = Post.objects.current().filter(kind=PostKind.SYSTEM_ADMINISTRATOR).select_related("holder", "unit").first()
    office = Unit.objects.get(kind=UnitKind.OFFICE)
    title = PostKind.SYSTEM_ADMINISTRATOR.label
    if current is not None:
        refuse_uncited([finding("post_taken", unit=office.name, post=title, name=current.holder.name)])
    person = new_person(name, username, password)
    post = Post.objects.create(
        unit=office, holder=person, kind=PostKind.SYSTEM_ADMINISTRATOR, title=title, began_on=clock.today()
    )
    grants.follow_posts(person)
    facts = {"unit": office.name, "name": name, "title": title}
    Event.objects.create(verb="begin_post", actor=None, actor_title="", data=facts, created_at=clock.now())
    return post
