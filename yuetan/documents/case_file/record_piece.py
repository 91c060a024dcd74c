"""办理过程记录: what was done, by whom and when, on a sheet that is the last piece of a 卷宗."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from yuetan.documents.case_file.piece import Part, Piece, file_parts, of_office, sheet_part
from yuetan.models import AccountabilityMeasure, Case, Document, ReceiptCorrection, ReceiptScan, User
from yuetan.models.files.receipt_scan import ReceiptScanQuerySet
from yuetan.models.record import event_words
from yuetan.rules.text.official_text import short_datetime
from yuetan.vocabulary import CaseFileSheet

RECORD = "办理过程记录"
COLUMNS = ["序号", "时间", "步骤", "办理人", "意见和内容"]
Done = tuple[datetime, str, str, str]  # when, what, who, in which words


def record_piece(subject: Case | AccountabilityMeasure) -> Piece:
    """Who did what when and with which opinion, the first first."""
    events = list(subject.events.select_related("actor").order_by("created_at", "id"))
    cells = [
        [
            str(number),
            event_words.written_on(event),
            event.label,
            event.who(inner=True),
            "；".join(filter(None, [event.opinion, *event_words.details(event).split("\n")])),
        ]
        for number, event in enumerate(events, start=1)
    ]
    return recorded(subject.title, cells, events[-1].created_at)


def happened(moments: Iterable[tuple[str, datetime | None, User | None, str]]) -> Iterator[Done]:
    """What of this was done: named, when, by whom, with which words; what has no moment or nobody was not."""
    for what, at, who, words in moments:
        if at is not None and who is not None:
            yield at, what, who.name, words


def done_on_paper(scans: ReceiptScanQuerySet) -> Iterator[Done]:
    """Receipts of paper that were registered, and what was corrected of them; who signed stands on the sheet of its
    paper."""
    for scan in scans.filter(came_with=None).with_papers().select_related("uploaded_by"):
        what = f"登记{scan.document.get_kind_display()}纸质回执"
        yield scan.uploaded_at, what, scan.uploaded_by.name, scan.of_whom
    made = ReceiptCorrection.objects.filter(document__in=scans.order_by().values("document"))
    related = ("document__visit__unit__parent", "invitation__unit__parent", "invitation__post__unit__parent")
    for one in made.select_related("corrected_by", *related).defer("document__html", "document__facts"):
        what = f"更正{one.document.get_kind_display()}纸质回执"
        yield one.corrected_at, what, one.corrected_by.name, f"{one.of_whom}：{one.words}；更正原因：{one.reason}"


def receipt_parts(paper: Document, reader: User) -> list[Part]:
    """The scans of receipts of paper, then those that a correction set aside, as far as the reader may see them."""
    seen = list(ReceiptScan.objects.visible_to(reader).filter(document=paper))
    stands, former = ([file for file in seen if file.is_former is is_former] for is_former in (False, True))
    return [*file_parts(stands, "回执扫描件"), *file_parts(former, "更正前的回执扫描件")]


def recorded_moments(title: str, done: Iterable[Done]) -> Piece:
    """The sheet of what was done in a matter without events of its own, by its rows, the earliest first."""
    in_order = sorted(done, key=lambda each: each[0])
    cells = [[str(number), short_datetime(at), *words] for number, (at, *words) in enumerate(in_order, 1)]
    return recorded(title, cells, in_order[-1][0])


def recorded(title: str, cells: list[list[str]], at: datetime) -> Piece:
    """The sheet with a row for each thing that was done, the last of them at that moment."""
    title = f"{title}{RECORD}"
    sheet = sheet_part("正文", RECORD, CaseFileSheet.RECORD, {"title": title, "columns": COLUMNS, "cells": cells})
    return of_office(title, at, [sheet])
