"""What a corrected 督导意见书 shall say, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from yuetan.actions.files.attachment import ExaminedFile
from yuetan.actions.rounds.conclusion import Concluded, conclusion_problems, names_of, people_problems
from yuetan.actions.rounds.findings import finding_problems, of_team, presence_problems
from yuetan.models import Assignment, RoundFinding, RoundMember, RoundVisit, User
from yuetan.models.rounds.opinion_correction import (
    ConcludedText,
    FindingText,
    OpinionText,
    finding_text,
    opinion_text,
    printed_in,
    problems_in,
)
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.written_text import personal_problems, reason_problems


@dataclass(frozen=True)
class ForgottenFinding:
    """One thing that was seen and is missing in the 督导意见书."""

    seen_on: date | None
    place: str
    words: str
    is_problem: bool


@dataclass(frozen=True)
class CorrectedOpinion:
    """What the 督导意见书 shall say: the words of each finding by its number, none for one that is left out; of a
    point of 跟踪督查 whether it is 未整改; what was forgotten, with who of the team was there; and the 集体结论."""

    worded: Mapping[int, str]
    forgotten: Sequence[ForgottenFinding]
    witnesses: Sequence[User]
    agreed: Concluded
    guests: Sequence[RoundMember] = ()  # those of the witnesses who are of other departments
    not_righted: Mapping[int, bool] = field(default_factory=dict)


def draft_problems(
    visit: RoundVisit, reason: str, corrected: CorrectedOpinion, scan: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    """Everything that is wrong with a draft, as a finding and a 集体结论 are judged."""
    yield from reason_problems(reason, "更正")
    yield from _wording_problems(visit, corrected.worded)
    for one in corrected.forgotten:
        problems = [
            *finding_problems(visit, one.seen_on, one.place, one.words),
            *presence_problems(visit, corrected.witnesses, one.seen_on, corrected.guests),
        ]
        yield from (replace(each, field="witnesses" if each.field == "people" else "forgotten") for each in problems)
    agreed, findings = corrected.agreed, _finding_texts(visit, corrected)
    if not findings:
        yield finding("opinion_without_finding")
    yield from _points_left_out(visit, findings)
    days = [date.fromisoformat(one["seen_on"]) for one in findings if one["seen_on"]]
    has_problem = any(one["is_problem"] for one in findings)
    yield from conclusion_problems(agreed, scan, has_problem=has_problem, last=max(days, default=None))
    yield from people_problems(visit, agreed)


def _points_left_out(visit: RoundVisit, findings: Sequence[FindingText]) -> Iterator[Finding]:
    kept = {one.get("answers") for one in findings}
    for one in RoundFinding.objects.standing_of(visit):
        if one.answers is not None and one.answers not in kept:
            yield finding("opinion_point_left_out", f"words_{one.number}", point=one.answers)


def _wording_problems(visit: RoundVisit, worded: Mapping[int, str]) -> Iterator[Finding]:
    """That a finding in other words says nothing, or names somebody who is not to be named."""
    stands = dict(RoundFinding.objects.standing_of(visit).values_list("number", "words"))
    for number, words in worded.items():
        name, label = f"words_{number}", f"第{number}项督导情况"
        if words.strip() and words.strip() != stands.get(number):
            yield from require_words(words, finding("round_finding_incomplete", name, missing=label))
        yield from personal_problems(**{name: (label, words)})


def problems_of_change(visit: RoundVisit, text: OpinionText) -> Iterator[Finding]:
    """That it changes nothing which is printed, or what the unit was already given to do."""
    stands = opinion_text(visit)
    if printed_in(text) == printed_in(stands):
        yield finding("opinion_unchanged")
    demanded = [(one["visit"]["demands"], problems_in(one)) for one in (stands, text)]
    if demanded[0] != demanded[1] and Assignment.objects.in_force().filter(round_visit=visit).exists():
        yield finding("opinion_handed_out", "", unit=visit.unit.full_name)


def text_of(visit: RoundVisit, corrected: CorrectedOpinion) -> OpinionText:
    """The draft as it is kept."""
    agreed = corrected.agreed
    assert agreed.concluded_on is not None
    concluded: ConcludedText = {
        "conclusion": agreed.conclusion.strip(),
        "demands": agreed.demands.strip(),
        "discussion": agreed.discussion.strip(),
        "concluded_on": agreed.concluded_on.isoformat(),
        "concluded_by": names_of(agreed),
    }
    return {"visit": concluded, "findings": _finding_texts(visit, corrected)}


def _finding_texts(visit: RoundVisit, corrected: CorrectedOpinion) -> list[FindingText]:
    """Each finding that stands, in the words it shall have, and what was forgotten under the next numbers."""
    texts: list[FindingText] = []
    for one in RoundFinding.objects.standing_of(visit):
        words, text = corrected.worded.get(one.number, one.words).strip(), finding_text(one)
        is_problem = corrected.not_righted.get(one.number, one.is_problem) if one.answers else one.is_problem
        if (words, is_problem) == (one.words, one.is_problem):
            texts.append(text)
        elif words:
            texts.append({**text, "key": "", "words": words, "is_problem": is_problem})
    last = max(visit.findings.values_list("number", flat=True), default=0)
    for number, new in enumerate(corrected.forgotten, start=last + 1):
        texts.append(_forgotten_text(visit, corrected, number, new))
    return texts


def _forgotten_text(visit: RoundVisit, corrected: CorrectedOpinion, number: int, new: ForgottenFinding) -> FindingText:
    there = of_team(visit, corrected.witnesses, new.seen_on, corrected.guests) if new.seen_on else []
    return {
        "key": "",
        "number": number,
        "seen_on": new.seen_on.isoformat() if new.seen_on else "",
        "place": new.place.strip(),
        "words": new.words.strip(),
        "is_problem": new.is_problem,
        "answers": None,
        "seen_by": there,
    }
