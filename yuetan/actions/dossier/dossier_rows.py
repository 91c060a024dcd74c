"""What every step on 实绩档案 shares: how its rows are held, whose they are, what the log says of them."""

from __future__ import annotations

from yuetan.actions.hold_row import hold_row
from yuetan.actions.people.for_unit import may_as_office
from yuetan.actions.room_step import LogFacts, RoomRows, itself
from yuetan.models import Commendation, DossierEntry, Post, Unit, User
from yuetan.vocabulary import Party

ENTER, CONFIRM_VERSION, READ = "enter_dossier", "confirm_dossier", "read_dossier"


def _may_enter(post: Post, by: User, codename: str) -> bool:
    """The leader, though they hold the post no longer, and who answers for the unit or is its liaison today."""
    return post.holder_id == by.pk or any(own.party for own in by.posts_in(post.unit_id))


def _may_on_entry(entry: DossierEntry, by: User, codename: str) -> bool:
    """Reading is the office's; confirming and sending back are the heads' of the unit."""
    if codename == READ:
        return may_as_office(entry.unit_id, by, codename)
    return by.is_active and any(own.party == Party.UNIT_HEAD for own in by.posts_in(entry.unit_id))


def _held_unit(unit: Unit) -> Unit:
    """The unit, locked, so that two who enter the same award at once come one after the other."""
    return hold_row(Unit.objects.select_related("parent"), unit.pk)


def _held_commendation(commendation: Commendation) -> Commendation:
    related = Commendation.objects.select_related("unit__parent", "post__unit__parent", "post__holder", "withdrawn_by")
    return hold_row(related, commendation.pk)


def _held_post(post: Post) -> Post:
    """Two at a time about one leader come one by one."""
    User.objects.select_for_update(no_key=True).get(pk=post.holder_id)
    return Post.objects.select_related("unit__parent", "holder").get(pk=post.pk)


def _held_entry(entry: DossierEntry) -> DossierEntry:
    related = DossierEntry.objects.select_related("person", "unit__parent", "entered_by", "read_by")
    return hold_row(related, entry.pk)


def entry_facts(entry: DossierEntry) -> LogFacts:
    """What the log says of each step on a version."""
    return {"name": entry.person.name, "unit": entry.unit.name, "year": entry.year, "version": entry.version}


AWARDED_UNITS = RoomRows[Unit](
    _held_unit,
    lambda unit, by, codename: may_as_office(unit.pk, by, codename),
    lambda unit: {"unit": unit.name},
    lambda unit: None,
)
COMMENDATIONS = RoomRows[Commendation](
    _held_commendation,
    lambda one, by, codename: may_as_office(one.unit_id, by, codename),
    lambda one: {"unit": one.unit.name, "words": f"{one.whose}：{one}"},
    itself,
)
POSTS = RoomRows[Post](_held_post, _may_enter, lambda post: {}, lambda post: None)
ENTRIES = RoomRows[DossierEntry](_held_entry, _may_on_entry, entry_facts, itself)
