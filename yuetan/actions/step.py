"""The one pipeline of every step: lock, may I, nothing against it, change, save, event, alerts, grants, commit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet

from yuetan import alerts, grants, office_waits, pending_steps, permissions, search_index, tallies
from yuetan.actions.before_step import Before, parties_of
from yuetan.errors import NotYours, Reason, Refused, StateChanged
from yuetan.models import SUBJECTS, Case, Event, Subject, Task, User
from yuetan.models.case.earlier_steps import IN_OWN_NAME
from yuetan.models.files.stored_file import StoredFile
from yuetan.models.flow.recording import current_recording, is_asked
from yuetan.models.flow.step import Step
from yuetan.models.office.fixed_query import FixedQuery
from yuetan.models.office.last_writes import LastWrites
from yuetan.models.office.read_once import keep_what_was_written, reading_once
from yuetan.models.rectification.task_origin import HandsOutTasks, kept_with_tasks
from yuetan.permissions import UNIT_SIDE
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import ROLE_OF_POST, PostKind

logger = logging.getLogger(__name__)

Facts = Mapping[str, object]  # what an event keeps beside its opinion
OPINION = "意见、原因"  # what is said beside a step, in the words of its forms
One = TypeVar("One", bound=Subject)
_LOCK = "SELECT 1 FROM {table} WHERE id = %s FOR UPDATE"


def _query_for(model: type[Subject]) -> FixedQuery[Any]:
    def one(key: object) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.for_step().filter(pk=key)
        return rows

    return FixedQuery(one, uuid4(), before=_LOCK.format(table=model._meta.db_table))


_READ: dict[type, FixedQuery[Any]] = {model: _query_for(model) for model in SUBJECTS.values()}


def refuse_uncited(findings: Iterable[Finding]) -> None:
    """Raise Refused with a sentence for each finding, citing no article, because none covers it."""
    reasons = [finding.reason() for finding in findings]
    if reasons:
        raise Refused(*reasons)


def refuse_if_any(subject: Subject, findings: Iterable[Finding]) -> None:
    """Raise Refused with a sentence for each finding; nothing happens if there is none."""
    reasons = [subject.reason(finding) for finding in findings if is_asked(finding.code)]
    if reasons:
        raise Refused(*reasons)


def require_right(by: User, codename: str) -> None:
    """Raise NotYours unless a role of this person's gives the permission everywhere; for what is no step of a case."""
    if not by.has_perm(permissions.name(codename)):
        raise NotYours(codename)


def may_take(subject: Subject, step: Step, by: User) -> bool:
    """Whether the step is this person's to take: by role, or as a party to the subject.

    Somebody who holds a post in the unit concerned has no role in its matters (回避); only a step that
    `explains_recusal` stays theirs, to be refused with the reason. Nobody has one in what was narrowed without them.
    """
    then = current_recording()
    if then is not None:
        return _could_take_then(subject, step, by, then.recorder)
    by_role = by.has_perm(step.permission) and not subject.leaves_out(by)
    if by_role and (step.explains_recusal or not subject.recuses(by)):
        return True
    return subject.is_granted(step.permission, by)


def _could_take_then(subject: Subject, step: Step, by: User, recorder: User) -> bool:
    """Whether the step was this person's to take by their posts of the day that is entered (补录).

    What is registered here in somebody's own name is so by who enters it, and by today's role.
    """
    if subject.recuses(by):
        return False
    if step.verb in IN_OWN_NAME:
        return by.pk == recorder.pk and by.has_perm(step.permission)
    permission = permissions.BY_CODENAME[step.permission.removeprefix(f"{permissions.APP}.")]
    if any(ROLE_OF_POST.get(PostKind(post.kind)) in permission.roles for post in by.current_posts):
        return True
    parties = subject.parties() if permission.parties else {}
    return any(by.pk in parties.get(party, ()) for party in permission.parties if party not in UNIT_SIDE)


def blocking_reasons(subject: Subject, step: Step, by: User) -> list[Reason]:
    """The reasons why this person cannot take this step now; empty if they can."""
    reasons = [reason for requirement in step.requirements for reason in requirement.reasons(subject)]
    return reasons + [reason for personal in step.personal for reason in personal.reasons(subject, by)]


def is_allowed(subject: Subject, step: Step, by: User) -> bool:
    """Whether blocking_reasons would be empty; cheaper, because no sentence is made."""
    return step.is_met(subject) and all(personal.allows(subject, by) for personal in step.personal)


def required_step(subject: Subject, verb: str, by: User) -> Step:
    """The step that this verb is now.

    Raises StateChanged if the subject has moved on, NotYours if the step is somebody else's.
    """
    step = subject.find_step(verb)
    if step is None:
        raise state_changed(subject, by)
    if not may_take(subject, step, by):
        raise NotYours(verb)
    return step


@contextmanager
def step(subject: One, verb: str, *, by: User, opinion: str = "", facts: Facts | None = None) -> Iterator[One]:
    """Take one step on a locked subject, or begin one that is not saved yet: all of it happens, or nothing.

    `facts` go into the event and may be filled while the step is taken. Raises StateChanged if the
    subject has moved on, NotYours if the step is somebody else's, Refused with every reason if the
    rules do not allow it. Afterwards the subject is saved, the event written, its alerts are
    sent, the grants are equal to the table, the search rows to the text and the counters to both; of a
    step that fails no row and no file stays.
    """
    stored: list[StoredFile] = []
    try:
        with transaction.atomic(), reading_once():
            locked = _locked(subject)
            locked.stored_files = stored
            current, before = _permitted(locked, verb, by), Before.of(locked)
            refuse_if_any(locked, personal_data("", OPINION, opinion, clock.today().year))
            yield locked
            last = LastWrites()
            _settle(locked, current, by=by, before=before, opinion=opinion, facts=facts, last=last)
            search_index.follow_step(locked, before.words)
            if isinstance(locked, Case):
                tallies.follow_step(locked, before.facts, last)
            last.send()
            if isinstance(locked, HandsOutTasks):
                _follow_tasks(locked, before)
    except BaseException:
        delete_files(stored)
        raise


def _locked(subject: One) -> One:
    """The subject as it is once nobody else changes it.

    By two statements, though in one go: in one, a row that had to be waited for comes as it is now, and whatever is
    read with it as it was before.
    """
    if subject.is_new:
        return subject
    locked: One = _READ[type(subject)].get(subject.pk)
    locked.read_relations_once()
    return locked


def _permitted(subject: Subject, verb: str, by: User) -> Step:
    current = required_step(subject, verb, by)
    reasons = blocking_reasons(subject, current, by)
    if reasons:
        raise Refused(*reasons)
    return current.as_heard(subject)


def _settle(
    subject: Subject, step: Step, *, by: User, before: Before, opinion: str, facts: Facts | None, last: LastWrites
) -> None:
    keep_what_was_written()
    if isinstance(subject, Case):
        subject.due_on = subject.next_due_on()
    just_opened = subject.follow_opening()
    before.save_changes(subject)
    if just_opened:
        grants.open_to_unit(subject)
    keep_what_was_written()
    if step.is_recorded:
        write_event(subject, step, by=by, before=before.state, opinion=opinion, facts=facts)
    if just_opened or (subject.opened_on and before.parties != parties_of(subject)):
        grants.follow(subject)
    if isinstance(subject, Case):
        office_waits.follow(subject, before.state, last)
    if before.state:
        pending_steps.follow_locked(subject, last)
    else:
        pending_steps.follow(subject, last)


def _follow_tasks(origin: HandsOutTasks, before: Before) -> None:
    """Let its tasks keep what it is now, so that lists of tasks ask one table; last, for nothing here asks them."""
    now = kept_with_tasks(origin)
    if before.of_tasks and now != before.of_tasks:
        Task.objects.of(origin).update(**now)


def delete_files(stored: Iterable[StoredFile]) -> None:
    """Files know no rollback: take away the bytes of rows that did not come to stay.

    Bytes that cannot be deleted hide no refusal: they are logged, and `check_records` names them.
    """
    for row in stored:
        for file, *_ in row.kept_bytes:
            try:
                file.storage.delete(str(file.name))
            except OSError:
                logger.exception("a file that belongs to no row could not be deleted: %s", file.name)


def write_event(
    subject: Subject,
    step: Step,
    *,
    by: User,
    before: str,
    opinion: str = "",
    facts: Facts | None = None,
) -> Event:
    """Write one row of the append-only record, with the actor's post at that time, and send its alerts.

    What is done before a subject is open to its unit the unit does not read later, either; but of what is entered of
    then (补录) it reads what it knew of then.
    """
    then = current_recording()
    facts = {**(facts or {}), **(then.facts if then else {})}
    event = Event(
        **{subject.ABOUT: subject},
        verb=step.verb,
        actor=by,
        actor_title=by.title,
        from_state=before,
        to_state=subject.state,
        opinion=opinion,
        data=_as_json(facts),
        is_outer=step.seen_by_unit and (then is not None or subject.opened_on is not None),
        created_at=clock.now() if before else subject.created_at,  # what begins does so at one moment
    )
    alerts.record_with_alerts(event, step if then is None else None)  # nobody is alerted of what was done long ago
    return event


def _as_json(facts: Facts) -> dict[str, object]:
    return {key: value.isoformat() if isinstance(value, date | datetime) else value for key, value in facts.items()}


def state_changed(subject: Subject, by: User) -> StateChanged:
    """Who moved the subject, when and how, in what this person may know."""
    inner = subject.is_inner_to(by)
    events = subject.events.select_related("actor").newest_first().exclude(from_state=F("to_state"))
    last = (events if inner else events.shown_outside()).first()
    return changed_by(last, subject.state_for(by), inner=inner, reader=by)


def changed_by(last: Event | None, state: str, *, inner: bool, reader: User | None = None) -> StateChanged:
    """What to say of the event that moved a subject to where it stands now; nobody is named where there is none."""
    if last is None:
        return StateChanged(who="", when=None, what=f"（现为“{state}”）")
    is_own = reader is not None and last.actor_id == reader.pk
    what = f"{last.label}（现为“{state}”）"
    return StateChanged(who=last.who(inner=inner), when=last.created_at, what=what, is_own=is_own)


@contextmanager
def dry_run() -> Iterator[None]:
    """Let actions run to see what would come of them, and undo everything; for actions that keep no files."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
