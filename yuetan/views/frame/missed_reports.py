"""What a letter or a proposal begins with that somebody asked for beside a unit that missed its reports."""

from __future__ import annotations

from yuetan import permissions
from yuetan.forms.frame.bounds import is_key
from yuetan.models import ReportScheme, Unit
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.reporting.missed import offered_facts
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.views.frame.request import Request

MISSED = "missed"  # in an address: the key of the scheme


def asked_facts(request: Request, unit_key: str) -> OfferedFacts | None:
    """The facts of the unit and scheme that an address names; none where it names none, or they are no matter now."""
    scheme_key = request.GET.get(MISSED, "")
    if not (is_key(scheme_key) and is_key(unit_key) and request.user.has_perm(permissions.name(SEE_REPORTS))):
        return None
    scheme = ReportScheme.objects.filter(pk=int(scheme_key)).first()
    unit = Unit.objects.interviewed().in_use().select_related("parent").filter(pk=int(unit_key)).first()
    if scheme is None or unit is None or request.user.is_recused_from(unit.pk):
        return None
    return offered_facts(scheme, unit)
