"""未经准假缺席: nobody came to an announced interview and nobody was on leave for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypedDict

from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Absence, Case, Post, User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


class AbsenceRow(TypedDict):
    """One interviewee who did not come, and what is known of why."""

    post: Post
    cause: str


def record_absence(case: Case, *, by: User, absences: Sequence[AbsenceRow]) -> Case:
    """记录缺席: of each who was to come, what is known; the leading group is told, and another day is to be set.

    Raises Refused while the time has not come, and for somebody without words. The case stays announced.
    """
    facts: dict[str, str] = {}
    with step(case, Verb.RECORD_ABSENCE, by=by, facts=facts) as case:
        causes = {row["post"].holder_id: row["cause"].strip() for row in absences}
        refuse_if_any(case, _problems(case, causes))
        expected, notice = case.expected_people, case.current_notice
        for person in expected:
            cause = causes[person.holder.pk]
            Absence.objects.create(case=case, notice=notice, post=person.first, cause=cause, recorded_by=by)
        facts.update(absent=official_text.joined(person.name for person in expected), document=notice.number)
    return case


def _problems(case: Case, causes: dict[int, str]) -> Iterator[Finding]:
    for person in case.expected_people:
        missing = finding("absence_cause_missing", "absences", name=person.name)
        yield from require_words(causes.get(person.holder.pk, ""), missing)
