"""Who inspected: chosen persons, at least two, on a day that can be; each signs, or the signed sheet is bound in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypedDict

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import scan_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import InspectionTeam, Post, TeamMember, User
from yuetan.models.rectification.task_origin import HandsOutTasks, Origin
from yuetan.models.rectification.team import may_inspect
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import FilePurpose, Verb

MIN_INSPECTORS = 2


class InspectorRow(TypedDict):
    """One person, by the post in which they go."""

    post: Post


def team_problems(origin: HandsOutTasks, inspectors: Sequence[InspectorRow], day: date | None) -> Iterator[Finding]:
    """Fewer than two persons; somebody of no office that inspects, not in that post on the day, or of the unit."""
    posts = [row["post"] for row in inspectors]
    if len({post.holder_id for post in posts}) < MIN_INSPECTORS:
        yield finding("inspectors_too_few", "inspectors")
    for post in posts:
        yield from _person_problems(origin, post, day or clock.today())


def _person_problems(origin: HandsOutTasks, post: Post, day: date) -> Iterator[Finding]:
    words = {"name": post.holder.name, "title": post.full_title, "day": official_text.chinese_date(day)}
    own = post.holder.posts.current(day).filter(unit=origin.unit_id).select_related("unit").first()
    if own is not None:
        unit = origin.unit.full_name
        yield finding("inspector_recused", "inspectors", name=post.holder.name, unit=unit, title=own.title)
    elif origin.leaves_out(post.holder):
        yield finding("inspector_left_out", "inspectors", name=post.holder.name)
    elif not may_inspect(post):
        yield finding("inspector_not_eligible", "inspectors", name=post.holder.name)
    elif not post.is_held_on(day):
        yield finding("inspector_not_in_post", "inspectors", **words)


def plan_team(origin: HandsOutTasks, inspectors: Sequence[InspectorRow]) -> InspectionTeam:
    """The persons who are to go."""
    team = InspectionTeam.objects.create(**{origin.ABOUT: origin})
    _write_members(team, inspectors)
    return team


def record_team(
    origin: HandsOutTasks,
    team: InspectionTeam | None,
    inspectors: Sequence[InspectorRow],
    day: date,
    *,
    by: User,
    sheet: Sequence[ExaminedFile],
) -> InspectionTeam:
    """The persons who went, in place of those planned; who records it has signed, all have where the sheet is given.

    Raises Refused for a sheet that is no scan.
    """
    team = team or InspectionTeam(**{origin.ABOUT: origin})
    team.inspected_on = day
    team.save()
    team.members.all().delete()
    _write_members(team, inspectors)
    team.members.filter(person=by).update(signed_at=clock.now())
    if sheet:
        _bind_sheet(origin, team, sheet, by=by)
    return InspectionTeam.objects.get(pk=team.pk)


def _write_members(team: InspectionTeam, inspectors: Sequence[InspectorRow]) -> None:
    persons = {row["post"].holder_id: row["post"] for row in reversed(inspectors)}
    for post in reversed(persons.values()):
        TeamMember.objects.create(team=team, person=post.holder, post=post, title=post.full_title)


def _bind_sheet(origin: HandsOutTasks, team: InspectionTeam, sheet: Sequence[ExaminedFile], *, by: User) -> None:
    refuse_if_any(origin, scan_problems(sheet, "scan"))
    attach(origin, sheet, by=by, purpose=FilePurpose.SIGNED_SHEET, team=team)
    team.members.filter(signed_at=None).update(signed_at=clock.now(), signed_on_sheet=True)


def sign_inspection(origin: Origin, *, by: User, team: InspectionTeam | None, scan: Offer | None) -> Origin:
    """签认: an inspector stands by what was recorded; or the sheet that all have signed is bound in for the others.

    Raises Refused where nothing waits, and where somebody who did not go brings no sheet.
    """
    sheet = examine_files(origin, [scan] if scan else [], "scan")
    facts: dict[str, str] = {}
    with step(origin, Verb.SIGN_INSPECTION, by=by, facts=facts) as origin:
        chosen = next((one for one in origin.unsigned_teams if one == team), None)
        refuse_if_any(origin, _signing_problems(chosen, by, bool(sheet)))
        assert chosen is not None
        if sheet:
            _bind_sheet(origin, chosen, sheet, by=by)
        else:
            chosen.members.filter(person=by).update(signed_at=clock.now())
        facts["signed"] = f"{chosen.what}{'（上传签字的记录）' if sheet else ''}"
    return origin


def _signing_problems(team: InspectionTeam | None, by: User, has_sheet: bool) -> Iterator[Finding]:
    if team is None:
        yield finding("nothing_to_sign", "team")
    elif not has_sheet and all(member.person_id != by.pk for member in team.unsigned):
        yield finding("not_an_inspector", "scan", name=by.name)
