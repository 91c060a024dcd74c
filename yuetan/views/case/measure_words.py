"""One measure as pages write it out, whether it stands, stood in an earlier text, or is proposed by a correction."""

from __future__ import annotations

from yuetan.models.interview.minutes_version import MeasureText, due_day
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportRhythm


def measure_words(measure: MeasureText | None) -> str:
    """What is to be done, by whom, until when, and what shows it; empty for none."""
    if measure is None:
        return ""
    rhythm = ReportRhythm(measure["report_rhythm"]).words
    agreed = [
        f"责任人：{measure['responsible_person']}",
        f"时限：{chinese_date(due_day(measure))}",
        f"佐证要求：{measure['proof_required']}",
        f"验收标准：{measure['acceptance_standard'] or '未约定'}",
        *([rhythm] if rhythm else []),
    ]
    return "\n".join([measure["content"], *agreed])
