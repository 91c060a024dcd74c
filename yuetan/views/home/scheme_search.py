"""报送事项 in the search: by their titles, for the office all, for a unit those of which it owes a report."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse

from yuetan import permissions
from yuetan.models import PeriodicReport, ReportScheme, User
from yuetan.models.reporting.scheme import SEE_REPORTS
from yuetan.rules.text.marked_text import marked

FIRST_SCHEMES = 5


def schemes_named(user: User, asked: Sequence[str]) -> list[dict[str, object]]:
    """The first few whose titles have every word, with where this person reads of them."""
    schemes = ReportScheme.objects.order_by("pk")
    for word in asked:
        schemes = schemes.filter(title__contains=word)
    sees_all = user.has_perm(permissions.name(SEE_REPORTS))
    if not sees_all:
        own = PeriodicReport.objects.of_unit_people(user).filter(period__scheme=OuterRef("pk"))
        schemes = schemes.filter(Exists(own))
    return [
        {
            "name": marked(scheme.title, asked),
            "url": reverse("report_scheme", args=[scheme.pk]) if sees_all else reverse("report_list"),
        }
        for scheme in schemes[:FIRST_SCHEMES]
    ]
