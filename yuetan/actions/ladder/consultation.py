"""商有关部门: departments are asked about a measure, their answers registered, and by a leader why one has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Unpack

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import AccountabilityMeasure, AgendaItem, Consultation, Document, Invitation, User
from yuetan.models.ladder.consultation import MAX_SIGNS, Asking
from yuetan.models.meeting.consultation_answers import invitation_of_department, items_heard, not_answered_there
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import DocumentKind, FilePurpose, Verb


def ask_consultation(
    measure: AccountabilityMeasure,
    *,
    by: User,
    departments: str,
    due_on: date | None,
    **handling: Unpack[LetterHandlingInput],
) -> AccountabilityMeasure:
    """商有关部门 about the text as it is now, a department a line; those asked before stay.

    Raises Refused for no department, for one asked before, for the unit itself, and without a day ahead by which to
    answer. Effect: one numbered 商请函 to all of them, which the unit never sees.
    """
    names = list(dict.fromkeys(line.strip() for line in departments.splitlines() if line.strip()))
    facts = {"departments": joined(names)}
    with step(measure, Verb.ASK_CONSULTATION, by=by, facts=facts) as measure:
        chosen = Handling(**handling)
        refuse_if_any(measure, [*_asking_problems(measure, names), *_due_problems(due_on), *chosen.problems()])
        assert due_on is not None
        facts["document"] = _asked(measure, Asking(names, due_on), by, chosen).number
    return measure


def _asked(measure: AccountabilityMeasure, asking: Asking, by: User, handling: Handling) -> Document:
    measure.asking = asking
    paper = issue(DocumentKind.CONSULTATION_LETTER, measure, by=by, handling=handling)
    asked = {"sha256": measure.digest, "asked_by": by, "asked_at": paper.issued_at, "due_on": asking.due_on}
    Consultation.objects.bulk_create(
        Consultation(measure_laid=measure, department=name, document=paper, **asked) for name in asking.departments
    )
    return paper


def _due_problems(due_on: date | None) -> Iterator[Finding]:
    if due_on is None:
        yield finding("consultation_due_missing", "due_on")
    elif due_on <= clock.today():
        yield finding("consultation_due_past", "due_on", today=chinese_date(clock.today()))


def record_consultation(
    measure: AccountabilityMeasure,
    *,
    by: User,
    consultation: Consultation | None,
    opinion: str,
    answered_by: str,
    answered_on: date | None,
    scan: Offer | None,
    item: AgendaItem | None = None,
) -> AccountabilityMeasure:
    """登记部门意见: what a department answered, who spoke for it, on which day, with the scan; or at which `item` of a
    meeting, of which who spoke and the day are read off the record.

    Raises Refused for what is missing, and for a meeting to which the department was not convened or did not come, and
    of which nothing is signed.
    """
    files = examine_files(measure, [scan] if scan else [], "scan")
    facts: dict[str, str] = {}
    with step(measure, Verb.RECORD_CONSULTATION, by=by, facts=facts) as measure:
        asked = _open_one(measure, consultation)
        sent = invitation_of_department(item, asked.department) if asked is not None and item is not None else None
        if item is None:
            refuse_if_any(measure, _opinion_problems(asked, opinion, answered_by, answered_on, files))
        else:
            more = any((answered_by.strip(), answered_on, files))
            refuse_if_any(measure, _problems_there(measure, asked, item, sent, opinion, has_more=more))
        assert asked is not None
        if item is not None and sent is not None:
            answered_by, answered_on = sent.spoke_as, item.meeting.local_begin.date()
        kept = attach(measure, files, by=by, purpose=FilePurpose.CONSULTATION)
        asked.opinion, asked.answered_by, asked.answered_on = opinion.strip(), answered_by.strip(), answered_on
        asked.scan, asked.item, asked.recorded_by = kept[0] if kept else None, item, by
        asked.save()
        facts["department"] = asked.department
    return measure


def _problems_there(
    measure: AccountabilityMeasure,
    asked: Consultation | None,
    item: AgendaItem,
    sent: Invitation | None,
    opinion: str,
    *,
    has_more: bool,
) -> Iterator[Finding]:
    yield from _not_chosen(asked)
    yield from missing_of("consultation_incomplete", {"opinion": ("部门意见", opinion)})
    yield from personal_data("opinion", "部门意见", opinion, clock.today().year)
    if has_more:
        yield finding("consultation_beside_record", "item", meeting=item.meeting.title)
    if not items_heard(measure).filter(pk=item.pk).exists():
        yield finding("consultation_item_other", "item", title=item.title)
    elif asked is not None:
        yield from not_answered_there(asked, item, sent)


def excuse_consultation(
    measure: AccountabilityMeasure, *, by: User, consultation: Consultation | None, reason: str
) -> AccountabilityMeasure:
    """记录部门未答复的原因, by a leader: the decision waits for that department no longer. Raises Refused."""
    facts: dict[str, str] = {}
    with step(measure, Verb.EXCUSE_CONSULTATION, by=by, opinion=reason, facts=facts) as measure:
        asked = _open_one(measure, consultation)
        lacking = require_words(reason, finding("reason_missing", "reason", what="未答复"))
        refuse_if_any(measure, [*_not_chosen(asked), *lacking])
        assert asked is not None
        asked.excuse, asked.excused_by, asked.excused_at = reason.strip(), by, clock.now()
        asked.save()
        facts["department"] = asked.department
    return measure


def _open_one(measure: AccountabilityMeasure, consultation: Consultation | None) -> Consultation | None:
    waits = (one for one in measure.consultations.all() if consultation and one.pk == consultation.pk and one.is_open)
    return next(waits, None)


def _not_chosen(asked: Consultation | None) -> list[Finding]:
    return [] if asked is not None else [finding("consultation_not_chosen", "consultation")]


def _asking_problems(measure: AccountabilityMeasure, names: Sequence[str]) -> Iterator[Finding]:
    if not names:
        yield finding("consultation_without_department", "departments")
    known = {one.department for one in measure.consultations.all()}
    if again := [name for name in names if name in known]:
        yield finding("consultation_known", "departments", which=joined(again))
    unit = measure.unit
    own = {unit.name, unit.full_name, *unit.names_since(None)}
    if named := [name for name in names if name in own]:
        yield finding("consultation_with_own_unit", "departments", which=joined(named))
    for name in names:
        if len(name) > MAX_SIGNS:
            yield finding("consultation_department_long", "departments", which=f"{name[:20]}……", most=MAX_SIGNS)


def _opinion_problems(
    asked: Consultation | None, opinion: str, answered_by: str, answered_on: date | None, files: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    needed = {
        "opinion": ("部门意见", opinion),
        "answered_by": ("答复人及职务", answered_by),
        "answered_on": ("答复日期", answered_on),
        "scan": ("扫描件", files),
    }
    yield from _not_chosen(asked)
    yield from missing_of("consultation_incomplete", needed)
    asked_on = timezone.localdate(asked.asked_at) if asked is not None else None
    if asked_on is not None and answered_on is not None and not asked_on <= answered_on <= clock.today():
        yield finding("consultation_day_outside", "answered_on", asked=chinese_date(asked_on))
    yield from personal_data("opinion", "部门意见", opinion, clock.today().year)
    yield from scan_problems(files, "scan", kinds=PAPER_KINDS)
