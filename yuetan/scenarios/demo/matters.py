"""The words of the demonstration: what fixtures/demo/matters.json holds."""

from typing import NotRequired, TypedDict


class GroundWords(TypedDict):
    """One ground, by its number in the law of the unit's kind."""

    number: int
    facts: str
    reference_number: str
    reference_summary: str


class SubmissionWords(TypedDict):
    """Written material in its four parts."""

    situation: str
    problems: str
    causes: str
    measures: str


class MeasureWords(TypedDict):
    """One measure, and what is reported on its task."""

    content: str
    responsible: str
    working_days: int
    proof: str
    standard: str
    report: NotRequired[str]
    rhythm: NotRequired[str]
    progress: NotRequired[str]


class RecordWords(TypedDict):
    """What two recorders have written down at the table."""

    problems: str
    statement: str
    discussion: str
    measures: list[MeasureWords]


class Matter(TypedDict):
    """One case; which words there are follows from how far it comes."""

    key: str
    unit: str
    matter: str
    grounds: list[GroundWords]
    other_words: NotRequired[str]
    first_drafted_facts: NotRequired[str]
    submission: NotRequired[SubmissionWords]
    interview_record: NotRequired[RecordWords]
    problems: NotRequired[str]
    statement: NotRequired[str]
    discussion: NotRequired[str]
    measures: NotRequired[list[MeasureWords]]
    objection: NotRequired[str]
    reschedule: NotRequired[str]
    note: NotRequired[str]
    reason: NotRequired[str]
    findings: NotRequired[str]
    basis: NotRequired[str]
    second_report: NotRequired[str]


class LetterWords(TypedDict):
    """One reminder letter, begun from a case."""

    key: str
    unit: str
    capacity: str
    lead_matter: str
    case: str
    matter: str
    problems: str
    requirements: str
    reason: NotRequired[str]
