"""督办单: the office presses in blue, yellow or red for what is not reported; the unit signs and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Unpack

from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.files.paper_receipt import StatedReceipt, examined_receipt, keep_receipt, sign_for
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.content.facts import SupervisionFacts
from yuetan.documents.issue import issue
from yuetan.models import CalendarDay, OfficeSetting, SupervisionLetter, Task, User
from yuetan.models.case.requirements.supervision import WITH_SUPERVISION, grades
from yuetan.models.rectification.task_origin import HandsOutTasks, Origin
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.vocabulary import DocumentKind, SupervisionGrade, Verb


def issue_supervision_letter(
    origin: Origin,
    *,
    by: User,
    tasks: Sequence[Task],
    grade: str,
    reason: str,
    **handling: Unpack[LetterHandlingInput],
) -> Origin:
    """印发督办单: in the grade the accounts give, or another the office allows; `reason` is what it requires.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the director, Refused without tasks,
    for a task that gives no reason for one, and for a grade that the office does not allow (办公室设定). Effects: the
    督办单 with its number, which the unit signs for and answers within the days of the office; it is alerted.
    """
    facts: dict[str, object] = {"tasks": sorted(task.number for task in tasks), "grade": grade}
    chosen = Handling(**handling)
    with step(origin, Verb.ISSUE_SUPERVISION_LETTER, by=by, opinion=reason, facts=facts) as origin:
        rows = origin.tasks.select_for_update().filter(pk__in=[task.pk for task in tasks])
        letter_tasks = list(rows.order_by("number").prefetch_related(*WITH_SUPERVISION))
        problems = _issue_problems(letter_tasks, grades(letter_tasks), SupervisionGrade(grade))
        refuse_if_any(origin, [*problems, *chosen.problems()])
        until = _answer_until()
        extra: SupervisionFacts = {"grade": grade, "tasks": letter_tasks, "answer_until": until}
        document = issue(DocumentKind.SUPERVISION_LETTER, origin, by=by, reason=reason, handling=chosen, extra=extra)
        paper = SupervisionLetter.objects.create(document=document, grade=grade, answer_until=until)
        paper.tasks.set(letter_tasks)
        facts["document"] = document.number
    return origin


def _answer_until() -> date | None:
    days = OfficeSetting.objects.number("supervision_answer_days")
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None


def _issue_problems(
    tasks: Sequence[Task], given: Mapping[int, SupervisionGrade], supervision_letter: SupervisionGrade
) -> Iterator[Finding]:
    if not tasks:
        yield finding("no_task_to_supervise", "tasks")
    allowed = OfficeSetting.objects.flag
    for task in tasks:
        own = given.get(task.pk)
        if own is None:
            yield finding("task_not_pressed", "tasks", number=task.number)
            continue
        words = {"number": task.number, "given": own.short, "chosen": supervision_letter.short}
        if supervision_letter.weight > own.weight and not allowed("supervision_higher"):
            yield finding("grade_too_heavy", "grade", **words)
        if supervision_letter.weight < own.weight and not allowed("supervision_lower"):
            yield finding("grade_too_light", "grade", **words)


def acknowledge_supervision(origin: Origin, *, by: User, supervision: SupervisionLetter) -> Origin:
    """签收督办单: a named person of the unit takes the paper, once.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the unit's side, Refused where it
    was signed for already or is void. Effects: the receipt of the paper, with the post held at that time.
    """
    facts: dict[str, str] = {}
    with step(origin, Verb.ACKNOWLEDGE_SUPERVISION, by=by, facts=facts) as origin:
        paper = _locked(origin, supervision)
        refuse_if_any(origin, _signing_problems(paper))
        facts |= sign_for(paper.document, by=by)
    return origin


def _signing_problems(paper: SupervisionLetter) -> Iterator[Finding]:
    yield from _voided(paper)
    receipt = paper.document.receipt_or_none
    if receipt is not None:
        yield finding("supervision_signed", "supervision", name=receipt.signer, time=receipt.signed_at_words)


def answer_supervision(origin: Origin, *, by: User, supervision: SupervisionLetter, answer: str) -> Origin:
    """回复督办单: by the head of the unit, once, after it was signed for.

    Raises StateChanged where nothing is being put right, NotYours for anybody but the head of the unit, Refused
    without words, before it was signed for, and where it was answered already or is void.
    """
    facts: dict[str, str] = {}
    with step(origin, Verb.ANSWER_SUPERVISION, by=by, opinion=answer, facts=facts) as origin:
        paper = _locked(origin, supervision)
        refuse_if_any(origin, _answer_problems(paper, answer))
        paper.answer, paper.answered_by, paper.answered_at = answer, by, clock.now()
        paper.save()
        facts["document"] = paper.document.number
    return origin


def _answer_problems(paper: SupervisionLetter, answer: str) -> Iterator[Finding]:
    yield from _voided(paper)
    if paper.answered_by is not None:
        yield finding("supervision_answered", "supervision", name=paper.answered_by.name)
    elif paper.document.receipt_or_none is None:
        yield finding("supervision_unsigned", "supervision")
    yield from require_words(answer, finding("reply_missing", "answer"))


def register_supervision_receipt(
    origin: Origin, *, by: User, supervision: SupervisionLetter, **stated: Unpack[StatedReceipt]
) -> Origin:
    """登记督办单纸质回执: who signed by hand for the paper, in which post, on which day, with the scan of it.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a case officer, Refused without one
    of these, for a day before the paper or ahead, for a file that is not accepted, and where it was signed for already
    or is void.
    """
    facts: dict[str, str] = {}
    signed = examined_receipt(origin, **stated)
    with step(origin, Verb.REGISTER_SUPERVISION_RECEIPT, by=by, facts=facts) as origin:
        paper = _locked(origin, supervision)
        refuse_if_any(origin, [*_signing_problems(paper), *signed.problems(paper.document)])
        facts |= keep_receipt(origin, paper.document, signed, by=by)
    return origin


def register_supervision_answer(
    origin: Origin, *, by: User, supervision: SupervisionLetter, answer: str, **stated: Unpack[StatedPaper]
) -> Origin:
    """代录督办单回复: an answer on paper, late or not by the moment it was received, in the name of who signed it.

    Raises Refused where the answer itself would be refused, and for a paper that is not whole.
    """
    filed = examined_paper(origin, **stated)
    facts: dict[str, object] = {}
    with step(origin, Verb.REGISTER_SUPERVISION_ANSWER, by=by, opinion=answer, facts=facts) as origin:
        paper = _locked(origin, supervision)
        since = ("督办单的印发时间", paper.document.issued_at)
        refuse_if_any(origin, [*_answer_problems(paper, answer), *filed.problems(origin, *since)])
        filing = paper.paper_filing = keep_paper(origin, filed, Verb.REGISTER_SUPERVISION_ANSWER, by=by, facts=facts)
        paper.answer, paper.answered_by, paper.answered_at = answer, filing.signer.holder, filing.received_at
        paper.save()
        facts["document"] = paper.document.number
    return origin


def _voided(paper: SupervisionLetter) -> Iterator[Finding]:
    voided_at = paper.document.entry.voided_at
    if voided_at is not None:
        yield finding("supervision_voided", "supervision", time=official_text.chinese_date(voided_at))


def _locked(origin: HandsOutTasks, supervision: SupervisionLetter) -> SupervisionLetter:
    rows = SupervisionLetter.objects.select_for_update(of=("self",)).select_related("document__entry", "answered_by")
    return rows.get(pk=supervision.pk, **{f"document__{origin.ABOUT}": origin})
