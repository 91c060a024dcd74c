"""What the page of one meeting shows, to the office and to whoever was convened."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from yuetan import permissions
from yuetan.actions.meeting import agenda, agenda_files, conclusions
from yuetan.actions.meeting.convening import RECEIVING, receipts_to_register
from yuetan.actions.meeting.correction import open_correction
from yuetan.actions.meeting.meeting_rows import gives_own_unit, sees_whole
from yuetan.actions.meeting.minutes import lacking_of
from yuetan.actions.meeting.receipt_correction import receipts_to_correct
from yuetan.documents.content.corrected_minutes import issued_corrections
from yuetan.forms.meeting.record import MAX_INVITED
from yuetan.ledgers.subjects import subject_url
from yuetan.models import (
    AgendaItem,
    Assignment,
    Document,
    Invitation,
    Meeting,
    MeetingCorrection,
    ReceiptCorrection,
    ReceiptScan,
    Resolution,
    User,
)
from yuetan.models.meeting.invitation import InvitationQuerySet
from yuetan.models.meeting.meeting import SEE_MEETINGS
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import moment
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.pagination import is_one_of_several, paginate
from yuetan.views.frame.request import Request
from yuetan.views.meeting.step_pages import steps_of
from yuetan.vocabulary import DocumentKind, MeetingState, Presence

GO_ON = ("convene_meeting", "record_attendance", "meeting_minutes")  # by which a meeting goes on
# How those who were convened may stand, by the filter that lists them.
STANDINGS: dict[str, tuple[str, Q]] = {
    "all": ("全部", Q()),
    "unsigned": ("未签收", Q(received_at=None, withdrawn_at=None)),
    "unrecorded": ("未登记到会", Q(presence="", withdrawn_at=None)),
    **{value: (str(label), Q(presence=value)) for value, label in Presence.choices},
}
CORRECT = "correct_meeting_minutes"  # not offered anew while a correction waits


def sees_record(user: User) -> bool:
    """Whether the person reads who came, what was concluded and what was agreed."""
    return bool(user.has_perm(permissions.name(SEE_MEETINGS)))


def meeting_context(request: Request, meeting: Meeting) -> dict[str, object]:
    """For meeting.html."""
    user = request.user
    inner = sees_record(user)
    in_force = meeting.documents.filter(replaced_by=None)
    papers = {paper.kind: paper for paper in in_force.defer("html", "facts").select_related("entry")}
    context: dict[str, object] = {
        "meeting": meeting,
        "inner": inner,
        "facts": _facts_of_meeting(meeting, papers.get(DocumentKind.MEETING_NOTICE), inner=inner),
        "notice": papers.get(DocumentKind.MEETING_NOTICE),
        "own": _own_notices(meeting, user),
        "resolutions": _resolutions(meeting, user),
    }
    context["forms"] = forms_of_case_file(meeting, user)
    context |= _record(request, meeting, context) if inner else _corrected_at(meeting, context)
    if inner and sees_whole(meeting, user):
        context |= {"minutes": papers.get(DocumentKind.MEETING_MINUTES), **_corrections(meeting, user)}
        context["lacking"] = _lacking(meeting)
    return {
        **context,
        **_agenda_of(meeting, user, inner=inner),
        **_steps_by_place(meeting, user, is_corrected=bool(context.get("correction"))),
    }


def _own_notices(meeting: Meeting, user: User) -> list[dict[str, object]]:
    own = list(Invitation.objects.sent_for(meeting).of_person(user))
    receipts = _receipts_of(own, user)
    return [{"one": one, "may_receive": _may_sign(meeting, one, user), **receipts[one.pk]} for one in own]


def _steps_by_place(meeting: Meeting, user: User, *, is_corrected: bool) -> dict[str, object]:
    """What the reader may do now, by where on the page it is offered."""
    other_steps = ("revise_meeting", *(() if is_corrected else (CORRECT,)), "cancel_meeting")
    return {
        "steps": steps_of(meeting, user, GO_ON),
        "other_steps": steps_of(meeting, user, other_steps),
        "on_agenda": steps_of(meeting, user, ("add_agenda_item", "order_agenda")),
        "on_agreed": steps_of(meeting, user, ("record_resolutions",)),
        "on_correction": steps_of(meeting, user, ("issue_meeting_correction",)) if is_corrected else [],
    }


def _agenda_of(meeting: Meeting, user: User, *, inner: bool) -> dict[str, object]:
    items = _items(meeting, user)
    return {"items": [_item_line(item, inner=inner) for item in items], **_choices_of_items(items, user)}


def _record(request: Request, meeting: Meeting, context: dict[str, object]) -> dict[str, object]:
    """Who was invited, a page of them, each with the scan of a receipt of paper, or whether one may be registered; of
    more than a page also how many stand how, each with the filter that lists them."""
    invited, asked = Invitation.objects.sent_for(meeting), request.GET.get("invited", "")
    part = paginate(request, invited.filter(STANDINGS.get(asked, ("", Q()))[1]), MAX_INVITED)
    rows, user = part["rows"], request.user
    waits, correctable = receipts_to_register(meeting, user, rows), receipts_to_correct(meeting, user, rows)
    receipts, own = _receipts_of(rows, user), {each["one"] for each in context["own"]}  # type: ignore[attr-defined] # a list
    lines = [
        {
            "one": one,
            "may_register": one.pk in waits,
            "may_correct": one.pk in correctable,
            "with_reason": one not in own,
            **receipts[one.pk],
        }
        for one in rows
    ]
    if asked in STANDINGS or is_one_of_several(part):
        return {"invitations": lines, "page": part["page"], "standings": _standings(invited, asked)}
    return {"invitations": lines}


def _standings(invited: InvitationQuerySet, asked: str) -> list[dict[str, object]]:
    counts = invited.order_by().aggregate(
        **{f"of_{key}": Count("pk", filter=which) for key, (_, which) in STANDINGS.items()}
    )
    return [
        {"key": key, "label": label, "number": counts[f"of_{key}"], "is_asked": key == asked}
        for key, (label, _) in STANDINGS.items()
    ]


def _receipts_of(invitations: Sequence[Invitation], user: User) -> dict[int, dict[str, object]]:
    """By the key of the invitation: the scans of receipts of paper that the reader may see, those that were set aside,
    and what was corrected; a query for all scans, and one for all corrections."""
    keys = [one.pk for one in invitations]
    seen = list(ReceiptScan.objects.visible_to(user).filter(invitation__in=keys))
    made = list(ReceiptCorrection.objects.filter(invitation__in=keys).select_related("corrected_by"))
    return {
        key: {
            "scans": file_links([file for file in seen if file.invitation_id == key and not file.is_former]),
            "former_scans": file_links([file for file in seen if file.invitation_id == key and file.is_former]),
            "receipt_corrections": [each for each in made if each.invitation_id == key],
        }
        for key in keys
    }


def _corrected_at(meeting: Meeting, context: dict[str, object]) -> dict[str, object]:
    """When the 会议纪要 were corrected, for a unit that has something to do by them."""
    none = MeetingCorrection.objects.none()
    issued = MeetingCorrection.objects.issued().filter(meeting=meeting) if context["resolutions"] else none
    return {"corrected_at": [each.confirmed_at for each in issued]}


def _corrections(meeting: Meeting, user: User) -> dict[str, object]:
    """The one that waits to be issued, for whoever of those who see the whole may look at it, and those that were."""
    if meeting.minuted_at is None:
        return {}
    waits = None if gives_own_unit(meeting, user) else open_correction(meeting)
    return {"correction": waits, "corrections": issued_corrections(meeting)}


def _lacking(meeting: Meeting) -> list[str]:
    """What keeps the 会议纪要 of a meeting that was held from being issued, a sentence each."""
    return [each.reason().text for each in lacking_of(meeting)] if meeting.state == MeetingState.HELD else []


def _resolutions(meeting: Meeting, user: User) -> list[dict[str, object]]:
    """Each resolution that the reader may see, with the page on which its unit accounts for it."""
    rows = Resolution.objects.visible_to(user).filter(meeting=meeting).select_related("unit__parent")
    given = Assignment.objects.visible_to(user).filter(meeting=meeting).order_by("created_at")
    of_unit = {one.first_unit_id or one.unit_id: one for one in given}
    return [{"one": each, "given": of_unit.get(each.unit_id)} for each in rows]


def _may_sign(meeting: Meeting, invitation: Invitation, user: User) -> bool:
    invitation.meeting = meeting
    return RECEIVING.is_offered(invitation, user)


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
    items = list(related.prefetch_related("files__uploaded_by", "attending__unit__parent"))
    for item in items:
        item.meeting = meeting
    return items


def _item_line(item: AgendaItem, *, inner: bool) -> dict[str, object]:
    subject = item.case or item.measure_laid
    materials, signed, former = item.sorted_files()
    sheets = {"signed": file_links(signed), "former_signed": file_links(former)} if inner else {}
    return {
        "item": item,
        "url": subject_url(subject) if subject is not None else "",
        "units": joined(str(each.unit.full_name) for each in item.attending.all()),
        "files": [{**link, "pk": file.pk} for link, file in zip(file_links(materials), materials, strict=True)],
        **sheets,
    }


def _choices_of_items(items: Sequence[AgendaItem], user: User) -> dict[str, bool]:
    """What may be done with each item, and with each file: those that are shown are the reader's to see, and all stand
    as their meeting does."""
    file = next((file for item in items for file in item.files.all()), None)
    first = items[0] if items else None
    return {
        "may_conclude": first is not None and conclusions.CONCLUDING.is_offered(first, user),
        "may_upload": first is not None and agenda_files.ADDING.is_offered(first, user),
        "may_remove": first is not None and agenda.REMOVING.is_offered(first, user),
        "may_remove_files": file is not None and agenda_files.REMOVING.is_offered(file, user),
    }
