"""记录现场核查: two persons or more, where and when, what they found, with pictures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.rectification.task_dates import locked_task
from yuetan.actions.rectification.team import InspectorRow, record_team, team_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import SiteCheck, Task, User
from yuetan.models.rectification.task_origin import Origin
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FilePurpose, Verb


def record_site_check(
    origin: Origin,
    *,
    by: User,
    task: Task,
    visited_on: date | None,
    place: str,
    inspectors: Sequence[InspectorRow],
    findings: str,
    photos: Sequence[Offer],
    scan: Offer | None,
) -> Origin:
    """记录现场核查 of one task; the unit sees neither the record nor the pictures.

    Raises StateChanged where nothing is being put right, NotYours for anybody but a supervisor, Refused without day,
    place or findings, for a day ahead or before the task was assigned, for fewer than two persons or one who may not
    inspect (回避), and for a file that is not accepted.
    """
    examined_files, sheet = (
        examine_files(origin, photos, "photos"),
        examine_files(origin, [scan] if scan else [], "scan"),
    )
    facts = {"task": task.number}
    with step(origin, Verb.RECORD_SITE_CHECK, by=by, opinion=findings, facts=facts) as origin:
        task = locked_task(origin, task)
        problems = [*_site_check_problems(task, visited_on, place, findings)]
        refuse_if_any(origin, [*problems, *team_problems(origin, inspectors, visited_on)])
        assert visited_on is not None
        team = record_team(origin, None, inspectors, visited_on, by=by, sheet=sheet)
        who = {"inspectors": team.names, "team": team, "recorded_by": by}
        check = SiteCheck.objects.create(task=task, visited_on=visited_on, place=place, findings=findings, **who)
        attach(origin, examined_files, by=by, purpose=FilePurpose.SITE_CHECK, site_check=check)
    return origin


def _site_check_problems(task: Task, visited_on: date | None, place: str, findings: str) -> Iterator[Finding]:
    if visited_on is None:
        yield finding("site_check_day_missing", "visited_on")
    elif visited_on > clock.today():
        yield finding("site_check_ahead", "visited_on")
    elif visited_on < task.assigned_on:
        assigned = official_text.chinese_date(task.assigned_on)
        yield finding("site_check_before_assigned", "visited_on", assigned=assigned)
    yield from require_words(place, finding("site_check_place_missing", "place"))
    yield from require_words(findings, finding("site_check_findings_missing", "findings"))
