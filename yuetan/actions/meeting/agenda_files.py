"""议题材料: put beside an item for those who see it, and removed as long as the meeting is ahead."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from yuetan.actions.files.attachment import Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.meeting.agenda import OPEN
from yuetan.actions.meeting.meeting_rows import alert_units, locked_meeting, note_meeting, require_state
from yuetan.actions.meeting.meetings import CALL
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.errors import NotYours
from yuetan.models import AgendaFile, AgendaItem, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import MeetingState

ADD, REMOVE = "add_agenda_files", "remove_agenda_file"


def add_agenda_files(item: AgendaItem, *, by: User, papers: Sequence[Offer]) -> AgendaItem:
    """上传议题材料, until the 会议纪要. Effect: once the notice is out, the units that attend for the item are alerted.

    Raises NotYours (also of an item that the person may not see), Refused without a file and for one that cannot be
    kept.
    """
    _require_item(item, by)
    examined = examine_loose(papers, "papers")
    with kept_whole() as stored:
        meeting = locked_meeting(item.meeting)
        require_state(meeting, "上传议题材料", *OPEN, MeetingState.HELD)
        if not examined:
            refuse_uncited([finding("agenda_files_missing", "papers")])
        for file in examined:
            file.store(AgendaFile(item=item, uploaded_by=by, uploaded_at=clock.now()), stored)
        note_meeting(ADD, by, meeting, number=item.number, files=len(examined))
        if meeting.convened_at is not None:
            words = f"{meeting.title}第{item.number}项议题有新的材料，请在“会议”中查阅。"
            units = [each.unit for each in item.attending.select_related("unit")]
            alert_units(units, words, key=f"agenda_files:{stored[0].pk}", but=by)
    return item


@transaction.atomic
def remove_agenda_file(file: AgendaFile, *, by: User) -> None:
    """撤下议题材料 as long as the meeting was not held; what it was stays in the log by name and digest.

    Raises NotYours (also of an item that the person may not see), Refused once it was held.
    """
    _require_item(file.item, by)
    meeting = locked_meeting(file.item.meeting)
    require_state(meeting, "撤下议题材料", *OPEN)
    note_meeting(REMOVE, by, meeting, number=file.item.number, file=file.name, sha256=file.sha256)
    file.delete()


def _require_item(item: AgendaItem, by: User) -> None:
    require_right(by, CALL)
    if not AgendaItem.objects.visible_to(by).filter(pk=item.pk).exists():
        raise NotYours(CALL)
