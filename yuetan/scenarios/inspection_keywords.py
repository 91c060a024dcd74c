"""The lawful keywords of what follows the reports: inspections, who signs them, consequences, the end and 回头看."""

from __future__ import annotations

from datetime import timedelta

from yuetan.models import Case, Post, User
from yuetan.models.rectification.team import possible_inspectors
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.keywords import Keywords
from yuetan.vocabulary import (
    ConsequenceCheck,
    ConsequenceKind,
    FindingOutcome,
    InspectionConclusion,
    PostKind,
    Retention,
    RevisitOutcome,
    UnitKind,
)


def inspection_conclusion(case: Case) -> Keywords:
    """An inspection that found every task done."""
    conclusion = {"conclusion": InspectionConclusion.RECTIFIED, "basis": "查阅台账、实地核查。"}
    findings = [{"task": t, "outcome": FindingOutcome.BORNE_OUT, "words": "台账齐全。"} for t in case.tasks.all()]
    made = {"inspected_on": clock.today(), "inspectors": inspectors(case), "scan": blank_scan("签字的督查记录")}
    return {**made, "findings": "两项措施均已落实。", "task_findings": findings, **conclusion}


def inspectors(case: Case) -> list[Keywords]:
    """Two persons of the office who may inspect the case, a supervisor first."""
    of_office = possible_inspectors(case).filter(unit__kind=UnitKind.OFFICE)
    held = [post for post in of_office if post.is_current]
    persons = {post.holder_id: post for post in sorted(held, key=_supervisors_first, reverse=True)}
    return [{"post": post} for post in list(reversed(persons.values()))[:2]]


def _supervisors_first(post: Post) -> tuple[bool, int]:
    return post.kind != PostKind.SUPERVISOR, post.pk


def who_signs(case: Case) -> User:
    """The first who has still to sign and can do so here; the officer where nobody has to."""
    members = [member for team in case.unsigned_teams for member in team.unsigned if member.person.username]
    return members[0].person if members else in_office("officer")


def signing(case: Case) -> Keywords:
    """The first record that waits, signed in person."""
    return {"team": next(iter(case.unsigned_teams), None), "scan": None}


def consequence(case: Case) -> Keywords:
    """What another body decided, with its paper."""
    paper = {"deciding_body": "市纪委监委", "paper_number": "江纪〔2026〕5号", "decided_on": clock.today()}
    facts = {"kind": ConsequenceKind.ACCOUNTABILITY, "basis": "对主要负责人予以诫勉。", **paper}
    return {**facts, "scan": blank_scan("处理决定"), "corrects": None, "correction_reason": ""}


def consequence_check(case: Case) -> Keywords:
    """The first entry that waits, found as its paper says."""
    waiting = next(iter(case.unconfirmed_consequences), None)
    words = {"check_outcome": ConsequenceCheck.CONFIRMED, "check_words": "已对照决定文书原件。"}
    return {"consequence": waiting, **words}


def closing(case: Case) -> Keywords:
    """An opinion and the day of the 回头看."""
    return {"opinion": "同意办结销号。", "revisit_on": clock.today() + timedelta(days=90)}


def inspection_plan(case: Case) -> Keywords:
    """An inspection for today."""
    return {"planned_on": clock.today(), "inspectors": inspectors(case), "plan": "查阅台账、实地核查。"}


def site_check(case: Case) -> Keywords:
    """What was seen on a visit, without photographs."""
    facts = {"visited_on": clock.today(), "place": "镇综治中心", "inspectors": inspectors(case)}
    sheet = {"scan": blank_scan("签字的核查记录")}
    return {"task": case.tasks.first(), **facts, "findings": "台账与现场一致。", "photos": [], **sheet}


def revisit(case: Case) -> Keywords:
    """A 回头看 that found a relapse."""
    facts = {"visited_on": clock.today(), "inspectors": inspectors(case), "findings": "台账停了更新。"}
    return {**facts, "outcome": RevisitOutcome.RELAPSED, "scan": blank_scan("签字的回头看记录")}


def keeping_for_good(case: Case) -> Keywords:
    """保管期限 is made the longest."""
    return {"retention": Retention.PERMANENT, "reason": "在全市有影响。"}


def lifting(case: Case) -> Keywords:
    """The earliest hold in force."""
    return {"hold": case.legal_holds.filter(lifted_at=None).first(), "reason": "复议已经终结。"}
