"""Which doors stand: by the rungs and tasks of one unit, with the doors of 株洲 as they are loaded."""

import itertools
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings

from yuetan.rules.open_doors import (
    FAULT_WORDS,
    DoorFault,
    LaidRung,
    TaskStanding,
    TextDoor,
    door_fault,
    fault_words,
    open_doors,
)
from yuetan.vocabulary import DoorKind, RungKind


def doors_of_zhuzhou() -> list[TextDoor]:
    facts = json.loads((settings.FIXTURES / "regulations" / "zhuzhou.json").read_text())
    return [
        TextDoor(
            RungKind(rung["kind"]),
            DoorKind(door["kind"]),
            door["article"],
            door["words"],
            RungKind(door["after"]) if "after" in door else None,
        )
        for rung in facts["accountability"]["rungs"]
        for door in rung["doors"]
    ]


DOORS = doors_of_zhuzhou()
TODAY = date(2026, 5, 1)
LIMIT = date(2026, 4, 1)
LATE = TaskStanding(1, LIMIT)
IN_TIME = TaskStanding(1, LIMIT, finished_on=LIMIT)
DONE_LATE = TaskStanding(2, LIMIT, finished_on=date(2026, 4, 9))
PAPER = "《关于甲的通报》（江扫黑办〔2026〕1号）"
CIRCULAR = LaidRung("1", "a", RungKind.CIRCULAR, date(2026, 3, 1), PAPER, tasks=(LATE,))


def rung(kind, **changes):
    return replace(CIRCULAR, kind=kind, key=kind, **changes)


def door(rung_kind, kind=DoorKind.NOT_IN_TIME):
    return next(one for one in DOORS if (one.rung, one.kind) == (rung_kind, kind))


def opened(*laid, today=TODAY):
    return [one.door.rung for one in open_doors(DOORS, laid, today)]


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        (RungKind.CIRCULAR, RungKind.INTERVIEW),
        (RungKind.INTERVIEW, RungKind.LISTED_SUPERVISION),
        (RungKind.LISTED_SUPERVISION, RungKind.VETO),
    ],
)
def test_what_was_not_met_in_time_opens_the_next_rung_and_no_other(before, opens):
    assert opened(rung(before)) == [opens]


def test_the_day_of_the_limit_is_in_time():
    assert opened(CIRCULAR, today=LIMIT) == []
    assert opened(CIRCULAR, today=LIMIT + timedelta(days=1)) == [RungKind.INTERVIEW]


@pytest.mark.parametrize(
    ("tasks", "stands"),
    [
        ((IN_TIME,), False),
        ((IN_TIME, LATE), True),
        ((IN_TIME, DONE_LATE), True),
        ((TaskStanding(1, TODAY),), False),
        ((TaskStanding(1, None),), False),
        ((TaskStanding(1, LIMIT, awaits_since=LIMIT),), False),
        ((TaskStanding(1, LIMIT, awaits_since=LIMIT + timedelta(days=1)),), True),
    ],
)
def test_one_task_that_is_late_is_enough(tasks, stands):
    assert bool(opened(replace(CIRCULAR, tasks=tasks))) is stands


def test_nobody_is_late_because_the_office_has_not_judged_a_report():
    awaits = replace(CIRCULAR, tasks=(TaskStanding(1, LIMIT, awaits_since=LIMIT),))
    assert door_fault(door(RungKind.INTERVIEW), [awaits], "a", TODAY) == DoorFault.STILL_IN_TIME


def test_a_rung_without_tasks_has_a_limit_of_its_own():
    found = open_doors(DOORS, [replace(CIRCULAR, tasks=(), limit=LIMIT)], TODAY)
    assert [one.door.rung for one in found] == [RungKind.INTERVIEW]
    assert found[0].facts.endswith("印发。整改时限2026年4月1日，至今未完成，逾期30天。")
    assert opened(replace(CIRCULAR, tasks=(), limit=TODAY)) == []
    assert opened(replace(CIRCULAR, tasks=(), limit=None)) == []


def test_the_facts_name_paper_limit_and_days():
    found = open_doors(DOORS, [replace(CIRCULAR, tasks=(LATE, DONE_LATE, replace(IN_TIME, number=3)))], TODAY)
    late = "第1项时限2026年4月1日，至今未完成，逾期30天；第2项时限2026年4月1日，2026年4月9日才完成，逾期8天。"
    assert [one.facts for one in found] == [f"{PAPER}2026年3月1日印发。{late}"]
    assert found[0].before.key == "1"
    assert not found[0].is_met


def test_a_report_that_came_late_and_is_not_judged_is_a_fact_too():
    awaits = replace(CIRCULAR, tasks=(TaskStanding(1, LIMIT, awaits_since=date(2026, 4, 3)),))
    assert "2026年4月3日才报告，尚未验收，逾期2天" in open_doors(DOORS, [awaits], TODAY)[0].facts


def test_what_was_finished_late_is_marked_as_met():
    assert open_doors(DOORS, [replace(CIRCULAR, tasks=(DONE_LATE,))], TODAY)[0].is_met


def test_doors_of_several_matters_come_gravest_first():
    laid = [CIRCULAR, rung(RungKind.LISTED_SUPERVISION, matter="b"), rung(RungKind.INTERVIEW, matter="c")]
    assert opened(*laid) == [RungKind.VETO, RungKind.LISTED_SUPERVISION, RungKind.INTERVIEW]


def test_a_door_gone_through_is_closed_until_the_rung_before_is_laid_anew():
    interview = rung(RungKind.INTERVIEW, laid_on=date(2026, 4, 10), tasks=(TaskStanding(1, TODAY, finished_on=TODAY),))
    assert opened(CIRCULAR, interview) == []
    assert opened(CIRCULAR, replace(interview, ended=True)) == []
    again = rung(RungKind.CIRCULAR, laid_on=date(2026, 4, 15), tasks=(TaskStanding(1, date(2026, 4, 20)),))
    assert opened(CIRCULAR, replace(interview, ended=True), again) == [RungKind.INTERVIEW]
    assert opened(CIRCULAR, interview, again) == []


def test_what_is_revoked_was_never_laid():
    assert opened(replace(CIRCULAR, revoked=True)) == []
    assert opened(CIRCULAR, rung(RungKind.INTERVIEW, laid_on=date(2026, 4, 10), revoked=True)) == [RungKind.INTERVIEW]


LISTED = rung(RungKind.LISTED_SUPERVISION)


@pytest.mark.parametrize(
    ("laid", "fault"),
    [
        ([], DoorFault.NOT_LAID),
        ([CIRCULAR], DoorFault.NOT_LAID),
        ([replace(LISTED, revoked=True)], DoorFault.NOT_LAID),
        ([replace(LISTED, matter="b")], DoorFault.NOT_LAID),
        ([replace(LISTED, met_on=TODAY)], DoorFault.DECIDED_MET),
        ([replace(LISTED, tasks=(IN_TIME,))], DoorFault.MET_IN_TIME),
        ([replace(LISTED, tasks=(TaskStanding(1, TODAY),))], DoorFault.STILL_IN_TIME),
        ([replace(LISTED, tasks=(IN_TIME, TaskStanding(2, None)))], DoorFault.NO_LIMIT_RUNS),
        ([LISTED, rung(RungKind.VETO, laid_on=TODAY)], DoorFault.ALREADY_LAID),
        ([LISTED], None),
        ([replace(LISTED, ended=True)], None),
    ],
)
def test_why_the_door_to_a_veto_does_not_stand(laid, fault):
    assert door_fault(door(RungKind.VETO), laid, "a", TODAY) == fault
    assert (RungKind.VETO in [one.door.rung for one in open_doors(DOORS, laid, TODAY) if one.before.matter == "a"]) is (
        fault is None
    )


@pytest.mark.parametrize("kind", [RungKind.INTERVIEW, RungKind.LISTED_SUPERVISION, RungKind.VETO])
def test_gravity_skips_rungs_but_not_one_in_force(kind):
    by_gravity = door(kind, DoorKind.GRAVITY)
    assert door_fault(by_gravity, [], "a", TODAY) is None
    assert door_fault(by_gravity, [rung(kind)], "a", TODAY) == DoorFault.ALREADY_LAID
    assert door_fault(by_gravity, [rung(kind, ended=True)], "a", TODAY) is None
    assert door_fault(by_gravity, [rung(kind)], "b", TODAY) is None


def test_what_was_put_to_a_superior_stands_in_the_place_of_its_rung():
    by_gravity, put = door(RungKind.VETO, DoorKind.GRAVITY), rung(RungKind.VETO, laid_on=TODAY, proposed=True)
    assert door_fault(by_gravity, [put], "a", TODAY) == DoorFault.ALREADY_PROPOSED
    assert door_fault(by_gravity, [put, rung(RungKind.VETO)], "a", TODAY) == DoorFault.ALREADY_LAID
    assert door_fault(by_gravity, [replace(put, ended=True)], "a", TODAY) is None
    assert RungKind.VETO in opened(LISTED)
    assert RungKind.VETO not in opened(LISTED, put)


def test_gravity_is_never_found_by_the_product():
    assert {one.door.kind for one in open_doors(DOORS, [CIRCULAR, LISTED], TODAY)} == {DoorKind.NOT_IN_TIME}


def test_every_fault_has_its_words():
    assert set(FAULT_WORDS) == set(DoorFault)
    assert fault_words(door(RungKind.VETO), DoorFault.NOT_LAID) == "该单位没有就该事项受到过挂牌督办（黄牌警告）"
    assert fault_words(door(RungKind.VETO), DoorFault.ALREADY_LAID) == "该事项已经实施一票否决"


def test_a_found_door_never_has_a_fault_and_the_other_way_round():
    """Every history of two rungs: what is found is what the refusal lets pass, and nothing else."""
    standings = [LATE, IN_TIME, DONE_LATE, TaskStanding(1, None), TaskStanding(1, TODAY)]
    kinds = [RungKind.CIRCULAR, RungKind.INTERVIEW, RungKind.LISTED_SUPERVISION, RungKind.VETO]
    ends = [{}, {"ended": True}, {"revoked": True}, {"met_on": TODAY}]
    by_facts = [one for one in DOORS if one.kind == DoorKind.NOT_IN_TIME]
    for first, second, task, end in itertools.product(kinds, kinds, standings, ends):
        laid = [rung(first, tasks=(task,), **end), rung(second, laid_on=TODAY, tasks=(LATE,))]
        found = {one.door for one in open_doors(DOORS, laid, TODAY)}
        assert found == {one for one in by_facts if door_fault(one, laid, "a", TODAY) is None}
