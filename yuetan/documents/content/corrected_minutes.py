"""What a correction of 会议纪要 changes, in lines of before and after; and the corrections a meeting has had."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from yuetan.models import Invitation, Meeting, MeetingCorrection, OpinionCorrection, Unit
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, Presence

if TYPE_CHECKING:
    from yuetan.models import Document
    from yuetan.models.meeting.correction import AgreedText, CameText, RecordText


@dataclass(frozen=True)
class ChangedLine:
    """One thing that a correction changes."""

    label: str
    before: str
    after: str


Made = TypeVar("Made", MeetingCorrection, OpinionCorrection)


@dataclass(frozen=True)
class IssuedCorrection(Generic[Made]):
    """A correction in force, with the paper that it replaced and the one that took its place."""

    correction: Made
    old: Document
    new: Document
    lines: list[ChangedLine]


def changed_lines(meeting: Meeting, before: RecordText, after: RecordText) -> list[ChangedLine]:
    """Who came, the conclusions and what was agreed, each as it was and as it shall be."""
    key, lines = str(meeting.pk), []
    for one in Invitation.objects.of_meeting(meeting):
        came = str(one.pk)
        lines.append((f"到会情况：{one.label}", *(_came(text["invitation"][came]) for text in (before, after))))
    lines.append(("其他列席人员", *(text["meeting"][key]["observers"] for text in (before, after))))
    for item in meeting.items.all():
        texts = [text["agendaitem"][str(item.pk)] for text in (before, after)]
        lines.append((f"第{item.number}项议题", *(text["title"] for text in texts)))
        lines.append((f"第{item.number}项议题的结论", *(text["conclusion"] for text in texts)))
    lines.append(("议定事项", *_agreed(before["resolution"], after["resolution"])))
    return [ChangedLine(label, old or "（无）", new or "（无）") for label, old, new in lines if old != new]


def issued_corrections(meeting: Meeting) -> list[IssuedCorrection[MeetingCorrection]]:
    """Each with its papers, the first one first."""
    papers = meeting.documents.filter(kind=DocumentKind.MEETING_MINUTES).defer("html", "facts")
    made = MeetingCorrection.objects.issued().filter(meeting=meeting)
    lines = [(each, changed_lines(meeting, each.stood, each.text)) for each in made]
    return each_with_its_papers(lines, papers.order_by("issued_at", "pk"))


def each_with_its_papers(
    made: Iterable[tuple[Made, list[ChangedLine]]], papers: Iterable[Document]
) -> list[IssuedCorrection[Made]]:
    """Each correction, the first one first, with the paper it replaced and its own, out of all in their order."""
    of_all = list(papers)
    return [
        IssuedCorrection(each, old, new, lines)
        for (each, lines), old, new in zip(made, of_all, of_all[1:], strict=False)
    ]


def _came(text: CameText) -> str:
    words = f"{Presence(text['presence']).label}{'，主持会议' if text.get('presided') else ''}"
    if not text["attended_name"]:
        return words
    stead = f"（代{text['instead_of']}）" if text["instead_of"] else ""
    return f"{words}：{text['attended_title']}{text['attended_name']}{stead}"


def _agreed(before: Sequence[AgreedText], after: Sequence[AgreedText]) -> tuple[str, str]:
    units = Unit.objects.select_related("parent").in_bulk({one["unit_id"] for one in (*before, *after)})

    def words(one: AgreedText) -> str:
        due = chinese_date(date.fromisoformat(one["due_on"]))
        return f"{one['number']}. {one['text']}（{units[one['unit_id']].full_name}，{due}）"

    return "\n".join(map(words, before)), "\n".join(map(words, after))
