"""未签收的通知: whom to call about each, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.models import Case
from yuetan.models.record.unsigned_notices import people_to_call, unsigned_notices
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate
from yuetan.views.frame.request import Request


@require_safe
def unsigned_notice_list(request: Request) -> HttpResponse:
    """Each notice nobody has signed for, with the unit's people and who is in charge here; raises NotYours."""
    require_permission(request, "see_inner_case")
    page = paginate(request, unsigned_notices(request.user))
    rows = _call_rows(page["rows"])
    provisional = note_under(row["deadline"] for row in rows)
    return render(request, "cases/unsigned_notices.html", {**page, "rows": rows, "provisional": provisional})


def _call_rows(cases: Sequence[Case]) -> list[dict[str, Any]]:
    lights, people = DeadlineLights.now(), people_to_call({case.unit_id for case in cases})
    return [
        {
            "case": case,
            "notice": case.current_notice,
            "deadline": lights.of(case.receipt_due_on),
            "people": people.get(case.unit_id, []),
        }
        for case in cases
    ]
