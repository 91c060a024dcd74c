"""更正会议纪要: drafted by one of the office, issued by another as new minutes that replace the old."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from yuetan.actions.meeting.attendance import Came, fill_all, let_preside, save_attendance
from yuetan.actions.meeting.correction_problems import draft_problems, handed_out, newly_agreed, problems_of_handing_out
from yuetan.actions.meeting.meeting_rows import ISSUE, MEETINGS_TO_CORRECT, RECORD, alert_convened, only_while
from yuetan.actions.meeting.minutes import hand_out
from yuetan.actions.meeting.resolutions import Agreed, own_unit_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import dry_run, refuse_uncited
from yuetan.alerts import send_alert
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.meeting import meeting_paper
from yuetan.documents.issue import issue_of_meeting
from yuetan.models import AgendaItem, Document, Invitation, Meeting, MeetingCorrection, Resolution, User
from yuetan.models.meeting.correction import (
    AgreedText,
    CameText,
    RecordText,
    agreed_texts,
    came_text,
    record_text,
)
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import DocumentKind, MeetingState

CORRECT, CONFIRM, WITHDRAW = "correct_meeting_minutes", "issue_meeting_correction", "withdraw_meeting_correction"
LOGGED = (CORRECT, CONFIRM, WITHDRAW, ISSUE)  # by which the record, or the draft, changes


@dataclass(frozen=True)
class Corrected:
    """What the minutes shall say: who came by the key of each invitation, and the key of whoever presided, none for who
    was to chair; title and conclusion by the key of each item, and everything agreed."""

    came: Mapping[int, Came]
    observers: str
    items: Mapping[int, tuple[str, str]]
    agreed: Sequence[Agreed]
    presided: int | None = None


def correct_meeting_minutes(
    meeting: Meeting, *, by: User, reason: str, corrected: Corrected, seen: str
) -> MeetingCorrection:
    """拟定更正 of 会议纪要 that are issued, or write the one under way anew; nothing changes until another issues it.

    `seen` is the digest of what it was written over. Raises NotYours, also for who may not see every item or holds a
    post in a unit that is given something (回避); Refused without a reason, for what is missing, for a conclusion that
    is cited, and for a resolution that was handed out.
    """
    with room_step(CORRECTING, meeting, by=by) as held:
        meeting = held.row
        stood, title = digest_to_correct(meeting), meeting.title
        require_as_seen(seen, stood, "会议纪要或者更正稿", LOGGED, is_corrected=True, meeting=title)
        refuse_uncited(reason_problems(reason, "更正"))
        refuse_uncited(own_unit_problems(by, corrected.agreed))
        text = _corrected_text(meeting, corrected)
        correction = open_correction(meeting) or MeetingCorrection(meeting=meeting)
        correction.text, correction.reason = text, reason.strip()
        correction.drafted_by, correction.drafted_at = by, clock.now()
        correction.save()
        held.facts["reason"] = correction.reason
    return correction


def _corrected_text(meeting: Meeting, corrected: Corrected) -> RecordText:
    """What the record shall say, if nothing is wrong with it and it says something else."""
    stands, invitations = record_text(meeting), _corrected_attendance(meeting, corrected)
    refuse_uncited(draft_problems(meeting, stands, invitations, corrected.observers, corrected.items, corrected.agreed))
    text = _text_of(meeting, invitations, corrected)
    if text == stands:
        refuse_uncited([finding("correction_changes_nothing")])
    return text


def issue_meeting_correction(meeting: Meeting, *, by: User, seen: str) -> Document:
    """印发更正的会议纪要 by another than who drafted it; `seen` is the digest of the draft that was looked at.

    Raises NotYours, also for who may not see every item or holds a post in a unit that is given something (回避);
    Refused for the drafter, for what changed meanwhile, where nobody presided by the draft, and for a day that has
    passed. Effects: a paper with its own number, in the stead of the old one, which stays to be read; what is newly
    agreed is handed out (交办); whoever was convened, or has something to do by it, is alerted.
    """
    with room_step(ISSUING, meeting, by=by) as held:
        meeting, (correction, old) = held.row, _waiting_with_paper(held.row)
        if seen != correction.digest:
            refuse_uncited([finding("meeting_minutes_not_as_shown")])
        added = _put_in_force(meeting, correction, by)
        reason = correction.reason
        document = issue_of_meeting(DocumentKind.MEETING_MINUTES, meeting, by=by, replaces=old, reason=reason)
        held.facts |= {"document": document.number, "replaced": old.number, "reason": reason}
        held.log()
        _alert_of_correction(meeting, correction, by, old, document)
        hand_out(meeting, added, by=by, number=document.number)
    return document


def withdraw_meeting_correction(meeting: Meeting, *, by: User, reason: str) -> MeetingCorrection:
    """放弃更正 that is not issued, by any of the office; the minutes stay. Effect: who drafted it is alerted.

    Raises NotYours (also 回避, as above), Refused without a reason.
    """
    with room_step(WITHDRAWING, meeting, by=by) as held:
        meeting, (correction, _) = held.row, _waiting_with_paper(held.row)
        refuse_uncited(reason_problems(reason, "放弃更正"))
        reason = reason.strip()
        correction.withdrawn_by, correction.withdrawn_at, correction.withdrawal_reason = by, clock.now(), reason
        correction.save()
        held.facts["reason"] = reason
        people = [] if correction.is_by(by) else [correction.drafted_by]
        words = f"{by.name}放弃了您拟定的{meeting.title}纪要更正：{reason}"
        send_alert(people, key=f"meeting_correction:{correction.pk}:withdrawn", words=words)
    return correction


def open_correction(meeting: Meeting) -> MeetingCorrection | None:
    """The correction that waits to be issued."""
    return MeetingCorrection.objects.not_issued().filter(meeting=meeting).select_related("drafted_by").first()


def text_to_correct(meeting: Meeting) -> RecordText:
    """What the form of a correction begins with: the draft under way, or what stands."""
    correction = open_correction(meeting)
    return cast("RecordText", correction.text) if correction is not None else record_text(meeting)


def digest_to_correct(meeting: Meeting) -> str:
    """The digest of what a correction is written over: the draft under way and why, or what stands."""
    correction = open_correction(meeting)
    return correction.digest if correction is not None else digest_of_words(record_text(meeting))


def corrected_paper(meeting: Meeting, *, by: User) -> PaperFacts:
    """The facts of the paper as this person would issue it now, without its number; nothing of it stays.

    Raises Refused with what stands against it.
    """
    with dry_run():
        meeting = ISSUING.rows.hold(meeting)
        refuse_uncited(ISSUING.problems(meeting, by))
        correction, old = _waiting_with_paper(meeting)
        _put_in_force(meeting, correction, by)
        kind, reason = DocumentKind.MEETING_MINUTES, correction.reason
        return meeting_paper(kind, meeting, number="", dated=clock.today(), reason=reason, replaced=old.number)


def _waiting_with_paper(meeting: Meeting) -> tuple[MeetingCorrection, Document]:
    """The correction that waits, where one does, with the paper in whose stead it comes."""
    correction, old = open_correction(meeting), meeting.minutes
    assert correction is not None
    assert old is not None
    return correction, old


def _none_waits(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    if open_correction(meeting) is None:
        yield finding("meeting_correction_not_open", "", meeting=meeting.title)


def _drafted_by_oneself(meeting: Meeting, by: User) -> Iterator[Finding]:
    correction = open_correction(meeting)
    if correction is not None and correction.is_by(by):
        yield finding("meeting_correction_by_drafter", "", name=by.name)


def _no_longer_fits(meeting: Meeting, *_by: User) -> Iterator[Finding]:
    correction = open_correction(meeting)
    if correction is not None:
        yield from problems_of_handing_out(meeting, correction, handed_out(meeting))


def _corrected_attendance(meeting: Meeting, corrected: Corrected) -> list[Invitation]:
    """Each with who came as it shall be said, not saved; what is said no other way stays as it was found out then.

    Of an invitation that `corrected` does not name, because it stood on another page, it stays what the draft says.
    """
    invitations, changed = list(Invitation.objects.of_meeting(meeting)), []
    drafted = text_to_correct(meeting)["invitation"]
    for one in invitations:
        came = corrected.came.get(one.pk)
        if came is None:
            one.say(drafted[str(one.pk)])
        elif (came.presence, came.name, came.title) != (one.presence, one.attended_name, one.attended_title):
            changed.append((one, came))
    fill_all(meeting, changed)
    let_preside(meeting, invitations, corrected.presided)
    return invitations


def _text_of(meeting: Meeting, invitations: Sequence[Invitation], corrected: Corrected) -> RecordText:
    items = {str(key): (title, conclusion) for key, (title, conclusion) in corrected.items.items()}
    return {
        "meeting": {str(meeting.pk): {"observers": corrected.observers.strip()}},
        "invitation": {str(one.pk): came_text(one) for one in invitations},
        "agendaitem": {
            str(item.pk): {
                "title": items[str(item.pk)][0].strip() if item.is_in_words else item.title,
                "conclusion": items[str(item.pk)][1].strip(),
            }
            for item in meeting.items.all()
        },
        "resolution": [_agreed_text(number, one) for number, one in enumerate(corrected.agreed, start=1)],
    }


def _agreed_text(number: int, one: Agreed) -> AgreedText:
    assert one.unit is not None
    assert one.due_on is not None
    return {"number": number, "text": one.text.strip(), "unit_id": one.unit.pk, "due_on": one.due_on.isoformat()}


def _put_in_force(meeting: Meeting, correction: MeetingCorrection, by: User) -> list[Resolution]:
    """Let the record say what the correction says; the resolutions that are still to be handed out."""
    known, stood = handed_out(meeting), record_text(meeting)
    correction.stood = stood
    correction.confirmed_by, correction.confirmed_at = by, clock.now()
    correction.save()  # before the rows: the database lets them change to what it says, and to nothing else
    text = cast("RecordText", correction.text)
    _write_attendance(meeting, text)
    for item in AgendaItem.objects.filter(meeting=meeting):
        words = text["agendaitem"][str(item.pk)]
        if (item.title, item.conclusion) != (words["title"], words["conclusion"]):
            item.title, item.conclusion = words["title"], words["conclusion"]
            item.save()
    _write_resolutions(meeting, text, by)
    return newly_agreed(meeting, stood, known)


def _write_attendance(meeting: Meeting, text: RecordText) -> None:
    observers = text["meeting"][str(meeting.pk)]["observers"]
    if observers != meeting.observers:
        meeting.observers = observers
        meeting.save()
    changed = []
    for one in Invitation.objects.of_meeting(meeting):
        came: CameText = text["invitation"][str(one.pk)]
        if came_text(one) != came:
            one.say(came)
            changed.append(one)
    save_attendance(changed)


def _write_resolutions(meeting: Meeting, text: RecordText, by: User) -> None:
    stands = {row.number: row for row in meeting.resolutions.all()}
    stands_as = {one["number"]: one for one in agreed_texts(meeting)}
    new = [one for one in text["resolution"] if stands_as.get(one["number"]) != one]
    kept = {one["number"] for one in text["resolution"]} - {one["number"] for one in new}
    for number, row in stands.items():
        if number not in kept:
            row.delete()
    Resolution.objects.bulk_create(
        Resolution(
            meeting=meeting,
            number=one["number"],
            text=one["text"],
            unit_id=one["unit_id"],
            due_on=date.fromisoformat(one["due_on"]),
            recorded_by=by,
            recorded_at=clock.now(),
        )
        for one in new
    )


def _alert_of_correction(
    meeting: Meeting, correction: MeetingCorrection, by: User, old: Document, document: Document
) -> None:
    words = f"{meeting.title}纪要（{old.number}）已更正，以{document.number}为准：{correction.reason}"
    units = [row.unit for row in meeting.resolutions.select_related("unit")]
    alert_convened(meeting, words, key=f"meeting_correction:{correction.pk}", but=by, also=units)


CORRECTING = RoomStep(
    CORRECT, MEETINGS_TO_CORRECT, (only_while("更正会议纪要", MeetingState.MINUTED),), codename=RECORD
)
_EXPLAINED = (_drafted_by_oneself, _no_longer_fits)
ISSUING = RoomStep(CONFIRM, MEETINGS_TO_CORRECT, (_none_waits,), _EXPLAINED, codename=ISSUE)
WITHDRAWING = RoomStep(WITHDRAW, MEETINGS_TO_CORRECT, (_none_waits,), codename=RECORD)
