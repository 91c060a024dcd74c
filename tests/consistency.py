"""What must hold of every case, however it came about.

That its states, papers, tasks, dates and grants tell one story is `manage.py check_records`' own check; here stands
what only a whole installation shows: who took which step, that three persons did, what lies in a proposal.
"""

from yuetan.actions.record.check_records import Known, check_assignments, check_case, check_letters, check_measures
from yuetan.actions.record.checks.check_grants import check_roles
from yuetan.actions.record.checks.check_numbers import check_numbers
from yuetan.actions.record.checks.check_papers import check_paper
from yuetan.actions.record.checks.check_pending import check_pending
from yuetan.actions.record.checks.check_pleas import check_pleas
from yuetan.actions.record.checks.check_search import check_search
from yuetan.actions.record.checks.check_tallies import check_tallies
from yuetan.models import Case
from yuetan.models.case.proposal import bound_digest
from yuetan.permissions import BY_CODENAME, PERMISSIONS
from yuetan.vocabulary import CaseState, DocumentKind, InspectionConclusion, Party, ReportKind, Role, Verb

HELD = (CaseState.INTERVIEWED, CaseState.MINUTED, CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)
ASSIGNED = (CaseState.RECTIFYING, CaseState.INSPECTING, CaseState.CLOSED)


def check_all() -> int:
    """Check every case, and the numbers of all papers; returns how many cases there are."""
    cases = list(Case.objects.select_related("unit", "drafter", "interviewer__holder"))
    for case in cases:
        check(case)
    assert [
        *check_letters(),
        *check_measures(),
        *check_assignments(),
        *check_numbers(),
        *check_pleas(),
        *check_roles(),
        *check_search(),
        *check_tallies(),
    ] == []
    return len(cases)


def check(case: Case) -> None:
    """Raise AssertionError where a case contradicts itself."""
    events = list(case.events.select_related("actor").order_by("id"))
    _each_by_who_may(case, events)
    _one_notice_in_force(case)
    _interview_and_tasks(case, events)
    _three_persons(case)
    _proposal_as_handed_in(case, events)
    found = [*check_case(case, Known()), *check_pending(Case.objects.filter(pk=case.pk))]
    found += [each for paper in case.documents.select_related("entry") for each in check_paper(paper)]
    assert [str(each) for each in found] == []


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


def _one_notice_in_force(case):
    papers = list(case.documents.select_related("replaced_by"))
    assert all(paper.title == paper.title.strip() for paper in papers)
    notices = [p for p in papers if p.kind not in (DocumentKind.MINUTES, DocumentKind.SUPERVISION_LETTER)]
    assert sum(paper.replaced_by is None for paper in notices) == bool(notices)


def _interview_and_tasks(case, events):
    assert hasattr(case, "interview") == hasattr(case, "minutes") == (case.state in HELD)
    assert case.tasks.exists() == (case.state in ASSIGNED)
    for task in case.tasks.all():
        answered = [report.due_on for report in task.handed_in(ReportKind.PROGRESS) if report.due_on]
        assert len(set(answered)) == len(answered)
        assert task.agreed_due_on >= task.first_due_on or any(event.verb == Verb.SEND_BACK for event in events)
    if case.state == CaseState.CLOSED:
        assert case.current_inspection is not None
        assert case.current_inspection.conclusion == InspectionConclusion.RECTIFIED


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
