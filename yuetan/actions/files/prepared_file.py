"""Making files in the background: one is claimed, made and kept, and whoever dies over it leaves it to the next.

Who makes a file holds a lock of the database's session: it goes with the process, so that nothing is left half claimed.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO, TypeAlias
from uuid import UUID

from django.core.files import File
from django.db import transaction

from yuetan.actions.files.session_lock import session_lock
from yuetan.actions.step import refuse_uncited
from yuetan.models import Case, PreparedFile, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.vocabulary import PreparedKind

logger = logging.getLogger(__name__)

KEPT_DAYS = 7
MAX_WAITING = 5  # of one person
MAX_ATTEMPTS = 3  # a process that dies over a file three times dies because of it
NOT_MADE = "生成时出错，没有生成文件，请告知系统管理员（原因记在运行日志中）。"


@dataclass(frozen=True)
class MadeFile:
    """What a builder made: no content where nothing could be put into it, and what is missing from it and why."""

    name: str
    content: IO[bytes] | None
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Progress:
    """What a builder says about how far it is, written where the page of the file reads it."""

    prepared: PreparedFile

    def expect(self, total: int) -> None:
        """How much there is to do."""
        self.prepared.total = total
        PreparedFile.objects.filter(pk=self.prepared.pk).update(total=total)

    def reach(self, done: int) -> None:
        """How much of it is done."""
        PreparedFile.objects.filter(pk=self.prepared.pk).update(done=done)


Builder: TypeAlias = Callable[[PreparedFile, Progress], MadeFile]
Builders: TypeAlias = Mapping[PreparedKind, Builder]


@transaction.atomic
def request_file(*, by: User, kind: PreparedKind, title: str, arguments: Mapping[str, object]) -> PreparedFile:
    """Ask for a file to be made in the background. Raises Refused while too many of the person's files wait."""
    if PreparedFile.objects.waiting().filter(asked_by=by).count() >= MAX_WAITING:
        refuse_uncited([finding("prepared_files_waiting", "", most=MAX_WAITING)])
    return _new_row(by, kind, title, arguments)


@transaction.atomic
def make_file(
    *, by: User, kind: PreparedKind, title: str, arguments: Mapping[str, object], build: Builder
) -> PreparedFile:
    """A file so small that its person waits for it: recorded and made at once, in one transaction.

    No worker sees the row before it is made, and none is left of a file that could not be made.
    """
    prepared = _new_row(by, kind, title, arguments)
    _make(prepared, build)
    return prepared


def _new_row(by: User, kind: PreparedKind, title: str, arguments: Mapping[str, object]) -> PreparedFile:
    return PreparedFile.objects.create(
        kind=kind, title=title, arguments=arguments, asked_by=by, asked_by_title=by.title, asked_at=clock.now()
    )


def prepare_next(builders: Builders) -> PreparedFile | None:
    """Make the file that has waited longest and that nobody is making; None if there is none.

    A builder that raises ends in a file that is not made, with a sentence to its person and the error in the log.
    """
    for key in list(PreparedFile.objects.waiting().values_list("pk", flat=True)[:20]):
        with _claimed(key) as prepared:
            if prepared is not None:
                _prepare(prepared, builders)
                return prepared
    return None


@contextmanager
def _claimed(key: UUID) -> Iterator[PreparedFile | None]:
    """The row, if it is still to be made and no other process is at it."""
    with session_lock(key) as got_it:
        yield PreparedFile.objects.waiting().filter(pk=key).first() if got_it else None


def _prepare(prepared: PreparedFile, builders: Builders) -> None:
    prepared.attempts += 1
    prepared.save(update_fields=["attempts"])
    if prepared.attempts > MAX_ATTEMPTS:
        _give_up(prepared)
        return
    try:
        _make(prepared, builders[PreparedKind(prepared.kind)])
    except Exception:
        logger.exception("a file could not be prepared: %s", prepared.pk)
        _give_up(prepared)


def _give_up(prepared: PreparedFile) -> None:
    prepared.failed_at, prepared.problems = clock.now(), [NOT_MADE]
    prepared.save(update_fields=["failed_at", "problems"])


def _make(prepared: PreparedFile, build: Builder) -> None:
    prepared.rights = _rights(prepared.asked_by)
    made = build(prepared, Progress(prepared))
    prepared.problems = made.problems
    if made.content is None:
        prepared.failed_at = clock.now()
    else:
        with made.content as content:
            prepared.file_name = made.name
            prepared.file.save(f"{prepared.pk}.{made.name.rsplit('.', 1)[-1]}", File(content), save=False)
        prepared.ready_at, prepared.done = clock.now(), prepared.total or 0
    prepared.save()


def refuse_if_rights_changed(prepared: PreparedFile) -> None:
    """Raises Refused for a file made when its person held other posts: it may hold what they may see no more."""
    if prepared.rights != _rights(prepared.asked_by):
        refuse_uncited([finding("prepared_file_rights_changed")])


def _rights(person: User) -> str:
    posts = sorted(post.pk for post in person.current_posts)
    groups = sorted(person.groups.values_list("pk", flat=True))
    narrowed = Case.objects.filter(Case.objects.left_out(person)) if Case.objects.leaves_out(person) else []
    left_out = sorted(str(case.pk) for case in narrowed)
    return hashlib.sha256(f"{posts}{groups}{left_out}".encode()).hexdigest()


def purge_prepared_files(today: date) -> dict[str, int]:
    """每日任务: the files that were ready some days ago; their rows stay."""
    old = PreparedFile.objects.exclude(file="").filter(ready_at__lt=clock.day_begins(today - timedelta(days=KEPT_DAYS)))
    removed = 0
    for prepared in old.iterator():
        prepared.file.delete(save=True)
        removed += 1
    return {"删除": removed}
