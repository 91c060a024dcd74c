"""What every action on an assessment shares: its row held, what stands against it, who is alerted, its log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from yuetan import permissions
from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.errors import NotYours
from yuetan.models import Assessment, Post, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.personal_data import personal_data

KEEP, SCORE, PRESENT = "keep_assessment_scheme", "score_assessment", "present_assessment"
TAKE_BACK, OBJECT, DECIDE = "withdraw_assessment_sheets", "raise_assessment_objection", "decide_assessment_objection"
CLOSE, PUBLISH = "close_assessment", "publish_assessment"
CORRECT, DECIDE_CORRECTION = "propose_assessment_correction", "decide_assessment_correction"


def locked_assessment(key: UUID) -> Assessment:
    """The assessment as it is once nobody else acts on it."""
    return Assessment.objects.select_for_update(no_key=True).get(pk=key)


def require_for_unit(unit: int, by: User, codename: str) -> None:
    """Let pass who may do it for the office. Raises NotYours for anybody else, and for one's own unit (回避)."""
    if not by.has_perm(permissions.name(codename)) or by.is_recused_from(unit):
        raise NotYours(codename)


def words_problems(field: str, label: str, text: str, missing: Finding) -> Iterator[Finding]:
    """That a text says nothing, or holds what identifies a person."""
    yield from require_words(text, missing)
    yield from personal_data(field, f"“{label}”", text, clock.today().year)


def require_presented(assessment: Assessment, what: str) -> None:
    """Raise Refused before the sheets were sent to the units, and once the assessment is closed."""
    if assessment.closed_at is not None:
        refuse_uncited([finding("assessment_closed", "", year=assessment.year, what=what)])
    if assessment.presented_at is None:
        refuse_uncited([finding("assessment_not_presented", "", year=assessment.year, what=what)])


def presented_words(assessment: Assessment) -> dict[str, object]:
    """The year, and the day on which the sheets were sent to the units, for a sentence; empty before."""
    if assessment.presented_at is None:
        return {}
    return {"year": assessment.year, "day": chinese_date(assessment.presented_at)}


def note_assessment(verb: str, by: User, assessment: Assessment, **facts: object) -> None:
    """The line of the log about it."""
    log_event(verb, by, assessment=str(assessment), **facts)


def alert_units(units: Iterable[int], *, key: str, words: str) -> None:
    """Alert the heads and liaisons of these units, each person once: one query, however many units."""
    posts = Post.objects.current().filter(unit__in=list(units)).select_related("holder", "unit").order_by("pk")
    people = {post.holder_id: post.holder for post in posts if post.party}
    send_alert([one for one in people.values() if one.username and one.is_active], key=key, words=words)


def alert_role(codename: str, units: set[int], *, key: str, words: str) -> None:
    """Alert everybody whose role may do a thing, but for who keeps away from one of these units (回避)."""
    people = User.objects.in_roles(*permissions.BY_CODENAME[codename].roles)
    send_alert([one for one in people if units.isdisjoint(one.interviewed_units)], key=key, words=words)
