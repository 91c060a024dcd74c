"""议程: items in words, proposals and measures that wait for a decision; and their conclusion, once it was held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import F, Max

from yuetan.actions.meeting.meeting_rows import (
    CALL,
    ITEMS,
    MEETINGS,
    OPEN,
    alert_convened,
    alert_units,
    of_items,
    only_while,
)
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import AccountabilityMeasure, AgendaItem, Case, Invitation, Meeting, Unit, UnitAtItem, User
from yuetan.models.meeting.agenda_item import cases_to_decide, measures_to_decide
from yuetan.models.meeting.unit_at_item import units_of_some_items
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import MeetingState


def add_agenda_item(
    meeting: Meeting,
    *,
    by: User,
    title: str,
    case: Case | None,
    measure: AccountabilityMeasure | None,
    presenter: str,
    units: Sequence[Unit] = (),
) -> AgendaItem:
    """列入议题, as long as the meeting was not held: a proposal, a measure of a 责任制, or what the words name. Of one
    that was held without any item words alone are still written down.

    `units` attend for this item alone: no other opens to them, though the notice names all; a unit that was not to come
    any more is convened again, and told to come. Raises NotYours; Refused
    for what is missing, is on the agenda, or does not wait for a decision (any more), for units at what waits for a
    decision, and for one that was not convened where the notice is out. Effect: once it is, all convened are alerted,
    of what waits for a decision as the notice says it, but for units that attend for other items alone.
    """
    with room_step(ADDING, meeting, by=by) as held:
        meeting = held.row
        of_units = _units_problems(meeting, units, is_in_words=case is None and measure is None)
        named = personal_problems(title=("议题", title), presenter=("汇报人（单位）", presenter))
        late = _late_problems(meeting, has_more=bool(case or measure or units))
        refuse_uncited([*_item_problems(meeting, by, title, case, measure), *of_units, *named, *late])
        last = meeting.items.aggregate(last=Max("number"))["last"] or 0
        item = AgendaItem.objects.create(
            meeting=meeting,
            number=last + 1,
            title=title.strip() or _subject_title(case, measure),
            case=case,
            measure_laid=measure,
            is_of_plea=_is_of_plea(measure),
            presenter=presenter.strip(),
            added_by=by,
            added_at=clock.now(),
        )
        UnitAtItem.objects.bulk_create(UnitAtItem(item=item, unit=unit) for unit in units)
        held.facts["item"] = _item_in_log(item)
        if meeting.state == MeetingState.CONVENED:
            again = _convene_again(item, units, by)
            _alert_of_item(item, "增加", by, key=f"meeting:{meeting.pk}:item:{item.pk}", without=again)
    return item


def _convene_again(item: AgendaItem, units: Sequence[Unit], by: User) -> list[Unit]:
    """Those of these units that were not to come any more are to come, and hear it together with the item."""
    meeting = item.meeting
    withdrawn = Invitation.objects.filter(meeting=meeting, unit__in=units, withdrawn_at__isnull=False)
    again = [one.unit for one in withdrawn.select_related("unit") if one.unit is not None]
    withdrawn.update(withdrawn_at=None)
    words = f"{meeting.title}（{meeting.when}）增加议题：{item.announced}。请参加会议，会议通知继续有效。"
    alert_units(again, words, key=f"meeting:{meeting.pk}:item:{item.pk}:again", but=by)
    return again


def _alert_of_item(item: AgendaItem, done: str, by: User, *, key: str, without: Sequence[Unit] = ()) -> None:
    """Tell all who were convened, but for units that attend for other items alone, and these."""
    meeting = item.meeting
    words = f"{meeting.title}（{meeting.when}）{done}议题：{item.announced}。"
    others = units_of_some_items(meeting) - set(item.attending.values_list("unit", flat=True))
    alert_convened(meeting, words, key=key, but=by, without=others | {unit.pk for unit in without})


def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """移出议程, as long as the meeting was not held.

    Raises NotYours (also of what the person may not see); Refused for the only item once the notice is out. Effects
    once it is: all convened are alerted as they were of the item, and the invitations of units that were convened for
    it and no other are withdrawn.
    """
    with room_step(REMOVING, item, by=by) as held:
        item, meeting = held.row, held.row.meeting
        held.facts |= {"item": _item_in_log(item), "files": item.files.count()}
        released = _withdraw_invitations(item, by)
        if meeting.convened_at is not None:
            _alert_of_item(item, "移出", by, key=f"meeting:{meeting.pk}:item:{item.pk}:removed")
        if released:
            held.facts["withdrawn"] = joined(str(unit.full_name) for unit in released)
        item.files.all().delete()
        item.attending.all().delete()
        item.delete()
        meeting.items.filter(number__gt=item.number).update(number=F("number") - 1)


def _withdraw_invitations(item: AgendaItem, by: User) -> list[Unit]:
    """Withdraw the invitations of units that were convened for this item and no other; gives the units, alerted."""
    meeting = item.meeting
    elsewhere = UnitAtItem.objects.filter(item__meeting=meeting).exclude(item=item).values("unit")
    alone = Invitation.objects.of_meeting(meeting).filter(only_for_items=True).exclude(unit__in=elsewhere)
    called = list(alone.filter(unit__in=item.attending.values("unit")))
    Invitation.objects.filter(pk__in=[one.pk for one in called]).update(withdrawn_at=clock.now())
    units = [one.unit for one in called if one.unit is not None]
    words = f"{meeting.title}（{meeting.when}）移出议题：{item.title}。原列席这一议题的单位不用再参加会议。"
    alert_units(units, words, key=f"meeting:{meeting.pk}:item:{item.pk}:withdrawn", but=by)
    return units


def _subject_title(case: Case | None, measure: AccountabilityMeasure | None) -> str:
    subject = case or measure
    assert subject is not None
    what = "约谈建议" if case is not None else str(measure.rung.get_kind_display()) if measure is not None else ""
    if _is_of_plea(measure):
        return f"研究{subject.unit.full_name}对{subject.matter}（{what}）的申述"
    return f"审定{subject.unit.full_name}{subject.matter}（{what}）"


def _is_of_plea(measure: AccountabilityMeasure | None) -> bool:
    return measure is not None and measure.plea_waiting is not None


def _item_in_log(item: AgendaItem) -> str:
    """A proposal by its number in the register alone: the log is read by who may not read the proposal."""
    if item.case is not None:
        return f"约谈建议{item.case.register_number}"
    return "责任措施" if item.measure_laid is not None else item.title


def _item_problems(
    meeting: Meeting, by: User, title: str, case: Case | None, measure: AccountabilityMeasure | None
) -> Iterator[Finding]:
    if case is None and measure is None:
        yield from missing_of("agenda_item_incomplete", {"title": ("议题", title)})
        return
    known = meeting.items.filter(case=case, measure_laid=measure)
    shown = _subject_title(case, measure)
    if known.exists():
        yield finding("agenda_item_known", "waiting", title=shown)
        return
    waits = cases_to_decide(by).filter(pk=case.pk) if case else measures_to_decide(by).filter(pk=measure.pk)  # type: ignore[union-attr] # one of both is there
    if not waits.exists():
        yield finding("agenda_item_not_waiting", "waiting", title=shown)


def _units_problems(meeting: Meeting, units: Sequence[Unit], *, is_in_words: bool) -> Iterator[Finding]:
    if units and not is_in_words:
        yield finding("agenda_units_at_decision", "units")
    if meeting.convened_at is None:
        return
    convened = set(meeting.invitations.values_list("unit", flat=True))  # who is not to come any more may be again
    for unit in units:
        if unit.pk not in convened:
            yield finding("agenda_unit_not_convened", "units", unit=unit.full_name)


def _late_problems(meeting: Meeting, *, has_more: bool) -> Iterator[Finding]:
    """That more than words is written down of a meeting that was held."""
    if has_more and meeting.state == MeetingState.HELD:
        yield finding("agenda_item_after_meeting", "", meeting=meeting.title)


def _closed_to_items(meeting: Meeting, by: User) -> Iterable[Finding]:
    """That it was held, and not without any item: of such a one what it was about may still be written down, or it had
    no 会议纪要."""
    if meeting.state == MeetingState.HELD and not meeting.items.exists():
        return []
    return only_while("列入议题", *OPEN)(meeting, by)


def _is_last(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    """That the notice is out and no other item is left: those convened would come for nothing."""
    if meeting.convened_at is not None and meeting.items.count() == 1:
        yield finding("agenda_item_last", "", meeting=meeting.title)


ADDING = RoomStep("add_agenda_item", MEETINGS, (_closed_to_items,), codename=CALL)
_BEFORE_MEETING = of_items(only_while("移出议题", *OPEN))
REMOVING = RoomStep("remove_agenda_item", ITEMS, (_BEFORE_MEETING,), (of_items(_is_last),), codename=CALL)
