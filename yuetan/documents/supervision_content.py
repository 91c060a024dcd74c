"""整改督办函: what a unit has not reported in time (第十条), and what is required of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from yuetan.documents.paragraphs import Paragraph, lines, section, sentence
from yuetan.documents.wording import based_on, body_name, cited
from yuetan.models import Case, Task
from yuetan.models.wording import standard_paragraph
from yuetan.rules.official_text import chinese_date, heading
from yuetan.vocabulary import DocumentKind, UnitKind, Verb


def supervision_letter(case: Case, *, dated: date, reason: str, replaced_number: str) -> dict[str, Any]:
    """Which tasks are overdue on the day of the letter; `reason` holds what the office requires beside them."""
    office = body_name(UnitKind.OFFICE)
    overdue = overdue_tasks(case, dated)
    if not overdue:
        raise ValueError("a supervision letter is about tasks that are overdue")
    words = _known(case, office, dated, len(overdue))
    opening, requirement, closing = (
        standard_paragraph(DocumentKind.SUPERVISION_LETTER, key, **words)
        for key in ("opening", "requirement", "closing")
    )
    return {
        "title": f"关于{case.matter}整改任务逾期的督办函",
        "addressee": case.unit.full_name,
        "organ": office,
        "mark": office,
        "body": [
            Paragraph(opening),
            *section(1, "逾期的整改任务", "", *_told(overdue, dated)),
            *section(2, "督办要求", reason or requirement),
            Paragraph(closing),
        ],
    }


def _known(case: Case, office: str, dated: date, overdue: int) -> dict[str, str]:
    return {
        "依据": based_on(case.regulation, cited(case, Verb.HAND_IN_REPORT, Verb.BEGIN_INSPECTION)),
        "办公室": office,
        "单位": case.unit.full_name,
        "事由": case.matter,
        "纪要文号": _number_of_minutes(case),
        "日期": chinese_date(dated),
        "逾期项数": str(overdue),
    }


def overdue_tasks(case: Case, dated: date) -> list[Task]:
    """Tasks whose report is still owed after their date."""
    owed = (task for task in case.tasks.order_by("number") if task.is_unreported)
    return [task for task in owed if task.runs_until and task.runs_until < dated]


def _number_of_minutes(case: Case) -> str:
    minutes = case.documents.filter(kind=DocumentKind.MINUTES).order_by("-issued_at").first()
    return f"（{minutes.number}）" if minutes else ""


def _told(overdue: list[Task], dated: date) -> Iterator[Paragraph]:
    for number, task in enumerate(overdue, start=1):
        content = sentence("".join(lines(task.content)))
        assert task.runs_until is not None
        days = (dated - task.runs_until).days
        yield Paragraph(
            f"{heading(3, number)}{content}责任人：{task.responsible_person}；"
            f"时限：{chinese_date(task.runs_until)}；已逾期{days}日。"
        )
