"""Drafting a measure of a 责任制: one rung, the door to it, the grounds, and an answer to each circumstance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NotRequired, TypedDict, Unpack

from yuetan.actions.files.attachment import ExaminedFile, examine_files
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.files.sheet_evidence import FIELD, keep_sheets, printed_sheets, sheet_problems
from yuetan.actions.step import refuse_if_any, refuse_uncited, step
from yuetan.models import (
    Accountability,
    AccountabilityMeasure,
    AssessmentSheet,
    Case,
    Circumstance,
    CircumstanceAnswer,
    Door,
    Ground,
    MeasureGround,
    NamedUnit,
    Rung,
    Unit,
    User,
)
from yuetan.models.assessment.evidence import SheetEvidence
from yuetan.models.ladder.named_units import MAX_UNITS
from yuetan.models.ladder.rungs import PAPER_OF_RUNG
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import Verb


class AnsweredCircumstance(TypedDict):
    """Whether one circumstance applies (None: not answered yet), and why."""

    circumstance: Circumstance
    applies: bool | None
    reason: str


class MeasureText(TypedDict):
    """What is drafted, and revised, of a measure."""

    unit: Unit | None
    further_units: Sequence[Unit]
    rung: Rung | None
    door: Door | None
    door_words: str
    case: Case | None
    matter: str
    grounds: Sequence[Ground]
    facts: str
    demands: str
    limit: date | None
    circumstances: Sequence[AnsweredCircumstance]
    sheets: NotRequired[Sequence[AssessmentSheet]]


def accountability_today() -> Accountability:
    """The 责任制 that the office carries out today; raises Refused while it has chosen none."""
    chosen = Accountability.objects.carried_out(clock.today())
    refuse_uncited([] if chosen else [finding("accountability_not_chosen")])
    assert chosen is not None
    return chosen


def draft_measure(*, by: User, **text: Unpack[MeasureText]) -> AccountabilityMeasure:
    """起草责任措施: under the 责任制 carried out today, which it keeps.

    It may be drafted before all is known; it is handed in whole. Raises NotYours, and Refused for what cannot be
    even in a draft: a rung that is laid elsewhere, a door of another rung, a ground of another text, the own unit.
    """
    measure = AccountabilityMeasure(accountability=accountability_today(), drafter=by)
    _set_text(measure, text)
    new, printed = _printed(measure, text)
    with step(measure, Verb.DRAFT_MEASURE, by=by) as measure:
        refuse_if_any(measure, _draft_problems(measure, text, by))
        measure.save()
        _keep_rows(measure, text)
        keep_sheets(measure, new, printed, by=by)
    return measure


def revise_measure(measure: AccountabilityMeasure, *, by: User, **text: Unpack[MeasureText]) -> AccountabilityMeasure:
    """修改责任措施: while it is a draft, under the text it was begun with. Raises Refused as drafting does."""
    new, printed = _printed(measure, text)
    with step(measure, Verb.REVISE_MEASURE, by=by) as measure:
        _set_text(measure, text)
        refuse_if_any(measure, [*_draft_problems(measure, text, by), *_not_as_consulted(measure)])
        _keep_rows(measure, text)
        _drop_sheets(measure, text)
        keep_sheets(measure, new, printed, by=by)
    return measure


def _printed(measure: AccountabilityMeasure, text: MeasureText) -> tuple[list[AssessmentSheet], list[ExaminedFile]]:
    """The sheets that are not among its evidence as they stand, and what the system printed of them."""
    shown = set(SheetEvidence.objects.of_subject(measure).current().values_list("sheet", flat=True))
    new = [one for one in text.get("sheets", ()) if one.pk not in shown]
    return new, examine_files(measure, printed_sheets(new), FIELD)


def _drop_sheets(measure: AccountabilityMeasure, text: MeasureText) -> None:
    """Take out what shows a sheet that is chosen no more, or another result than stands."""
    of_measure = SheetEvidence.objects.of_subject(measure)
    kept = of_measure.current().filter(sheet__in=[one.pk for one in text.get("sheets", ())])
    gone = of_measure.exclude(pk__in=kept.order_by().values("pk"))
    delete_attachments([one.attachment for one in gone])


def _not_as_consulted(measure: AccountabilityMeasure) -> Iterator[Finding]:
    """Departments that were asked were asked about one unit and one rung; about another they would have to be anew."""
    before = AccountabilityMeasure.objects.get(pk=measure.pk)
    same = (before.unit_id, before.rung_id) == (measure.unit_id, measure.rung_id)
    if measure.consultations.exists() and not same:
        words = {"unit": before.unit.full_name, "rung": before.rung.get_kind_display()}
        yield finding("consulted_about_another", "unit", **words)


def _set_text(measure: AccountabilityMeasure, text: MeasureText) -> None:
    unit, rung, door = text["unit"], text["rung"], text["door"]
    chosen = {"unit": ("单位", unit), "rung": ("档次", rung), "door": ("条件", door)}
    refuse_uncited(missing_of("measure_laid_incomplete", {**chosen, "matter": ("事由", text["matter"])}))
    assert unit is not None
    assert rung is not None
    assert door is not None
    measure.unit, measure.rung, measure.door, measure.case = unit, rung, door, text["case"]
    measure.door_words, measure.matter, measure.limit = text["door_words"], text["matter"], text["limit"]
    measure.facts, measure.demands = text["facts"], text["demands"]


def _draft_problems(measure: AccountabilityMeasure, text: MeasureText, author: User) -> Iterator[Finding]:
    for unit in (measure.unit, *text["further_units"]):
        for post in author.posts_in(unit.pk):
            words = {"name": author.name, "unit": unit.name, "title": post.title}
            yield finding("measure_to_own_unit", "further_units" if unit in text["further_units"] else "unit", **words)
    yield from _several_problems([measure.unit, *text["further_units"]])
    yield from _law_problems(measure, text["grounds"])
    yield from sheet_problems(text.get("sheets", ()), measure.unit)
    if measure.case is not None and measure.case.unit_id != measure.unit_id:
        yield finding("measure_case_of_other_unit", "case", unit=measure.unit.full_name)
    silent = [one["circumstance"].citation for one in text["circumstances"] if _has_no_reason(one)]
    if silent:
        yield finding("circumstance_without_reason", "circumstances", which=official_text.joined(silent))
    for name, label in {**measure.TEXT_LABELS, "door_words": "符合条件的说明"}.items():
        yield from personal_data(name, label, getattr(measure, name), clock.today().year)


def _several_problems(units: Sequence[Unit]) -> Iterator[Finding]:
    """Each unit once, and no more than one paper can name."""
    if twice := [unit.full_name for unit in dict.fromkeys(units) if units.count(unit) > 1]:
        yield finding("unit_named_twice", "further_units", which=official_text.joined(twice))
    if len(units) > MAX_UNITS:
        yield finding("too_many_units_named", "further_units", most=MAX_UNITS, number=len(units))


def _has_no_reason(answer: AnsweredCircumstance) -> bool:
    reason = finding("circumstance_without_reason", which=answer["circumstance"].citation)
    return answer["applies"] is not None and bool(require_words(answer["reason"], reason))


def _law_problems(measure: AccountabilityMeasure, grounds: Sequence[Ground]) -> Iterator[Finding]:
    """A rung, a door and grounds of the text that it is drafted under, and of each other."""
    rung, text = measure.rung, measure.accountability
    if rung.kind not in PAPER_OF_RUNG or rung.accountability_id != text.pk:
        yield finding("measure_rung_elsewhere", "rung", rung=rung.get_kind_display())
    elif measure.door.rung_id != rung.pk:
        words = {"words": measure.door.words, "rung": rung.get_kind_display()}
        yield finding("measure_door_of_other_rung", "door", **words)
    for ground in grounds:
        if ground.article_id != text.grounds_article_id:
            yield finding("measure_ground_of_other_text", "grounds", ground=ground.text.rstrip("；。"))


def _keep_rows(measure: AccountabilityMeasure, text: MeasureText) -> None:
    measure.measure_grounds.all().delete()
    MeasureGround.objects.bulk_create(MeasureGround(measure_laid=measure, ground=one) for one in text["grounds"])
    measure.named_units.all().delete()
    NamedUnit.objects.bulk_create(NamedUnit(measure_laid=measure, unit=unit) for unit in text["further_units"])
    measure.circumstance_answers.all().delete()
    CircumstanceAnswer.objects.bulk_create(
        CircumstanceAnswer(
            measure_laid=measure,
            circumstance=one["circumstance"],
            applies=one["applies"],
            reason=one["reason"].strip(),
        )
        for one in text["circumstances"]
        if one["applies"] is not None
    )
