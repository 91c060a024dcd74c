"""What a letter, a 通报 or a proposal begins with beside a unit that missed its reports, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from yuetan import permissions
from yuetan.forms.frame.bounds import is_key
from yuetan.models import AccountabilityMeasure, ReportScheme, Unit, User
from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.reporting.missed import offered_facts, quoted, schemes_quoted
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.views.frame.request import Request

MAX_CIRCULARS = 5
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


def circulars_of(user: User, scheme: ReportScheme, units: Collection[int]) -> dict[int, list[AccountabilityMeasure]]:
    """What was laid on each of these units for missing its reports of a scheme, of those the person may see, the
    newest first and no more than a few of each."""
    visible = AccountabilityMeasure.objects.visible_to(user).filter(unit__in=units, matter__contains=quoted(scheme))
    newest = (F("created_at").desc(), F("id").desc())
    placed = visible.annotate(place=Window(RowNumber(), partition_by=F("unit"), order_by=newest))
    laid: dict[int, list[AccountabilityMeasure]] = defaultdict(list)
    for each in placed.filter(place__lte=MAX_CIRCULARS).select_related("rung").order_by("place"):
        laid[each.unit_id].append(each)
    return laid


def missed_reports_behind(user: User, matter: str) -> list[ReportScheme]:
    """The schemes that a matter names, for whoever reads who missed them."""
    return schemes_quoted(matter) if user.has_perm(permissions.name(SEE_REPORTS)) else []
