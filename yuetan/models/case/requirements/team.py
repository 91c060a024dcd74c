"""Requirements for the signatures under what an inspection or a revisit found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from yuetan.models.flow.audience import Audience
from yuetan.models.flow.requirement import Requirement
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import PostKind

if TYPE_CHECKING:
    from yuetan.models.case.case import Case
    from yuetan.models.case.task_account import HasTasks
    from yuetan.models.rectification.team import HasTeam


@Requirement
def has_team_to_sign(origin: HasTasks) -> Iterator[Finding]:
    """Somebody has not signed what was recorded."""
    if not origin.unsigned_teams:
        yield finding("nothing_to_sign")


def awaits_signature_of(origin: HasTasks) -> Audience:
    """Those who have to sign, and the supervisors, who see to it for some who cannot sign here."""
    members = [member for team in origin.unsigned_teams for member in team.unsigned]
    cannot_sign = any(not member.person.username for member in members)
    posts = frozenset({PostKind.SUPERVISOR}) if cannot_sign else frozenset()
    return Audience(posts=posts, people=frozenset(member.person_id for member in members))


@Requirement
def inspection_signed(case: Case) -> Iterator[Finding]:
    """What an inspection concluded counts once every inspector stands by it."""
    yield from _unsigned(case.current_inspection)


@Requirement
def revisit_signed(case: Case) -> Iterator[Finding]:
    """What a revisit found counts once everybody who went stands by it."""
    yield from _unsigned(case.last_revisit)


def _unsigned(record: HasTeam | None) -> Iterator[Finding]:
    if record is not None and record.team is not None and record.team.unsigned:
        names = official_text.joined([member.person.name for member in record.team.unsigned])
        yield finding("inspection_unsigned", names=names)
