"""What a proposal begins with that somebody asked for on the page where its facts stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.http import urlencode

from yuetan import permissions
from yuetan.forms.frame.bounds import is_key, unnumbered_key
from yuetan.models import AssessmentSheet, ReceivedLetter
from yuetan.models.assessment.assessment import SEE_ASSESSMENT
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.received.letter import SEE_RECEIVED
from yuetan.models.received.offered import offered_by_letter
from yuetan.views.frame.missed_reports import MISSED, asked_facts
from yuetan.views.frame.request import Request

ASSESSED = "assessed"  # in an address: the key of the sheet of an assessment
RECEIVED = "received"  # in an address: the key of the letter that the unit got


@dataclass(frozen=True)
class Offer:
    """The facts, and what of the address asks for them."""

    facts: OfferedFacts
    query: str


def asked_offer(request: Request, unit_key: str) -> Offer | None:
    """The facts about the unit that an address asks for; none where it asks for none, or they hold no longer."""
    asked = {
        MISSED: asked_facts(request, unit_key),
        RECEIVED: _facts_of_letter(request, unit_key),
        ASSESSED: _facts_of_sheet(request, unit_key),
    }
    for name, facts in asked.items():
        if facts is not None:
            return Offer(facts, urlencode({name: request.GET[name]}))
    return None


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
