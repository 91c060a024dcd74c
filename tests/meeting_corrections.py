"""What tests of corrected 会议纪要 begin with: what stands, with something changed; a draft of it, and it issued."""

from datetime import date
from typing import Any

from tests import cast
from tests.meetings import agreed, fresh
from yuetan.actions.meeting.attendance import Came
from yuetan.actions.meeting.correction import (
    Corrected,
    correct_meeting_minutes,
    digest_to_correct,
    issue_meeting_correction,
)
from yuetan.actions.meeting.resolutions import Agreed
from yuetan.models import Document, Invitation, Meeting, MeetingCorrection

REASON = "结论文字有误"
BETTER = "会议同意整治方案，分三个阶段推进。"


def standing(meeting: Meeting, **changed: Any) -> Corrected:
    """Everything as it stands; by keyword what is said otherwise (`conclusion` of the only item)."""
    rows = Invitation.objects.of_meeting(meeting)
    item = meeting.items.first()
    assert item is not None
    resolutions = [Agreed(one.text, one.unit, one.due_on) for one in meeting.resolutions.select_related("unit")]
    usual: dict[str, Any] = {
        "came": {one.pk: Came(one.presence, one.attended_name, one.attended_title) for one in rows},
        "observers": meeting.observers,
        "items": {item.pk: (changed.pop("title", item.title), changed.pop("conclusion", item.conclusion))},
        "agreed": resolutions,
    }
    return Corrected(**usual | changed)


def drafted(meeting: Meeting, *, by: str = "officer", reason: str = REASON, **changed: Any) -> MeetingCorrection:
    """A correction that the officer drafted, of the conclusion of its item unless something else is said otherwise."""
    meeting = fresh(meeting)
    words = changed or {"conclusion": BETTER}
    seen = changed.pop("seen", None) or digest_to_correct(meeting)
    corrected = standing(meeting, **words)
    return correct_meeting_minutes(meeting, by=cast.person(by), reason=reason, corrected=corrected, seen=seen)


def issued(meeting: Meeting, *, by: str = "director", seen: str = "") -> Document:
    """The draft under way, issued by the director."""
    draft = MeetingCorrection.objects.not_issued().filter(meeting=meeting).first()
    seen = seen or (draft.digest if draft else "")
    return issue_meeting_correction(fresh(meeting), by=cast.person(by), seen=seen)


def one_more(meeting: Meeting, text: str = "公示投诉电话。", due_on: date = date(2026, 12, 25)) -> list[Agreed]:
    """What was agreed, and one thing more that a county is to do."""
    return [*standing(meeting).agreed, agreed(text, cast.COUNTY, due_on)]
