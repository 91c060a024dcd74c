"""THE table of voiding: which kind of paper may be voided in which state of its case or letter, and what forbids it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import KINDS_TO_OTHERS, DocumentKind, DocumentStatus, MeasureState, SupervisionGrade
from yuetan.vocabulary import CaseState as State

if TYPE_CHECKING:
    from yuetan.models.papers.document import Document
    from yuetan.models.people.user import User


def _nothing(document: Document) -> Iterator[Finding]:
    yield from ()


@dataclass(frozen=True)
class VoidingRule:
    """What forbids the voiding of one kind: a refusal for each state, and what is asked of the paper itself."""

    refusals: Mapping[str, Finding] = field(default_factory=dict)
    asks: Callable[[Document], Iterator[Finding]] = _nothing


def _answered(document: Document, answered_by: User | None, answered_at: datetime | None) -> Iterator[Finding]:
    if answered_by is not None and answered_at is not None:
        words = {"kind": document.get_kind_display(), "name": answered_by.name}
        yield finding("answered_paper_not_voidable", time=official_text.chinese_date(answered_at), **words)


def _reminder_letter(document: Document) -> Iterator[Finding]:
    letter = document.letter
    assert letter is not None
    yield from _answered(document, letter.answered_by, letter.answered_at)


def _supervision_letter(document: Document) -> Iterator[Finding]:
    """What was answered stays, and what a heavier one about the same tasks was built upon."""
    supervision = document.supervision
    yield from _answered(document, supervision.answered_by, supervision.answered_at)
    papers = type(supervision).objects.select_related("document__entry").filter(tasks__in=supervision.tasks.all())
    for later in papers.filter(document__issued_at__gt=document.issued_at).distinct():
        if later.is_in_force and SupervisionGrade(later.grade).weight > SupervisionGrade(supervision.grade).weight:
            yield finding("supervision_followed", number=later.document.number, grade=later.short)


def _circular(document: Document) -> Iterator[Finding]:
    """One number is void for all units or for none; with one of them whose target is found met it has done its work."""
    copies = type(document).objects.under_number_of(document).exclude(pk=document.pk)
    ended = copies.filter(measure_laid__state=MeasureState.ENDED).select_related("measure_laid__unit__parent")
    if names := [copy.subject.unit.full_name for copy in ended]:
        yield finding("circular_of_several_ended", which=official_text.joined(names))


def _to_others(document: Document) -> Iterator[Finding]:
    """It lies with another body, and the unit must not hear of it by its end."""
    yield finding("paper_of_other_body", kind=document.get_kind_display())


def _plea_answer(document: Document) -> Iterator[Finding]:
    """What was decided on a plea stands, whatever becomes of the measure."""
    yield finding("plea_answer_in_force")


_INTERVIEWED = (State.INTERVIEWED, State.MINUTED, State.RECTIFYING, State.INSPECTING, State.CLOSED)
_RUNNING = (State.MINUTED, State.RECTIFYING, State.INSPECTING)
_NOTICE = VoidingRule(
    {State.NOTIFIED: finding("notice_in_force"), **dict.fromkeys(_INTERVIEWED, finding("notice_interviewed"))}
)

VOIDING: dict[DocumentKind, VoidingRule] = {
    DocumentKind.INTERVIEW_NOTICE: _NOTICE,
    DocumentKind.RESCHEDULE_NOTICE: _NOTICE,
    DocumentKind.CANCELLATION: VoidingRule({State.WITHDRAWN: finding("cancellation_in_force")}),
    DocumentKind.MINUTES: VoidingRule(
        {
            **dict.fromkeys(_RUNNING, finding("minutes_in_force")),
            State.CLOSED: finding("minutes_of_closed_case"),
        }
    ),
    DocumentKind.REMINDER_LETTER: VoidingRule(asks=_reminder_letter),
    DocumentKind.SUPERVISION_LETTER: VoidingRule(asks=_supervision_letter),
    DocumentKind.CIRCULAR: VoidingRule(asks=_circular),
    DocumentKind.VETO_DECISION: VoidingRule(),
    DocumentKind.LISTED_SUPERVISION: VoidingRule(),
    DocumentKind.DELISTING: VoidingRule({MeasureState.ENDED: finding("delisting_in_force")}),
    DocumentKind.PLEA_ANSWER: VoidingRule(asks=_plea_answer),
    **dict.fromkeys(KINDS_TO_OTHERS, VoidingRule(asks=_to_others)),
}


def reasons_against_voiding(document: Document) -> Iterator[Finding]:
    """Why this paper may not be voided as things stand; a paper on which anything rests is only replaced."""
    entry = document.entry
    if document.status == DocumentStatus.VOIDED:
        assert entry.voided_at is not None
        assert entry.voided_by is not None
        words = {"time": official_text.chinese_date(entry.voided_at), "name": entry.voided_by.name}
        yield finding("paper_already_voided", **words)
    elif document.replaced_by is not None:
        yield finding("paper_already_replaced", number=document.replaced_by.number)
    else:
        rule = VOIDING[DocumentKind(document.kind)]
        refusal = rule.refusals.get(document.subject.state)
        yield from [refusal] if refusal else []
        yield from rule.asks(document)
