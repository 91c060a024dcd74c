"""One seeded case as rows: what the steps of its plan leave behind, gathered to be text_of_rows in bulk."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model

from yuetan.actions import seed_words
from yuetan.actions.seed_people import Actor, Office, Side
from yuetan.actions.seed_plan import Days, Plan
from yuetan.actions.step import VERBS_SEEN_BY_UNIT
from yuetan.models import (
    Case,
    CaseGround,
    Document,
    Event,
    Ground,
    Measure,
    Post,
    ProposalVersion,
    Receipt,
    Regulation,
    Task,
)
from yuetan.models.case.flow import machine
from yuetan.models.case.proposal import bound_digest, text_of_rows
from yuetan.vocabulary import OUTER_STATE_NAMES, CaseState, DocumentKind, PostKind, TaskState, Verb

UUID_BITS = 128


@dataclass(frozen=True)
class Footing:
    """What every seeded case stands on."""

    regulation: Regulation
    grounds: list[Ground]
    office: Office
    sides: list[Side]
    interviewers: dict[int, Post]
    days: Days
    settings: dict[str, Any]


@dataclass
class Paper:
    """A paper to be numbered and worded, and what waits for its number."""

    case: Case
    document: Document
    reason: str
    replaces: Document | None
    scheduled_at: datetime | None
    events: list[Event] = field(default_factory=list)


@cache
def _ways() -> dict[tuple[str, str], str]:
    return {(str(each.source), each.name): str(each.target) for each in machine(Case)}


class Rows:
    """A case on its way through its plan; every step goes by the same machine as any other case."""

    def __init__(self, plan: Plan, lots: Random, footing: Footing, serial: tuple[int, int]) -> None:
        self.plan, self.lots, self.footing = plan, lots, footing
        self.side = lots.choice(footing.sides)
        self.officer = lots.choice(footing.office.everyone(PostKind.CASE_OFFICER))
        self.state, self.days_ago, self.due_days = "", 0, lots.randint(25, 45)
        self.at: datetime  # set before each step
        self.rows: list[Model] = []
        self.events: list[Event] = []
        self.papers: list[Paper] = []
        self.measures: list[Measure] = []
        self.tasks: dict[int, Task] = {}
        self.made: dict[str, Any] = {}
        self.versions: list[ProposalVersion] = []
        self.case = self._case(serial)
        self.ground = self._ground()

    def _case(self, serial: tuple[int, int]) -> Case:
        matter = seed_words.matter(self.lots)
        return Case(
            id=self.new_id(),
            regulation=self.footing.regulation,
            register_year=serial[0],
            register_serial=serial[1],
            unit=self.side.unit,
            matter=matter,
            interviewer=self.footing.interviewers[self.side.unit.pk],
            drafter=self.officer.user,
            state=self.plan.state,
        )

    def _ground(self) -> CaseGround:
        fitting = [ground for ground in self.footing.grounds if ground.fits(self.side.unit.kind)]
        return CaseGround(
            case=self.case,
            ground=self.lots.choice(fitting),
            facts=seed_words.facts(self.lots, self.case.matter),
            reference_number=f"督导通报{self.lots.randint(1, 60)}期",
            reference_summary="督导检查情况。",
        )

    def hand_in(self, event: Event) -> None:
        """The proposal as it is handed in with this step."""
        number = len(self.versions) + 1
        event.data["version"] = number
        text = text_of_rows(self.case, [(self.ground, ())], self.side.heads)
        kept = {"text": text, "sha256": bound_digest(text), "submitted_by": event.actor, "submitted_at": self.at}
        self.versions.append(ProposalVersion(case=self.case, number=number, **kept))

    def new_id(self) -> UUID:
        """A key, the same for the same seed."""
        return UUID(int=self.lots.getrandbits(UUID_BITS), version=4)

    @property
    def today(self) -> date:
        """The day of the step being told."""
        return self.at.date()

    def add(self, row: Model) -> Any:
        """Keep a row to be text_of_rows."""
        self.rows.append(row)
        return row

    def event(self, verb: Verb, actor: Actor, opinion: str = "", **data: Any) -> Event:
        """The record of a step: it moves the case as the machine says; raises KeyError where it has no such way."""
        before = self.state
        if verb == Verb.DRAFT:
            self.state = CaseState.DRAFTED.value
        elif verb in {name for _, name in _ways()}:
            self.state = _ways()[before, verb]
        event = Event(
            case=self.case,
            verb=verb.value,
            actor=actor.user,
            actor_title=actor.title,
            from_state=before,
            to_state=self.state,
            opinion=opinion,
            data=data,
            is_outer=verb in VERBS_SEEN_BY_UNIT or (verb == Verb.WITHDRAW and before in OUTER_STATE_NAMES),
            created_at=self.at,
        )
        self.events.append(event)
        return event

    def issue(self, kind: DocumentKind, event: Event, reason: str = "", replaces: Document | None = None) -> Document:
        """A paper that takes effect with this step."""
        document = Document(
            id=self.new_id(),
            kind=kind,
            case=self.case,
            prefix=self.footing.settings[f"prefix_{kind.value}"],
            year=self.at.year,
            issued_by=event.actor,
            issued_at=self.at,
        )
        if replaces is not None:
            replaces.replaced_by = document
        self.papers.append(Paper(self.case, document, reason, replaces, self.case.scheduled_at, [event]))
        return document

    def sign(self, event: Event, actor: Actor) -> None:
        """A receipt for the notice that holds."""
        paper = self.papers[-1]
        paper.events.append(event)
        self.add(Receipt(document=paper.document, signed_by=actor.user, signed_title=actor.title, signed_at=self.at))

    def next_due_on(self) -> date | None:
        """What falls due next, as `Case.next_due_on` says of a text_of_rows case."""
        if self.plan.state == CaseState.NOTIFIED and self.case.scheduled_at:
            return self.case.scheduled_at.date()
        if self.plan.state == CaseState.CLOSED:
            return self.made["revisit"].planned_on
        if self.plan.state != CaseState.RECTIFYING:
            return None
        tasks = [task for task in self.tasks.values() if task.state != TaskState.ACCEPTED]
        unfinished = [task.effective_due_on for task in tasks if task.effective_due_on]
        return min(unfinished, default=None)
