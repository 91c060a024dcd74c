"""What both 修改纪要 and 更正 do to the text and the measures: keep what stood, then write what is to stand."""

from __future__ import annotations

from datetime import datetime

from yuetan.models import Case, MinutesVersion, User
from yuetan.models.interview.minutes_version import WholeText, measure_texts
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
        "attendance": case.interview.attendance_texts,
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
