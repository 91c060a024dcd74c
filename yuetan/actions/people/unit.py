"""Units, people and their posts, kept by the system administrator; access follows each change in the same step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import IntegrityError, transaction

from yuetan import grants, pending_steps
from yuetan.actions.log_event import log_event
from yuetan.actions.people.password import check_password, give_password
from yuetan.actions.people.released_reports import release_ended
from yuetan.actions.people.sessions import end_sessions
from yuetan.actions.step import refuse_uncited, require_right
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
    DisabledFor,
    LetterState,
    PostKind,
    UnitKind,
)

SAME_NAME_TICK = "确系同名的另一人"


def require_administrator(by: User) -> None:
    """Raise NotYours for anybody but the system administrator."""
    require_right(by, "keep_units")


@transaction.atomic
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
    `began_on` is the day on which it was founded, none of one that has long stood.
    """
    require_administrator(by)
    refuse_uncited(_unit_problems(None, code, name, kind, parent, began_on))
    spelled = {"initials": initials(name), "pinyin": pinyin_from_each_sign(name)}
    names = {"name": name, "addressee": addressee, "superior": superior, **spelled}
    unit = Unit.objects.create(code=code, kind=kind, parent=parent, began_on=began_on, **names)
    grants.make_unit_groups(unit)
    log_event("add_unit", by, unit=unit.name, code=code)
    return unit


@transaction.atomic
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
    """变更单位名称、代码、隶属、主送机关、上级主管单位、设立日期, as adding one has them."""
    require_administrator(by)
    refuse_uncited(_unit_problems(unit, code, name, unit.kind, parent, began_on))
    unit.code, unit.name, unit.parent, unit.began_on = code, name, parent, began_on
    unit.addressee, unit.superior = addressee, superior
    unit.initials, unit.pinyin = initials(name), pinyin_from_each_sign(name)
    unit.save()
    log_event("change_unit", by, unit=name, code=code)
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
    if began_on is not None and began_on > clock.today():
        yield finding("unit_begins_ahead", "began_on")


@transaction.atomic
def retire_unit(unit: Unit, *, by: User) -> Unit:
    """停用单位: one registered by mistake, or that nobody goes on for: nothing of it is unfinished.

    A unit with anything unfinished ends by 撤并, which names its successor. That something is, the refusal does say:
    otherwise its matters would stand still; what it is, stays hidden from the administrator.
    """
    require_administrator(by)
    in_use = {
        "现任人员": unit.posts.current().exists(),
        "在用的下级单位": unit.children.in_use().exists(),
    }
    refuse_uncited(finding("unit_in_use", unit=unit.name, what=what) for what, is_there in in_use.items() if is_there)
    refuse_uncited(without_successor(unit))
    unit.retired_on = clock.today()
    unit.save()
    pending_steps.follow_unit(unit)
    release_ended(unit)
    log_event("retire_unit", by, unit=unit.name)
    return unit


def without_successor(unit: Unit) -> Iterator[Finding]:
    """What stands against the end of a unit that nobody goes on for: anything unfinished, its own or taken over."""
    running = Case.objects.filter(unit=unit).exclude(state__in=ENDED_STATES).exists()
    closed = Case.objects.filter(unit=unit, revisits__outcome="").exists()
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


@transaction.atomic
def begin_post(
    *,
    by: User,
    unit: Unit,
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

    A second person of a name that is known is registered only where `same_name` says that it is another one: the
    same person twice would be two persons wherever two are asked for.
    """
    require_administrator(by)
    refuse_uncited([] if holder or same_name else known_persons(name))
    refuse_uncited(_post_problems(unit, kind, title, rank, began_on, holder, name))
    person = holder or new_person(name, username, password)
    refuse_uncited(_incompatible_posts(person, kind))
    try:
        with transaction.atomic():
            post = Post.objects.create(unit=unit, holder=person, kind=kind, title=title, rank=rank, began_on=began_on)
    except IntegrityError:
        refuse_uncited(_overlap(unit, kind, began_on))
        raise
    follow_posts(person, by=by)
    log_event("begin_post", by, unit=unit.name, name=person.name, title=title)
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
    if unit.retired_on:
        yield finding("unit_retired", "unit", unit=unit.name)
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


def _incompatible_posts(person: User, kind: str) -> Iterator[Finding]:
    for post in person.posts.current():
        if (post.kind in SEPARATE_POSTS or kind in SEPARATE_POSTS) and post.kind != kind:
            yield finding("separate_duties", "holder", name=person.name, title=post.title)


def _overlap(unit: Unit, kind: str, began_on: date) -> Iterator[Finding]:
    earlier = unit.posts.filter(kind=kind, ended_on__gt=began_on).select_related("holder").first()
    if earlier is not None:
        words = {"unit": unit.name, "post": PostKind(kind).label, "name": earlier.holder.name}
        yield finding("post_overlaps", "began_on", **words)


def new_person(name: str, username: str, password: str, *, is_initial: bool = True) -> User:
    """Somebody new, with an account if a user name is given; raises Refused on a taken name or a weak password."""
    if not username:
        return User.objects.create_person(name)
    if User.objects.filter(username=username).exists():
        refuse_uncited([finding("username_taken", "username", username=username)])
    if not password:
        refuse_uncited([finding("password_missing", "password")])
    check_password(password, User(name=name, username=username))
    person = User.objects.create_person(name, username=username)
    give_password(person, password, is_initial=is_initial)
    return person


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


@transaction.atomic
def end_post(post: Post, *, by: User, ended_on: date) -> Post:
    """登记离任: from that day the person has nothing of the post."""
    require_administrator(by)
    post = Post.objects.select_for_update().get(pk=post.pk)
    refuse_uncited(_end_problems(post, ended_on))
    post.ended_on = ended_on
    post.save()
    log_event("end_post", by, unit=post.unit.name, name=post.holder.name, title=post.title)
    follow_posts(post.holder, by=by)
    return post


def _end_problems(post: Post, ended_on: date) -> Iterator[Finding]:
    if post.ended_on is not None:
        yield finding("post_ended", ended=official_text.chinese_date(post.ended_on))
    if ended_on > clock.today():
        yield finding("post_ahead", "ended_on")
    if ended_on < post.began_on:
        yield finding("post_end_before_start", "ended_on", began=official_text.chinese_date(post.began_on))
