"""记录查验: what the last verifications of the record found, the anchors, and the sheet of one to be signed."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from yuetan.actions.record.anchor_record import anchor_file
from yuetan.loading.privileges import privilege_warnings
from yuetan.models import Anchor, RecordVerification
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate
from yuetan.views.frame.request import Request

LATEST = 10  # verifications shown


@require_safe
def record_page(request: Request) -> HttpResponse:
    """The last verifications, and every anchor, the newest first."""
    require_permission(request, "see_log")
    verifications = list(RecordVerification.objects.newest_first()[:LATEST])
    facts = {"verifications": verifications, "warnings": list(privilege_warnings())}
    return render(request, "office/record.html", {**paginate(request, Anchor.objects.newest_first()), **facts})


@require_safe
def anchor_sheet(request: Request, number: int) -> HttpResponse:
    """存证单: one anchor on a sheet, to be printed, compared and signed."""
    require_permission(request, "see_log")
    anchor = get_object_or_404(Anchor, number=number)
    file = anchor_file(anchor).relative_to(settings.ANCHORS.parent)
    verified = RecordVerification.objects.newest_first().filter(ended_at__gte=anchor.made_at).last()
    return render(request, "office/anchor.html", {"anchor": anchor, "file": file, "verified": verified})
