"""办理过程记录: what was done, by whom and when, on a sheet that is the last piece of a 卷宗."""

from __future__ import annotations

from datetime import datetime

from yuetan.documents.case_file.piece import Piece, of_office, sheet_part
from yuetan.models import AccountabilityMeasure, Case
from yuetan.models.record import event_words
from yuetan.vocabulary import CaseFileSheet

RECORD = "办理过程记录"
COLUMNS = ["序号", "时间", "步骤", "办理人", "意见和内容"]


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


def recorded(title: str, cells: list[list[str]], at: datetime) -> Piece:
    """The sheet with a row for each thing that was done, the last of them at that moment."""
    title = f"{title}{RECORD}"
    sheet = sheet_part("正文", RECORD, CaseFileSheet.RECORD, {"title": title, "columns": COLUMNS, "cells": cells})
    return of_office(title, at, [sheet])
