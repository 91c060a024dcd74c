"""What the answer of a department at a meeting asks, which was consulted about a measure of a 责任制 (商有关部门)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.meeting.agenda_item import AgendaItem, AgendaItemQuerySet
from yuetan.models.meeting.invitation import Invitation
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date

if TYPE_CHECKING:
    from yuetan.models.ladder.consultation import Consultation
    from yuetan.models.ladder.measure import AccountabilityMeasure


def items_heard(measure: AccountabilityMeasure) -> AgendaItemQuerySet:
    """The items about it, not about a plea against it, of meetings that were held: at these a department may answer."""
    about = AgendaItem.objects.filter(measure_laid=measure, is_of_plea=False, meeting__held_at__isnull=False)
    return about.select_related("meeting").order_by("-meeting__begins_at", "pk")


def invitation_of_department(item: AgendaItem, department: str) -> Invitation | None:
    """The notice that went to the department as a unit."""
    for one in Invitation.objects.of_meeting(item.meeting):
        if one.unit is not None and department in {one.unit.name, one.unit.full_name, *one.unit.names_since(None)}:
            return one
    return None


def not_answered_there(asked: Consultation, item: AgendaItem) -> Iterator[Finding]:
    """Why a department did not answer at a meeting: it was not convened or not there, it was asked later, who spoke is
    of the unit itself (回避), or nothing is signed yet that proves it."""
    meeting, about = item.meeting, asked.measure_laid
    words = {"department": asked.department, "meeting": meeting.title}
    invitation = invitation_of_department(item, asked.department)
    if invitation is None:
        yield finding("consultation_not_convened", "item", **words)
        return
    if not invitation.was_there:
        yield finding("consultation_absent", "item", part=invitation.get_presence_display(), **words)
        return
    if timezone.localdate(asked.asked_at) > meeting.local_begin.date():
        asked_on = chinese_date(timezone.localdate(asked.asked_at))
        yield finding("consultation_day_outside", "item", asked=asked_on)
    person = invitation.attended_by
    if person is not None and person.is_recused_from(about.unit_id):
        recused = {"name": person.name, "unit": about.unit.full_name, "department": asked.department}
        yield finding("consultation_speaker_recused", "item", **recused)
    if meeting.minuted_at is None and not item.files.filter(is_signed=True).exists():
        yield finding("consultation_meeting_unsigned", "item", meeting=meeting.title)


def speakers_of(item: AgendaItem) -> dict[str, str]:
    """Of each department that answered there, who spoke for it."""
    return {one.department: one.answered_by for one in item.consultations.all()}
