"""A measure written out, whether it stands, stood in an earlier text or is proposed; and a correction as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yuetan.models.interview.minutes_version import MeasureText, due_day
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import ReportRhythm

if TYPE_CHECKING:
    from yuetan.models.interview.interview import MinutesCorrection


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


def correction_rows(correction: MinutesCorrection) -> list[tuple[str, str]]:
    """What a correction of minutes would have them say, part by part, with the name of each."""
    return [
        ("更正原因", correction.reason),
        ("通报的问题", correction.problems),
        ("陈述说明", correction.statement),
        ("讨论分析", correction.discussion),
        *((f"整改措施 {n}", measure_words(each)) for n, each in enumerate(correction.measure_texts, start=1)),
        ("抄送", correction.copied_to),
        ("到会情况", "\n".join(correction.attendance_texts)),
    ]
