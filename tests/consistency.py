"""What must hold of every case, however it came about: its record, papers, tasks and grants tell one story."""

import hashlib
from collections import Counter
from datetime import date, timedelta

from yuetan import grants
from yuetan.models import CalendarDay, Case, Document, NumberCounter
from yuetan.models.case.proposal import bound_digest
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import transitions
from yuetan.permissions import BY_CODENAME, PERMISSIONS
from yuetan.rules.dates.progress import next_due_after
from yuetan.vocabulary import (
    CaseState,
    DocumentKind,
    InspectionConclusion,
    Party,
    ReportKind,
    ReportRhythm,
    Role,
    TaskState,
    Verb,
)

A_MOMENT = timedelta(seconds=30)
PAPERS = {
    Verb.SERVE_NOTICE: DocumentKind.INTERVIEW_NOTICE,
    Verb.RESCHEDULE: DocumentKind.RESCHEDULE_NOTICE,
    Verb.ISSUE_MINUTES: DocumentKind.MINUTES,
    Verb.ISSUE_SUPERVISION_LETTER: DocumentKind.SUPERVISION_LETTER,
}
SIGNING = (Verb.ACKNOWLEDGE_RECEIPT, Verb.REGISTER_RECEIPT, Verb.ACKNOWLEDGE_SUPERVISION)
HELD = (CaseState.INTERVIEWED, CaseState.MINUTED, CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)
ASSIGNED = (CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)


def check_all() -> int:
    """Check every case, and the numbers of all papers; returns how many cases there are."""
    cases = list(Case.objects.select_related("unit", "drafter", "interviewer__holder"))
    for case in cases:
        check(case)
    check_numbers()
    return len(cases)


def check(case: Case) -> None:
    """Raise AssertionError where a case contradicts itself."""
    events = list(case.events.select_related("actor").order_by("id"))
    _led_by_lawful_ways(case, events)
    _each_by_who_may(case, events)
    _papers_for_the_steps_that_issue(case, events)
    _interview_and_tasks(case, events)
    _three_persons(case)
    _proposal_as_handed_in(case, events)
    _grants_as_the_table_wants(case)
    assert case.due_on == case.next_due_on()


def _led_by_lawful_ways(case, events):
    ways = {(source, step.verb, step.target) for source, step in transitions(CASE_STEPS)}
    beside = {step.verb: step.sources for step in CASE_STEPS if step.is_side_step}
    first, *others = events
    assert (first.verb, first.from_state, first.to_state) == (Verb.DRAFT, "", CaseState.DRAFTED)
    for before, event in zip(events, others, strict=False):
        assert event.created_at >= before.created_at
        assert event.from_state == before.to_state
        if event.verb in beside:
            assert event.from_state == event.to_state
            assert event.from_state in beside[event.verb]
        else:
            assert (event.from_state, event.verb, event.to_state) in ways
    assert events[-1].to_state == case.state
    assert timedelta() <= first.created_at - case.created_at < A_MOMENT


def _each_by_who_may(case, events):
    splits = {Verb.RETURN_FOR_CHANGES: ("return_review", "return_proposal"), Verb.WITHDRAW: ()}
    for event in events:
        if event.actor is None:
            assert (event.verb, event.actor_title) == (Verb.RESUME_TASK, "按计划自动恢复")
            continue
        codenames = splits.get(event.verb, (event.verb,))
        permissions = [BY_CODENAME[name] for name in codenames] or [p for p in PERMISSIONS if "withdraw" in p.codename]
        roles = {role for permission in permissions for role in permission.roles}
        parties = {party for permission in permissions for party in permission.parties}
        if event.verb in (Verb.SEND_BACK, Verb.REOPEN) and not case.rework_requests.exists():
            roles.add(Role.SUPERVISOR)  # as it was before a request was asked for
        if event.verb in (Verb.APPROVE, Verb.DECLINE) and event.decision_method:
            roles.add(Role.OFFICE_DIRECTOR)  # as it was before what was decided on paper took two persons
        names = {f"role:{role.value}" for role in roles}
        names |= {case.unit.group_name(party) for party in parties & {Party.UNIT_HEAD, Party.UNIT_LIAISON}}
        in_person = {
            Party.DRAFTER: [case.drafter],
            Party.APPROVER: [case.approver, case.approved_for],
            Party.INTERVIEWER: [case.interviewer.holder],
        }
        personally = any(event.actor in in_person[party] for party in parties if party in in_person)
        assert personally or event.actor.groups.filter(name__in=names).exists(), event.verb


def _papers_for_the_steps_that_issue(case, events):
    wanted = Counter(PAPERS[event.verb] for event in events if event.verb in PAPERS)
    wanted[DocumentKind.CANCELLATION] = sum(
        event.verb == Verb.WITHDRAW and event.from_state == CaseState.NOTIFIED for event in events
    )
    papers = list(case.documents.select_related("replaced_by"))
    assert Counter(paper.kind for paper in papers) == +wanted
    recorded = {event.data["document"]: event for event in events if "document" in event.data}
    for paper in papers:
        assert paper.sha256 == hashlib.sha256(paper.html.encode()).hexdigest()
        assert paper.number in paper.html
        assert paper.title == paper.title.strip() != ""
        assert paper.number in recorded
        assert paper.year == paper.issued_at.year
    signed = {paper.number for paper in papers if paper.receipt_or_none}
    assert signed == {event.data["document"] for event in events if event.verb in SIGNING}
    notices = [p for p in papers if p.kind not in (DocumentKind.MINUTES, DocumentKind.SUPERVISION_LETTER)]
    assert sum(paper.replaced_by is None for paper in notices) == bool(notices)


def _interview_and_tasks(case, events):
    assert hasattr(case, "interview") == hasattr(case, "minutes") == (case.state in HELD)
    assert case.tasks.exists() == (case.state in ASSIGNED)
    calendar = CalendarDay.objects.calendar()
    for task in case.tasks.select_related("measure"):
        assert (task.agreed, task.first_due_on) == (task.measure.agreed, task.measure.due_on)
        last = task.reports.filter(kind=ReportKind.COMPLETION).order_by("-version").first()
        handed_in = task.handed_in(ReportKind.COMPLETION)
        _reports_on_the_way(task, calendar)
        assert (task.state == TaskState.ASSIGNED) == (not handed_in)
        if task.state in (TaskState.ACCEPTED, TaskState.RETURNED) and last.handed_in_at:
            assert last.outcome == task.state
        assert task.agreed_due_on >= task.first_due_on or any(event.verb == Verb.SEND_BACK for event in events)
    if case.state == CaseState.CLOSED:
        assert {task.state for task in case.tasks.all()} == {TaskState.ACCEPTED}
        assert case.current_inspection.conclusion == InspectionConclusion.RECTIFIED


def _reports_on_the_way(task, calendar):
    """What is owed is a turn of the rhythm that was agreed, after what was answered; nobody answers one turn twice."""
    rhythm, until = ReportRhythm(task.report_rhythm), task.effective_due_on or date.max
    answered = [report.due_on for report in task.handed_in(ReportKind.PROGRESS) if report.due_on]
    assert len(set(answered)) == len(answered)
    if task.progress_due_on is not None:
        assert task.is_unreported
        assert task.progress_due_on == next_due_after(
            rhythm, task.assigned_on, task.progress_due_on - timedelta(days=1), until, calendar
        )
        assert task.progress_due_on > max([task.assigned_on, *answered])
    for report in task.reports_of(ReportKind.PROGRESS):
        assert report.version == 1 or task.reports.filter(kind=report.kind, version=report.version - 1).exists()


def _three_persons(case):
    people = [case.drafter, case.endorser, case.approver, case.approved_for]
    known = [person for person in people if person]
    assert len(set(known)) == len(known)
    assert case.interviewees.exists()
    assert all(ground.fits(case.unit.kind) for ground in case.grounds.all())
    assert case.grounds.exists()


def _proposal_as_handed_in(case, events):
    """A version for each handing in; what was not changed since reads as it was handed in last."""
    versions = list(case.proposal_versions.all())
    handed_in = [event for event in events if event.verb == Verb.SUBMIT]
    assert [version.number for version in versions] == [event.data["version"] for event in handed_in]
    assert all(version.submitted_by == event.actor for version, event in zip(versions, handed_in, strict=True))
    assert all(version.sha256 == bound_digest(version.text) for version in versions)
    if versions and case.state != CaseState.DRAFTED:
        assert versions[-1].sha256 == case.proposal_sha256
        assert case.approved_sha256 == (case.proposal_sha256 if case.approver else "")
        assert all(row.facts and (row.reference_number or row.evidence.exists()) for row in case.case_grounds.all())


def _grants_as_the_table_wants(case):
    before = _granted(case)
    grants.follow_case(case)
    assert _granted(case) == before


def _granted(case):
    of_users = set(case.user_grants.values_list("user_id", "permission__codename"))
    return of_users, set(case.group_grants.values_list("group_id", "permission__codename"))


def check_numbers() -> None:
    """No number twice, none left out, and the counters where the papers are."""
    for counter in NumberCounter.objects.all():
        serials = list(
            Document.objects.filter(prefix=counter.prefix, year=counter.year).values_list("serial", flat=True)
            if counter.prefix != "约谈"
            else Case.objects.filter(register_year=counter.year).values_list("register_serial", flat=True)
        )
        assert sorted(serials) == list(range(1, counter.last + 1))
