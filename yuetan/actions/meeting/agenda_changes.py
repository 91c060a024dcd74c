"""改写议题, 调整议程顺序: before the notice as one likes, after it with word to those convened; the files stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from yuetan.actions.meeting.meeting_rows import (
    CALL,
    ITEMS,
    MEETINGS_OF_SEEN_ITEMS,
    OPEN,
    alert_convened,
    of_items,
    only_while,
)
from yuetan.actions.people.unit_people import people_by_unit
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_each
from yuetan.models import AgendaItem, Alert, Event, Meeting, UnitAtItem, User
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

    Raises NotYours (also of what the person may not see); Refused without words, where nothing changes, and for what
    another wrote meanwhile.
    Effect: once the notice is out, those who were told of the item are alerted.
    """
    with room_step(REVISING, item, by=by) as held:
        item, meeting = held.row, held.row.meeting
        require_as_seen(seen, wording_shown(item), "这一议题", (REVISE,), meeting=meeting.title, number=item.number)
        refuse_uncited(_wording_problems(item, title, presenter))
        before, reported_by = item.announced, item.presenter
        if item.is_in_words:
            item.title = title.strip()
        item.presenter = presenter.strip()
        item.save()
        held.facts |= {"number": item.number, "before": before, "item": item.announced}
        event = held.log()
        if meeting.convened_at is not None:
            change = _change_of(item, before, item.presenter != reported_by)
            _alert_of_wording(item, change, event, by)
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
            item.number = number
        AgendaItem.objects.bulk_update(items, ["number"])
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
    is_titled_so = not item.is_in_words or title.strip() == item.title
    if is_titled_so and presenter.strip() == item.presenter:
        yield finding("agenda_item_same")


def _order_problems(meeting: Meeting, items: Sequence[AgendaItem]) -> Iterator[Finding]:
    known, asked = list(meeting.items.all()), [item.pk for item in items]
    if sorted(asked) != sorted(item.pk for item in known):
        yield finding("agenda_order_twice", "", number=len(known))
    elif asked == [item.pk for item in known]:
        yield finding("agenda_order_same")


def _change_of(item: AgendaItem, before: str, is_reported_otherwise: bool) -> str:
    """“甲”改为“乙”，汇报安排也有调整; one of both where the other stays."""
    if before == item.announced:
        return f"“{before}”的汇报安排有调整"
    return f"“{before}”改为“{item.announced}”{'，汇报安排也有调整' if is_reported_otherwise else ''}"


def _alert_of_wording(item: AgendaItem, change: str, event: Event, by: User) -> None:
    meeting = item.meeting
    others = units_of_some_items(meeting) - set(item.attending.values_list("unit", flat=True))
    words = f"{meeting.title}（{meeting.when}）议题{change}。"
    alert_convened(meeting, words, key=f"meeting:{meeting.pk}:reworded:{event.pk}", but=by, without=others)


def _alert_of_order(meeting: Meeting, event: Event, by: User) -> None:
    """Tell who was convened for all of it the whole order; who is of units that attend for some items alone the places
    of these, of all of their units together."""
    some, key = units_of_some_items(meeting), f"meeting:{meeting.pk}:ordered:{event.pk}"
    begins, items = f"{meeting.title}（{meeting.when}）议程顺序有调整", list(meeting.items.all())
    words = f"{begins}：{'；'.join(_with_numbers(items))}。"
    alert_convened(meeting, words, key=key, but=by, without=some)
    of_person = _items_by_person(items, some)
    known = Alert.objects.filter(key=key, recipient__in=of_person).values_list("recipient", flat=True)
    for person in [one for one in of_person if one.pk in {by.pk, *known}]:
        del of_person[person]
    heard = {one: _with_numbers(item for item in items if item.pk in keys) for one, keys in of_person.items()}
    sentences = {one: f"{begins}，列席的议题为：{joined(places)}。" for one, places in heard.items()}
    send_each(sentences, key=f"{key}:units")


def _items_by_person(items: Sequence[AgendaItem], units: Collection[int]) -> dict[User, set[int]]:
    """The items for which the units of each of their people attend; two queries for all."""
    of_unit: dict[int, set[int]] = {}
    for unit, item in UnitAtItem.objects.filter(item__in=items, unit__in=units).values_list("unit", "item"):
        of_unit.setdefault(unit, set()).add(item)
    of_person: dict[User, set[int]] = {}
    for unit, people in people_by_unit(list(of_unit)).items():
        for one in people:
            of_person.setdefault(one, set()).update(of_unit[unit])
    return of_person


def _with_numbers(items: Iterable[AgendaItem]) -> list[str]:
    return [f"第{item.number}项“{item.announced}”" for item in items]


def _single(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    """That there is nothing to put in order."""
    if meeting.items.count() < 2:
        yield finding("agenda_single", "", meeting=meeting.title)


CHANGES_ORDER = (ORDER, "add_agenda_item", "remove_agenda_item")  # the lines of the log by which the order changes
REVISING = RoomStep(REVISE, ITEMS, (of_items(only_while("改写议题", *OPEN)),), codename=CALL)
ORDERING = RoomStep(ORDER, MEETINGS_OF_SEEN_ITEMS, (only_while("调整议程顺序", *OPEN), _single), codename=CALL)
