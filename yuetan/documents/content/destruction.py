"""销毁清册 as a sheet: every case of it, and who drew it up, approved it and watched the destruction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.office_forms import Row
from yuetan.documents.content.paragraphs import lines
from yuetan.models import Destruction, DestructionEntry, User
from yuetan.rules.text.official_text import chinese_date, short_datetime

SIGNED = ("拟制人签字", "批准人签字", "监销人签字")
REMAINS = (
    "电子卷宗的内容和文件已从本系统删除；保留本清册、文号、文书校验码和封存值。"
    "备份里销毁前的内容随备份到期清除；另存、离线的备份由信息技术人员清除并在本清册上注明。"
)


def destruction_sheet(destruction: Destruction) -> PaperFacts:
    """What the sheet says, with room to sign."""
    return {
        "title": str(destruction),
        "rows": [*_sheet_rows(destruction), *(Row(label, []) for label in SIGNED)],
    }


def _sheet_rows(destruction: Destruction) -> Iterator[Row]:
    entries = list(destruction.entries.select_related("unit__parent", "destruction"))
    yield Row("卷数", [f"{len(entries)}卷"])
    yield Row("鉴定意见", lines(destruction.opinion))
    yield Row("拟制", _by_whom(destruction.drawn_up_by, destruction.drawn_up_title, destruction.drawn_up_at))
    yield Row(
        "批准",
        [
            *_by_whom(destruction.decided_by, destruction.decided_title, destruction.decided_at),
            *lines(destruction.decision_words),
        ],
    )
    yield Row("监销", _by_whom(destruction.carried_out_by, destruction.carried_out_title, destruction.carried_out_at))
    for place, entry in enumerate(entries, start=1):
        yield Row(f"第{place}卷", [entry.register_number, *entry_lines(entry)])
    if destruction.carried_out_at is not None:
        yield Row("说明", [REMAINS])


def entry_lines(entry: DestructionEntry) -> list[str]:
    """What the list says of a case: title, unit, dates, and how much went."""
    kept = f"{entry.get_retention_display()}，{chinese_date(entry.keep_until)}期满，已保管{entry.kept_years}年"
    about = [entry.title, f"{entry.unit.full_name}，{chinese_date(entry.closed_on)}办结", kept]
    if entry.case_id is None:
        letters = f"，提醒函{entry.letter_count}件" if entry.letter_count else ""
        about.append(f"文书{entry.paper_count}件{letters}，文件{entry.file_count}个")
    return about


def _by_whom(who: User | None, title: str, when: datetime | None) -> list[str]:
    return [f"{who.name}（{title}），{short_datetime(when)}"] if who and when else ["尚未办理"]
