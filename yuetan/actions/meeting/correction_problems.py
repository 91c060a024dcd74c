"""What a correction of 会议纪要 may not change: what is cited elsewhere, and what a unit was given to do."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import cast

from yuetan.actions.meeting.attendance import attendance_problems
from yuetan.actions.meeting.resolutions import Agreed, resolution_problems
from yuetan.models import AgendaItem, Assignment, Invitation, Meeting, MeetingCorrection, Resolution
from yuetan.models.meeting.correction import AgreedText, RecordText, agreed_texts
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, says_nothing
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import personal_problems
from yuetan.vocabulary import AssignmentState

Given = tuple[int, str]  # unit and words


def draft_problems(
    meeting: Meeting,
    stands: RecordText,
    invitations: Sequence[Invitation],
    observers: str,
    items: Mapping[int, tuple[str, str]],
    agreed: Sequence[Agreed],
) -> Iterator[Finding]:
    """Everything that is wrong with what the minutes shall say."""
    yield from attendance_problems(meeting, invitations, observers, asked={one.pk for one in invitations})
    for item in meeting.items.all():
        yield from _item_problems(item, *items.get(item.pk, ("", "")))
    yield from resolution_problems(meeting, agreed)
    yield from _account_problems(meeting, stands, agreed)


def handed_out(meeting: Meeting) -> Collection[Given]:
    """What units were given to do by this meeting and still have to account for, or have accounted for."""
    rows = Assignment.objects.filter(meeting=meeting).exclude(state=AssignmentState.REVOKED)
    names = ("unit", "first_unit", "tasks__content")
    return {(first or unit, words) for unit, first, words in rows.values_list(*names)}


def newly_agreed(meeting: Meeting, stood: RecordText, known: Collection[Given]) -> list[Resolution]:
    """The resolutions that the minutes did not have before; one that was handed out is not handed out again."""
    before = {_wording(one) for one in stood["resolution"]}
    rows = meeting.resolutions.select_related("unit__parent")
    new = [row for row in rows if (row.unit_id, row.text, row.due_on.isoformat()) not in before]
    return [row for row in new if (row.unit_id, row.text) not in known]


def problems_of_handing_out(
    meeting: Meeting, correction: MeetingCorrection, known: Collection[Given]
) -> Iterator[Finding]:
    """Asked again when it is issued: something was handed out (`known`) or cited meanwhile, its day has passed, or
    a draft from before it was written down names nobody who presided."""
    if not any(came.get("presided") for came in correction.text["invitation"].values()):
        yield finding("meeting_correction_nobody_presided", "", meeting=meeting.title)
    stands = agreed_texts(meeting)
    stood = {_wording(one) for one in stands}
    wanted = cast("list[AgreedText]", correction.text["resolution"])
    yield from _handed_out_and_changed(meeting, stands, {_wording(one) for one in wanted}, known)
    for one in wanted:
        due = date.fromisoformat(one["due_on"])
        if _wording(one) not in stood and due < clock.today():
            yield finding("meeting_correction_due_passed", "", number=one["number"], due=chinese_date(due))
    for item in meeting.items.all():
        words = correction.text["agendaitem"][str(item.pk)]
        yield from _cited_and_changed(item, words["conclusion"])


def _item_problems(item: AgendaItem, title: str, conclusion: str) -> Iterator[Finding]:
    says = bool(conclusion.strip()) and not says_nothing(conclusion)
    needed: dict[str, tuple[str, object]] = {f"conclusion_{item.pk}": ("结论", says)}
    if item.is_in_words:
        needed[f"subject_{item.pk}"] = ("议题", title)
    yield from missing_of("meeting_correction_conclusion_missing", needed, number=item.number)
    for label, text in (("议题", title), ("结论", conclusion)):
        yield from personal_problems(**{f"conclusion_{item.pk}": (f"第{item.number}项的{label}", text)})
    yield from _cited_and_changed(item, conclusion)


def _cited_and_changed(item: AgendaItem, conclusion: str) -> Iterator[Finding]:
    if conclusion.strip() != item.conclusion and item.is_cited:
        yield finding("meeting_correction_cited", f"conclusion_{item.pk}", number=item.number)


def _account_problems(meeting: Meeting, stands: RecordText, agreed: Sequence[Agreed]) -> Iterator[Finding]:
    wanted = [(one.unit.pk if one.unit else 0, one.text.strip(), str(one.due_on)) for one in agreed]
    yield from _handed_out_and_changed(meeting, stands["resolution"], set(wanted), handed_out(meeting))
    before = {_wording(one) for one in stands["resolution"]}
    for number, (one, wording) in enumerate(zip(agreed, wanted, strict=True), start=1):
        is_new = one.unit is not None and wording not in before
        if is_new and one.due_on is not None and one.due_on < clock.today():
            yield finding("meeting_correction_due_passed", "agreed", number=number, due=chinese_date(one.due_on))


def _handed_out_and_changed(
    meeting: Meeting, stood: Sequence[AgreedText], wanted: Collection[tuple[int, str, str]], known: Collection[Given]
) -> Iterator[Finding]:
    units = {row.unit_id: row.unit for row in meeting.resolutions.select_related("unit__parent")}
    for one in stood:
        if _wording(one) not in wanted and (one["unit_id"], one["text"]) in known:
            words = {"number": one["number"], "unit": units[one["unit_id"]].full_name}
            yield finding("meeting_correction_handed_out", "agreed", **words)


def _wording(one: AgreedText) -> tuple[int, str, str]:
    return (one["unit_id"], one["text"], one["due_on"])
