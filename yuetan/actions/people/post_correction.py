"""更正任职登记: a wrong name, title, rank or day is put right, or the entry annulled; what was done keeps its post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from yuetan import search_index
from yuetan.actions.people.people_rows import KEEP_UNITS, POSTS
from yuetan.actions.people.post_access import follow_posts
from yuetan.actions.people.unit import held_apart, held_by_another, known_persons
from yuetan.actions.refused_conflict import refused_conflict
from yuetan.actions.room_step import Held, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Case, Event, Interview, IntervieweeAttendance, PaperFiling, Post, PostCorrection, User
from yuetan.models.people.post_correction import registered
from yuetan.models.subjects import SUBJECTS, about_no_subject
from yuetan.permissions import BY_CODENAME
from yuetan.rules.dates import clock
from yuetan.rules.pinyin import person_initials, person_pinyin
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.vocabulary import HEAD_POSTS, ROLE_OF_POST, Attendance, PostKind, UnitKind


class Use(NamedTuple):
    """Something that was done in a post, and on which day."""

    day: date
    what: str


def correct_post(
    post: Post,
    *,
    by: User,
    name: str,
    title: str,
    rank: str,
    began_on: date | None,
    ended_on: date | None,
    reason: str,
    same_name: bool = False,
) -> Post:
    """更正任职登记: what was registered wrongly is put right; the wrong words stay with the reason and who said it.

    A post that was ended by mistake goes on without a last day. Raises NotYours for anybody but the system
    administrator, and Refused where nothing changes, where another holds the post on one of its days, or where
    something was done in it on a day that would lie outside. Effects: the record, and access from today.
    """
    with room_step(CORRECTING_POST, post, by=by) as held:
        post, name, before = held.row, person_name(name), registered(held.row)
        holder = post.holder
        refuse_uncited(_word_problems(post, name, title, rank, reason))
        refuse_uncited([] if same_name or name == holder.name else known_persons(name))
        refuse_uncited(_term_problems(post, began_on, ended_on))
        assert began_on is not None
        holder.name, holder.initials, holder.pinyin = name, person_initials(name), person_pinyin(name)
        post.title, post.rank, post.began_on, post.ended_on = title, rank, began_on, ended_on
        refuse_uncited([] if registered(post) != before else [finding("post_correction_changes_nothing", "name")])
        refuse_uncited(held_apart(post, "ended_on"))
        holder.save(update_fields=["name", "initials", "pinyin"])
        with refused_conflict(lambda: [*held_by_another(post, began_on, ended_on), *held_apart(post, "ended_on")]):
            post.save()
        search_index.follow_person(holder)
        _keep(held, before, reason, is_annulment=False)
    return post


def annul_post(post: Post, *, by: User, reason: str) -> Post:
    """作废任职登记: the wrong person, or the wrong unit; it counts on no day, and stays to be read as a mistake.

    Raises NotYours for anybody but the system administrator, and Refused without a reason, for a post that is
    annulled already, and for one in which something was done. Effects: the record, and access from today.
    """
    with room_step(ANNULLING_POST, post, by=by) as held:
        post, before = held.row, registered(held.row)
        refuse_uncited([*_unexplained(reason), *_left_outside(post, post.began_on, post.began_on)])
        post.ended_on = post.began_on
        post.save()
        _keep(held, before, reason, is_annulment=True)
    return post


def _keep(held: Held[Post], before: dict[str, str], reason: str, *, is_annulment: bool) -> None:
    post = held.row
    facts = {"before": before, "after": registered(post), "reason": reason, "is_annulment": is_annulment}
    correction = PostCorrection.objects.create(post=post, corrected_by=held.by, corrected_at=clock.now(), **facts)
    follow_posts(post.holder, by=held.by)
    held.facts |= {"name": before["name"], "title": before["title"], "words": correction.words, "reason": reason}


def _annulled(post: Post, _by: User) -> Iterator[Finding]:
    if post.is_annulled:
        yield finding("post_annulled", "reason", name=post.holder.name)


def _unexplained(reason: str) -> Iterator[Finding]:
    yield from require_words(reason, finding("reason_missing", "reason", what="更正"))


def _word_problems(post: Post, name: str, title: str, rank: str, reason: str) -> Iterator[Finding]:
    yield from _unexplained(reason)
    needed = {"name": ("姓名", name), "title": ("职务名称", title)}
    if post.kind in HEAD_POSTS and post.unit.kind == UnitKind.TOWN:
        needed["rank"] = ("职级", rank)
    yield from missing_of("post_incomplete", needed)
    if name and not is_person_name(name):
        yield finding("name_unfit", "name")


def _term_problems(post: Post, began_on: date | None, ended_on: date | None) -> Iterator[Finding]:
    if began_on is None:
        yield finding("post_incomplete", "began_on", missing="任职日期")
        return
    ahead = [name for name, day in (("began_on", began_on), ("ended_on", ended_on)) if day and day > clock.today()]
    for name in ahead:
        yield finding("post_ahead", name)
    if ended_on is not None and ended_on < began_on:
        yield finding("post_end_before_start", "ended_on", began=official_text.chinese_date(began_on))
    if post.unit.retired_on and (ended_on is None or ended_on > post.unit.retired_on):
        yield finding("unit_retired", "ended_on", unit=post.unit.name)
    if not ahead:
        yield from held_by_another(post, began_on, ended_on)
        yield from _left_outside(post, began_on, ended_on)


def _left_outside(post: Post, began_on: date, ended_on: date | None) -> Iterator[Finding]:
    """The first thing done in the post on a day that would no longer be one of its days."""
    for use in sorted(_uses(post)):
        if use.day < began_on or (ended_on is not None and use.day >= ended_on):
            words = {"name": post.holder.name, "day": official_text.chinese_date(use.day), "what": use.what}
            yield finding("post_was_used", "reason", **words)
            return


def _uses(post: Post) -> Iterator[Use]:
    """What was done in this post, on days on which it was held as registered."""
    interviews = Interview.objects.filter(interviewer=post).values_list("held_on", flat=True)
    came = IntervieweeAttendance.objects.filter(post=post, attendance=Attendance.PRESENT)
    signed = PaperFiling.objects.filter(signer=post).values_list("received_at", flat=True)
    days = [
        *((day, "进行约谈") for day in interviews),
        *((day, "接受约谈") for day in came.values_list("interview__held_on", flat=True)),
        *((timezone.localdate(moment), "在纸质材料上签字") for moment in signed),
        *((day, "审定") for day in _approved_on(post)),
        *((day, "办理事项") for day in _acted_on(post)),
    ]
    yield from (Use(day, what) for day, what in days if post.is_held_on(day))


def _approved_on(post: Post) -> Iterable[date]:
    """Days of decisions of a leader, those that the office registered among them."""
    decided = Case.objects.filter(approver=post.holder, approved_on__isnull=False)
    return decided.values_list("approved_on", flat=True) if post.unit.kind == UnitKind.LEADING_GROUP else ()


def _acted_on(post: Post) -> Iterator[date]:
    """Days of steps that no other post of the person could give."""
    others = [other for other in post.holder.posts.all() if other.pk != post.pk]
    own = Event.objects.filter(actor=post.holder).exclude(about_no_subject())
    for moment, verb, *units in own.values_list("created_at", "verb", *(f"{about}__unit" for about in SUBJECTS)):
        day = timezone.localdate(moment)
        held = [one for one in (post, *others) if one.is_held_on(day)]
        # What none of them gives was done for somebody away, by whatever post there was.
        if ([one for one in held if _gives(one, verb, units)] or held) == [post]:
            yield day


def _gives(post: Post, verb: str, units: Iterable[int | None]) -> bool:
    """Whether a step on a subject of one of these units is somebody's by this post: by its role, or by its unit."""
    role, permission = ROLE_OF_POST.get(PostKind(post.kind)), BY_CODENAME.get(verb)
    if role is None:
        return post.unit_id in units
    return permission is None or role in permission.roles


CORRECTING_POST = RoomStep("correct_post", POSTS, (_annulled,), codename=KEEP_UNITS)
ANNULLING_POST = RoomStep("annul_post", POSTS, (_annulled,), codename=KEEP_UNITS)
