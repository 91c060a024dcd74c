"""补传来函扫描件: what was scanned badly or not whole is added to a letter; what stood there before stays."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.actions.files.attachment import Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.people.for_unit import is_of_unit
from yuetan.actions.received.letter_rows import LETTERS, REGISTER, alert_unit, ended_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import ReceivedLetter, ReceivedPaper, User
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.written_text import reason_problems


def add_received_scan(letter: ReceivedLetter, *, by: User, reason: str, scan: Sequence[Offer]) -> list[ReceivedPaper]:
    """补传扫描件 of a letter that is neither closed nor withdrawn, by who may register one.

    Raises NotYours (also 回避), Refused without the reason or a readable scan. Effects: it stands with those of before,
    with its moment; the reason is kept in the log; the unit is alerted of what the office added.
    """
    with room_step(ADDING, letter, by=by, scan=scan) as held:
        letter, files = held.row, held.files["scan"]
        refuse_uncited(missing_of("received_scan_incomplete", {"scan": ("来函扫描件", files)}))
        refuse_uncited([*reason_problems(reason, "补传"), *scan_problems(files, "scan", kinds=PAPER_KINDS)])
        added = held.keep("scan", ReceivedPaper, letter=letter)
        held.facts["reason"] = reason
        if not is_of_unit(letter.unit_id, by):
            number = letter.papers.count()
            alert_unit(letter, f"{number}:scanned", f"办公室补传了本单位收到的{letter}的扫描件：{reason}")
    return added


ADDING = RoomStep("add_received_scan", LETTERS, (ended_problems,), codename=REGISTER)
