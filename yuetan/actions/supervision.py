"""督办单: the office presses in blue, yellow or red for what is not reported; the unit signs and answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from yuetan.actions.step import refuse, step
from yuetan.documents.issue import issue
from yuetan.models import CalendarDay, Case, OfficeSetting, Receipt, Supervision, Task, User
from yuetan.models.supervision import PRESSED_BY, grades
from yuetan.rules import clock, official_text
from yuetan.rules.findings import Finding, found
from yuetan.rules.working_days import add_working_days
from yuetan.vocabulary import DocumentKind, SupervisionGrade, Verb


def issue_supervision_letter(case: Case, *, by: User, tasks: Sequence[Task], grade: str, reason: str) -> Case:
    """印发督办单: in the grade the accounts give, or another the office allows; `reason` is what it requires."""
    facts: dict[str, object] = {"tasks": sorted(task.number for task in tasks), "grade": grade}
    with step(case, Verb.ISSUE_SUPERVISION_LETTER, by=by, opinion=reason, facts=facts) as case:
        rows = case.tasks.select_for_update().filter(pk__in=[task.pk for task in tasks])
        pressed = list(rows.order_by("number").prefetch_related(*PRESSED_BY))
        refuse(case, _press_wrong(pressed, grades(pressed), SupervisionGrade(grade)))
        until = _answer_until()
        kind, told = DocumentKind.SUPERVISION_LETTER, {"grade": grade, "tasks": pressed, "answer_until": until}
        document = issue(kind, case, by=by, reason=reason, told=told)
        paper = Supervision.objects.create(document=document, grade=grade, answer_until=until)
        paper.tasks.set(pressed)
        facts["document"] = document.number
    return case


def _answer_until() -> date | None:
    days = OfficeSetting.objects.number("supervision_answer_days")
    return add_working_days(clock.today(), days, CalendarDay.objects.calendar()) if days else None


def _press_wrong(
    tasks: Sequence[Task], given: Mapping[int, SupervisionGrade], chosen: SupervisionGrade
) -> Iterator[Finding]:
    if not tasks:
        yield found("no_task_to_supervise", "tasks")
    allowed = OfficeSetting.objects.flag
    for task in tasks:
        own = given.get(task.pk)
        if own is None:
            yield found("task_not_pressed", "tasks", number=task.number)
            continue
        words = {"number": task.number, "given": own.short, "chosen": chosen.short}
        if chosen.weight > own.weight and not allowed("supervision_higher"):
            yield found("grade_too_heavy", "grade", **words)
        if chosen.weight < own.weight and not allowed("supervision_lower"):
            yield found("grade_too_light", "grade", **words)


def acknowledge_supervision(case: Case, *, by: User, supervision: Supervision) -> Case:
    """签收督办单: a named person of the unit takes the paper, once."""
    facts: dict[str, str] = {}
    with step(case, Verb.ACKNOWLEDGE_SUPERVISION, by=by, facts=facts) as case:
        paper = _locked(case, supervision)
        refuse(case, _signing_wrong(paper))
        Receipt.objects.create(document=paper.document, signed_by=by, signed_title=by.title)
        facts["document"] = paper.document.number
    return case


def _signing_wrong(paper: Supervision) -> Iterator[Finding]:
    yield from _voided(paper)
    receipt = paper.document.receipt_or_none
    if receipt is not None:
        yield found("supervision_signed", "supervision", name=receipt.signer, time=receipt.signed_at_words)


def answer_supervision(case: Case, *, by: User, supervision: Supervision, answer: str) -> Case:
    """回复督办单: by the head of the unit, once, after it was signed for."""
    facts: dict[str, str] = {}
    with step(case, Verb.ANSWER_SUPERVISION, by=by, opinion=answer, facts=facts) as case:
        paper = _locked(case, supervision)
        refuse(case, _answer_wrong(paper, answer))
        paper.answer, paper.answered_by, paper.answered_at = answer, by, clock.now()
        paper.save()
        facts["document"] = paper.document.number
    return case


def _answer_wrong(paper: Supervision, answer: str) -> Iterator[Finding]:
    yield from _voided(paper)
    if paper.answered_by is not None:
        yield found("supervision_answered", "supervision", name=paper.answered_by.name)
    elif paper.document.receipt_or_none is None:
        yield found("supervision_unsigned", "supervision")
    if not answer.strip():
        yield found("reply_missing", "answer")


def _voided(paper: Supervision) -> Iterator[Finding]:
    voided_at = paper.document.entry.voided_at
    if voided_at is not None:
        yield found("supervision_voided", "supervision", time=official_text.chinese_date(voided_at))


def _locked(case: Case, supervision: Supervision) -> Supervision:
    rows = Supervision.objects.select_for_update(of=("self",)).select_related("document__entry", "answered_by")
    return rows.get(pk=supervision.pk, document__case=case)
