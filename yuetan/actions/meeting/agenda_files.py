"""议题材料: put beside an item for those who see it, and removed as long as the meeting is ahead."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.actions.files.attachment import Offer
from yuetan.actions.meeting.meeting_rows import CALL, ITEM_FILES, ITEMS, OPEN, alert_units, of_items, only_while
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import AgendaFile, AgendaItem, User
from yuetan.rules.refusals import finding
from yuetan.vocabulary import MeetingState


def add_agenda_files(item: AgendaItem, *, by: User, papers: Sequence[Offer]) -> list[AgendaFile]:
    """上传议题材料, until the 会议纪要; gives the files as they are kept.

    Raises NotYours (also of an item that the person may not see), Refused without a file and for one that cannot be
    kept. Effect: once the notice is out, the units that attend for the item are alerted.
    """
    with room_step(ADDING, item, by=by, papers=papers) as held:
        item, meeting, files = held.row, held.row.meeting, held.files["papers"]
        if not files:
            refuse_uncited([finding("agenda_files_missing", "papers")])
        kept = held.keep("papers", AgendaFile, item=item)
        held.facts |= {"number": item.number, "files": len(files)}
        if meeting.convened_at is not None:
            words = f"{meeting.title}第{item.number}项议题有新的材料，请在“会议”中查阅。"
            units = [each.unit for each in item.attending.select_related("unit")]
            alert_units(units, words, key=f"agenda_files:{kept[0].pk}", but=by)
    return kept


def remove_agenda_file(file: AgendaFile, *, by: User) -> None:
    """撤下议题材料 as long as the meeting was not held; what it was stays in the log by name and digest.

    Raises NotYours (also of an item that the person may not see), Refused once it was held.
    """
    with room_step(REMOVING, file, by=by) as held:
        file = held.row
        held.facts |= {"number": file.item.number, "file": file.name, "sha256": file.sha256}
        file.delete()


_BEFORE_MINUTES = only_while("上传议题材料", *OPEN, MeetingState.HELD)
_BEFORE_MEETING = of_items(only_while("撤下议题材料", *OPEN))
ADDING = RoomStep("add_agenda_files", ITEMS, (of_items(_BEFORE_MINUTES),), codename=CALL)
REMOVING = RoomStep("remove_agenda_file", ITEM_FILES, (lambda file, by: _BEFORE_MEETING(file.item, by),), codename=CALL)
