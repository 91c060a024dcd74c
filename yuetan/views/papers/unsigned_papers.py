"""未签收的通知、责任措施文书: whom to call about each, on the screen and on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.subjects import subject_url
from yuetan.models import AccountabilityMeasure, Case, Document
from yuetan.models.people.held_posts import PersonInPosts
from yuetan.models.record.unsigned_notices import people_to_call, unsigned_notices, unsigned_papers_of_measures
from yuetan.rules.dates.deadlines import Deadline
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.frame.access import require_permission
from yuetan.views.frame.pagination import paginate
from yuetan.views.frame.request import Request

Unsigned = tuple[Case | AccountabilityMeasure, Document, date | None, str]  # of what, the paper, its limit, another day


class CallRow(TypedDict):
    """A paper that nobody has signed for, and whom to call about it."""

    subject: Case | AccountabilityMeasure
    url: str
    paper: Document
    other_day: str
    deadline: Deadline | None
    people: list[PersonInPosts]


@require_safe
def unsigned_notice_list(request: Request) -> HttpResponse:
    """Each notice nobody has signed for, with the unit's people and who is in charge here; raises NotYours."""
    require_permission(request, "see_inner_case")
    page = paginate(request, unsigned_notices(request.user))
    rows = _call_rows([(one, one.current_notice, one.receipt_due_on, moment(one.scheduled_at)) for one in page["rows"]])
    return _call_list(request, "cases/unsigned_notices.html", {**page, "rows": rows, "other_day": "约谈时间"})


@require_safe
def unsigned_measure_list(request: Request) -> HttpResponse:
    """Each paper of a measure nobody has signed for (通报, 挂牌督办通知书, 摘牌通知书, 申述答复 …); raises NotYours."""
    require_permission(request, "see_inner_case")
    page = paginate(request, unsigned_papers_of_measures(request.user))
    rows = _call_rows([_waiting(paper) for paper in page["rows"]])
    return _call_list(request, "measures/unsigned.html", {**page, "rows": rows, "other_day": "整改期限"})


def _waiting(paper: Document) -> Unsigned:
    measure = paper.measure_laid
    assert measure is not None
    return measure, paper, paper.receipt_due_on, chinese_date(measure.limit) if measure.limit else "—"


def _call_list(request: Request, template: str, facts: dict[str, object]) -> HttpResponse:
    rows: list[CallRow] = facts["rows"]  # type: ignore[assignment] # as they were made
    return render(request, template, {**facts, "provisional": note_under(row["deadline"] for row in rows)})


def _call_rows(unsigned: Sequence[Unsigned]) -> list[CallRow]:
    lights, people = DeadlineLights.now(), people_to_call({subject.unit_id for subject, *_ in unsigned})
    return [
        {
            "subject": subject,
            "url": subject_url(subject),
            "paper": paper,
            "other_day": other_day,
            "deadline": lights.of(due_on),
            "people": people.get(subject.unit_id, []),
        }
        for subject, paper, due_on, other_day in unsigned
    ]
