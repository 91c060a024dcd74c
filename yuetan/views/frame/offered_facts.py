"""What a proposal, a letter or a measure begins with that somebody asked for on the page where its facts stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.http import urlencode

from yuetan import permissions
from yuetan.actions.follow_ups import Source, facts_of_source, link_follow_up, may_link
from yuetan.actions.reporting.scheme_rows import UnitScheme
from yuetan.forms.frame.bounds import is_key, unnumbered_key
from yuetan.models import AssessmentSheet, PeriodicReport, ReceivedLetter, ReportScheme, RoundVisit, Subject, Unit, User
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.views.frame.request import Request

ASSESSED = "assessed"  # in an address: the key of the sheet of an assessment
FROM_ROUND = "round"  # in an address: the key of the visit of a round
MISSED = "missed"  # in an address: the key of the scheme of which the unit missed reports
RECEIVED = "received"  # in an address: the key of the letter that the unit got
REPORTED = "reported"  # in an address: the key of the report that is marked, late or missed

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Offer:
    """The facts, and what of the address asks for them."""

    facts: OfferedFacts
    query: str


def asked_offer(request: Request, unit_key: str) -> Offer | None:
    """The facts about the unit that an address asks for; none where it asks for none, or they hold no longer."""
    for name, source in _asked_sources(request, unit_key):
        facts = facts_of_source(source)
        if facts is not None:
            return Offer(facts, urlencode({name: request.GET[name]}))
    return None


def link_offer(request: Request, subject: Subject) -> None:
    """Link what was drafted to where the facts stand that the address asks for; nothing where it asks for none, or the
    person has meanwhile chosen another unit."""
    for _, source in _asked_sources(request, str(subject.unit_id)):
        if may_link(source, request.user):
            link_follow_up(source, by=request.user, subject=subject)


def _asked_sources(request: Request, unit_key: str) -> Iterator[tuple[str, Source]]:
    """Where the facts about the unit stand, by the word of the address, as far as the person reads them as one of the
    office (回避)."""
    unit = int(unit_key) if is_key(unit_key) else None
    if unit is None or request.user.is_recused_from(unit):
        return
    for name, (codename, look_up) in _LOOK_UP.items():
        key = request.GET.get(name, "") if request.user.has_perm(permissions.name(codename)) else ""
        source = look_up(request.user, key, unit) if key else None
        if source is not None:
            yield name, source


def _asked_row(rows: QuerySet[Row], unit: int, **named: object) -> Row | None:
    """The one of the unit, while it has not ended; none for what is no key."""
    if None in named.values():
        return None
    return rows.filter(unit=unit, unit__retired_on=None, **named).first()


def _asked_scheme(_user: User, key: str, unit: int) -> UnitScheme | None:
    scheme = ReportScheme.objects.filter(pk=int(key)).first() if is_key(key) else None
    asked = Unit.objects.interviewed().in_use().select_related("parent").filter(pk=unit).first()
    return UnitScheme(scheme, asked) if scheme and asked else None


def _asked_report(user: User, key: str, unit: int) -> PeriodicReport | None:
    visible = PeriodicReport.objects.visible_to(user).with_relations()
    reports = visible.prefetch_related("marks__version", "marks__marked_by", "marks__files")
    return _asked_row(reports, unit, public_id=unnumbered_key(key))


def _asked_letter(_user: User, key: str, unit: int) -> ReceivedLetter | None:
    letters = ReceivedLetter.objects.in_force().with_relations()
    return _asked_row(letters, unit, pk=unnumbered_key(key))


def _asked_sheet(_user: User, key: str, unit: int) -> AssessmentSheet | None:
    sheets = AssessmentSheet.objects.standing().select_related("assessment__scheme", "unit__parent")
    return _asked_row(sheets, unit, pk=unnumbered_key(key))


def _asked_visit(user: User, key: str, unit: int) -> RoundVisit | None:
    visits = RoundVisit.objects.visible_to(user).with_relations()
    return _asked_row(visits, unit, pk=unnumbered_key(key))


_LOOK_UP: Mapping[str, tuple[str, Callable[[User, str, int], Source | None]]] = {
    MISSED: (SEE_REPORTS, _asked_scheme),
    REPORTED: (SEE_REPORTS, _asked_report),
    RECEIVED: (SEE_RECEIVED, _asked_letter),
    ASSESSED: (SEE_ASSESSMENT, _asked_sheet),
    FROM_ROUND: (SEE_ROUNDS, _asked_visit),
}
