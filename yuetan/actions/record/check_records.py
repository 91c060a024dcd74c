"""Checking the records: whether state, events, papers, numbers, permissions, dates, texts and files tell one story.

Straight SQL can change what no step changed. Everything is read in pieces, so that it takes the same memory for a
hundred cases as for a hundred thousand; nothing is written but, by the daily run, an alert.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from yuetan.actions.record.checks.check_assessments import check_assessments
from yuetan.actions.record.checks.check_dates import check_dates
from yuetan.actions.record.checks.check_files import DISAGREE, KNOWN, READ, Reading, check_files, reading_of_day
from yuetan.actions.record.checks.check_grants import (
    Groups,
    OuterSubject,
    check_case_grants,
    check_outer_grants,
    check_roles,
    check_sight,
)
from yuetan.actions.record.checks.check_meetings import check_meetings
from yuetan.actions.record.checks.check_numbers import check_numbers
from yuetan.actions.record.checks.check_papers import check_paper, check_papers_of
from yuetan.actions.record.checks.check_pending import check_pending, pending_disagreements
from yuetan.actions.record.checks.check_pleas import check_pleas
from yuetan.actions.record.checks.check_receipts import check_receipts
from yuetan.actions.record.checks.check_received import check_received
from yuetan.actions.record.checks.check_reports import check_reports
from yuetan.actions.record.checks.check_restrictions import check_restrictions
from yuetan.actions.record.checks.check_rounds import check_rounds
from yuetan.actions.record.checks.check_search import check_search
from yuetan.actions.record.checks.check_states import check_office_waits, check_states, check_tasks
from yuetan.actions.record.checks.check_tallies import check_tallies
from yuetan.actions.record.checks.check_texts import check_texts
from yuetan.actions.record.disagreement import Disagreement, Findings
from yuetan.actions.record.snapshots import Row, at_one_moment, pieces
from yuetan.alerts import send_alert
from yuetan.models import (
    AccountabilityMeasure,
    Assignment,
    CalendarDay,
    Case,
    Document,
    Event,
    Letter,
    Reminder,
    Scan,
    Subject,
    User,
)
from yuetan.models.case.case import CaseQuerySet
from yuetan.rules.dates import clock
from yuetan.vocabulary import Role

CHUNK = 200
PAPERS_AT_ONCE = 50  # with their wording
# Each by itself at one moment: what they compare is of many subjects.
_ACROSS: tuple[Callable[[], Iterator[Disagreement]], ...] = (
    check_numbers,
    check_roles,
    check_reports,
    check_received,
    check_restrictions,
    check_pleas,
    check_assessments,
    check_rounds,
    check_meetings,
    check_receipts,
)
WATCHERS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_AUDITOR)


class Known:
    """What the checks of some cases ask alike, read once, at their moment."""

    def __init__(self) -> None:
        self.groups = Groups()
        self.calendar = CalendarDay.objects.calendar()


def disagreements(case: Case | None = None, reading: Reading | None = None) -> Iterator[Disagreement]:
    """Everything that contradicts something else, in one case or in all records; files last, as they lie now, all of
    them read unless a `reading` says which.

    What is compared with each other is read as it is at one moment, so that nobody who takes a step meanwhile seems to
    contradict himself: a piece of the cases with all that is theirs, and each check across subjects by itself.
    """
    yield from _of_each(case)
    yield from check_search(case)
    yield from check_tallies(case)
    for check in () if case else _ACROSS:
        with at_one_moment():
            yield from check()
    yield from check_files(case, reading)


def _of_each(case: Case | None) -> Iterator[Disagreement]:
    """What is compared within one case, paper, letter, measure or 交办事项."""
    cases = Case.objects.filter(pk=case.pk) if case else Case.objects.all()
    for some_cases in pieces(_with_records(cases), CHUNK, ("register_year", "register_serial")):
        known = Known()
        for each in some_cases:
            yield from check_case(each, known)
    yield from check_pending(cases)
    papers = Document.objects.select_related("entry").prefetch_related(Prefetch("scans", Scan.objects.only("document")))
    for some_papers in pieces(papers.filter(case=case) if case else papers, PAPERS_AT_ONCE):
        for paper in some_papers:
            yield from check_paper(paper)
    if case is None:
        yield from check_letters()
        yield from check_measures()
        yield from check_assignments()


def check_case(case: Case, known: Known) -> Iterator[Disagreement]:
    """Everything about one case but its files and the wording of its papers."""
    named, events, papers = case.register_number, _in_order(case), list(case.documents.all())
    yield from check_states(case, events, named)
    yield from check_tasks(case, named)
    yield from check_office_waits(case, named)
    yield from check_dates(case, events, known.calendar, named)
    yield from check_papers_of(case, papers, events, named)
    yield from check_texts(case, papers, events, named)
    yield from check_case_grants(case, known.groups, named)
    yield from check_sight(case, papers, named)


def check_letters() -> Iterator[Disagreement]:
    """State, papers and permissions of every letter; one without a paper is named by its key."""
    letters = Letter.objects.select_related("unit", "document__receipt", "document__entry").defer(
        "document__html", "document__facts"
    )
    for some in pieces(letters.prefetch_related("events", "group_grants__permission", "pending_steps"), CHUNK):
        groups = Groups()
        for letter in some:
            papers = [letter.document] if hasattr(letter, "document") else []
            named = f"提醒函 {papers[0].number if papers else str(letter.pk)[:8]}"
            yield from _check_outer(letter, papers, groups, named)


def check_measures() -> Iterator[Disagreement]:
    """State, papers and permissions of every measure of a 责任制; one without a paper is named by its key."""
    for some in pieces(_with_hung(AccountabilityMeasure.objects.for_step()), CHUNK):
        groups = Groups()
        for measure in some:
            issued = list(measure.documents.all())
            named = f"责任措施 {issued[0].number if issued else str(measure.pk)[:8]}"
            yield from _check_outer(measure, issued, groups, named)


def check_assignments() -> Iterator[Disagreement]:
    """State, papers and permissions of every 交办事项, named by the number of what it comes from."""
    for some in pieces(_with_hung(Assignment.objects.for_step()), CHUNK):
        groups = Groups()
        for assignment in some:
            named = f"交办事项 {assignment.source_number or str(assignment.pk)[:8]}"
            yield from _check_outer(assignment, list(assignment.documents.all()), groups, named)


def _with_hung(rows: QuerySet[Row]) -> QuerySet[Row]:
    papers = Document.objects.select_related("receipt", "entry").defer("html", "facts")
    return rows.prefetch_related("events", "group_grants__permission", "pending_steps", Prefetch("documents", papers))


def _check_outer(subject: OuterSubject, papers: list[Document], groups: Groups, named: str) -> Iterator[Disagreement]:
    events = _in_order(subject)
    yield from check_states(subject, events, named)
    yield from check_papers_of(subject, papers, events, named)
    yield from check_outer_grants(subject, groups, named)
    yield from check_sight(subject, papers, named)
    yield from pending_disagreements(subject, named)


def _in_order(subject: Subject) -> list[Event]:
    return sorted(subject.events.all(), key=lambda event: event.pk)


def _with_records(cases: CaseQuerySet) -> CaseQuerySet:
    papers = Document.objects.select_related("receipt", "entry").defer("html")
    return cases.select_related("unit", "minutes", "interview").prefetch_related(
        "events",
        Prefetch("documents", papers),
        "interview__measures",
        "proposal_versions",
        "tasks__measure",
        "tasks__pauses",
        "tasks__reports",
        "revisits",
        "office_waits",
        "reserved_numbers",
        "user_grants",
        "group_grants__permission",
    )


def _is_first_of(today: date) -> bool:
    """Whether nobody was alerted today: the daily run may be repeated."""
    return Reminder.objects.get_or_create(key=f"records:{today}", defaults={"created_at": clock.now()})[1]


def check_daily(today: date) -> dict[str, int]:
    """每日核对记录: alert the administrator and the auditor, by numbers alone, where something disagrees.

    Of very many files the bytes are read by turns; how many were read of how many is said beside what was found.
    """
    reading = reading_of_day(today)
    findings = Findings.of(disagreements(reading=reading))
    if findings.counts:
        _alert_watchers(findings, today)
    return {DISAGREE: sum(findings.counts.values()), KNOWN: reading.known, READ: reading.read}


@transaction.atomic
def _alert_watchers(findings: Findings, today: date) -> None:
    if _is_first_of(today):
        counted = "；".join(f"{kind.label} {number} 处" for kind, number in findings.counts.items())
        words = f"每日核对记录发现不一致：{counted}。请系统维护人员运行 manage.py check_records 查看。"
        send_alert(list(User.objects.in_roles(*WATCHERS)), key=f"records:{today}", words=words)
