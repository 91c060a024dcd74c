"""What the answer of a department at a meeting asks, which was consulted about a measure of a 责任制 (商有关部门)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils import timezone

from yuetan.models.meeting.agenda_item import AgendaItem, AgendaItemQuerySet
from yuetan.models.meeting.invitation import Invitation
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date

if TYPE_CHECKING:
    from yuetan.models.ladder.consultation import Consultation
    from yuetan.models.ladder.measure import AccountabilityMeasure
    from yuetan.models.people.unit import Unit


def items_heard(measure: AccountabilityMeasure) -> AgendaItemQuerySet:
    """The items about it, not about a plea against it, of meetings that were held: at these a department may answer."""
    about = AgendaItem.objects.filter(measure_laid=measure, is_of_plea=False, meeting__held_at__isnull=False)
    return about.select_related("meeting").order_by("-meeting__begins_at", "pk")


def of_department(invited: Iterable[Invitation], department: str) -> list[Invitation]:
    """Those of these notices that went to the department as a unit, or to a post in it."""
    return [one for one in invited if department in _names_of(one.unit or one.post.unit)]  # type: ignore[union-attr] # one of both is there


def _names_of(unit: Unit) -> set[str]:
    return {unit.name, unit.full_name, *unit.names_since(None)}


def invitation_of_department(item: AgendaItem, department: str) -> Invitation | None:
    """The notice that went to the department; of several one by which somebody came, and the one to the unit first."""
    sent = of_department(Invitation.objects.of_meeting(item.meeting), department)
    return min(sent, key=lambda one: (not one.was_there, one.unit_id is None), default=None)


def not_answered_there(asked: Consultation, item: AgendaItem, sent: Invitation | None) -> Iterator[Finding]:
    """Why a department, to which the notice was `sent`, did not answer at a meeting: it was not convened or not there,
    it was asked later, who spoke is of the unit itself (回避), or nothing is signed yet that proves it."""
    meeting, about = item.meeting, asked.measure_laid
    words = {"department": asked.department, "meeting": meeting.title}
    if sent is None:
        yield finding("consultation_not_convened", "item", **words)
        return
    if not sent.was_there:
        yield finding("consultation_absent", "item", part=sent.get_presence_display(), **words)
        return
    asked_on = timezone.localdate(asked.asked_at)
    if asked_on > meeting.local_begin.date():
        yield finding("consultation_meeting_earlier", "item", asked=chinese_date(asked_on), **words)
    person = sent.attended_by
    if person is not None and person.is_recused_from(about.unit_id):
        recused = {"name": person.name, "unit": about.unit.full_name, "department": asked.department}
        yield finding("consultation_speaker_recused", "item", **recused)
    if meeting.minuted_at is None and not item.files.filter(is_signed=True).exists():
        yield finding("consultation_meeting_unsigned", "item", meeting=meeting.title)
