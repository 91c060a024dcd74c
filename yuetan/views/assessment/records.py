"""The record behind each point, as a link for whoever may see it: one query for each kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse
from django.utils import timezone

from yuetan.ledgers.subjects import subject_url
from yuetan.models import (
    AccountabilityMeasure,
    AssessmentScore,
    Case,
    Commendation,
    Document,
    PeriodicReport,
    ReceivedLetter,
    ReceivedReply,
    Task,
    User,
)
from yuetan.models.assessment.sources import Record
from yuetan.models.rectification.task_origin import WITH_ORIGINS
from yuetan.rules.text.official_text import chinese_date
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.vocabulary import RecordOfPoints

HIDDEN = "原记录不在您的知悉范围内，或者已随卷宗销毁"


@dataclass(frozen=True)
class RecordLink:
    """What a point leads to; without an address for whoever may not see it."""

    label: str
    url: str = ""
    day: str = ""
    files: Sequence[FileLink] = field(default_factory=tuple)
    on: date | None = None  # the same day, and of a score the one on which it was given


Links = Mapping[str, RecordLink]


def record_links(records: Iterable[Record], user: User) -> list[RecordLink]:
    """A link for each record, in the same order; of one that is not the reader's to see no more than that it is one.

    Its kind and its day stand beside it for whom no case is kept from: there they say that its file was destroyed.
    """
    records = [(kind, key, day) for kind, key, day in records]
    keys: dict[str, set[str]] = {}
    for kind, key, _ in records:
        keys.setdefault(kind, set()).add(key)
    links = {kind: LINKS[kind](wanted, user) for kind, wanted in keys.items()}
    keeps_back = Case.objects.leaves_out(user)
    linked = [(links[kind].get(key), kind, day) for kind, key, day in records]
    return [_dated(one, *of) if one or not keeps_back else RecordLink(f"原记录（{HIDDEN}）") for one, *of in linked]


def _dated(link: RecordLink | None, kind: str, day: str) -> RecordLink:
    on = date.fromisoformat(day) if day else None
    words = chinese_date(on) if on else ""
    if link is None:
        return RecordLink(f"{RecordOfPoints(kind).label}（{HIDDEN}）", day=words, on=on)
    return replace(link, day=words, on=on or link.on)


def _returns(keys: set[str], user: User) -> Links:
    rows = PeriodicReport.objects.visible_to(user).filter(public_id__in=keys).with_relations()
    return {str(row.public_id): RecordLink(str(row), reverse("report", args=[row.public_id])) for row in rows}


def _linked_tasks(keys: set[str], user: User) -> Links:
    rows = Task.objects.visible_to(user).filter(pk__in=keys).select_related(*WITH_ORIGINS)
    return {
        str(row.pk): RecordLink(
            f"{row.origin.title}，整改任务第{row.number}项", f"{subject_url(row.origin)}#task-{row.number}"
        )
        for row in rows
    }


def _documents(keys: set[str], user: User) -> Links:
    rows = Document.objects.visible_to(user).filter(pk__in=keys).for_lists()
    return {str(row.pk): RecordLink(str(row), reverse("document", args=[row.pk])) for row in rows}


def _received(keys: set[str], user: User) -> Links:
    """A letter that was not replied to in time, and whether it is so still; a reply that came late says so itself."""
    rows = ReceivedLetter.objects.visible_to(user).filter(pk__in=keys)
    words = {row: f"{row}：{row.late_words}" if row.days_overdue else str(row) for row in rows}
    return {str(row.pk): RecordLink(words[row], reverse("received_letter", args=[row.pk])) for row in rows}


def _late_replies(keys: set[str], user: User) -> Links:
    """Each version with its own lateness; one may not be opened by whoever may not open its letter."""
    letters = ReceivedLetter.objects.visible_to(user).order_by().values("pk")
    rows = ReceivedReply.objects.filter(letter__in=letters, pk__in=keys).select_related("letter")
    return {
        str(row.pk): RecordLink(f"{row}：{row.late_words}", reverse("received_letter", args=[row.letter_id]))
        for row in rows
    }


def _measures(keys: set[str], user: User) -> Links:
    rows = AccountabilityMeasure.objects.visible_to(user).filter(pk__in=keys).select_related("rung", "unit")
    return {str(row.pk): RecordLink(row.title, subject_url(row)) for row in rows}


def _cases(keys: set[str], user: User) -> Links:
    rows = Case.objects.visible_to(user).filter(pk__in=keys).select_related("unit")
    return {str(row.pk): RecordLink(row.title, subject_url(row)) for row in rows}


def _commendations(keys: set[str], user: User) -> Links:
    rows = Commendation.objects.visible_to(user).filter(pk__in=keys)
    return {str(row.pk): RecordLink(str(row), reverse("unit_dossier", args=[row.unit_id])) for row in rows}


def _scores(keys: set[str], user: User) -> Links:
    rows = AssessmentScore.objects.visible_to(user).filter(pk__in=keys).prefetch_related("papers")
    return {
        str(row.pk): RecordLink(
            f"评为 {row.points} 分：{row.reason}",
            files=file_links(row.papers.all()),
            on=timezone.localdate(row.scored_at),
        )
        for row in rows
    }


LINKS: Mapping[str, Callable[[set[str], User], Links]] = {
    RecordOfPoints.RETURN: _returns,
    RecordOfPoints.TASK: _linked_tasks,
    RecordOfPoints.DOCUMENT: _documents,
    RecordOfPoints.RECEIVED: _received,
    RecordOfPoints.REPLY: _late_replies,
    RecordOfPoints.MEASURE: _measures,
    RecordOfPoints.CASE: _cases,
    RecordOfPoints.COMMENDATION: _commendations,
    RecordOfPoints.SCORE: _scores,
}


def line_rows(lines: Sequence[Mapping[str, object]], user: User) -> list[dict[str, object]]:
    """Of each line of a sheet what its page shows: the line, and a link for each record behind it."""
    records = [records_of_line(line) for line in lines]
    links = iter(record_links([record for each in records for record in each], user))
    return [{"line": line, "links": [next(links) for _ in each]} for line, each in zip(lines, records, strict=True)]


def records_of_line(line: Mapping[str, object]) -> list[Record]:
    """The records behind a line."""
    records = line["records"]
    assert isinstance(records, list)
    return [(kind, key, day) for kind, key, day in records]
