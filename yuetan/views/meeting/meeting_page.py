"""What the page of one meeting shows, to the office and to whoever was convened."""

from __future__ import annotations

from yuetan import permissions
from yuetan.actions.meeting.attendance import RECORD
from yuetan.actions.meeting.convening import CONVENE, may_receive
from yuetan.actions.meeting.correction import gives_own_unit, open_correction
from yuetan.actions.meeting.meeting_rows import sees_items
from yuetan.actions.meeting.meetings import CALL
from yuetan.actions.meeting.minutes import ISSUE, sees_all_agreed
from yuetan.documents.content.corrected_minutes import issued_corrections
from yuetan.ledgers.subjects import subject_url
from yuetan.models import AgendaItem, Assignment, Document, Invitation, Meeting, MeetingCorrection, Resolution, User
from yuetan.models.meeting.meeting import SEE_MEETINGS
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import moment
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.views.frame.file_links import file_links
from yuetan.vocabulary import DocumentKind, MeetingState


def sees_record(user: User) -> bool:
    """Whether the person reads who came, what was concluded and what was agreed."""
    return bool(user.has_perm(permissions.name(SEE_MEETINGS)))


def meeting_context(meeting: Meeting, user: User) -> dict[str, object]:
    """For meeting.html."""
    inner = sees_record(user)
    writes_whole = inner and sees_items(meeting, user)
    in_force = meeting.documents.filter(replaced_by=None)
    papers = {paper.kind: paper for paper in in_force.defer("html", "facts").select_related("entry")}
    own = Invitation.objects.of_meeting(meeting).of_person(user)
    context: dict[str, object] = {
        "meeting": meeting,
        "inner": inner,
        "facts": _facts_of_meeting(meeting, papers.get(DocumentKind.MEETING_NOTICE), inner=inner),
        "notice": papers.get(DocumentKind.MEETING_NOTICE),
        "own": [{"one": one, "may_receive": _may_sign(meeting, one, user)} for one in own],
        "resolutions": _resolutions(meeting, user),
        "whole": writes_whole and sees_all_agreed(meeting, user),
        "writes_whole": writes_whole,
    }
    context["forms"] = forms_of_case_file(meeting, user)
    context["items"] = [_item_line(item) for item in _items(meeting, user)]
    context |= _record(meeting) if inner else _corrected_at(meeting, context)
    if context["whole"]:
        context |= {"minutes": papers.get(DocumentKind.MEETING_MINUTES), **_corrections(meeting, user)}
    return {**context, **_choices(meeting, user)}


def _record(meeting: Meeting) -> dict[str, object]:
    return {"invitations": list(Invitation.objects.of_meeting(meeting))}


def _corrected_at(meeting: Meeting, context: dict[str, object]) -> dict[str, object]:
    """When the 会议纪要 were corrected, for a unit that has something to do by them."""
    none = MeetingCorrection.objects.none()
    issued = MeetingCorrection.objects.issued().filter(meeting=meeting) if context["resolutions"] else none
    return {"corrected_at": [each.confirmed_at for each in issued]}


def _corrections(meeting: Meeting, user: User) -> dict[str, object]:
    """The one that waits to be issued, for whoever of those who see the whole may look at it, and those that were."""
    if meeting.minuted_at is None:
        return {}
    may = not gives_own_unit(meeting, user)
    waits = open_correction(meeting) if may else None
    return {"correction": waits, "corrections": issued_corrections(meeting), "corrects": may}


def _resolutions(meeting: Meeting, user: User) -> list[dict[str, object]]:
    """Each resolution that the reader may see, with the page on which its unit accounts for it."""
    rows = Resolution.objects.visible_to(user).filter(meeting=meeting).select_related("unit__parent")
    given = Assignment.objects.visible_to(user).filter(meeting=meeting).order_by("created_at")
    of_unit = {one.first_unit_id or one.unit_id: one for one in given}
    return [{"one": each, "given": of_unit.get(each.unit_id)} for each in rows]


def _may_sign(meeting: Meeting, invitation: Invitation, user: User) -> bool:
    waits = invitation.received_at is None and meeting.state == MeetingState.CONVENED
    return waits and may_receive(invitation, user)


def _facts_of_meeting(meeting: Meeting, notice: Document | None, *, inner: bool) -> list[dict[str, str]]:
    convened = f"{moment(meeting.convened_at)}{f'，{notice.number}' if notice else ''}" if meeting.convened_at else ""
    facts = {
        "类别": str(meeting.get_kind_display()),
        "时间": meeting.when,
        "地点": meeting.place,
        "主持人": str(meeting.chair),
        "实际主持": meeting.presided_by if inner else "",
        "参会要求": meeting.demands,
        "召集": f"{meeting.called_by.name}，{moment(meeting.called_at)}" if inner else "",
        "通知": convened,
        "取消": f"{moment(meeting.cancelled_at)}：{meeting.cancel_reason}" if meeting.cancelled_at else "",
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _items(meeting: Meeting, user: User) -> list[AgendaItem]:
    visible = AgendaItem.objects.visible_to(user).filter(meeting=meeting)
    related = visible.select_related("case__unit__parent", "measure_laid__unit__parent", "decided_by")
    return list(related.prefetch_related("files__uploaded_by", "attending__unit__parent"))


def _item_line(item: AgendaItem) -> dict[str, object]:
    subject = item.case or item.measure_laid
    files = list(item.files.all())
    return {
        "item": item,
        "url": subject_url(subject) if subject is not None else "",
        "units": joined(str(each.unit.full_name) for each in item.attending.all()),
        "files": [{**link, "pk": file.pk} for link, file in zip(file_links(files), files, strict=True)],
    }


def _choices(meeting: Meeting, user: User) -> dict[str, bool]:
    """What the reader may do now."""

    def may(codename: str) -> bool:
        return bool(user.has_perm(permissions.name(codename)))

    planned = meeting.state == MeetingState.PLANNED
    attended = meeting.state in (MeetingState.CONVENED, MeetingState.HELD) and meeting.has_begun
    return {
        "may_revise": planned and may(CALL),
        "may_add": meeting.is_open and may(CALL),
        "may_upload": (meeting.is_open or meeting.is_being_written) and may(CALL),
        "may_cancel": meeting.is_open and may(CALL),
        "may_convene": planned and may(CONVENE),
        "may_attend": attended and may(RECORD),
        "may_record": meeting.is_being_written and may(RECORD),
        "may_correct": meeting.state == MeetingState.MINUTED and may(RECORD),
        "may_issue": meeting.is_being_written and may(ISSUE),
    }
