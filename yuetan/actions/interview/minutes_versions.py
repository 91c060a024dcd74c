"""What both 修改纪要 and 更正 do to the text and the measures: keep what stood, then write what is to stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from yuetan.actions.interview.interview import MeasureRow
from yuetan.models import Case, Interview, Measure, MinutesVersion, User
from yuetan.models.interview.minutes_version import MeasureText, WholeText, due_day, measure_texts
from yuetan.rules.text.person_names import joined_names
from yuetan.vocabulary import Verb

# What puts another text in the place of the one that stands.
WRITES_MINUTES = (Verb.HOLD_INTERVIEW, Verb.REVISE_MINUTES, Verb.CONFIRM_CORRECTION)


def whole_text(case: Case) -> WholeText:
    """All that is printed of the text as it stands."""
    minutes = case.minutes
    return {
        "problems": minutes.problems,
        "statement": minutes.statement,
        "discussion": minutes.discussion,
        "copied_to": minutes.copied_to,
        "measures": measure_texts(case.interview.measures.all()),
    }


def current_version(case: Case) -> tuple[str, datetime]:
    """Who wrote the text that stands, with their post then, and when."""
    written = case.events.select_related("actor").filter(verb__in=WRITES_MINUTES).newest_first()[0]
    return written.who(inner=True), written.created_at


def keep_version(case: Case, *, by: User) -> MinutesVersion:
    """Keep the text that stands, and what was said of it, before another takes its place."""
    written_by, written_at = current_version(case)
    return MinutesVersion.objects.create(
        case=case,
        number=case.minutes_versions.count() + 1,
        text=whole_text(case),
        standing=case.minutes.standing_words,
        written_by=written_by,
        written_at=written_at,
        replaced_by=by,
    )


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
