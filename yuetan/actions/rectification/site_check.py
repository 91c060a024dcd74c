"""记录现场核查: two persons or more, where and when, what they found, with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.rectification.inspection import MIN_INSPECTORS
from yuetan.actions.rectification.task_dates import locked_task
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, SiteCheck, Task, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.person_names import joined_names, persons_in
from yuetan.vocabulary import FilePurpose, Verb


def record_site_check(
    case: Case,
    *,
    by: User,
    task: Task,
    visited_on: date | None,
    place: str,
    inspectors: str,
    findings: str,
    photos: Sequence[Offer],
) -> Case:
    """记录现场核查 of one task; the unit sees neither the record nor the pictures."""
    examined_files = examine_files(case, photos, "photos")
    facts = {"task": task.number}
    with step(case, Verb.RECORD_SITE_CHECK, by=by, opinion=findings, facts=facts) as case:
        task = locked_task(case, task)
        refuse_if_any(case, _site_check_problems(visited_on, place, inspectors, findings))
        assert visited_on is not None
        who = {"inspectors": joined_names(inspectors), "recorded_by": by}
        check = SiteCheck.objects.create(task=task, visited_on=visited_on, place=place, findings=findings, **who)
        attach(case, examined_files, by=by, purpose=FilePurpose.SITE_CHECK, site_check=check)
    return case


def _site_check_problems(visited_on: date | None, place: str, inspectors: str, findings: str) -> Iterator[Finding]:
    if visited_on is None:
        yield finding("site_check_day_missing", "visited_on")
    elif visited_on > clock.today():
        yield finding("site_check_ahead", "visited_on")
    if not place.strip():
        yield finding("site_check_place_missing", "place")
    if len(persons_in(inspectors)) < MIN_INSPECTORS:
        yield finding("site_checkers_too_few", "inspectors")
    if not findings.strip():
        yield finding("site_check_findings_missing", "findings")
