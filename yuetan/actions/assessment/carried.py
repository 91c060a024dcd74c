"""异议 of a round that was taken back: what was decided goes on where the line is the same, else it is named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from yuetan.actions.assessment.assessment_rows import AT_ONCE, DECIDE, alert_role
from yuetan.actions.people.unit_people import people_by_unit
from yuetan.alerts import send_each
from yuetan.models import Assessment, AssessmentObjection, AssessmentSheet, User
from yuetan.rules.text.official_text import joined

RAISED = ("indicator", "words", "raised_by_id", "raised_at", "from_paper", "received_on")
DECIDED = ("outcome", "decision", "points", "record_stands", "decided_by_id", "decided_at")
CHANGED = "该项的记录、得分或者计分办法有变"
DROPPED = "该项指标已取消或者不再用于该组"
UNASSESSED = "单位不再列入考核"
Left: TypeAlias = tuple[AssessmentObjection, str]  # what did not go on, and why


def carry_objections(assessment: Assessment) -> tuple[list[AssessmentObjection], list[Left]]:
    """Let the objections of the round before go on in the sheets just sent; those that did, and those that could not.

    A decision goes on where the whole line is the same; what was undecided is decided now, while there is the line.
    Effects: the units and who decides are told of what did not go on, and why.
    """
    sheets = {sheet.unit_id: sheet for sheet in AssessmentSheet.objects.standing_of(assessment)}
    former = AssessmentObjection.objects.filter(sheet__assessment=assessment, sheet__round=assessment.round - 1)
    carried, left = [], []
    for one in former.select_related("sheet", "carried_from").order_by("raised_at", "pk"):
        sheet = sheets.get(one.sheet.unit_id)
        if why := why_left(one, sheet):
            left.append((one, why))
        else:
            assert sheet is not None
            carried.append(_carried(one, sheet))
    AssessmentObjection.objects.bulk_create(carried, batch_size=AT_ONCE)
    _alert_of_left(assessment, left)
    return carried, left


def why_left(objection: AssessmentObjection, sheet: AssessmentSheet | None) -> str:
    """Why it holds of no line of another sheet of its unit; empty where it does.

    Undecided it holds of the line of its indicator, whatever is in it; decided of one that is the same in everything.
    """
    if sheet is None:
        return UNASSESSED
    line, before = sheet.line_of(objection.indicator), objection.sheet.line_of(objection.indicator)
    if line is None or before is None or line["name"] != before["name"]:
        return DROPPED
    is_same = all(line[name] == before[name] for name in before)  # what lines say since may be more
    return CHANGED if objection.decided_at is not None and not is_same else ""


def _carried(one: AssessmentObjection, sheet: AssessmentSheet) -> AssessmentObjection:
    facts = {name: getattr(one, name) for name in (*RAISED, *DECIDED)}
    return AssessmentObjection(sheet=sheet, carried_from=one.original, **facts)


def _alert_of_left(assessment: Assessment, left: Sequence[Left]) -> None:
    if not left:
        return
    key, begin = f"assessment:{assessment.pk}:{assessment.round}:left", f"{assessment}重新送核，"
    of_unit: dict[int, list[Left]] = {}
    for each in left:
        of_unit.setdefault(each[0].sheet.unit_id, []).append(each)
    sentences: dict[User, str] = {}
    for unit, people in people_by_unit(list(of_unit)).items():
        words = _words_for_unit(of_unit[unit])
        sentences |= {
            one: f"{sentences.get(one, begin)}{words}" for one in people if words not in sentences.get(one, "")
        }
    send_each(sentences, key=f"{key}:units")
    parts = [
        f"{joined(dict.fromkeys(one.sheet.unit_name for one in ones))}原来的异议有{len(ones)}件因{why}没有沿用"
        for why, ones in _by_reason(left).items()
    ]
    alert_role(DECIDE, set(of_unit), key=key, words=f"{begin}{'；'.join(parts)}，请核对得分表和方案。")


def _words_for_unit(left: Sequence[Left]) -> str:
    parts = [
        f"原来对{_names_of_lines(ones)}的异议因{why}没有沿用{'，仍有异议的请重新提出' if why == CHANGED else ''}"
        for why, ones in _by_reason(left).items()
    ]
    return f"{'；'.join(parts)}。"


def _by_reason(left: Iterable[Left]) -> dict[str, list[AssessmentObjection]]:
    by_reason: dict[str, list[AssessmentObjection]] = {}
    for one, why in left:
        by_reason.setdefault(why, []).append(one)
    return by_reason


def _names_of_lines(ones: Iterable[AssessmentObjection]) -> str:
    return joined(dict.fromkeys(f"“{one.indicator_name}”" for one in ones))
