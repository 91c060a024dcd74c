"""实绩档案 as a sheet: what stands of a leader or a unit in a year, as the page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from yuetan import permissions
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.documents.content.paragraphs import lines
from yuetan.documents.content.year_of_rooms import RoomOfYear, rooms_of_year
from yuetan.models import AccountabilityMeasure, Commendation, DossierEntry, DossierPaper, Post, Restriction, Unit, User
from yuetan.models.dossier.entry import SEE_DOSSIERS
from yuetan.models.dossier.year_facts import MAX_LISTED, Days, YearFacts, year_facts
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date

MAX_RESTRICTIONS = 100  # one veto closes several things to a unit and to each of its leaders


class Restricted(NamedTuple):
    """What was closed, the first of it, and how much more."""

    listed: Sequence[Restriction]
    more: int


@dataclass(frozen=True)
class Section:
    """One post of a leader, or a unit as a whole: on which days, what stood, commendations, and what was entered."""

    title: str
    unit: Unit
    days: Days
    facts: YearFacts
    commendations: Sequence[Commendation]
    entries: Sequence[DossierEntry]
    restrictions: Restricted
    measures: Sequence[str]
    rooms: Sequence[RoomOfYear]
    post: Post | None = None

    @property
    def span(self) -> str:
        """2026年1月1日至2026年11月23日."""
        return f"{chinese_date(self.days.first)}至{chinese_date(self.days.last)}"


def section_of_post(post: Post, year: int, viewer: User, *, inner: bool) -> Section:
    """A leader in one post, on the days of the year on which they held it."""
    days = Days.of_post(post, year)
    entries = DossierEntry.objects.visible_to(viewer).filter(person=post.holder_id, unit=post.unit_id, year=year)
    awarded = Commendation.objects.in_force().filter(days.on("awarded_on"), unit=post.unit_id)
    own = [one for one in awarded.select_related("unit__parent") if one.post_id in (None, post.pk)]
    facts = year_facts(post.unit, days, viewer, inner=inner)
    restricted = _restricted(days, viewer, person=post.holder_id)
    laid = _measures_laid(days, viewer, post.unit)
    rooms = rooms_of_year(post.unit, days, viewer, post=post)
    return Section(post.full_title, post.unit, days, facts, own, _with_people(entries), restricted, laid, rooms, post)


def section_of_unit(unit: Unit, year: int, viewer: User, *, inner: bool) -> Section:
    """A unit over the whole year, with what its leaders entered."""
    days = Days.of_year(year)
    entries = DossierEntry.objects.visible_to(viewer).filter(unit=unit, year=year).newest()
    awarded = Commendation.objects.visible_to(viewer).filter(days.on("awarded_on"), unit=unit)
    shown = awarded.select_related("unit__parent", "post__unit__parent", "post__holder", "withdrawn_by")
    facts = year_facts(unit, days, viewer, inner=inner)
    restricted = _restricted(days, viewer, unit=unit.pk)
    laid = _measures_laid(days, viewer, unit)
    rooms = rooms_of_year(unit, days, viewer)
    return Section(unit.full_name, unit, days, facts, list(shown), _with_people(entries), restricted, laid, rooms)


def _restricted(days: Days, viewer: User, **of: int) -> Restricted:
    """What was closed on some of these days, in whatever post it was laid on the person: it follows them."""
    visible = Restriction.objects.visible_to(viewer).filter(**of)
    held = visible.filter(first_day__lte=days.last, last_day__gte=days.first).order_by("first_day", "pk")
    first = list(held.with_relations()[: MAX_RESTRICTIONS + 1])
    more = held.count() - MAX_RESTRICTIONS if len(first) > MAX_RESTRICTIONS else 0
    return Restricted(first[:MAX_RESTRICTIONS], more)


def _measures_laid(days: Days, viewer: User, unit: Unit) -> list[str]:
    """What of a 责任制 was laid on a unit on these days and counts still, each as its unit knows it."""
    measures = AccountabilityMeasure.objects.all()
    if viewer.has_perm(permissions.name(SEE_DOSSIERS)):
        measures = measures.visible_to(viewer)
    laid = measures.laid_within(days.first, days.last).filter(unit=unit)
    listed = list(laid[: MAX_LISTED + 1])
    more = [f"另有{laid.count() - MAX_LISTED}项未列出"] if len(listed) > MAX_LISTED else []
    return [*map(_measure_line, listed[:MAX_LISTED]), *more]


def _measure_line(measure: AccountabilityMeasure) -> str:
    day = measure.served_on
    assert day is not None
    return f"{day.month}月{day.day}日　{measure.title}（{measure.paper_number}）：{measure.get_state_display()}"


def dossier_sheet(title: str, sections: Iterable[Section]) -> PaperFacts:
    """The sheet with all sections, for printing; facts from the records and what was entered are told apart."""
    rows = [row for section in sections for row in _rows(section)]
    note = (
        f"工作情况由约谈、整改、提醒函等记录汇总，截至{chinese_date(clock.today())}；实绩材料由本人填写、本单位确认。"
    )
    return {"title": title, "rows": [*rows, Row("说明", [note])]}


def _with_people(entries: Iterable[DossierEntry]) -> list[DossierEntry]:
    keys = [entry.pk for entry in entries]
    related = ("person", "unit__parent", "entered_by", "confirmed_by", "returned_by", "read_by")
    return list(DossierEntry.objects.filter(pk__in=keys).select_related(*related).order_by("person_id", "-version"))


def _rows(section: Section) -> Iterator[Row]:
    yield Row("任职" if section.post else "单位", [f"{section.title}（{section.span}）"])
    figures = [_figure_words(label, count) for label, count in section.facts.figures if count]
    yield Row("工作情况", ["；".join(figures) or "没有约谈、整改、提醒函记录"])
    if section.facts.interviews:
        more = [f"另有{section.facts.more}次未列出"] if section.facts.more else []
        yield Row("约谈", [*section.facts.interviews, *more])
    if section.measures:
        yield Row("责任措施", list(section.measures))
    for room in section.rooms:
        more = [f"另有{room.more}项未列出"] if room.more else []
        yield Row(room.title, [*(line.words for line in room.lines), *more])
    awards = [f"{one.whose}：{one}" for one in section.commendations if one.withdrawn_at is None]
    yield Row("表彰奖励", awards or ["没有登记"])
    restricted = [f"{one}，{one.days_words}" for one in section.restrictions.listed]
    more = [f"另有{section.restrictions.more}项未列出"] if section.restrictions.more else []
    yield Row("资格限制", [*restricted, *more] or ["没有记录"])
    yield from _entered(section)


def _figure_words(label: str, count: int) -> str:
    """交办整改任务10项: the count stands with what it counts, and no line parts them."""
    name, _, unit = label.rstrip("）").partition("（")
    return f"{name}{count}{unit or '份'}"


def _entered(section: Section) -> Iterator[Row]:
    """The last version of each leader."""
    newest = {entry.person_id: entry for entry in sorted(section.entries, key=lambda entry: entry.version)}
    for entry in newest.values():
        who = f"{entry.title}{entry.person.name}"
        yield Row("实绩材料", [f"{who}，第{entry.version}版，{chinese_date(entry.entered_at)}，{entry.state.label}"])
        yield Row("主要工作情况及成效", lines(entry.main_work))
        yield Row("协调解决困难和问题情况", lines(entry.difficulties))
        names = "；".join(file.name for file in DossierPaper.objects.reports_of(entry))
        yield Row("述职报告", [names or "没有"])
        if entry.read_note:
            yield Row("查阅意见", lines(entry.read_note))
    if not newest:
        yield Row("实绩材料", ["没有提交"])
