"""Which doors of a 责任制 stand today: what was laid on a unit for a matter, and whether its target was met in time.

That a target was not met in time is read from the records. The other kinds of doors are chosen and reasoned by people;
they stand unless the rung is in force already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DoorKind, RungKind


@dataclass(frozen=True)
class TextDoor:
    """One way onto a rung as the loaded text has it; `after` is the rung that must not have been met in time."""

    rung: RungKind
    kind: DoorKind
    article: int
    words: str
    after: RungKind | None = None


@dataclass(frozen=True)
class TaskStanding:
    """How a task stands: its limit with every extension (None while paused), and when its work was handed in.

    `finished_on` is the day of the report that was accepted; `awaits_since` that of one that nobody has judged yet;
    `number` is 0 where the rung is one task.
    """

    number: int
    due_on: date | None
    finished_on: date | None = None
    awaits_since: date | None = None

    def is_late(self, today: date) -> bool:
        """Whether its work was handed in after its limit, or is not by today. The day of the limit is in time."""
        handed_in = self.finished_on or self.awaits_since
        return self.due_on is not None and (handed_in or today) > self.due_on

    def fact(self, today: date) -> str:
        """第1项时限2026年4月1日，至今未完成，逾期30天; only where it is late."""
        if self.due_on is None:
            return ""
        handed_in = self.finished_on or self.awaits_since
        days = ((handed_in or today) - self.due_on).days
        done = "才完成" if self.finished_on else "才报告，尚未验收"
        how = f"{chinese_date(handed_in)}{done}" if handed_in else "至今未完成"
        name = f"第{self.number}项" if self.number else "整改"
        return f"{name}时限{chinese_date(self.due_on)}，{how}，逾期{days}天"


@dataclass(frozen=True)
class LaidRung:
    """A rung laid on one unit for one matter. `key` and `matter` are whatever the caller knows them by.

    `paper` names it in full, as 《关于……的通报》（文号）; `limit` counts where it has no tasks; `met_on` is the day on
    which who laid it found its target met, as by 摘牌; `ended` where it is in force no more; `revoked` where it counts
    as never laid; `proposed` where it was put to the superior of the unit by a 书面建议 instead.
    """

    key: str
    matter: str
    kind: RungKind
    laid_on: date
    paper: str
    limit: date | None = None
    tasks: tuple[TaskStanding, ...] = ()
    met_on: date | None = None
    ended: bool = False
    revoked: bool = False
    proposed: bool = False

    def late_tasks(self, today: date) -> list[TaskStanding]:
        """Its tasks that were not finished in time."""
        return [task for task in self.standings if task.is_late(today)]

    @property
    def standings(self) -> tuple[TaskStanding, ...]:
        """Its tasks; where it has none, the rung as one."""
        return self.tasks or (TaskStanding(0, self.limit),)

    @property
    def is_met(self) -> bool:
        """Whether all its tasks are finished, in time or not."""
        return all(task.finished_on for task in self.standings)


class DoorFault(StrEnum):
    """Why a door does not stand."""

    ALREADY_LAID = "already_laid"
    ALREADY_PROPOSED = "already_proposed"
    NOT_LAID = "not_laid"
    DECIDED_MET = "decided_met"
    MET_IN_TIME = "met_in_time"
    NO_LIMIT_RUNS = "no_limit_runs"
    STILL_IN_TIME = "still_in_time"


FAULT_WORDS = {
    DoorFault.ALREADY_LAID: "该事项已经实施{rung}",
    DoorFault.ALREADY_PROPOSED: "该事项已经提出{rung}的书面建议",
    # Whether it was for another matter would say of a case what not everybody may know (知悉范围).
    DoorFault.NOT_LAID: "该单位没有就该事项受到过{after}",
    DoorFault.DECIDED_MET: "{after}的整改目标已经认定完成",
    DoorFault.MET_IN_TIME: "{after}的整改任务已经按期完成",
    DoorFault.STILL_IN_TIME: "{after}的整改时限还没有到，或者已经报告、等待验收",
    DoorFault.NO_LIMIT_RUNS: "{after}没有正在计算的整改时限",
}


def fault_words(door: TextDoor, fault: DoorFault) -> str:
    """Why a door does not stand, as half a sentence: 通报的整改任务已经按期完成."""
    return FAULT_WORDS[fault].format(rung=door.rung.label, after=door.after.label if door.after else "")


@dataclass(frozen=True)
class OpenDoor:
    """A door that stands, the rung before it, and the facts in words; `is_met` where the work was done, but late."""

    door: TextDoor
    before: LaidRung
    facts: str
    is_met: bool


def open_doors(doors: Iterable[TextDoor], laid: Sequence[LaidRung], today: date) -> list[OpenDoor]:
    """The doors for a target not met in time that stand today, of every matter of a unit, the gravest rung first."""
    by_matter: dict[str, list[LaidRung]] = {}
    for rung in laid:
        by_matter.setdefault(rung.matter, []).append(rung)
    by_facts = [door for door in doors if door.kind == DoorKind.NOT_IN_TIME]
    standing = [
        one for matter, own in by_matter.items() for door in by_facts for one in _standing(door, own, matter, today)
    ]
    order = list(RungKind)
    return sorted(standing, key=lambda one: -order.index(one.door.rung))


def door_fault(door: TextDoor, laid: Sequence[LaidRung], matter: str, today: date) -> DoorFault | None:
    """Why a door does not stand for a matter of a unit; None where it does. `laid` is all that is laid on the unit."""
    if in_force := _in_force(door, laid, matter):
        is_put_elsewhere = all(rung.proposed for rung in in_force)
        return DoorFault.ALREADY_PROPOSED if is_put_elsewhere else DoorFault.ALREADY_LAID
    if door.kind != DoorKind.NOT_IN_TIME:
        return None
    before = last_before(door, laid, matter)
    if before is None:
        return DoorFault.NOT_LAID
    if before.met_on:
        return DoorFault.DECIDED_MET
    return None if before.late_tasks(today) else _in_time(before)


def last_before(door: TextDoor, laid: Iterable[LaidRung], matter: str) -> LaidRung | None:
    """The rung before the door, the last one of its kind for the matter."""
    of_kind = [rung for rung in laid if (rung.kind, rung.matter) == (door.after, matter) and not rung.revoked]
    return max(of_kind, key=lambda rung: rung.laid_on, default=None)


def _in_time(before: LaidRung) -> DoorFault:
    if before.is_met:
        return DoorFault.MET_IN_TIME
    runs = any(task.due_on for task in before.standings if not task.finished_on)
    return DoorFault.STILL_IN_TIME if runs else DoorFault.NO_LIMIT_RUNS


def _standing(door: TextDoor, laid: Sequence[LaidRung], matter: str, today: date) -> Iterator[OpenDoor]:
    before = last_before(door, laid, matter)
    if before is None or door_fault(door, laid, matter, today):
        return
    late = "；".join(task.fact(today) for task in before.late_tasks(today))
    facts = f"{before.paper}{chinese_date(before.laid_on)}印发。{late}。"
    yield OpenDoor(door, before, facts, before.is_met)


def _in_force(door: TextDoor, laid: Iterable[LaidRung], matter: str) -> list[LaidRung]:
    """Where the rung is laid already: in force, or since the rung before, so that the door has been gone through."""
    before = last_before(door, laid, matter) if door.after else None
    of_kind = [rung for rung in laid if (rung.kind, rung.matter) == (door.rung, matter) and not rung.revoked]
    return [rung for rung in of_kind if not rung.ended or (before is not None and rung.laid_on >= before.laid_on)]
