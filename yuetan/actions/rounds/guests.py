"""督导组 with somebody of another department (会同有关部门): by name, department and post, in their office alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yuetan.models import RoundMember, SupervisionRound, Unit, User
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_labels, says_nothing
from yuetan.rules.text.official_text import joined
from yuetan.rules.text.person_names import is_person_name, person_name
from yuetan.rules.text.written_text import personal_problems


@dataclass(frozen=True)
class Guest:
    """One who comes along from another department, who has no account here."""

    name: str
    department: str
    title: str

    @property
    def kept(self) -> Guest:
        """As it is kept."""
        return Guest(person_name(self.name), self.department.strip(), self.title.strip())

    def joins(self, of_round: SupervisionRound, **since: object) -> RoundMember:
        """The row of the team, not stored yet."""
        stated = self.kept
        return RoundMember(round=of_round, name=stated.name, department=stated.department, title=stated.title, **since)


def guest_of(member: RoundMember) -> Guest:
    """Who a row of the team is of another department."""
    return Guest(member.name, member.department, member.title)


def guests_of(of_round: SupervisionRound) -> list[RoundMember]:
    """Those of other departments who are of the team now, or were."""
    return [one for one in of_round.members.all() if one.person_id is None]


def last_rows(guests: Iterable[RoundMember]) -> dict[tuple[object, ...], RoundMember]:
    """The last row of each, in whose post they were put right."""
    return {one.who: one for one in sorted(guests, key=lambda row: row.pk)}


def as_on(guests: Sequence[RoundMember], day: date | None) -> list[RoundMember]:
    """These of one round, each once, as the team had them on a day; who was not of it then as they are given."""
    stood: dict[tuple[object, ...], RoundMember] = {}
    if guests and day is not None:
        stood = last_rows(RoundMember.objects.on_day(guests[0].round, day).filter(person=None))
    return list({one.who: stood.get(one.who, one) for one in guests}.values())


def guest_problems(guests: Sequence[Guest], units: Sequence[Unit]) -> Iterator[Finding]:
    """That one is not named whole, or twice, or is of a unit to which the team goes (回避)."""
    stated = [one.kept for one in guests]
    for number, one in enumerate(stated, start=1):
        stated_of = {"姓名": one.name, "所在单位": _says(one.department), "职务": _says(one.title)}
        if missing := missing_labels(stated_of):
            yield finding("round_guest_incomplete", "guests", number=number, missing=missing)
        elif not is_person_name(one.name):
            yield finding("name_unfit", "guests")
        recused = [unit.full_name for unit in units if is_from(one.department, unit)]
        if recused:
            yield finding("round_member_recused", "guests", name=one.name, unit=joined(dict.fromkeys(recused)))
        yield from personal_problems(guests=(f"第{number}名其他部门成员", f"{one.department}{one.title}"))
    named = [(one.name, one.department) for one in stated]
    for name, _ in dict.fromkeys(each for each in named if named.count(each) > 1):
        yield finding("round_guest_twice", "guests", name=name)


def is_from(department: str, unit: Unit) -> bool:
    """Whether a department is the unit, or an organ of it."""
    return department.strip().startswith((str(unit.full_name), unit.name))


def alone_problems(people: Sequence[User], guests: Iterable[RoundMember], what: str) -> Iterator[Finding]:
    """That none of the office is among them: those of other departments come along with it."""
    if not people and any(guests):
        yield finding("round_guests_alone", "people", what=what)


def _says(text: str) -> bool:
    return bool(text) and not says_nothing(text)
