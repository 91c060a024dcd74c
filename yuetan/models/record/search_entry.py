"""What of a case, a letter or a measure can be found by words: one row for each side that may read it.

The rows are written by `search_index.py` in the transaction of each step. The inner row holds everything, the outer
one only what the unit itself may read, so that nobody finds by words what they may not see. A unit's names are not
in it: they are looked up in the units, so that a new name touches no case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQueryCombinable, SearchQueryField, SearchVectorField
from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import F, Func, Max, Min, Q, Value
from django.db.models.expressions import RawSQL

from yuetan import permissions
from yuetan.models.assignment.assignment import Assignment
from yuetan.models.case.case import Case
from yuetan.models.ladder.measure import AccountabilityMeasure
from yuetan.models.letter.letter import Letter
from yuetan.models.office.read_once import answer_once
from yuetan.models.office.written_words import bigrams_of, spelled
from yuetan.models.people.unit import Unit
from yuetan.models.subjects import SUBJECTS, of_exactly_one, subject_of

if TYPE_CHECKING:
    from uuid import UUID

    from yuetan.models.people.user import User

MAX_WORDS = 8
MAX_CANDIDATES = 3000
MAX_UNITS = 500  # a word in the names of more stands in too many rows to be looked up by their marks
# The codename that lets a role read the inner side of each subject; letters and measures have but one sight.
INNER_SIGHT = {
    "case": "see_inner_case",
    "letter": "see_letter",
    "measure_laid": "see_measure",
    "assignment": "see_assignments",
}
ROWS_OF_A_PLACE = 4096  # as `yuetan_search_grams` has it
TEXTS = ArrayField(models.TextField())
GRAMS = Func(
    *(F(name) for name in ("words", "letter", "measure_laid", "assignment", "is_inner", "unit", "id")),
    function="yuetan_search_grams",
    output_field=SearchVectorField(),
)
NEAR = 2  # places at the near end are read first: a word that stands in many rows stands there, too
SAMPLED = 4  # of the others tell whether it stands in few
# Rows of some places, in the order of these.
_IN_ORDER = """
    SELECT found.id FROM unnest(%s::bigint[]) AS place (number) CROSS JOIN LATERAL ({rows}) AS found (id) LIMIT %s
"""


class _Grams(SearchQueryCombinable, Func):  # type: ignore[misc]  # as Django mixes them, too
    """What the index is asked for: all of some signs and marks."""

    function = "yuetan_grams_query"
    output_field = SearchQueryField()
    config = None

    @classmethod
    def marks(cls, *marks: str) -> Self:
        """Marks that are known."""
        return cls(Value(list(marks), output_field=TEXTS))


class _AnyUnit(SearchQueryCombinable, Func):  # type: ignore[misc]  # as Django mixes them, too
    """What the index is asked for: the mark of any of some units, in one piece however many they are."""

    template = "%(expressions)s::tsquery"
    output_field = SearchQueryField()
    config = None

    @classmethod
    def of(cls, units: Sequence[int]) -> Self:
        """Of these; of no unit where there are none."""
        return cls(Value(" | ".join(f"'#unit{unit}'" for unit in units or [0]), output_field=models.TextField()))


@dataclass(frozen=True)
class _Sought:
    """What is searched for, twice: as the index is asked for candidates, and as the rows themselves decide it.

    Without `grams` the index is not asked: any row may hold it.
    """

    grams: SearchQueryCombinable | None
    rows: Q

    def __and__(self, other: _Sought) -> _Sought:
        both = [grams for grams in (self.grams, other.grams) if grams is not None]
        return _Sought(reduce(and_, both) if both else None, self.rows & other.rows)

    def __or__(self, other: _Sought) -> _Sought:
        either = self.grams | other.grams if self.grams is not None and other.grams is not None else None
        return _Sought(either, self.rows | other.rows)


class _Order(NamedTuple):
    """How many keys are asked for, beyond which one, and from which end."""

    most: int
    beyond: int | None
    descending: bool


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Finding rows by words."""

    index_query: SearchQueryCombinable | None = None

    def find(self, user: User, words: str, subjects: Collection[str] = tuple(SUBJECTS)) -> SearchEntryQuerySet:
        """What the person may see and all words are in, the latest first; nothing where nothing was asked for.

        At most eight words are looked at. Each stands in the text as it is written, blanks and marks left aside, or
        is part of the unit's name, code or pinyin initials. Read it by `keys_in_order`.
        """
        asked = [word for word in words.split() if any(sign.isalnum() for sign in word)][:MAX_WORDS]
        if not asked:
            return self.none()
        sides = reduce(or_, (side for subject in subjects for side in _sides(user, subject)))
        sought = reduce(and_, (_holds(word) for word in asked), sides)
        matches = self.filter(sought.rows).order_by("-pk")
        matches.index_query = sought.grams
        return matches

    def keys_in_order(self, most: int, beyond: int | None = None, *, descending: bool = True) -> list[int]:
        """Keys of the first rows that were found, or of the next beyond one, the latest first unless otherwise asked.

        A word that stands in very many rows is found place by place, some thousand rows at once, from the near end; one
        that stands in few is looked up in the whole index, for most places hold none of it.
        """
        if self.query.is_empty():
            return []
        order = _Order(most, beyond, descending)
        places = _places(order)
        keys = self._in_places(places[:NEAR], order)
        rest = places[NEAR:]
        if len(keys) == most or not rest:
            return keys
        read = self._in_places if self._is_in_many(rest) else self._in_whole_index
        return [*keys, *read(rest, order._replace(most=most - len(keys)))]

    def cases_with_matter(self, words: str) -> list[UUID] | None:
        """Keys of the cases whose matter may hold these words; None where they are so many that looking is quicker.

        For a list that compares the matter itself, and shows only what the person may see.
        """
        of_matter = _Grams(Func(bigrams_of(Value(words)), function="yuetan_matter_grams", output_field=TEXTS))
        candidates = self.filter(_indexed(of_matter & _Grams.marks("#case.inner")))
        keys = list(candidates.order_by().values_list("case", flat=True)[: MAX_CANDIDATES + 1])
        return keys if len(keys) <= MAX_CANDIDATES else None

    def _in_places(self, places: Sequence[int], order: _Order) -> list[int]:
        place = _Grams(RawSQL("ARRAY['@' || place.number]", (), TEXTS))
        try:
            rows, params = self._in_index(self._sought_grams() & place, order).query.sql_with_params()
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_IN_ORDER.format(rows=rows), (list(places), *params, order.most))
            return [key for (key,) in cursor.fetchall()]

    def _in_whole_index(self, rest: Sequence[int], order: _Order) -> list[int]:
        end = (rest[0] + 1) * ROWS_OF_A_PLACE if order.descending else rest[0] * ROWS_OF_A_PLACE - 1
        return [row["pk"] for row in self._in_index(self._sought_grams(), order._replace(beyond=end))]

    def _in_index(self, grams: SearchQueryCombinable, order: _Order) -> models.QuerySet[SearchEntry, Any]:
        rows = self.filter(_indexed(grams))
        if order.beyond is not None:
            rows = rows.filter(**{"pk__lt" if order.descending else "pk__gt": order.beyond})
        # By an expression: in the order of the key itself PostgreSQL would read row after row, past the index.
        in_order = rows.alias(order=F("pk") + 0).order_by("-order" if order.descending else "order")
        return in_order.values("pk")[: order.most]

    def _sought_grams(self) -> SearchQueryCombinable:
        assert self.index_query is not None, "rows are read in order after they were found"
        return self.index_query

    def _is_in_many(self, places: Sequence[int]) -> bool:
        """Whether so many rows may hold it that looking them all up would cost more than one place after the other."""
        sample = places[:: max(1, len(places) // SAMPLED)]
        enough = MAX_CANDIDATES * len(sample) // len(places) + 1
        return len(self._in_places(sample, _Order(enough, None, descending=True))) == enough

    def _clone(self) -> SearchEntryQuerySet:
        clone: SearchEntryQuerySet = super()._clone()  # type: ignore[misc]
        clone.index_query = self.index_query
        return clone


def _places(order: _Order) -> Sequence[int]:
    """Every place from where an order begins to its end."""
    table = frozenset({SearchEntry._meta.db_table})
    first, last = answer_once("ends of search", table, _ends)
    if first is None or last is None:
        return []
    if order.descending:
        return range(
            (last if order.beyond is None else order.beyond) // ROWS_OF_A_PLACE, first // ROWS_OF_A_PLACE - 1, -1
        )
    return range((first if order.beyond is None else order.beyond) // ROWS_OF_A_PLACE, last // ROWS_OF_A_PLACE + 1)


def _ends() -> tuple[int | None, int | None]:
    ends = SearchEntry.objects.aggregate(first=Min("pk"), last=Max("pk"))
    return ends["first"], ends["last"]


def _sides(user: User, subject: str) -> list[_Sought]:
    """The one side that the person reads of each: the inner by role, but never of their own unit (回避)
    or of what was narrowed without them (知悉范围)."""
    own = [post.unit_id for post in user.current_posts]
    of_own, of_subject = Q(unit__in=own), Q(**{f"{subject}__isnull": False})
    visible = SUBJECTS[subject].objects.all().visible_if(user, f"{subject}__")
    outer = _Sought(_Grams.marks(f"#{subject}.outer"), of_subject & Q(is_inner=False) & visible) & _of_units(own)
    known = SUBJECTS[subject].objects.known_to(user, f"{subject}__")
    inner = _Sought(_Grams.marks(f"#{subject}.inner"), of_subject & Q(is_inner=True) & ~of_own & known)
    if not user.has_perm(permissions.name(INNER_SIGHT[subject])):
        return [outer]
    return [inner, outer] if own else [inner]


def _holds(word: str) -> _Sought:
    of_units = Unit.objects.matching(word).order_by().values_list("pk", flat=True)
    units = list(of_units[: MAX_UNITS + 1])
    in_text = _Sought(_Grams(bigrams_of(Value(word))), Q(words__contains=spelled(Value(word))))
    if len(units) > MAX_UNITS:
        return _Sought(None, in_text.rows | Q(unit__in=of_units))
    return in_text | _of_units(units) if units else in_text


def _of_units(units: Sequence[int]) -> _Sought:
    return _Sought(_AnyUnit.of(units), Q(unit__in=units))


def _indexed(grams: SearchQueryCombinable) -> Func:
    """Whether the index holds it of a row."""
    return Func(GRAMS, grams, template="%(expressions)s", arg_joiner=" @@ ", output_field=models.BooleanField())


class SearchEntry(models.Model):
    """The words of one subject for one side, in an index of every sign of them and of every two in a row."""

    case = models.ForeignKey(Case, models.CASCADE, null=True, related_name="search_entries")
    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="search_entries")
    measure_laid = models.ForeignKey(AccountabilityMeasure, models.CASCADE, null=True, related_name="search_entries")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="search_entries")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_inner = models.BooleanField()
    words = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-pk",)
        indexes = (GinIndex(GRAMS, name="search_by_grams"),)
        constraints = (
            models.CheckConstraint(condition=of_exactly_one(), name="search_entry_of_one_subject"),
            models.UniqueConstraint(
                fields=(*SUBJECTS, "is_inner"),
                name="one_search_entry_a_side",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return str(subject_of(self))

    @property
    def subject_id(self) -> UUID:
        """The key of what it is of."""
        key = self.case_id or self.letter_id or self.measure_laid_id or self.assignment_id
        assert key is not None
        return key
