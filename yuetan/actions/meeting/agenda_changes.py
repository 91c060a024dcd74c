"""改写议题, 调整议程顺序: before the notice as one likes, after it with word to those convened; the files stay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yuetan.actions.meeting.meeting_rows import (
    CALL,
    ITEMS,
    MEETINGS_OF_SEEN_ITEMS,
    OPEN,
    alert_convened,
    alert_units,
    of_items,
    only_while,
)
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.models import AgendaItem, Event, Meeting, Unit, User
from yuetan.models.meeting.unit_at_item import units_of_some_items
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.written_text import personal_problems

REVISE, ORDER = "revise_agenda_item", "order_agenda"


def revise_agenda_item(item: AgendaItem, *, by: User, title: str, presenter: str, seen: str) -> AgendaItem:
    """改写议题, as long as the meeting was not held; what waits for a decision is called as it is, only who reports
    changes. `seen` is what it was written over.

    Raises NotYours (also of what the person may not see); Refused without words, and for what another wrote meanwhile.
    Effect: once the notice is out, those who were told of the item are alerted.
    """
    with room_step(REVISING, item, by=by) as held:
        item, meeting = held.row, held.row.meeting
        require_as_seen(seen, wording_shown(item), "这一议题", (REVISE,), meeting=meeting.title, number=item.number)
        refuse_uncited(_wording_problems(item, title, presenter))
        before = item.announced
        if item.is_in_words:
            item.title = title.strip()
        item.presenter = presenter.strip()
        item.save()
        held.facts |= {"number": item.number, "before": before, "item": item.announced}
        event = held.log()
        if meeting.convened_at is not None:
            _alert_of_wording(item, before, event, by)
    return item


def wording_shown(item: AgendaItem) -> str:
    """The digest of its words, as they stand."""
    return digest_of_words([item.title, item.presenter])


def order_agenda(meeting: Meeting, *, by: User, items: Sequence[AgendaItem], seen: str) -> Meeting:
    """调整议程顺序, as long as the meeting was not held: `items` are all of its items in the order in which they come.

    Raises NotYours, also for who may not see every item; Refused for an order in which one is missing or stands twice,
    for the order that stands, and for what another ordered, added or removed meanwhile. Effect: once the notice is
    out, those convened are alerted, each of the items they were told of.
    """
    with room_step(ORDERING, meeting, by=by) as held:
        meeting = held.row
        require_as_seen(seen, order_shown(meeting), "议程顺序", CHANGES_ORDER, meeting=meeting.title)
        refuse_uncited(_order_problems(meeting, items))
        for number, item in enumerate(items, start=1):
            AgendaItem.objects.filter(pk=item.pk).update(number=number)
        held.facts["number"] = len(items)
        event = held.log()
        if meeting.convened_at is not None:
            _alert_of_order(meeting, event, by)
    return meeting


def order_shown(meeting: Meeting) -> str:
    """The digest of the order, as it stands."""
    return digest_of_words(list(meeting.items.values_list("pk", flat=True)))


def _wording_problems(item: AgendaItem, title: str, presenter: str) -> Iterator[Finding]:
    if item.is_in_words:
        yield from missing_of("agenda_item_incomplete", {"title": ("议题", title)})
    yield from personal_problems(title=("议题", title), presenter=("汇报人（单位）", presenter))


def _order_problems(meeting: Meeting, items: Sequence[AgendaItem]) -> Iterator[Finding]:
    known, asked = list(meeting.items.all()), [item.pk for item in items]
    if sorted(asked) != sorted(item.pk for item in known):
        yield finding("agenda_order_twice", "", number=len(known))
    elif asked == [item.pk for item in known]:
        yield finding("agenda_order_same")


def _alert_of_wording(item: AgendaItem, before: str, event: Event, by: User) -> None:
    meeting = item.meeting
    change = f"“{before}”改为“{item.announced}”" if before != item.announced else f"“{before}”的汇报安排有调整"
    others = units_of_some_items(meeting) - set(item.attending.values_list("unit", flat=True))
    words = f"{meeting.title}（{meeting.when}）议题{change}。"
    alert_convened(meeting, words, key=f"meeting:{meeting.pk}:reworded:{event.pk}", but=by, without=others)


def _alert_of_order(meeting: Meeting, event: Event, by: User) -> None:
    """Tell who was convened for all of it the whole order; a unit that attends for some items the places of these."""
    some, key = units_of_some_items(meeting), f"meeting:{meeting.pk}:ordered:{event.pk}"
    begins, items = f"{meeting.title}（{meeting.when}）议程顺序有调整", list(meeting.items.all())
    words = f"{begins}：{'；'.join(_with_numbers(items))}。"
    alert_convened(meeting, words, key=key, but=by, without=some)
    for unit in Unit.objects.filter(pk__in=some):
        of_unit = [item for item in items if item.attending.filter(unit=unit).exists()]
        alert_units([unit], f"{begins}，列席的议题为：{joined(_with_numbers(of_unit))}。", key=key, but=by)


def _with_numbers(items: Iterable[AgendaItem]) -> list[str]:
    return [f"第{item.number}项“{item.announced}”" for item in items]


def _single(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    """That there is nothing to put in order."""
    if meeting.items.count() < 2:
        yield finding("agenda_single", "", meeting=meeting.title)


CHANGES_ORDER = (ORDER, "add_agenda_item", "remove_agenda_item")  # the lines of the log by which the order changes
REVISING = RoomStep(REVISE, ITEMS, (of_items(only_while("改写议题", *OPEN)),), codename=CALL)
ORDERING = RoomStep(ORDER, MEETINGS_OF_SEEN_ITEMS, (only_while("调整议程顺序", *OPEN), _single), codename=CALL)
