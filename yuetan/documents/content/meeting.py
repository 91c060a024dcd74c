"""会议通知 and 会议纪要: what a meeting is about, who is to come; who came, what was concluded and agreed.

The notice is one paper for all who are convened, also for units that attend for one item alone: it names every item in
words, but what waits for 审定 by no unit and no matter. 会议纪要 that tell of it are copied to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, lines, people, section, sentence, text_paragraphs
from yuetan.documents.content.phrases import body_name, closed_with, contact_of_office, replacement, standard
from yuetan.models import AgendaItem, Invitation, Meeting, Resolution
from yuetan.models.meeting.agenda_item import FOR_DECISION
from yuetan.models.meeting.unit_at_item import units_of_some_items
from yuetan.rules.text.official_text import chinese_date, heading, joined
from yuetan.vocabulary import DocumentKind, MeetingKind, Presence, UnitKind

SHORT_LIST = 120  # signs of an addressee; a longer list stands in the body
ALL_CONVENED = "各参会单位、参会人员"
AS_TASKS = "各单位承办的议定事项，在印发后作为交办事项送达。"


def meeting_paper(
    kind: DocumentKind, meeting: Meeting, *, number: str, dated: date, reason: str = "", replaced: str = ""
) -> PaperFacts:
    """The facts of the notice or of the 会议纪要 of a meeting; `replaced` is the number of those that these correct."""
    is_notice = kind == DocumentKind.MEETING_NOTICE
    facts = _notice_of_meeting(meeting) if is_notice else _minutes_of_meeting(meeting, reason, replaced)
    return {**facts, "number": number, "dated_words": chinese_date(dated)}


def _notice_of_meeting(meeting: Meeting) -> PaperFacts:
    office, words = body_name(UnitKind.OFFICE), _variables(meeting)
    invited = list(Invitation.objects.of_meeting(meeting))
    units = "，".join(one.label for one in invited if one.unit is not None)
    return {
        "title": f"关于召开{meeting.title}的通知",
        "addressee": units if units and len(units) <= SHORT_LIST else ALL_CONVENED,
        "organ": office,
        "mark": office,
        "body": [
            standard(DocumentKind.MEETING_NOTICE, "opening", words),
            *section(1, "会议议题", _numbered_lines(_items_announced(meeting))),
            *section(2, "参会单位和人员", sentence(joined(one.label for one in invited))),
            *(section(3, "有关要求", meeting.demands) if meeting.demands else []),
            *closed_with(standard(DocumentKind.MEETING_NOTICE, "closing", words), contact_of_office(meeting.called_by)),
        ],
    }


def _items_announced(meeting: Meeting) -> list[str]:
    items = list(meeting.items.all())
    plain = [item.title for item in items if item.case_id is None and item.measure_laid_id is None]
    return [*plain, *([FOR_DECISION] if len(plain) < len(items) else [])]


def _numbered_lines(each: Iterable[str]) -> str:
    """（一）……; a single one bears no number."""
    all_of_them = list(each)
    if len(all_of_them) < 2:
        return "\n".join(sentence(one) for one in all_of_them)
    return "\n".join(f"{heading(2, place)}{sentence(one)}" for place, one in enumerate(all_of_them, start=1))


def _minutes_of_meeting(meeting: Meeting, reason: str, replaced: str) -> PaperFacts:
    office, words = body_name(UnitKind.OFFICE), _variables(meeting) | _presided(meeting)
    items = list(meeting.items.select_related("case__unit", "decided_by"))
    sections = [part for place, item in enumerate(items, start=1) for part in _item(place, item)]
    return {
        "title": _minutes_title(meeting),
        "addressee": "",
        "organ": office,
        "mark": _minutes_mark(meeting),
        "body": [
            *_correction(meeting, reason, replaced),
            standard(DocumentKind.MEETING_MINUTES, "opening", words),
            *sections,
            *_agreed(len(items) + 1, meeting, words),
        ],
        "people": list(_who_came(meeting)),
        "copied_to": "，".join(units_copied_to(meeting)),
    }


def units_copied_to(meeting: Meeting) -> list[str]:
    """Which units the 会议纪要 are copied to: none where an item is about a proposal or a measure (知悉范围, 回避), nor
    one that attended for some of the items alone. What they have to do reaches them as 交办事项."""
    if _decides(meeting):
        return []
    for_some = units_of_some_items(meeting)
    convened = [one.unit for one in Invitation.objects.of_meeting(meeting) if one.unit is not None]
    return [str(unit.full_name) for unit in convened if unit.pk not in for_some]


def why_not_copied(meeting: Meeting) -> str:
    """Why the 会议纪要 name no units under 抄送, or not all; empty where they name all."""
    if _decides(meeting):
        return f"会上有审定事项，纪要载有所议单位、事由和审定结果，按知悉范围和回避的要求不抄送参会单位；{AS_TASKS}"
    return f"只列席个别议题的单位不在抄送之列；{AS_TASKS}" if units_of_some_items(meeting) else ""


def _decides(meeting: Meeting) -> bool:
    return not all(item.is_in_words for item in meeting.items.all())


def _minutes_mark(meeting: Meeting) -> str:
    """江门市……领导小组会议纪要; of a meeting that is not of the group 江门市……专题会议纪要."""
    group = body_name(UnitKind.LEADING_GROUP)
    if meeting.kind == MeetingKind.LEADING_GROUP:
        return f"{group}会议纪要"
    return f"{group.removesuffix(UnitKind.LEADING_GROUP.label)}{meeting.get_kind_display()}纪要"


def _minutes_title(meeting: Meeting) -> str:
    return f"{meeting.title}纪要"


def _correction(meeting: Meeting, reason: str, replaced: str) -> list[Paragraph]:
    return [replacement(_minutes_title(meeting), replaced, reason)] if replaced else []


def _item(place: int, item: AgendaItem) -> list[Paragraph]:
    decided = []
    if item.decided_by is not None:
        decided = [Paragraph(f"审定领导：{item.decided_by.name}；审定结果：{item.decision_words}。")]
    named = [Paragraph(f"参加集体讨论并同意上述结论的：{joined(item.names_concluded)}。")] if item.is_collective else []
    return [*section(place, item.title, item.conclusion), *decided, *named]


def _agreed(place: int, meeting: Meeting, words: dict[str, str]) -> list[Paragraph]:
    resolutions = list(meeting.resolutions.select_related("unit__parent"))
    if not resolutions:
        return []
    listed = [line for one in resolutions for line in text_paragraphs(_resolution(one))]
    intro = standard(DocumentKind.MEETING_MINUTES, "resolutions", words)
    closing = standard(DocumentKind.MEETING_MINUTES, "closing", words)
    return [*section(place, "议定事项", ""), intro, *listed, closing]


def _resolution(resolution: Resolution) -> str:
    first, *others = lines(resolution.text)
    agreed = f"（承办单位：{resolution.unit.full_name}；完成时限：{chinese_date(resolution.due_on)}）"
    whole = [f"{heading(2, resolution.number)}{sentence(first).removesuffix('。')}", *others]
    return "\n".join([*whole[:-1], f"{whole[-1].removesuffix('。')}。{agreed}"])


def _who_came(meeting: Meeting) -> Iterator[Paragraph]:
    invited = list(Invitation.objects.of_meeting(meeting))
    observers = lines(meeting.observers)
    of_each = {kind: [one.came or one.label for one in invited if one.presence == kind] for kind in Presence}
    of_each[Presence.SAT_IN] += observers
    for kind, names in of_each.items():
        yield from people(kind.label, joined(names))


def _presided(meeting: Meeting) -> dict[str, str]:
    """Who in fact presided: who was to chair stands in the notice alone."""
    who = meeting.presided_by
    return {"主持人": f"{who}同志" if who else "（主持人待登记）"}


def _variables(meeting: Meeting) -> dict[str, str]:
    return {
        "领导小组": body_name(UnitKind.LEADING_GROUP),
        "办公室": body_name(UnitKind.OFFICE),
        "会议": meeting.title,
        "时间": meeting.when,
        "日期": chinese_date(meeting.local_begin),
        "地点": meeting.place,
        "主持人": f"{meeting.chair}同志",
    }
