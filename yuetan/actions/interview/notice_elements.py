"""The six elements of a notice: 事由 and people from the approval and from posts, the rest as it was written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from yuetan.actions.interview.attendance import ParticipantRow
from yuetan.actions.interview.interview_time import clashes, time_problems
from yuetan.documents.content.phrases import leader_in_short, people_named
from yuetan.models import Case, Post, User
from yuetan.models.case.flow import NoticeElements
from yuetan.models.people.held_posts import by_person
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import missing_of, says_nothing
from yuetan.rules.text.notice_parts import missing_headings, missing_parts
from yuetan.rules.text.person_names import is_person_name
from yuetan.vocabulary import NoticeElement
from yuetan.vocabulary.naming import in_names

# By office, not by name: the unit is never told who of the office drafted its case.
RECORDERS = in_names("{the_office}记录人员")
SIDES = {"attendees": "约谈方其他参加人员", "companions": "被约谈方其他参加人员"}


@dataclass(frozen=True)
class NoticeInput:
    """What is written for a notice; everything else in it follows from the case."""

    scheduled_at: datetime | None
    place: str
    procedure: str
    attendees: Sequence[ParticipantRow]
    companions: Sequence[ParticipantRow]
    required_materials: str
    materials_reason: str
    unusual_time_accepted: bool
    clash_accepted: bool
    matter_facts: str

    def elements(self, case: Case, leader: Post, interviewees: Sequence[Post]) -> NoticeElements:
        """All that the case keeps of its notice once no problem was found, 事由 in the words that were approved."""
        assert self.scheduled_at is not None
        return {
            "matter": "\n".join(filter(None, [matter_words(case), self.matter_facts.strip()])),
            "scheduled_at": self.scheduled_at,
            "place": self.place,
            "procedure": self.procedure,
            "participants": self._participants(leader, interviewees),
            "required_materials": self.required_materials,
            "other_participants": {"attendees": list(self.attendees), "companions": list(self.companions)},
        }

    def _participants(self, leader: Post, interviewees: Sequence[Post]) -> str:
        sides = (
            ("约谈方", [leader_in_short(leader), *map(_with_title, self.attendees), RECORDERS]),
            ("被约谈方", [people_named(by_person(interviewees)), *map(_with_title, self.companions)]),
        )
        return "\n".join(f"{side}：{'、'.join(people)}。" for side, people in sides)

    def facts(self) -> dict[str, object]:
        """What the event keeps beside the paper: why the four headings were not asked for."""
        reason = self.materials_reason.strip()
        return {"materials_reason": reason} if reason else {}

    def problems(self, case: Case, people: Sequence[Post], *, by: User) -> Iterator[Finding]:
        """What is missing, what the law asks for and is not named, and what stands against the time."""
        written = {element: getattr(self, element.value, "—") for element in NoticeElement}
        needed = {element.value: (element.label, value) for element, value in written.items()}
        yield from missing_of("notice_incomplete", needed)
        yield from self._law_problems()
        yield from self._people_problems()
        if self.scheduled_at is None:
            return
        yield from time_problems(self.scheduled_at, unusual_accepted=self.unusual_time_accepted)
        if not self.clash_accepted:
            yield from clashes(case, self.scheduled_at, self.place, people, by=by)

    def _law_problems(self) -> Iterator[Finding]:
        parts, headings = missing_parts(self.procedure), missing_headings(self.required_materials)
        if self.procedure and parts:
            yield finding("notice_procedure_incomplete", "procedure", missing=official_text.joined(parts))
        if self.required_materials and headings and says_nothing(self.materials_reason):
            words = {"missing": official_text.joined(headings)}
            yield finding("notice_materials_incomplete", "required_materials", **words)

    def _people_problems(self) -> Iterator[Finding]:
        for field, kind in SIDES.items():
            for number, row in enumerate(getattr(self, field), start=1):
                labels = {"姓名": row["name"], "单位及职务": row["title"]}
                missing = [label for label, value in labels.items() if not value.strip()]
                if missing:
                    words = {"kind": kind, "number": number, "missing": official_text.joined(missing)}
                    yield finding("notice_participant_incomplete", field, **words)
                elif not is_person_name(row["name"]):
                    yield finding("name_unfit", field)


def matter_words(case: Case) -> str:
    """The matter as a notice states it: as it was approved."""
    return f"{case.matter.rstrip('。')}。"


def named(post: Post) -> str:
    """蓬江区棠下镇党委书记冯十."""
    return f"{post.full_title}{post.holder.name}"


def _with_title(row: ParticipantRow) -> str:
    return f"{row['title'].strip()}{row['name'].strip()}"
