"""The limits a step would set that rest on a year whose arrangement is not published: said before it is taken."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from yuetan.models import CalendarDay, Case, SupervisionLetter
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.rules.dates import clock
from yuetan.rules.dates.provisional import provisional_note
from yuetan.rules.dates.working_days import unpublished_years
from yuetan.rules.text import official_text
from yuetan.vocabulary import CaseState


def provisional_limits(case: HandsOutTasks) -> tuple[str, ...]:
    """One sentence that names the limits counted in working days up to an unpublished year; none if all is certain."""
    if isinstance(case, Case) and case.state == CaseState.NOTIFIED:
        limits = _notice_limits(case)
    else:
        limits = _answer_limits(case)
    sentence = provisional_sentence(limits)
    return (sentence,) if sentence else ()


def provisional_sentence(limits: dict[str, tuple[date, date]]) -> str:
    """What is said of limits, each with its date and the day it is counted from or back from."""
    calendar, today = CalendarDay.objects.calendar(), clock.today()
    waiting = {
        name: (due_on, unpublished_years(min(today, due_on), max(due_on, counted_from), calendar))
        for name, (due_on, counted_from) in limits.items()
    }
    years = tuple(sorted({year for _, unpublished in waiting.values() for year in unpublished}))
    if not years:
        return ""
    named = [f"{name}{official_text.chinese_date(day)}" for name, (day, open_years) in waiting.items() if open_years]
    return f"{provisional_note(years)}：{official_text.joined(named)}。"


def _notice_limits(case: Case) -> dict[str, tuple[date, date]]:
    assert case.scheduled_at is not None
    assert case.receipt_due_on is not None
    receipt = {"签收期限": (case.receipt_due_on, case.receipt_due_on)}
    if case.submission_due_on is None:
        return receipt
    held_on = timezone.localtime(case.scheduled_at).date()
    return receipt | {"书面材料提交期限": (case.submission_due_on, held_on)}


def _answer_limits(case: HandsOutTasks) -> dict[str, tuple[date, date]]:
    latest = (
        SupervisionLetter.objects.filter(**{f"document__{case.ABOUT}": case}).order_by("-document__issued_at").first()
    )
    return {"回复期限": (latest.answer_until, latest.answer_until)} if latest and latest.answer_until else {}
