"""Rows of 待办 made equal to the table of steps where its answer may have changed; nobody else writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from yuetan.models import (
    AccountabilityMeasure,
    Assignment,
    Case,
    Letter,
    MinutesCorrection,
    PendingStep,
    Post,
    StalePending,
    Subject,
    TeamMember,
    Unit,
    User,
)
from yuetan.models.case.case import CaseQuerySet
from yuetan.models.case.current_parties import APPROVING
from yuetan.models.flow.awaiting import Pending, pending_of
from yuetan.models.office.last_writes import LastWrites
from yuetan.models.office.read_once import reading_once
from yuetan.models.people.delegation import LEADING_POSTS
from yuetan.vocabulary import (
    ACTING_FOR,
    INTERVIEWED_UNIT_KINDS,
    NARROWED_POSTS,
    ROLE_OF_POST,
    CaseState,
    MeasureState,
    PostKind,
)

# What a row holds, as the database calls it.
COLUMNS = {
    **dict.fromkeys(("case_id", "letter_id", "measure_laid_id", "assignment_id"), "uuid"),
    **dict.fromkeys(("unit_id", "group_id", "person_id"), "bigint"),
    **dict.fromkeys(("verb", "role"), "text"),
    "barred": "bigint[]",
    "due_on": "date",
    **dict.fromkeys(("from_at", "until_at"), "timestamptz"),
}
TABLE = "yuetan_pendingstep"
_WANTED = f"json_to_recordset(%s) AS wanted ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})"
_ROWS = [f"({', '.join(f'{row}.{name}' for name in COLUMNS)})" for row in ("wanted", "held")]
_ALIKE = " IS NOT DISTINCT FROM ".join(_ROWS)
# Of some subjects of one class: what is there and not wanted goes, what is wanted and not there comes.
_WRITE = f"""DELETE FROM {TABLE} AS held WHERE held.{{of}} = ANY(%s::uuid[])
        AND NOT EXISTS (SELECT FROM {_WANTED} WHERE wanted.{{of}} = held.{{of}} AND {_ALIKE});
    INSERT INTO {TABLE} ({", ".join(COLUMNS)}) SELECT {", ".join(COLUMNS)} FROM {_WANTED}
        WHERE NOT EXISTS (SELECT FROM {TABLE} AS held WHERE wanted.{{of}} = held.{{of}} AND {_ALIKE})
"""  # nosec B608 - made of what stands here
OTHERS = (Letter, AccountabilityMeasure, Assignment)
CHUNK = 200
OFFICE_POSTS = tuple(ACTING_FOR.values())
# What who laid a measure decides waits for persons, who change with their posts.
DECIDED_BY_WHO_LAID = (
    {"plea__drafted_at__isnull": False, "plea__decided_at": None},
    {"delisting_requests__asked_at__isnull": False, "delisting_requests__granted": None},
)
# While a case is in one of these, who may take its next step depends on who leads the group.
LEADERS_COUNT = (
    CaseState.DRAFTED,
    CaseState.IN_REVIEW,
    CaseState.PROPOSED,
    CaseState.APPROVED,
    CaseState.NOTIFIED,
    CaseState.INTERVIEWED,
)


def follow(subject: Subject, last: LastWrites | None = None) -> None:
    """Make the rows of one subject equal to what it waits for now; it is locked by the step that changed it, which may
    write them with its last."""
    if isinstance(subject, Case):
        office = subject.shared.read_now()  # who is what today does not change by a step
        with reading_once():  # what the step has written is read anew, once and not for each question
            case = Case.objects.for_step().get(pk=subject.pk)
            case.read_relations_once()
            case.shared_parties = office
            _make_equal([case], last)
    else:
        _make_equal([subject], last)


def follow_locked(subject: Subject, last: LastWrites) -> None:
    """Make the rows of a subject equal to what it waits for, with the last that the step writes which locked it and
    has read it."""
    _make_equal([subject], last)


def follow_person(user: User) -> None:
    """Let the cases follow for which it may count which posts this person holds, or held until now."""
    kinds, units = set(), set()
    for post in user.posts.select_related("unit"):
        kinds.add(PostKind(post.kind))
        units |= {post.unit_id} if post.unit.kind in INTERVIEWED_UNIT_KINDS else set()
    concerned = Q(unit__in=units) if units else Q(pk__in=[])
    if kinds.intersection(LEADING_POSTS):
        concerned |= _of_leaders()
    if kinds.intersection(OFFICE_POSTS):
        concerned |= Q(state=CaseState.DRAFTED)
    if kinds.intersection((*NARROWED_POSTS, *LEADING_POSTS)):
        concerned |= ~Q(readers=None)
    if kinds.intersection(ROLE_OF_POST):
        concerned |= Q(unit__in=_units_of_the_office())
    _follow_others_of(kinds)
    follow_cases(Case.objects.filter(concerned))


def _follow_others_of(kinds: set[PostKind]) -> None:
    """Let the letters, measures and 交办事项 follow for which posts of these kinds may count."""
    if kinds.intersection(ROLE_OF_POST):
        follow_others(unit__in=_units_of_the_office())
    if kinds.intersection(OFFICE_POSTS):
        follow_others([AccountabilityMeasure], state=MeasureState.DRAFTED)
    if kinds.intersection((*LEADING_POSTS, *OFFICE_POSTS)):
        for waits in DECIDED_BY_WHO_LAID:
            follow_others([AccountabilityMeasure], state=MeasureState.SERVED, **waits)


def _of_leaders() -> Q:
    """Cases whose next step depends on who leads the group, and those with minutes to correct."""
    corrected = MinutesCorrection.objects.filter(confirmed_at=None, withdrawn_at=None).order_by()
    return Q(state__in=LEADERS_COUNT) | Q(pk__in=corrected.values("case"))


def _units_of_the_office() -> list[int]:
    """Keys of the units in which somebody of the office or of the leading group holds a post: others act there."""
    current = Post.objects.current()
    inner = current.filter(kind__in=ROLE_OF_POST).values("holder")
    outer = current.filter(holder__in=inner, unit__kind__in=INTERVIEWED_UNIT_KINDS)
    return list(outer.values_list("unit", flat=True).distinct())


def follow_unit(unit: Unit) -> None:
    """Let everything about a unit follow that has ended, or goes on in another."""
    follow_cases(Case.objects.filter(unit=unit))
    follow_others(unit=unit)
    follow_others([AccountabilityMeasure], named_units__unit=unit)


def follow_deciders() -> None:
    """Let every proposal follow that waits for a decision: who decides has changed."""
    follow_cases(Case.objects.filter(state=CaseState.PROPOSED))


def follow_setting(key: str) -> None:
    """Let the cases follow for which it counts what the office has set about who decides and who acts."""
    counts = key == APPROVING or key.startswith(("acting_", "delegation_"))
    if counts:
        follow_cases(Case.objects.filter(_of_leaders() | Q(unit__in=_units_of_the_office())))
        follow_others(unit__in=_units_of_the_office())


def follow_signers(person: User) -> None:
    """Let the cases follow in which this person has still to sign: whether they can sign here has changed."""
    unsigned = TeamMember.objects.filter(person=person, signed_at=None)
    follow_cases(Case.objects.filter(pk__in=unsigned.values("team__case")))


@transaction.atomic
def follow_cases(cases: CaseQuerySet) -> None:
    """Make the rows of these cases equal, of those that may wait or have rows; each is locked as a step locks it.

    Of very many the first at once, so that nobody waits for whoever changed a post or a setting: the others are
    marked as stale, and `follow_stale` makes them equal soon after. Until then a list may show what a page refuses.
    """
    concerned = cases.order_by().values("pk")
    waiting = Case.objects.that_may_wait().filter(pk__in=concerned)
    _follow(Case, _first_or_marked(Case, waiting, PendingStep.objects.filter(case__in=concerned), "case"))


@transaction.atomic
def follow_others(
    models: Sequence[type[Letter | AccountabilityMeasure | Assignment]] = OTHERS, **concerned: object
) -> None:
    """Let the letters, measures and 交办事项 that are `concerned` follow: the first of each at once, others soon."""
    for model in models:
        _follow(model, _first_or_marked(model, model.objects.filter(**concerned).that_may_wait()))


def _first_or_marked(
    model: type[Subject], waiting: QuerySet[Any], held: QuerySet[PendingStep] | None = None, of: str = "pk"
) -> list[UUID]:
    """Keys of the first of these subjects, in order; the others are marked as stale, by the database alone."""
    parts = [(waiting.order_by(), "pk"), *([(held.order_by(), of)] if held is not None else [])]
    keys: set[UUID] = set()
    for rows, key in parts:
        keys.update(rows.order_by(key).values_list(key, flat=True).distinct()[:CHUNK])
    first = sorted(keys)[:CHUNK]
    if len(first) == CHUNK:
        others = [rows.filter(**{f"{key}__gt": first[-1]}).values_list(key).distinct() for rows, key in parts]
        StalePending.objects.mark(model.ABOUT, others[0].union(*others[1:]))
    return first


def follow_stale() -> int:
    """Make equal the rows of what was marked as stale, so many in a transaction; returns of how many subjects.

    What somebody is acting on stays marked until the next time: nobody is waited for.
    """
    done = 0
    for model in (Case, *OTHERS):
        while number := _follow_some_stale(model):
            done += number
    return done


def _follow_some_stale(model: type[Subject]) -> int:
    marked = StalePending.objects.exclude(**{model.ABOUT: None}).values(f"{model.ABOUT}_id")
    return _follow_marked(model, model.objects.filter(pk__in=marked).order_by("pk")[:CHUNK], skip_locked=True)


@transaction.atomic
def _follow_marked(model: type[Any], rows: QuerySet[Any], *, skip_locked: bool = False) -> int:
    """Lock these, take their marks away, and only then derive: what is marked from now on stays so."""
    locked = rows.select_for_update(of=("self",), skip_locked=skip_locked)
    keys = list(locked.values_list("pk", flat=True))
    StalePending.objects.filter(**{f"{model.ABOUT}__in": keys}).delete()
    _follow(model, keys)
    return len(keys)


@transaction.atomic
def _follow(model: type[Any], keys: Sequence[UUID]) -> None:
    if keys:
        rows = model.objects.filter(pk__in=keys).order_by("pk")
        list(rows.select_for_update(of=("self",)).values_list("pk"))
        _make_equal(list(rows.for_pending() if model is Case else rows.with_step_relations()))


def chunks_of(cases: CaseQuerySet) -> Iterator[list[UUID]]:
    """Keys of those of these cases that may wait or have rows, in order, so many at a time."""
    for keys in _keys_in_chunks(cases):
        waiting = set(Case.objects.that_may_wait().filter(pk__in=keys).values_list("pk", flat=True))
        waiting |= set(PendingStep.objects.filter(case__in=keys).values_list("case", flat=True))
        yield sorted(waiting)


def _keys_in_chunks(rows: QuerySet[Any]) -> Iterator[list[UUID]]:
    last: UUID | None = None
    while True:
        following = rows.order_by("pk") if last is None else rows.order_by("pk").filter(pk__gt=last)
        keys = list(following.values_list("pk", flat=True)[:CHUNK])
        if keys:
            yield keys
        if len(keys) < CHUNK:
            return
        last = keys[-1]


def rebuild() -> int:
    """Derive every row anew, in pieces that each lock their subjects; returns how many there are."""
    for keys in chunks_of(Case.objects.all()):
        _follow_marked(Case, Case.objects.filter(pk__in=keys).order_by("pk"))
    for model in OTHERS:
        for keys in _keys_in_chunks(model.objects.all()):
            waiting = model.objects.filter(pk__in=keys).that_may_wait().order_by().values("pk")
            _follow_marked(model, model.objects.filter(pk__in=waiting).order_by("pk"))
    return PendingStep.objects.count()


def _make_equal(subjects: Sequence[Subject], last: LastWrites | None = None) -> None:
    """Write what is missing and delete what is no more, for some subjects of one class; with the `last` of a step, or
    at once."""
    if not subjects:
        return
    own = LastWrites() if last is None else last
    of = f"{subjects[0].ABOUT}_id"
    rows = [_row_wanted(each, subject) for subject in subjects for each in sorted(pending_of(subject), key=str)]
    wanted = json.dumps(rows, default=str)
    own.add(_WRITE.format(of=of), [[subject.pk for subject in subjects], wanted, wanted], TABLE)
    if last is None:
        own.send()


def _row_wanted(pending: Pending, subject: Subject) -> dict[str, object]:
    awaited, recipient = pending.awaited, pending.awaited.recipient
    return {
        f"{subject.ABOUT}_id": subject.pk,
        "unit_id": subject.unit_id,
        "verb": awaited.verb,
        "role": recipient.role,
        "group_id": recipient.group,
        "person_id": recipient.person,
        "barred": list(awaited.barred),
        "due_on": awaited.due_on,
        "from_at": pending.from_at,
        "until_at": pending.until_at,
    }
