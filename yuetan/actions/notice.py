"""Telling the interviewed side in writing: 书面通知, 改期, 签收."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from yuetan.actions.step import refuse, step
from yuetan.documents.issue import issue
from yuetan.models import CalendarDay, Case, OfficeSetting, Receipt, User
from yuetan.rules import clock, deadlines, official_text
from yuetan.rules.findings import Finding, found
from yuetan.vocabulary import DocumentKind, NoticeElement, Verb


def serve_notice(
    case: Case,
    *,
    by: User,
    matter: str,
    scheduled_at: datetime | None,
    place: str,
    procedure: str,
    participants: str,
    required_materials: str,
) -> Case:
    """书面通知: all six elements, a lawful time, and the paper; from here on the unit sees its case."""
    elements = _elements(matter, scheduled_at, place, procedure, participants, required_materials)
    facts: dict[str, Any] = {}
    with step(case, Verb.SERVE_NOTICE, by=by, facts=facts) as case:
        refuse(case, _wrong(elements))
        case.serve_notice(**elements)
        notice = issue(DocumentKind.INTERVIEW_NOTICE, case, by=by)
        facts.update(document=notice.number, scheduled_at=scheduled_at, place=place)
    return case


def reschedule(
    case: Case,
    *,
    by: User,
    reason: str,
    matter: str,
    scheduled_at: datetime | None,
    place: str,
    procedure: str,
    participants: str,
    required_materials: str,
) -> Case:
    """改期: a new notice with a new number; the old one is marked as replaced."""
    elements = _elements(matter, scheduled_at, place, procedure, participants, required_materials)
    facts: dict[str, Any] = {}
    with step(case, Verb.RESCHEDULE, by=by, opinion=reason, facts=facts) as case:
        unexplained = [] if reason.strip() else [found("reason_missing", "reason", what="改期")]
        refuse(case, [*unexplained, *_wrong(elements)])
        old = case.current_notice
        case.reschedule(**elements)
        notice = issue(DocumentKind.RESCHEDULE_NOTICE, case, by=by, replaces=old, reason=reason)
        facts.update(document=notice.number, scheduled_at=scheduled_at, place=place)
    return case


def acknowledge_receipt(case: Case, *, by: User) -> Case:
    """签收通知: a named person of the unit takes the notice."""
    facts: dict[str, str] = {}
    with step(case, Verb.ACKNOWLEDGE_RECEIPT, by=by, facts=facts) as case:
        notice = case.current_notice
        Receipt.objects.create(document=notice, signed_by=by, signed_title=by.title)
        facts["document"] = notice.number
    return case


def _elements(
    matter: str, scheduled_at: datetime | None, place: str, procedure: str, participants: str, required_materials: str
) -> dict[str, Any]:
    values = (matter, scheduled_at, place, procedure, participants, required_materials)
    return dict(zip((element.value for element in NoticeElement), values, strict=True))


def _wrong(elements: Mapping[str, Any]) -> Iterator[Finding]:
    missing = [element for element in NoticeElement if not elements[element.value]]
    if missing:
        labels = official_text.joined([element.label for element in missing])
        yield found("notice_incomplete", missing[0].value, missing=labels)
    scheduled_at = elements["scheduled_at"]
    if scheduled_at is None:
        return
    if scheduled_at <= clock.now():
        time = official_text.chinese_datetime(timezone.localtime(scheduled_at))
        yield found("notice_time_past", "scheduled_at", time=time)
        return
    yield from _too_soon(scheduled_at)


def _too_soon(scheduled_at: datetime) -> Iterator[Finding]:
    days = OfficeSetting.objects.number("notice_lead_days")
    earliest = deadlines.earliest_after_notice(clock.today(), days, CalendarDay.objects.calendar())
    if timezone.localtime(scheduled_at).date() < earliest:
        words = {"days": days, "earliest": official_text.chinese_date(earliest)}
        yield found("notice_time_too_soon", "scheduled_at", **words)
