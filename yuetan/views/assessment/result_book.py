"""考核结果 as an Excel file: units in rank with the points of each indicator, and which record cost or gave what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import IO, TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from yuetan.models import Assessment, AssessmentCorrection, AssessmentObjection, AssessmentSheet, User
from yuetan.models.assessment.sheet import upheld_of
from yuetan.models.assessment.ties import note_ties
from yuetan.rules.assessment.scheme import NOTHING, Indicator
from yuetan.rules.assessment.scoring import points_of, total_of
from yuetan.views.assessment.records import RecordLink, record_links, records_of_line
from yuetan.vocabulary import ObjectionOutcome

if TYPE_CHECKING:
    from yuetan.documents.exports.spreadsheet import Value

ABOUT, ABOUT_WIDTHS = ("组别", "名次", "通报用语", "单位", "总分", "等次", "更正前"), (16, 8, 14, 30, 10, 10, 30)
SOURCES, SOURCE_WIDTHS = ("组别", "单位", "指标", "扣分或者加分", "来源", "日期"), (16, 30, 20, 14, 60, 12)
NUMBER_WIDTH = 16
IN_ORDER = ("group_place", "rank", "unit_name", "pk")  # as the 通报 lists them
Changed = Mapping[str, Decimal]


def result_book(assessment: Assessment, user: User) -> IO[bytes]:
    """The workbook, open at its beginning; who asked for it closes it.

    Of each unit what the person may see: total and rank of `ranked_for`, the points of indicators and the records
    behind them of the sheets that are theirs to open. What the records cost and gave sums to the points of each line.
    """
    from yuetan.documents.exports.spreadsheet import Table, workbook_of

    result = _Result(assessment, user)
    heads = [_head_of(one) for one in result.columns]
    widths = [*ABOUT_WIDTHS, *(NUMBER_WIDTH for _ in heads)]
    ranked = Table("名次和得分", [*ABOUT, *heads], result.ranked_rows(), widths)
    return workbook_of([ranked, Table("得分来源", SOURCES, result.source_rows(), SOURCE_WIDTHS)])


def _head_of(one: Indicator) -> str:
    return f"{one.name}（加分，最多{one.most}分）" if one.adds else f"{one.name}（{one.most}分）"


@dataclass(frozen=True)
class _Change:
    """What a decision made of a line after it was sent."""

    points: Decimal
    source: RecordLink


class _Result:
    """The sheets of a year that a person may see, and what they may open of them; each thing is asked once."""

    def __init__(self, assessment: Assessment, user: User) -> None:
        self.user, self.indicators = user, {one.key: one for one in assessment.newest_scheme().indicator_list}
        rows = AssessmentSheet.objects.ranked_for(user).filter(assessment=assessment).order_by(*IN_ORDER)
        self.sheets = note_ties(rows)
        visible = AssessmentSheet.objects.visible_to(user).filter(assessment=assessment).order_by()
        keys = set(visible.values_list("pk", flat=True))
        self.open = [sheet for sheet in self.sheets if sheet.pk in keys]
        self.upheld = upheld_of(self.open)

    @cached_property
    def columns(self) -> list[Indicator]:
        """The indicators of the sheets that may be opened, in the order of the scheme."""
        keys = {line["key"] for sheet in self.open for line in sheet.lines}
        return [one for key, one in self.indicators.items() if key in keys]

    def ranked_rows(self) -> Iterator[Sequence[Value]]:
        """A row a unit; a cell without a number where an indicator is not of its group, or not this person's to see."""
        for sheet in self.sheets:
            upheld = self.upheld.get(sheet.pk)
            points = _points_of_lines(sheet, upheld.points) if upheld else {}
            yield [*_result_of(sheet, upheld.points if upheld else {}), *(points.get(one.key) for one in self.columns)]

    def source_rows(self) -> Iterator[Sequence[Value]]:
        """A row a record that cost or gave points, and one for each decision that changed a line since."""
        lines = [(sheet, line) for sheet in self.open for line in sheet.lines]
        records = [records_of_line(line) for _, line in lines]
        links = iter(record_links([record for each in records for record in each], self.user))
        changes = self._changes()
        for (sheet, line), of_line in zip(lines, records, strict=True):
            one, first = self.indicators[line["key"]], [next(links) for _ in of_line]
            for points, source in _effects(one, line, first, changes.get((sheet.pk, one.key), ())):
                yield [sheet.group_name, sheet.unit_name, one.name, points, source.label, source.on]

    def _changes(self) -> dict[tuple[UUID, str], list[_Change]]:
        """By sheet and line, the earliest first: objections come before the closing, corrections after it."""
        changes: dict[tuple[UUID, str], list[_Change]] = {}
        upheld = AssessmentObjection.objects.filter(sheet__in=self.open, outcome=ObjectionOutcome.UPHELD)
        for each in upheld.order_by("decided_at", "pk"):
            assert each.points is not None
            assert each.decided_at is not None
            source = RecordLink("异议成立", on=timezone.localdate(each.decided_at))
            changes.setdefault((each.sheet_id, each.indicator), []).append(_Change(each.points, source))
        granted = AssessmentCorrection.objects.granted().filter(sheet__in=self.open).select_related("document")
        for correction in granted:
            for line in correction.lines:
                change = _Change(Decimal(str(line["points"])), _paper_of(correction))
                changes.setdefault((correction.sheet_id, str(line["key"])), []).append(change)
        return changes


def _paper_of(correction: AssessmentCorrection) -> RecordLink:
    assert correction.document is not None
    assert correction.decided_at is not None
    return RecordLink(f"更正（{correction.document.number}）", on=timezone.localdate(correction.decided_at))


def _result_of(sheet: AssessmentSheet, changed: Changed) -> list[Value]:
    """Before the closing there is no rank, and the sum is the one of the moment."""
    total = total_of(sheet.lines, changed) if sheet.total is None else sheet.total
    ranked: list[Value] = [sheet.rank, sheet.rank_words] if sheet.rank else [None, "未定"]
    return [sheet.group_name, *ranked, sheet.unit_name, total, sheet.get_grade_display(), sheet.published_words]


def _points_of_lines(sheet: AssessmentSheet, changed: Changed) -> dict[str, Decimal]:
    return {line["key"]: changed.get(line["key"], Decimal(str(line["points"]))) for line in sheet.lines}


def _effects(
    one: Indicator, line: Mapping[str, object], sources: Sequence[RecordLink], changes: Iterable[_Change]
) -> Iterator[tuple[Decimal, RecordLink]]:
    """Of each record of a line, one after the other, what it took off or added, caps and floors kept; and each change.

    They sum to the points of the line less those with which it began: its full ones, or none where it adds.
    """
    sent = now = Decimal(str(line["points"]))
    for number, source in enumerate(sources, start=1):
        effect = points_of(one, number) - points_of(one, number - 1) if one.is_counted else sent - one.full
        yield effect + NOTHING, source
    for change in changes:
        yield change.points - now, change.source
        now = change.points
