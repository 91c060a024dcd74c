"""The one pipeline of the rooms of the year, of people and of the office: right, files examined, row held, nothing
against it, change, log.

Of what goes through it nothing is granted on single rows, as on the subjects of `step()`, and where a row stands is
read off what was done: 信息报送, 会议, 三书一函, 考核, 督导, 实绩档案, the register of 资格限制; 单位与领导, 账号,
办公室设定, 工作日历 and what else an officer keeps. What may be done with a row is a `RoomStep`; pages offer it,
explain it and take it by the same row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Model

from yuetan import permissions
from yuetan.actions.files.attachment import ExaminedFile, Offer, examine_loose
from yuetan.actions.files.kept_whole import kept_whole
from yuetan.actions.log_event import log_event, log_in_room
from yuetan.errors import NotYours, Reason, Refused
from yuetan.models import Event, Subject, User
from yuetan.models.files.stored_file import StoredFile
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding

Row = TypeVar("Row")
File = TypeVar("File", bound=StoredFile)
Problems = Callable[[Row, User], Iterable[Finding]]  # what stands against a step on a row, by a person
LogFacts = dict[str, object]


@dataclass(frozen=True)
class RoomRows(Generic[Row]):
    """What every step on one kind of row shares.

    `hold` gives the row as it is once nobody else acts on it, `may` says whether a permission is this person's of this
    row, `facts` what the log says of each step on it. `about` gives the row of a room that it is part of or is, None
    where the step makes that one; of people, units and the office the log names no row, and there is no `about`.
    `subject` is whose text what stands against a step cites, if any.
    """

    hold: Callable[[Row], Row]
    may: Callable[[Row, User, str], bool]
    facts: Callable[[Row], LogFacts]
    about: Callable[[Row], Model | None] | None = None
    subject: Callable[[Row], Subject] | None = None

    def reason(self, row: Row, finding: Finding) -> Reason:
        """The sentence that says what stands against a step on the row, with the articles that cover it."""
        return self.subject(row).reason(finding) if self.subject else finding.reason()


def may_by_role(row: object, by: User, codename: str) -> bool:
    """Whether a role of the person gives it, whatever the row."""
    return bool(by.has_perm(permissions.name(codename)))


def itself(row: Model) -> Model:
    """A row with a page of its own is what a step on it is about."""
    return row


# For what begins with nothing, and makes its row: one of a room, or one that the log names by its facts alone.
NO_ROW = RoomRows[None](lambda row: row, may_by_role, lambda row: {}, lambda row: None)
NO_ROW_OF_OFFICE = RoomRows[None](lambda row: row, may_by_role, lambda row: {})


@dataclass(frozen=True)
class RoomStep(Generic[Row]):
    """One thing that somebody may do with a row of a room.

    `verb` is its line of the log, and its permission where `codename` names no other. Nobody is offered it while
    something of `against` stands against it; what is `explained` refuses it too, but the page offers it and says why.
    Both are asked in order, of the held row: what one finds is said before the next is asked.
    """

    verb: str
    rows: RoomRows[Row]
    against: tuple[Problems[Row], ...] = ()
    explained: tuple[Problems[Row], ...] = ()
    codename: str = ""
    is_logged: bool = True  # else what it makes is written down by a step of its own

    @property
    def permission(self) -> str:
        """The codename of the permission that it takes."""
        return self.codename or self.verb

    def may_take(self, row: Row, by: User) -> bool:
        """Whether it is this person's to take, possible now or not."""
        return self.rows.may(row, by, self.permission)

    def require(self, row: Row, by: User) -> None:
        """Let pass who may take it. Raises NotYours for anybody else."""
        if not self.may_take(row, by):
            raise NotYours(self.permission)

    def problems(self, row: Row, by: User) -> list[Finding]:
        """What stands against it as things are, whatever is typed."""
        for each in (*self.against, *self.explained):
            if problems := list(each(row, by)):
                return problems
        return []

    def reasons(self, row: Row, by: User) -> list[Reason]:
        """What stands against it as things are, a sentence each."""
        return [self.rows.reason(row, each) for each in self.problems(row, by)]

    def is_offered(self, row: Row, by: User) -> bool:
        """Whether the page of the row has a button for it."""
        return self.may_take(row, by) and not any(list(each(row, by)) for each in self.against)


@dataclass
class Held(Generic[Row]):
    """A row while a step is taken on it, with the files that came with it by the names of their fields."""

    step: RoomStep[Row]
    row: Row
    by: User
    files: Mapping[str, Sequence[ExaminedFile]]
    stored: list[StoredFile]
    facts: LogFacts = field(default_factory=dict)  # what the log says of this step besides
    made: Model | None = None  # the row that it makes, where the log is about that one
    needs_line: bool = True  # in the log, unless it stands there already or nothing is to be said

    def keep(self, name: str, make: type[File], **of: object) -> list[File]:
        """Keep the files of a field in rows of this kind, which belong to what `of` names."""
        rows = [make(uploaded_by=self.by, uploaded_at=clock.now(), **of) for _ in self.files[name]]
        for file, row in zip(self.files[name], rows, strict=True):
            file.store(row, self.stored)
        return rows

    def log(self) -> Event:
        """Write the line of the log now, for what names it or follows from it; else it is written at the end."""
        self.needs_line = False
        return self.log_further(**self.facts)

    def log_further(self, **facts: object) -> Event:
        """Write one more line of it, for what is too much for one."""
        rows = self.step.rows
        facts = {**rows.facts(self.row), **facts}
        if rows.about is None:
            return log_event(self.step.verb, self.by, **facts)
        about = self.made or rows.about(self.row)
        assert about is not None, self.step.verb
        return log_in_room(self.step.verb, self.by, about, facts)


@contextmanager
def room_step(step: RoomStep[Row], row: Row, *, by: User, **offers: Sequence[Offer]) -> Iterator[Held[Row]]:
    """Take a step on a row that nobody else acts on meanwhile: all of it happens, or nothing.

    `offers` are the files of each field, examined before the row is held, for a scanner may take its time. Raises
    NotYours if the step is not this person's, Refused for a file that is not accepted and with what stands against the
    step. Effects: a line of the log with the `facts` that the step has filled in; of a step that fails no row and no
    file stays.
    """
    if offers:
        step.require(row, by)
    files = {name: examine_loose(offered, name) for name, offered in offers.items()}
    with kept_whole() as stored:
        row = step.rows.hold(row)
        step.require(row, by)
        if reasons := step.reasons(row, by):
            raise Refused(*reasons)
        held = Held(step, row, by, files, stored, needs_line=step.is_logged)
        yield held
        if held.needs_line:
            held.log()
