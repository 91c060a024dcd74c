"""The measures that an interview fixed: what each must say, and how they stand beside its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, TypedDict

from yuetan.models import Interview, Measure
from yuetan.models.interview.minutes_version import MeasureText, due_day
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.person_names import joined_names


class MeasureRow(TypedDict):
    """One measure as the interview fixed it."""

    content: str
    responsible_person: str
    due_on: date | None
    proof_required: str
    acceptance_standard: str
    report_rhythm: str


MEASURE_LABELS: dict[Literal["responsible_person", "proof_required", "acceptance_standard"], str] = {
    "responsible_person": "责任人",
    "proof_required": "佐证要求",
    "acceptance_standard": "验收标准",
}


def measure_problems(measures: Sequence[MeasureRow], held_on: date) -> Iterator[Finding]:
    """What measures lack: at least one, each whole, with a time limit after the day of the interview."""
    if not measures:
        yield finding("no_measure", "measures")
    for number, row in enumerate(measures, start=1):
        yield from require_words(row["content"], finding("measure_without_content", "measures", number=number))
        if row["due_on"] is None:
            yield finding("measure_without_time_limit", "measures", number=number)
        elif row["due_on"] <= held_on:
            yield finding("measure_due_too_soon", "measures", number=number)
        missing = [label for key, label in MEASURE_LABELS.items() if not row[key].strip()]
        if missing:
            yield finding("measure_incomplete", "measures", number=number, missing=official_text.joined(missing))


def measure_rows_as_text(measures: Sequence[MeasureRow]) -> list[MeasureText]:
    """Typed measures in words, once they were found whole."""
    return [
        {
            "content": row["content"],
            "responsible_person": joined_names(row["responsible_person"]),
            "due_on": row["due_on"].isoformat() if row["due_on"] else "",
            "proof_required": row["proof_required"],
            "acceptance_standard": row["acceptance_standard"],
            "report_rhythm": row["report_rhythm"],
        }
        for row in measures
    ]


def write_measures(interview: Interview, measures: Iterable[MeasureText]) -> None:
    """Put these measures in the place of those that stand; only while none of them has become a task."""
    interview.measures.all().delete()
    for number, text in enumerate(measures, start=1):
        Measure.objects.create(interview=interview, number=number, **{**text, "due_on": due_day(text)})
