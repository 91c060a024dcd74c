"""What a proposal begins with that somebody asked for on the page where its facts stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.http import urlencode

from yuetan import permissions
from yuetan.actions.rounds.follow_up import LINKING, link_follow_up
from yuetan.forms.frame.bounds import is_key, unnumbered_key
from yuetan.models import AssessmentSheet, PeriodicReport, ReceivedLetter, RoundVisit, Subject
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.models.received.offered import offered_by_letter
from yuetan.models.reporting.offered import offered_by_report
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.views.frame.missed_reports import MISSED, asked_facts
from yuetan.views.frame.request import Request

ASSESSED = "assessed"  # in an address: the key of the sheet of an assessment
FROM_ROUND = "round"  # in an address: the key of the visit of a round
RECEIVED = "received"  # in an address: the key of the letter that the unit got
REPORTED = "reported"  # in an address: the key of the report that is marked, late or missed


@dataclass(frozen=True)
class Offer:
    """The facts, and what of the address asks for them."""

    facts: OfferedFacts
    query: str


def asked_offer(request: Request, unit_key: str) -> Offer | None:
    """The facts about the unit that an address asks for; none where it asks for none, or they hold no longer."""
    asked = {
        MISSED: asked_facts(request, unit_key),
        REPORTED: _facts_of_report(request, unit_key),
        RECEIVED: _facts_of_letter(request, unit_key),
        ASSESSED: _facts_of_sheet(request, unit_key),
        FROM_ROUND: _facts_of_visit(request, unit_key),
    }
    for name, facts in asked.items():
        if facts is not None:
            return Offer(facts, urlencode({name: request.GET[name]}))
    return None


def _facts_of_report(request: Request, unit_key: str) -> OfferedFacts | None:
    key = unnumbered_key(request.GET.get(REPORTED, ""))
    if not (key and is_key(unit_key) and request.user.has_perm(permissions.name(SEE_REPORTS))):
        return None
    visible = PeriodicReport.objects.visible_to(request.user).with_relations()
    reports = visible.prefetch_related("marks__version", "marks__marked_by", "marks__files")
    report = reports.filter(public_id=key, unit=int(unit_key), unit__retired_on=None).first()
    return None if report is None or request.user.is_recused_from(report.unit_id) else offered_by_report(report)


def _facts_of_letter(request: Request, unit_key: str) -> OfferedFacts | None:
    key = unnumbered_key(request.GET.get(RECEIVED, ""))
    if not (key and is_key(unit_key) and request.user.has_perm(permissions.name(SEE_RECEIVED))):
        return None
    letters = ReceivedLetter.objects.in_force().with_relations()
    letter = letters.filter(pk=key, unit=int(unit_key), unit__retired_on=None).first()
    if letter is None or request.user.is_recused_from(letter.unit_id):
        return None
    return offered_by_letter(letter)


def _facts_of_sheet(request: Request, unit_key: str) -> OfferedFacts | None:
    key = unnumbered_key(request.GET.get(ASSESSED, ""))
    if not (key and is_key(unit_key) and request.user.has_perm(permissions.name(SEE_ASSESSMENT))):
        return None
    sheets = AssessmentSheet.objects.standing().select_related("assessment__scheme", "unit__parent")
    sheet = sheets.filter(pk=key, unit=int(unit_key), unit__retired_on=None).first()
    if sheet is None or request.user.is_recused_from(sheet.unit_id):
        return None
    return offered_by_sheet(sheet)


def link_offer(request: Request, subject: Subject) -> None:
    """Link what was drafted to the visit whose facts the address asks for; nothing where it asks for none, or the
    person has meanwhile chosen another unit."""
    visit = _asked_visit(request, str(subject.unit_id))
    if visit is not None and LINKING.is_offered(visit, request.user):
        link_follow_up(visit, by=request.user, subject=subject)


def _facts_of_visit(request: Request, unit_key: str) -> OfferedFacts | None:
    visit = _asked_visit(request, unit_key)
    return offered_by_visit(visit) if visit is not None else None


def _asked_visit(request: Request, unit_key: str) -> RoundVisit | None:
    key = unnumbered_key(request.GET.get(FROM_ROUND, ""))
    if not (key and is_key(unit_key) and request.user.has_perm(permissions.name(SEE_ROUNDS))):
        return None
    visits = RoundVisit.objects.visible_to(request.user).with_relations()
    visit = visits.filter(pk=key, unit=int(unit_key), unit__retired_on=None).first()
    return None if visit is None or request.user.is_recused_from(visit.unit_id) else visit
