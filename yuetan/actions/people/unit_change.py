"""What becomes of units: 更名, 撤并 and 停用 by the system administrator; each with its day and its paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan import pending_steps
from yuetan.actions.files.attachment import Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.people.people_rows import ENDING_UNITS, INTERVIEWED_UNITS, KEEP_UNITS, unit_ended
from yuetan.actions.people.post_access import follow_posts
from yuetan.actions.people.released_reports import release_ended
from yuetan.actions.people.unit import without_successor
from yuetan.actions.room_step import Held, RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.models import Unit, UnitChange, UnitPaper, User
from yuetan.models.people.unit_change import possible_successors
from yuetan.rules.dates import clock
from yuetan.rules.pinyin import initials, pinyin_from_each_sign
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import Role, UnitChangeKind

RENAMING, ENDING = "单位更名", "单位撤并"


def rename_unit(
    unit: Unit, *, by: User, name: str, effective_on: date | None, paper_number: str, paper: Offer | None
) -> UnitChange:
    """更名: from a day on it bears another name; past papers keep the old one, pages name both.

    Raises NotYours for anybody but the administrator, Refused with what is missing.
    """
    needed = {"name": ("新名称", name), **_of_any(effective_on, paper_number, paper)}
    with room_step(RENAMING_UNIT, unit, by=by, paper=_as_offers(paper)) as held:
        unit = held.row
        refuse_uncited(scan_problems(held.files["paper"], "paper", kinds=PAPER_KINDS))
        refuse_uncited(missing_of("unit_change_incomplete", needed, what=RENAMING))
        assert effective_on is not None
        refuse_uncited(_rename_problems(unit, name, effective_on))
        change = UnitChange(unit=unit, kind=UnitChangeKind.RENAMED, former_name=unit.name, new_name=name)
        _write(change, held, effective_on, paper_number)
        unit.former_names = [*unit.former_names, [unit.name, effective_on.isoformat()]]
        unit.addressee = unit.addressee.replace(unit.name, name)
        unit.name, unit.initials, unit.pinyin = name, initials(name), pinyin_from_each_sign(name)
        unit.save()
        held.facts |= {"unit": change.former_name, "name": name, "span": change.words}
    return change


def _rename_problems(unit: Unit, name: str, effective_on: date) -> Iterator[Finding]:
    if name == unit.name:
        yield finding("unit_name_unchanged", "name", name=name)
    last = date.fromisoformat(unit.former_names[-1][1]) if unit.former_names else None
    if last is not None and effective_on < last:
        yield finding("unit_change_too_early", "effective_on", day=chinese_date(last))
    yield from _ahead(effective_on)


def end_unit(
    unit: Unit,
    *,
    by: User,
    kind: str,
    successor: Unit | None,
    effective_on: date | None,
    paper_number: str,
    paper: Offer | None,
) -> UnitChange:
    """撤并: the unit ends, its people lose their posts in it today, and its successor is named.

    Its matters go over when the director decides so. Raises NotYours for anybody but the administrator, Refused with
    what is missing, for an unfit successor, and without a successor while anything of the unit is unfinished.
    """
    needed = {"kind": ("撤并方式", kind), **_of_any(effective_on, paper_number, paper)}
    if kind == UnitChangeKind.MERGED:
        needed["successor"] = ("承接单位", successor)
    with room_step(ENDING_UNIT, unit, by=by, paper=_as_offers(paper)) as held:
        unit = held.row
        refuse_uncited(scan_problems(held.files["paper"], "paper", kinds=PAPER_KINDS))
        refuse_uncited(missing_of("unit_change_incomplete", needed, what=ENDING))
        assert effective_on is not None
        refuse_uncited(_end_problems(unit, successor, effective_on))
        change = UnitChange(unit=unit, kind=kind, former_name=unit.name, successor=successor)
        _write(change, held, effective_on, paper_number)
        _close(unit, by)
        held.facts["span"] = change.words
        _alert_directors(change)
    return change


def _has_children(unit: Unit, _by: User) -> Iterator[Finding]:
    if unit.children.in_use().exists():
        yield finding("unit_has_children", "kind", unit=unit.name)


def _end_problems(unit: Unit, successor: Unit | None, effective_on: date) -> Iterator[Finding]:
    if successor is not None and not possible_successors(unit).filter(pk=successor.pk).exists():
        yield finding("successor_unfit", "successor", successor=successor.full_name, unit=unit.full_name)
    if successor is None:
        yield from without_successor(unit)
    yield from _ahead(effective_on)


def _close(unit: Unit, by: User) -> None:
    """The unit ends today, and with it every post in it."""
    today = clock.today()
    posts = list(unit.posts.current().select_related("holder"))
    for post in posts:
        post.ended_on = today
        post.save()
    for holder in {post.holder for post in posts}:
        follow_posts(holder, by=by)
    unit.retired_on = today
    unit.save()
    pending_steps.follow_unit(unit)
    release_ended(unit)


def _alert_directors(change: UnitChange) -> None:
    if change.successor is None:
        return
    words = f"{change.unit.full_name}已于{change.words}，请决定其事项转由承接单位办理。"
    send_alert(list(User.objects.in_roles(Role.OFFICE_DIRECTOR)), key=f"succession:{change.pk}", words=words)


def _of_any(effective_on: date | None, paper_number: str, paper: Offer | None) -> dict[str, tuple[str, object]]:
    """What any change of a unit needs."""
    return {
        "effective_on": ("生效日期", effective_on),
        "paper_number": ("文号", paper_number),
        "paper": ("依据文件", paper),
    }


def _ahead(effective_on: date) -> Iterator[Finding]:
    if effective_on > clock.today():
        yield finding("unit_change_ahead", "effective_on")


def _as_offers(paper: Offer | None) -> list[Offer]:
    return [paper] if paper else []


def _write(change: UnitChange, held: Held[Unit], effective_on: date, paper_number: str) -> None:
    change.effective_on, change.paper_number = effective_on, paper_number
    change.registered_by, change.registered_at = held.by, clock.now()
    change.save()
    held.keep("paper", UnitPaper, change=change)


RENAMING_UNIT = RoomStep("rename_unit", INTERVIEWED_UNITS, (unit_ended,), codename=KEEP_UNITS)
ENDING_UNIT = RoomStep("end_unit", ENDING_UNITS, (unit_ended,), (_has_children,), codename=KEEP_UNITS)
