"""By which door of a 责任制 an interview came: gravity, or a measure that was not met in time."""

from __future__ import annotations

from yuetan.models.case.case import Case
from yuetan.models.ladder.text_rows import doors_of
from yuetan.models.law.accountability import Door
from yuetan.vocabulary import RungKind


def door_of_case(case: Case) -> Door | None:
    """The door by which a case came; None for one that rests on the 约谈办法 alone."""
    before = case.rung_laid
    if before is None:
        return case.gravity_door
    doors = [one for one in doors_of(before.accountability_id) if one.after_id == before.rung_id]
    return next((one for one in doors if one.rung.kind == RungKind.INTERVIEW), None)


def door_cited(case: Case) -> str:
    """《……》第二十八条“……”的规定, and of a measure not met in time its paper; empty where it came by no door."""
    door = door_of_case(case)
    if door is None:
        return ""
    paper = case.rung_laid.issued_paper if case.rung_laid else None
    return f"{door.quoted}的规定" + (f"，见《{paper.title}》（{paper.number}）" if paper else "")
