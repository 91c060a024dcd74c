"""What the cells of a row mean: a unit, a post, a day, a person in office; else a sentence at the cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NoReturn, ParamSpec, TypeVar

from django.db.models import QuerySet
from django.db.models.functions import Concat

from yuetan.errors import Reason, Refused
from yuetan.models import Post, Unit, User
from yuetan.rules.text.person_names import is_person_name, person_name, persons_in
from yuetan.rules.text.table_cells import cell_day
from yuetan.vocabulary import POSTS_OF_UNIT_KIND, PostKind, UnitKind

Cells = Mapping[str, str]
Asked = ParamSpec("Asked")
Read = TypeVar("Read")
# What tables call a post by, where it is not its name.
ALSO_CALLED = {
    "党委书记": PostKind.PARTY_SECRETARY,
    "党工委书记": PostKind.PARTY_SECRETARY,
    "书记": PostKind.PARTY_SECRETARY,
    "区委书记": PostKind.PARTY_SECRETARY,
    "市委书记": PostKind.PARTY_SECRETARY,
    "镇长": PostKind.GOVERNMENT_HEAD,
    "区长": PostKind.GOVERNMENT_HEAD,
    "市长": PostKind.GOVERNMENT_HEAD,
    "办事处主任": PostKind.GOVERNMENT_HEAD,
    "主要领导": PostKind.UNIT_HEAD,
    "局长": PostKind.UNIT_HEAD,
    "主任": PostKind.OFFICE_DIRECTOR,
}


def fault(column: str, sentence: str) -> NoReturn:
    """Raises Refused with a sentence at one column of the row."""
    raise Refused(Reason(sentence, column))


class FaultyCells:
    """The faults of one row, so that its person is told all of them at once and not one after the other.

    What is found in a cell that is faulty already only follows from its first fault, and is left out.
    """

    def __init__(self, reasons: Iterable[Reason] = ()) -> None:
        self._reasons = list(reasons)

    def add(self, reasons: Iterable[Reason]) -> None:
        """Keep what is newly amiss."""
        known = {reason.field for reason in self._reasons if reason.field}
        self._reasons += [reason for reason in reasons if reason.field not in known]

    def read(self, reader: Callable[Asked, Read], *args: Asked.args, **kwargs: Asked.kwargs) -> Read | None:
        """What a reader makes of its cells; None where it refuses them, and its faults are kept."""
        try:
            return reader(*args, **kwargs)
        except Refused as refused:
            self.add(refused.reasons)
            return None

    def refuse_if_any(self) -> None:
        """Raises Refused with all that was found."""
        if self._reasons:
            raise Refused(*self._reasons)


def unit_in(cells: Cells, column: str, units: QuerySet[Unit]) -> Unit:
    """The unit that a cell names by its code, its name or its name in full. Raises Refused for none and for several."""
    words = cells.get(column, "")
    if not words:
        fault(column, "尚未填写单位。")
    code = units.filter(code=words).select_related("parent").first()
    if code is not None:
        return code
    named = list(units.filter(name=words).select_related("parent"))
    if not named:
        towns = units.filter(kind=UnitKind.TOWN).alias(in_full=Concat("parent__name", "name"))
        named = list(towns.filter(in_full=words).select_related("parent"))
    if len(named) == 1:
        return named[0]
    if named:
        several = "、".join(unit.full_name for unit in named[:3])
        fault(column, f"叫“{words}”的有几个（{several}），请写全称或者代码。")
    fault(column, f"没有登记“{words}”这个单位，请核对，或者先导入单位。")


def post_kind_in(cells: Cells, unit: Unit) -> PostKind:
    """The kind of post that a cell names, of those that such a unit has."""
    words, offered = cells["kind"], POSTS_OF_UNIT_KIND[UnitKind(unit.kind)]
    known = {label: kind for kind in offered for label in (kind.label, kind.value)}
    known |= {name: kind for name, kind in ALSO_CALLED.items() if kind in offered}
    if words not in known:
        fault("kind", f"{unit.name}的职务类别写成{'、'.join(f'“{kind.label}”' for kind in offered)}中的一种。")
    return known[words]


def day_in(cells: Cells, column: str) -> date:
    """The day in a cell."""
    words = cells.get(column, "")
    if not words:
        fault(column, "尚未填写日期。")
    day = cell_day(words)
    if day is None:
        fault(column, f"“{words}”不是日期，请写成“2026-03-05”或者“2026年3月5日”。")
    return day


def name_in(cells: Cells) -> str:
    """The name of the one person of the row. Raises Refused for several and for what is no name."""
    if len(persons_in(cells["name"])) > 1 or not is_person_name(cells["name"]):
        fault("name", "一行只写一个人的全名，不带职务、数字和标点，几个人请分成几行。")
    return person_name(cells["name"])


def person_in(cells: Cells, faults: FaultyCells) -> User | None:
    """The person of this name who holds a post in this unit today; None, and the faults kept, for none and several."""
    unit = faults.read(unit_in, cells, "unit", Unit.objects.in_use())
    name = faults.read(name_in, cells)
    return faults.read(_holder, unit, name) if unit and name else None


def _holder(unit: Unit, name: str) -> User:
    posts = Post.objects.current().filter(unit=unit, holder__name=name).select_related("holder")
    people = {post.holder_id: post.holder for post in posts}
    if len(people) != 1:
        fault("name", f"{unit.full_name}现任人员里{'没有' if not people else '有几个'}{name}，请核对，或者先导入任职。")
    return next(iter(people.values()))
