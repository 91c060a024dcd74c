"""What tests of 议题材料 begin with: an item for which the town attends, with a paper; and one with a paper alone."""

from typing import Any

import time_machine

from tests import cast
from tests.factories import pdf
from tests.meetings import AFTER, attended, called, fresh, post_of, signed, with_item
from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.agenda_files import add_agenda_files
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.models import AgendaItem, Meeting

HEARD = "听取棠下镇整治进展情况汇报"


def with_file(item: AgendaItem, *, name: str = "汇报材料.pdf", by: str = "officer") -> AgendaItem:
    """The item with a paper more."""
    add_agenda_files(item, by=cast.person(by), papers=[pdf(name)])
    return item


def heard_item(meeting: Meeting, *, code: str = cast.TOWN, **changed: Any) -> AgendaItem:
    """An item for which a unit attends, and no other."""
    usual: dict[str, Any] = {"title": HEARD, "case": None, "measure": None, "presenter": "", "units": [cast.unit(code)]}
    return add_agenda_item(meeting, by=cast.person("officer"), **usual | changed)


def heard_meeting(**changed: Any) -> AgendaItem:
    """Of a meeting of which the notice is out, the item for which the town attends, with its paper."""
    meeting = called(**changed)
    item = with_file(heard_item(meeting))
    convene_meeting(meeting, by=cast.person("officer"), units=[], posts=[post_of("director")])
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


def two_items() -> AgendaItem:
    """Of a meeting of which the notice is out, the item that the town hears alone; beside it one of all its people, to
    which the county was convened."""
    meeting = called()
    item, _ = heard_item(meeting), with_item(meeting)
    convene_meeting(meeting, by=cast.person("officer"), units=[cast.unit(cast.COUNTY)], posts=[post_of("director")])
    return AgendaItem.objects.select_related("meeting").get(pk=item.pk)


def signed_item() -> AgendaItem:
    """The same after the meeting, with a 集体结论 and its sheet."""
    item = heard_meeting()
    with time_machine.travel(AFTER, tick=False):
        attended(fresh(item.meeting))
        return signed(item)
