"""Units, people and their posts, kept by the system administrator; access follows each change in the same step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan import grants, pending_steps
from yuetan.actions.people.account import new_person
from yuetan.actions.people.people_rows import ENDING_UNITS, KEEP_UNITS, POSTS, UNITS, held_person, unit_ended
from yuetan.actions.people.post_access import follow_posts
from yuetan.actions.people.released_reports import release_ended
from yuetan.actions.refused_conflict import refused_conflict
from yuetan.actions.room_step import NO_ROW_OF_OFFICE, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import AccountabilityMeasure, Assignment, Case, Letter, Post, ReceivedLetter, Unit, UnitChange, User
from yuetan.models.ladder.queries import ENDED_MEASURES
from yuetan.rules.dates import clock
from yuetan.rules.pinyin import initials, pinyin_from_each_sign
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.vocabulary import (
    ENDED_STATES,
    HEAD_POSTS,
    POSTS_OF_UNIT_KIND,
    SEPARATE_POSTS,
    SINGLE_POSTS,
    LetterState,
    PostKind,
    UnitKind,
)

SAME_NAME_TICK = "确系同名的另一人"


def add_unit(
    *,
    by: User,
    code: str,
    name: str,
    kind: str,
    parent: Unit | None,
    addressee: str = "",
    superior: str = "",
    began_on: date | None = None,
) -> Unit:
    """新增单位; papers go to `addressee`, or to the usual organs of such a unit.

    `superior` names the 上级主管单位 of one of the state, the province or the city that only stands here (驻);
    `began_on` is the day on which it was founded, none of one that has long stood. Raises NotYours for anybody but the
    administrator, Refused without code, name or kind, for a code that another unit has, a town without its county, a
    day ahead. Effects: the unit and its two groups; one line of the log.
    """
    spelled = {"initials": initials(name), "pinyin": pinyin_from_each_sign(name)}
    names = {"name": name, "addressee": addressee, "superior": superior, **spelled}
    with room_step(ADDING_UNIT, None, by=by) as held:
        refuse_uncited(_unit_problems(None, code, name, kind, parent, began_on))
        with refused_conflict(lambda: _unit_problems(None, code, name, kind, parent, began_on)):
            unit = Unit.objects.create(code=code, kind=kind, parent=parent, began_on=began_on, **names)
        grants.make_unit_groups(unit)
        held.facts |= {"unit": unit.name, "code": code}
    return unit


def change_unit(
    unit: Unit,
    *,
    by: User,
    code: str,
    name: str,
    parent: Unit | None,
    addressee: str = "",
    superior: str = "",
    began_on: date | None = None,
) -> Unit:
    """变更单位名称、代码、隶属、主送机关、上级主管单位、设立日期, as adding one has them.

    Raises NotYours for anybody but the administrator, Refused as adding it would be, and for a unit that has ended.
    Effects: one line of the log; papers issued before keep the old name.
    """
    with room_step(CHANGING_UNIT, unit, by=by) as held:
        unit = held.row
        refuse_uncited(_unit_problems(unit, code, name, unit.kind, parent, began_on))
        unit.code, unit.name, unit.parent, unit.began_on = code, name, parent, began_on
        unit.addressee, unit.superior = addressee, superior
        unit.initials, unit.pinyin = initials(name), pinyin_from_each_sign(name)
        with refused_conflict(lambda: _unit_problems(unit, code, name, unit.kind, parent, began_on)):
            unit.save()
        held.facts["code"] = code
    return unit


def _unit_problems(
    unit: Unit | None, code: str, name: str, kind: str, parent: Unit | None, began_on: date | None
) -> Iterator[Finding]:
    needed = {"code": ("代码", code), "name": ("名称", name), "kind": ("类别", kind)}
    yield from missing_of("unit_incomplete", needed)
    same_name = Unit.objects.filter(code=code).exclude(pk__in=[unit.pk] if unit else []).first()
    if same_name is not None:
        yield finding("unit_code_taken", "code", code=code, unit=same_name.name)
    if kind == UnitKind.TOWN and (parent is None or parent.kind != UnitKind.COUNTY):
        yield finding("unit_parent_missing", "parent")
    if parent is not None and parent.retired_on:
        yield finding("unit_retired", "parent", unit=parent.name)
    if began_on is not None and began_on > clock.today():
        yield finding("unit_begins_ahead", "began_on")


def retire_unit(unit: Unit, *, by: User) -> Unit:
    """停用单位: one registered by mistake, or that nobody goes on for: nothing of it is unfinished.

    A unit with anything unfinished ends by 撤并, which names its successor. That something is, the refusal does say:
    otherwise its matters would stand still; what it is, stays hidden from the administrator. Raises NotYours for
    anybody but the administrator, Refused for a unit with people in post, with units under it, or with anything
    unfinished.
    """
    with room_step(RETIRING_UNIT, unit, by=by) as held:
        unit = held.row
        unit.retired_on = clock.today()
        unit.save()
        pending_steps.follow_unit(unit)
        release_ended(unit)
    return unit


def _in_use(unit: Unit, _by: User) -> Iterator[Finding]:
    in_use = {
        "现任人员": unit.posts.current().exists(),
        "在用的下级单位": unit.children.in_use().exists(),
    }
    yield from (finding("unit_in_use", unit=unit.name, what=what) for what, is_there in in_use.items() if is_there)


def without_successor(unit: Unit, *_by: User) -> Iterator[Finding]:
    """What stands against the end of a unit that nobody goes on for: anything unfinished, its own or taken over."""
    running = Case.objects.filter(unit=unit).exclude(state__in=ENDED_STATES).exists()
    closed = Case.objects.filter(unit=unit).with_rows_that_wait().exists()
    letters = Letter.objects.filter(unit=unit, answered_at=None).exclude(state=LetterState.CANCELLED)
    letters = letters.exclude(document__entry__voided_at__isnull=False)
    measures = AccountabilityMeasure.objects.filter(unit=unit).exclude(state__in=ENDED_MEASURES)
    measures = measures.exclude(paper__entry__voided_at__isnull=False)
    assignments = Assignment.objects.running().filter(unit=unit)
    received = ReceivedLetter.objects.in_force().filter(unit=unit, closing=None)
    of_rooms = measures.exists() or assignments.exists() or received.exists()
    open_ones = running or closed or letters.exists() or of_rooms
    if open_ones or UnitChange.objects.undecided().filter(successor=unit).exists():
        yield finding("unit_needs_successor", "successor", unit=unit.name)


def begin_post(
    unit: Unit,
    *,
    by: User,
    kind: str,
    title: str,
    rank: str,
    began_on: date,
    holder: User | None,
    name: str,
    username: str,
    password: str,
    same_name: bool = False,
) -> Post:
    """登记任职: a person already known, or a new one, with an account if a user name is given.

    A second person of a name that is known is registered only where `same_name` says that it is another one: the same
    person twice would be two persons wherever two are asked for. Raises NotYours for anybody but the administrator,
    Refused without title, name or the rank that Art. 5 asks of a head of a 镇（街）, for a post that such a unit does
    not have or that somebody holds, for two posts that one person may not hold together, and for a day ahead. Effects:
    from that day the person has what the post gives.
    """
    with room_step(BEGINNING_POST, unit, by=by) as held:
        refuse_uncited([] if holder or same_name else known_persons(name))
        refuse_uncited(_post_problems(held.row, kind, title, rank, began_on, holder, name))
        person = held_person(holder) if holder else new_person(name, username, password)
        post = Post(unit=held.row, holder=person, kind=kind, title=title, rank=rank, began_on=began_on)
        refuse_uncited(held_apart(post, "holder"))
        with refused_conflict(lambda: [*held_by_another(post, began_on, None), *held_apart(post, "holder")]):
            post.save()
        follow_posts(person, by=by)
        held.facts |= {"name": person.name, "title": title}
    return post


def _post_problems(
    unit: Unit, kind: str, title: str, rank: str, began_on: date, holder: User | None, name: str
) -> Iterator[Finding]:
    needed = {"title": ("职务名称", title), "name": ("姓名", name or (holder.name if holder else ""))}
    if kind in HEAD_POSTS and unit.kind == UnitKind.TOWN:
        needed["rank"] = ("职级", rank)
    yield from missing_of("post_incomplete", needed)
    if kind not in POSTS_OF_UNIT_KIND[UnitKind(unit.kind)]:
        yield finding("post_not_of_unit", "kind", unit=unit.name, post=PostKind(kind).label)
    if name.strip() and not is_person_name(name):
        yield finding("name_unfit", "name")
    if began_on > clock.today():
        yield finding("post_ahead", "began_on")
    current = unit.posts.current().filter(kind=kind).select_related("holder").first()
    if kind in SINGLE_POSTS and current is not None:
        label = PostKind(kind).label
        yield finding("post_taken", "kind", unit=unit.name, post=label, name=current.holder.name)


def known_persons(name: str) -> Iterator[Finding]:
    """Everybody of that name who is registered: another person, or the same one twice."""
    for person in User.objects.filter(name__iexact=person_name(name)) if name.strip() else ():
        title = person.title or "现无任职"
        yield finding("person_known", "same_name", name=person.name, title=title, tick=SAME_NAME_TICK)


def held_apart(post: Post, field: str) -> Iterator[Finding]:
    """Every post of its holder's that is held on a day of this one, where one of the two goes with no other.

    三员分立: system administrator, security administrator and security auditor hold nothing else.
    """
    for other in post.holder.posts.exclude(pk=post.pk):
        apart = other.kind != post.kind and (post.kind in SEPARATE_POSTS or other.kind in SEPARATE_POSTS)
        if apart and other.is_held_between(post.began_on, post.ended_on):
            yield finding("separate_duties", field, name=post.holder.name, title=other.title)


def held_by_another(post: Post, began_on: date, ended_on: date | None) -> Iterator[Finding]:
    """Another holder, on one of these days, of a post that one person holds at a time."""
    if post.kind not in SINGLE_POSTS:
        return
    for other in post.unit.posts.filter(kind=post.kind).exclude(pk=post.pk).select_related("holder"):
        if other.is_held_between(began_on, ended_on):
            words = {"unit": post.unit.name, "post": PostKind(post.kind).label, "name": other.holder.name}
            yield finding("post_overlaps", "began_on", **words)
            return


def end_post(post: Post, *, by: User, ended_on: date) -> Post:
    """登记离任: from that day the person has nothing of the post.

    Raises NotYours for anybody but the administrator, Refused for a post that has ended, for a day ahead or before it
    began. Effects: roles and access follow at once; one line of the log.
    """
    with room_step(ENDING_POST, post, by=by) as held:
        post = held.row
        refuse_uncited(_end_problems(post, ended_on))
        post.ended_on = ended_on
        post.save()
        held.log()
        follow_posts(post.holder, by=by)
    return post


def _end_problems(post: Post, ended_on: date) -> Iterator[Finding]:
    if ended_on > clock.today():
        yield finding("post_ahead", "ended_on")
    if ended_on < post.began_on:
        yield finding("post_end_before_start", "ended_on", began=official_text.chinese_date(post.began_on))


def _ended(post: Post, _by: User) -> Iterator[Finding]:
    if post.ended_on is not None:
        yield finding("post_ended", ended=official_text.chinese_date(post.ended_on))


ADDING_UNIT = RoomStep("add_unit", NO_ROW_OF_OFFICE, codename=KEEP_UNITS)
CHANGING_UNIT = RoomStep("change_unit", UNITS, (unit_ended,), codename=KEEP_UNITS)
RETIRING_UNIT = RoomStep("retire_unit", ENDING_UNITS, (unit_ended,), (_in_use, without_successor), codename=KEEP_UNITS)
BEGINNING_POST = RoomStep("begin_post", UNITS, (unit_ended,), codename=KEEP_UNITS)
ENDING_POST = RoomStep("end_post", POSTS, (_ended,), codename=KEEP_UNITS)
