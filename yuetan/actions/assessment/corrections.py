"""考核更正: after the result was published a sheet is put right, by one who proposes and another who decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from yuetan.actions.assessment.assessment_rows import (
    AT_ONCE,
    CORRECT,
    CORRECTIONS,
    DECIDE_CORRECTION,
    SHEETS,
    alert_role,
    alert_units,
)
from yuetan.actions.assessment.closing import recusal_problems
from yuetan.actions.assessment.ranking import graded, rank_sheets, result_of
from yuetan.actions.files.attachment import Offer
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.alerts import send_alert
from yuetan.documents.content.assessment import Moved
from yuetan.documents.issue import issue_of_correction
from yuetan.models import AssessmentCorrection, AssessmentPaper, AssessmentSheet, Document, User
from yuetan.models.assessment.sheet import upheld_of
from yuetan.rules.assessment.scheme import TENTH
from yuetan.rules.assessment.scoring import may_fail, points_of, rank_words, total_of
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.written_text import needed_text_problems
from yuetan.vocabulary import AssessmentGrade, Verb

RESULT = ("total", "rank", "grade")
PUBLISHED = tuple(f"published_{name}" for name in RESULT)


@dataclass(frozen=True)
class CorrectedLine:
    """What is asked of one line: other points, or whether any record stands where one makes 不合格; None: as it is."""

    key: str
    points: Decimal | None
    stands: bool | None = None


def propose_correction(
    sheet: AssessmentSheet, *, by: User, lines: Sequence[CorrectedLine], reason: str, proof: Sequence[Offer]
) -> AssessmentCorrection:
    """提出更正 of one unit's result as it was published, with the reason that the 更正通报 gives, and its proof.

    Raises NotYours for who may not, or holds a post in the unit (回避); Refused before the result is published, while
    another correction of the sheet waits, with what is missing, for points out of range, and where total and grade
    would stay what they are. Effect: who decides is alerted.
    """
    with room_step(PROPOSING, sheet, by=by, proof=proof) as held:
        sheet, assessment = held.row, held.row.assessment
        needed = {"lines": ("更正的得分", lines), "reason": ("更正原因", reason), "proof": ("更正依据的文件", proof)}
        refuse_uncited(missing_of("correction_incomplete", needed))
        unfit = needed_text_problems("correction_incomplete", "reason", "更正原因", reason)
        refuse_uncited([*unfit, *_points_problems(sheet, lines)])
        changed = _changed_lines(sheet, lines)
        refuse_uncited(_same_result(sheet, changed))
        facts = {"sheet": sheet, "lines": changed, "reason": reason, "proposed_by": by, "proposed_at": clock.now()}
        correction = AssessmentCorrection.objects.create(**facts)
        held.keep("proof", AssessmentPaper, correction=correction)
        held.facts["reason"] = reason
        words = f"{by.name}提出更正{sheet.unit_name}{assessment}的得分，请审定。"
        ranked = set(AssessmentSheet.objects.standing_of(assessment).values_list("unit", flat=True))
        alert_role(DECIDE_CORRECTION, ranked, key=f"correction:{correction.pk}", words=words)
    return correction


def decide_correction(
    correction: AssessmentCorrection, *, by: User, granted: bool | None, opinion: str
) -> AssessmentCorrection:
    """审定更正 by a second person. Granted, the group is ranked anew, and a numbered 更正通报 says so; what was made
    known first stays as it was.

    Raises NotYours; Refused for who proposed it, for who holds a post in a unit that is assessed (回避), with what is
    missing, and the second time. Effects: the units whose result changes are alerted, and who drafts proposals where
    the unit has become 不合格 or is so no more; if it is refused, who proposed it.
    """
    with room_step(DECIDING, correction, by=by) as held:
        correction = held.row
        needed = {"granted": ("审定结果", granted is not None), "opinion": ("审定意见", opinion)}
        refuse_uncited(missing_of("correction_decision_missing", needed))
        refuse_uncited(needed_text_problems("correction_decision_missing", "opinion", "审定意见", opinion))
        correction.granted, correction.opinion = granted, opinion
        correction.decided_by, correction.decided_at = by, clock.now()
        held.facts |= {"granted": granted, "opinion": opinion}
        if granted:
            held.facts["document"] = _put_group_right(correction, by).number
        else:
            words = f"{correction}不予更正：{opinion}"
            send_alert([correction.proposed_by], key=f"correction:{correction.pk}:refused", words=words)
        correction.save()
    return correction


def _unpublished(sheet: AssessmentSheet, *_by: User) -> Iterator[Finding]:
    if sheet.assessment.published_at is None or sheet.round != sheet.assessment.round:
        yield finding("correction_not_published", "", year=sheet.assessment.year)


def _correction_waits(sheet: AssessmentSheet, *_by: User) -> Iterator[Finding]:
    waiting = AssessmentCorrection.objects.undecided().filter(sheet=sheet).select_related("proposed_by").first()
    if waiting is not None:
        yield finding("correction_open", "", unit=sheet.unit_name, name=waiting.proposed_by.name)


def _correction_decided(correction: AssessmentCorrection, *_by: User) -> Iterator[Finding]:
    if correction.decided_by is not None:
        yield finding("correction_decided", "", name=correction.decided_by.name)


def _not_the_decider(correction: AssessmentCorrection, by: User) -> Iterator[Finding]:
    """That the person proposed it, or holds a post in a unit that is ranked."""
    if correction.proposed_by_id == by.pk:
        yield finding("correction_own", "", name=by.name)
    yield from recusal_problems(correction.sheet.assessment, by, "审定考核更正")


def result_after(sheet: AssessmentSheet, lines: Sequence[Mapping[str, object]]) -> tuple[Decimal, AssessmentGrade]:
    """The total and the grade of a sheet once these lines are put right; its rank follows with those of its group."""
    upheld = upheld_of([sheet])[sheet.pk]
    upheld.take_lines(lines)
    return total_of(sheet.lines, upheld.points), graded(sheet.assessment, sheet, upheld)


def _points_problems(sheet: AssessmentSheet, lines: Sequence[CorrectedLine]) -> Iterator[Finding]:
    for one in lines:
        line = sheet.line_of(one.key)
        if line is None:
            yield finding("objection_of_no_line", "lines")
        elif one.points is not None and not (0 <= one.points <= Decimal(str(line["most"])) and not one.points % TENTH):
            yield finding("correction_points", f"points_{one.key}", name=line["name"], most=line["most"])


def _changed_lines(sheet: AssessmentSheet, lines: Sequence[CorrectedLine]) -> list[dict[str, object]]:
    """Of each line that becomes another one what the correction keeps."""
    changed = []
    for one in lines:
        line, scheme = sheet.line_of(one.key), sheet.assessment.scheme
        assert line is not None
        assert scheme is not None
        now = sheet.upheld.points.get(one.key, Decimal(str(line["points"])))
        stood = sheet.upheld.stands.get(one.key, bool(line["count"])) if may_fail(line, scheme.failing) else None
        stands = stood if stood is None or one.stands is None else one.stands
        points = now if one.points is None else one.points
        if stands is False and stood:
            indicator = scheme.indicator(one.key)
            points = points_of(indicator, 0) if indicator else points
        if (points, stands) != (now, stood):
            kept = {
                "key": one.key,
                "name": line["name"],
                "before": f"{now:.1f}",
                "points": f"{points:.1f}",
                "stands": stands,
            }
            changed.append(kept)
    return changed


def _same_result(sheet: AssessmentSheet, changed: Sequence[Mapping[str, object]]) -> Iterator[Finding]:
    if result_after(sheet, changed) == (sheet.total, sheet.grade):
        yield finding("correction_same_result", "lines", total=sheet.total, grade=sheet.get_grade_display())


def _put_group_right(correction: AssessmentCorrection, by: User) -> Document:
    """Rank the group anew, keep what was made known, and issue the paper that says so."""
    assessment = correction.sheet.assessment
    of_group = AssessmentSheet.objects.standing_of(assessment).filter(group_place=correction.sheet.group_place)
    sheets = list(of_group.order_by("pk"))
    before = {sheet.pk: result_of(sheet) for sheet in sheets}
    rank_sheets(assessment, sheets, correction)
    changed = [sheet for sheet in sheets if result_of(sheet) != before[sheet.pk]]
    for sheet in changed:
        if not sheet.published_grade:
            sheet.published_total, sheet.published_rank, sheet.published_grade = before[sheet.pk]
    AssessmentSheet.objects.bulk_update(changed, (*RESULT, *PUBLISHED), batch_size=AT_ONCE)
    own = next(sheet for sheet in changed if sheet.pk == correction.sheet_id)
    correction.former_total, correction.former_rank, correction.former_grade = before[own.pk]
    correction.total, correction.rank, correction.grade = result_of(own)
    others = [sheet for sheet in changed if sheet.pk != own.pk]
    had, have = Counter(rank for _, rank, _ in before.values()), Counter(sheet.rank for sheet in sheets)
    correction.had_shared_rank, correction.has_shared_rank = had[before[own.pk][1]] > 1, have[own.rank] > 1
    ranks = sorted((sheet.rank, sheet.unit_name, before[sheet.pk][1]) for sheet in others)
    moved = [Moved(unit, _rank_in_words(rank, have), _rank_in_words(former, had)) for rank, unit, former in ranks]
    correction.document = issue_of_correction(correction, moved, by=by)
    _alert(correction, [sheet.unit_id for sheet in others])
    return correction.document


def _rank_in_words(rank: int, units: Mapping[int, int]) -> str:
    return rank_words(rank, shared=units[rank] > 1)


def _alert(correction: AssessmentCorrection, others: Sequence[int]) -> None:
    assert correction.document is not None
    key, paper, sheet = f"correction:{correction.pk}:granted", correction.document.number, correction.sheet
    assessment = sheet.assessment
    result = f"由{correction.former_words}更正为{correction.result_words}"
    alert_units([sheet.unit_id], key=key, words=f"本单位{assessment}的结果{result}（{paper}），请查看更正通报。")
    if others:
        words = f"{assessment}更正了{sheet.unit_name}的得分，本单位的名次随之有变，请查看更正通报（{paper}）。"
        alert_units(others, key=f"{key}:others", words=words)
    unfit = AssessmentGrade.UNQUALIFIED
    if unfit in {correction.former_grade, correction.grade} and correction.former_grade != correction.grade:
        after = (
            "可以据此提出约谈建议、起草通报" if correction.grade == unfit else "据原等次提出、起草的请核对，不当的撤回"
        )
        words = f"{sheet.unit_name}{assessment}的结果{result}（{paper}）：{after}。"
        alert_role(Verb.DRAFT, {sheet.unit_id}, key=f"{key}:drafters", words=words)


PROPOSING = RoomStep(CORRECT, SHEETS, (_unpublished, _correction_waits))
DECIDING = RoomStep(DECIDE_CORRECTION, CORRECTIONS, (_correction_decided,), (_not_the_decider,))
