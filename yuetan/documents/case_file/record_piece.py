"""办理过程记录: every event of a case on a sheet, the last piece of its 卷宗."""

from __future__ import annotations

from yuetan.documents.case_file.piece import Piece, of_office, sheet_part
from yuetan.models import Case
from yuetan.models.record import event_words
from yuetan.vocabulary import CaseFileSheet

COLUMNS = ["序号", "时间", "步骤", "办理人", "意见和内容"]


def record_piece(case: Case) -> Piece:
    """Who did what when and with which opinion, the first first."""
    events = list(case.events.select_related("actor").order_by("created_at", "id"))
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
    title = f"{case.title}办理过程记录"
    sheet = sheet_part(
        "正文", "办理过程记录", CaseFileSheet.RECORD, {"title": title, "columns": COLUMNS, "cells": cells}
    )
    return of_office(title, events[-1].created_at, [sheet])
