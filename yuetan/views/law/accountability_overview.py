"""A 责任制 on the page of the law: its rungs with the doors to them, what they close, and its circumstances."""

from __future__ import annotations

from itertools import groupby
from typing import TypedDict

from yuetan.models import Accountability, Circumstance, Effect, Rung
from yuetan.rules.text.official_text import citations, joined
from yuetan.vocabulary import CircumstanceKind, ClosedTo, RestrictedSubject

SILENT = "条文未写明"


class RungLine(TypedDict):
    """One rung as a row of the table."""

    kind: str
    by: str
    doors: list[str]
    time_limit: str
    effects: list[str]
    articles: str


class CircumstanceList(TypedDict):
    """The circumstances of one kind."""

    kind: str
    article: str
    texts: list[str]


def rungs(text: Accountability) -> list[RungLine]:
    """Every rung, the lightest first, in four queries."""
    rows = text.rungs.select_related("article").prefetch_related("doors__article", "doors__after", "effects__article")
    return [_rung(rung) for rung in rows]


def circumstances(text: Accountability) -> list[CircumstanceList]:
    """从重 and 从轻, each as its article lists them."""
    rows = list(text.circumstances.select_related("article"))
    return [
        {"kind": CircumstanceKind(kind).label, "article": article, "texts": [row.text for row in listed]}
        for (kind, article), listed in groupby(rows, key=_kind_and_article)
    ]


def _kind_and_article(row: Circumstance) -> tuple[str, str]:
    return row.kind, row.article.name


def _rung(rung: Rung) -> RungLine:
    doors, effects = list(rung.doors.all()), list(rung.effects.all())
    numbers = [door.article.number for door in doors] + [effect.article.number for effect in effects]
    return {
        "kind": rung.get_kind_display(),
        "by": rung.get_decided_by_display() if rung.decided_by else SILENT,
        "doors": [door.words for door in doors],
        "time_limit": "限期整改" if rung.has_time_limit else "",
        "effects": _effects(effects),
        "articles": citations((number, None) for number in [rung.article.number, *numbers]),
    }


def _effects(effects: list[Effect]) -> list[str]:
    """半年（6个月）内：地区、单位：综合性评选: everybody to whom the same is closed for the same time in one line."""
    closed: dict[tuple[str, int, str], list[str]] = {}
    for effect in effects:
        subject = RestrictedSubject(effect.subject).label
        closed.setdefault((effect.period, effect.months, subject), []).append(ClosedTo(effect.closed).label)
    lines: dict[tuple[str, int, str], list[str]] = {}
    for (period, months, subject), what in closed.items():
        lines.setdefault((period, months, joined(what)), []).append(subject)
    return [
        f"{period}内（{months}个月）取消{joined(subjects)}的{what}资格"
        for (period, months, what), subjects in lines.items()
    ]
