"""工作组 of a 挂牌督办 (第二十八条): who is sent from which day on, and what they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypedDict

from django.utils import timezone

from yuetan.actions.files.attachment import Offer, attach, examine_files
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AccountabilityMeasure, TeamMembership, TeamReport, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.vocabulary import FilePurpose, Verb


class TeamRow(TypedDict):
    """One who is to be of the team."""

    name: str
    title: str
    leads: bool | None


def set_work_team(
    measure: AccountabilityMeasure, *, by: User, since: date | None, members: Sequence[TeamRow], reason: str
) -> AccountabilityMeasure:
    """组建、调整工作组: who it consists of from a day on; who is not named any more has left on that day.

    Without anybody it is withdrawn. A change is given a reason. Raises Refused for a day before the decision or after
    today, where not exactly one leads, and for who holds a post in the unit (回避).
    """
    facts: dict[str, object] = {}
    with step(measure, Verb.SET_WORK_TEAM, by=by, opinion=reason, facts=facts) as measure:
        wanted = [_as_kept(row) for row in members]
        now = [one for one in measure.team_members.all() if one.left_on is None]
        refuse_if_any(measure, [*_team_problems(measure, wanted), *_since_problems(measure, now, since)])
        refuse_if_any(measure, require_words(reason, finding("work_team_reason_missing", "reason")) if now else [])
        assert since is not None
        facts |= {"since": since, "team": joined(f"{row['title']}{row['name']}" for row in wanted)}
        _replace_members(measure, now, wanted, since=since, by=by)
    return measure


def _as_kept(row: TeamRow) -> TeamRow:
    return TeamRow(name=person_name(row["name"]), title=row["title"].strip(), leads=bool(row["leads"]))


def _replace_members(
    measure: AccountabilityMeasure, now: Sequence[TeamMembership], wanted: Sequence[TeamRow], *, since: date, by: User
) -> None:
    """Who stays keeps their row; who changes post or leads from now on has left as what they were."""
    there = [TeamRow(name=one.name, title=one.title, leads=one.leads) for one in now]
    gone = [one.pk for one, row in zip(now, there, strict=True) if row not in wanted]
    TeamMembership.objects.filter(pk__in=gone).update(left_on=since)
    came = [row for row in wanted if row not in there]
    TeamMembership.objects.bulk_create(
        TeamMembership(measure_laid=measure, joined_on=since, set_by=by, **row) for row in came
    )


def _team_problems(measure: AccountabilityMeasure, wanted: Sequence[TeamRow]) -> Iterator[Finding]:
    names = [row["name"] for row in wanted]
    if any(not row["name"] or not row["title"] for row in wanted):
        yield finding("work_team_incomplete", "members")
    elif not all(map(is_person_name, names)):
        yield finding("name_unfit", "members")
    if wanted and [row["leads"] for row in wanted].count(True) != 1:
        yield finding("work_team_leader", "members")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        yield finding("work_team_twice", "members", names=joined(twice))
    for post in measure.unit.posts.current().select_related("holder"):
        if any(row["name"] == post.holder.name and measure.unit.name in row["title"] for row in wanted):
            words = {"name": post.holder.name, "unit": measure.unit.name, "title": post.title}
            yield finding("work_team_recusal", "members", **words)


def _since_problems(
    measure: AccountabilityMeasure, now: Sequence[TeamMembership], since: date | None
) -> Iterator[Finding]:
    if since is None:
        yield finding("work_team_day_missing", "since")
        return
    assert measure.decided_at is not None
    earliest = max([timezone.localtime(measure.decided_at).date(), *(one.joined_on for one in now)])
    if not earliest <= since <= clock.today():
        yield finding("work_team_day_outside", "since", earliest=chinese_date(earliest))


def record_team_report(
    measure: AccountabilityMeasure, *, by: User, reported_on: date | None, words: str, papers: Sequence[Offer]
) -> AccountabilityMeasure:
    """登记工作组报告: its words, day and files; the office reads it, the unit does not.

    Raises StateChanged unless the listing is served and in force, NotYours for anybody but a case officer or a
    supervisor, Refused without a team, words or day, for a day before the team began or ahead, and for a file that is
    not accepted (Art. 28 of the 责任制 lets a team be stationed).
    """
    examined = examine_files(measure, papers, "papers")
    with step(measure, Verb.RECORD_TEAM_REPORT, by=by, opinion=words) as measure:
        refuse_if_any(measure, _report_problems(measure, reported_on, words))
        assert reported_on is not None
        report = TeamReport.objects.create(
            measure_laid=measure, reported_on=reported_on, words=words.strip(), registered_by=by
        )
        attach(measure, examined, by=by, purpose=FilePurpose.TEAM_REPORT, team_report=report)
    return measure


def _report_problems(measure: AccountabilityMeasure, reported_on: date | None, words: str) -> Iterator[Finding]:
    yield from require_words(words, finding("team_report_missing", "words"))
    if reported_on is None:
        yield finding("team_report_day_missing", "reported_on")
        return
    first = min(one.joined_on for one in measure.team_members.all())
    if not first <= reported_on <= clock.today():
        yield finding("team_report_day_outside", "reported_on", first=chinese_date(first))
