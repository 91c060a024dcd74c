"""One 通报 to several units: one paper, one number, and for each unit a receipt, tasks, a door and an end of its own.

The text of the 责任制 speaks of one unit and is silent on it: 办公室设定.
"""

from datetime import timedelta

import pytest

from tests.cast import DIVISION_TOWN, MEMBER_UNIT, TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import case_in, later
from tests.ladder import carry_out, measure_in, put_right, take
from tests.refusals import appoint, nothing_stored, refused
from yuetan.actions.papers import document
from yuetan.actions.papers.document import void_document
from yuetan.errors import NotYours, Refused
from yuetan.models import AccountabilityMeasure, Document, NumberEntry, PendingStep, Task, Unit
from yuetan.models.ladder.laid_rungs import standing_after
from yuetan.models.ladder.named_units import MAX_UNITS
from yuetan.rules.dates import clock
from yuetan.scenarios.measure_drivers import DAYS_TO_PUT_RIGHT, begin, listed_supervision
from yuetan.vocabulary import CaseState, MeasureState, PostKind, TaskState, Verb

pytestmark = pytest.mark.usefixtures("office")


THIRD = MEMBER_UNIT


@pytest.fixture
def drafted() -> AccountabilityMeasure:
    return measure_in(MeasureState.DRAFTED, further_units=[unit(DIVISION_TOWN), unit(THIRD)])


@pytest.fixture
def served() -> list[AccountabilityMeasure]:
    lead = measure_in(MeasureState.SERVED, further_units=[unit(DIVISION_TOWN), unit(THIRD)])
    copies = AccountabilityMeasure.objects.filter(copy_of=lead).order_by("created_at", "pk")
    return [AccountabilityMeasure.objects.get(pk=lead.pk), *copies]


def test_one_paper_under_one_number_is_served_to_each_unit(served) -> None:
    assert [one.unit for one in served] == [unit(TOWN), unit(DIVISION_TOWN), unit(THIRD)]
    assert {one.state for one in served} == {MeasureState.SERVED}
    papers = [one.issued_paper for one in served]
    assert {paper.number for paper in papers} == {"江扫黑通〔2026〕1号"}
    assert len({paper.wording_sha256 for paper in papers}) == 1
    assert [paper.open_to for paper in papers] == [one.unit for one in served]
    assert [entry.number for entry in NumberEntry.objects.in_order()] == ["江扫黑通〔2026〕1号"]
    check_all()


def test_the_text_names_each_unit(served) -> None:
    paper = served[0].issued_paper
    for one in served:
        assert one.unit.full_name in paper.html
        assert one.unit.organs_addressed in paper.addressee


def test_the_next_paper_takes_the_next_number(served) -> None:
    other = measure_in(MeasureState.SERVED, matter="另一处乱点整治推进缓慢")
    assert other.issued_paper.number == "江扫黑通〔2026〕2号"
    check_all()


def test_each_unit_signs_reports_and_is_found_met_for_itself(served) -> None:
    first, second, _ = served
    take(Verb.ACKNOWLEDGE_MEASURE, second)
    assert [one.issued_paper.receipt_or_none is not None for one in _anew(served)] == [False, True, False]
    ended = take(Verb.CONCLUDE_MEASURE, put_right(second))
    assert ended.state == MeasureState.ENDED
    assert {task.state for task in Task.objects.of(first)} == {TaskState.ASSIGNED}
    assert [one.state for one in _anew(served)] == [MeasureState.SERVED, MeasureState.ENDED, MeasureState.SERVED]
    check_all()


def test_each_unit_has_a_door_of_its_own(served) -> None:
    first, second, _ = served
    put_right(second)
    with later(days=DAYS_TO_PUT_RIGHT + 1):
        assert standing_after(_anew(served)[0])
        assert not standing_after(_anew(served)[1])
        take(Verb.OPEN_INTERVIEW, first)
    assert first.interviews.get().unit == unit(TOWN)


def test_each_unit_sees_its_own_alone(served) -> None:
    for one, name in zip(served[:2], (TOWN, DIVISION_TOWN), strict=True):
        for user in (head(name), liaison(name)):
            assert list(AccountabilityMeasure.objects.visible_to(user)) == [one]
            assert list(Document.objects.visible_to(user)) == [one.issued_paper]
            assert set(Task.objects.visible_to(user)) == set(one.tasks.all())
    with pytest.raises(NotYours):
        take(Verb.ACKNOWLEDGE_MEASURE, served[0], by=liaison(DIVISION_TOWN))


def test_no_unit_sees_anything_before_the_service(drafted) -> None:
    decided = take(Verb.DECIDE_MEASURE, take(Verb.SUBMIT_MEASURE, drafted))
    for name in (TOWN, DIVISION_TOWN):
        assert not AccountabilityMeasure.objects.visible_to(head(name)).exists()
    assert AccountabilityMeasure.objects.get() == decided


def test_the_decision_is_bound_to_whom_the_text_names(drafted) -> None:
    alone = take(Verb.REVISE_MEASURE, drafted, further_units=[])
    before = alone.digest
    assert take(Verb.REVISE_MEASURE, alone, further_units=[unit(DIVISION_TOWN)]).digest != before


def test_copies_are_voided_in_one_order_whichever_is_named(served, director, monkeypatch) -> None:
    """Two who void different copies at once wait for each other else."""
    papers = list(Document.objects.under_number_of(served[0].paper).order_by("pk"))
    voided, in_order = document._voided, []
    monkeypatch.setattr(document, "_voided", lambda paper, *why: in_order.append(paper.pk) or voided(paper, *why))
    assert void_document(papers[-1], by=director, reason="对象有误") == papers[-1]
    assert in_order == [paper.pk for paper in papers]
    assert len(papers) == 3


def test_copies_go_by_the_decision_on_the_one_text(served) -> None:
    lead = served[0]
    for copy in served[1:]:
        assert (copy.decider, copy.decided_sha256, copy.digest) == (lead.decider, lead.digest, lead.digest)
        assert [str(one.circumstance) for one in copy.answers] == [str(one.circumstance) for one in lead.answers]


# 回避


def test_nobody_drafts_against_a_unit_of_their_own_among_several() -> None:
    carry_out()
    appoint(person("officer"), unit(DIVISION_TOWN), PostKind.LIAISON, "联络员")
    with (
        refused(
            f"办公室设定：张一现任{unit(DIVISION_TOWN).name}联络员，应当回避，不得起草对本单位的责任措施。",
            field="further_units",
        ),
        nothing_stored(),
    ):
        begin(unit(TOWN), further_units=[unit(DIVISION_TOWN)])


@pytest.mark.parametrize("state", [MeasureState.IN_REVIEW, MeasureState.SERVED])
def test_who_is_of_one_unit_keeps_away_from_the_matter_of_all(state) -> None:
    measure = measure_in(state, further_units=[unit(DIVISION_TOWN), unit(THIRD)])
    assert measure in AccountabilityMeasure.objects.visible_to(person("director"))
    appoint(person("director"), unit(DIVISION_TOWN), PostKind.LIAISON, "联络员")
    director = person("director")
    own = AccountabilityMeasure.objects.filter(unit=unit(DIVISION_TOWN))
    assert set(AccountabilityMeasure.objects.visible_to(director)) == set(own)
    assert measure.recuses(director)
    assert not measure.is_inner_to(director)
    assert not any(part.filter(measure_laid=measure).exists() for part in PendingStep.objects.of(director))
    with pytest.raises((NotYours, Refused)):  # who decides is told why
        take(Verb.CONCLUDE_MEASURE if state == MeasureState.SERVED else Verb.DECIDE_MEASURE, measure, by=director)


# What cannot be


def test_a_unit_is_named_once() -> None:
    carry_out()
    with (
        refused(
            f"办公室设定：一并通报的单位里，{unit(TOWN).full_name}写了不止一次（首列单位不必再写），请删去重复的。",
            field="further_units",
        ),
        nothing_stored(),
    ):
        begin(unit(TOWN), further_units=[unit(DIVISION_TOWN), unit(TOWN)])


def test_no_more_units_than_a_paper_can_name() -> None:
    carry_out()
    units = list(Unit.objects.interviewed().in_use().exclude(code=TOWN).order_by("code")[:MAX_UNITS])
    begin(unit(TOWN), further_units=units[1:])
    with refused(
        f"办公室设定：一份通报最多写明 {MAX_UNITS} 个单位，现有 {MAX_UNITS + 1} 个，请分成几份。",
        field="further_units",
    ):
        begin(unit(TOWN), further_units=units)


def test_only_a_circular_goes_to_several() -> None:
    carry_out()
    listing = begin(unit(TOWN), text=listed_supervision, further_units=[unit(DIVISION_TOWN)])
    with refused(
        "办公室设定：只有通报可以一份发几个单位，挂牌督办（黄牌警告）须对每个单位分别作出；请删去一并通报的单位，另行起草。",
        field="further_units",
    ):
        take(Verb.SUBMIT_MEASURE, listing)


def test_a_circular_to_several_is_of_no_single_case() -> None:
    case = case_in(CaseState.CLOSED)
    carry_out()
    measure = begin(case.unit, case=case, further_units=[unit(THIRD)])
    with refused(
        "办公室设定：一份通报发几个单位的，不关联约谈事项；请改为不关联，或者对该单位另行通报。", field="case"
    ):
        take(Verb.SUBMIT_MEASURE, measure)


def test_article_28_a_unit_under_a_circular_for_the_matter_gets_no_second(drafted) -> None:
    measure_in(MeasureState.SERVED, on=unit(DIVISION_TOWN))
    with refused(
        f"依据第二十八条，通报的条件“{drafted.door.words}”现在不成立：{unit(DIVISION_TOWN).full_name}，该事项已经实施通报，"
        "请核对单位和事由；确有其他条件的，改选其他条件并写明。",
        field="door",
    ):
        take(Verb.SUBMIT_MEASURE, drafted)


def test_nothing_goes_out_to_a_unit_that_has_ended(drafted) -> None:
    measure = take(Verb.SUBMIT_MEASURE, drafted)
    Unit.objects.filter(pk=unit(THIRD).pk).update(retired_on=clock.today() - timedelta(days=1))
    with refused(
        f"办公室设定：一并通报的{unit(THIRD).full_name}已经撤并，不能再向其印发；请退回或者撤回后改写单位。",
        field="further_units",
    ):
        take(Verb.DECIDE_MEASURE, measure)


# 作废


@pytest.mark.parametrize("place", [0, 1])
def test_one_number_is_void_for_all(served, place) -> None:
    void_document(served[place].issued_paper, by=person("director"), reason="通报所列单位有误。")
    assert not any(one.is_in_force for one in _anew(served))
    assert set(Task.objects.values_list("state", flat=True)) == {TaskState.REVOKED}
    check_all()


def test_a_number_stays_once_one_unit_has_met_its_target(served) -> None:
    ended = take(Verb.CONCLUDE_MEASURE, put_right(take(Verb.ACKNOWLEDGE_MEASURE, served[1])))
    with refused(
        f"办公室设定：这份通报同时发给几个单位，其中{ended.unit.full_name}已认定整改完成，不能整份作废；有误的，另行行文说明。"
    ):
        void_document(served[0].issued_paper, by=person("director"), reason="通报所列单位有误。")
    assert all(entry.voided_at is None for entry in NumberEntry.objects.all())


def _anew(measures: list[AccountabilityMeasure]) -> list[AccountabilityMeasure]:
    return [AccountabilityMeasure.objects.get(pk=one.pk) for one in measures]
