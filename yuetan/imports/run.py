"""Bringing a table in: every row through its action in one transaction; undone if only checked, or if any is faulty."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

from yuetan.actions.files.attachment import examine_loose, limit_in_megabytes
from yuetan.actions.files.session_lock import session_lock
from yuetan.actions.hold_row import hold_row
from yuetan.actions.log_event import log_event
from yuetan.actions.room_step import Problems, RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.errors import NotYours, Reason, Refused
from yuetan.imports.kinds import KINDS, Passwords, TableKind
from yuetan.imports.rows import FaultyCells
from yuetan.imports.table import ZIP, Column, read_table
from yuetan.models import TableImport, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.table_cells import CELL_ERRORS, FORMULA_TO_BE_SAVED, FORMULA_WITHOUT_RESULT
from yuetan.vocabulary import ImportKind, ImportState

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
ROWS_AT_ONCE = 50  # between two words on how far it is
FAULTY = "faulty"

Problem = tuple[str, str, str, str]
Outcome = tuple[int, str, list[Problem]]


@transaction.atomic
def begin_import(*, by: User, kind: ImportKind, file: UploadedFile | None) -> TableImport:
    """Read a table and check its rows, at once or, where there are many, later. Raises Refused with what to do.

    No worker sees one that is checked at once before it is.
    """
    require_right(by, KINDS[kind].permission)
    if file is None or not file.size:
        refuse_uncited([finding("table_missing", "table")])
    assert file is not None
    content = _content(file)
    columns = KINDS[kind].columns
    table = read_table(content, columns)
    table_import = TableImport.objects.create(
        kind=kind,
        file_name=(file.name or "")[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        rows=[[row.number, row.cells] for row in table.rows],
        letters=table.letters,
        unused=table.unused,
        asked_by=by,
        asked_at=clock.now(),
    )
    if len(table.rows) <= KINDS[kind].at_once:
        _check(table_import, reports=False)
    return table_import


def _content(file: UploadedFile) -> bytes:
    """The bytes of a file that is safe to read; an Excel file is examined as every upload is."""
    most = limit_in_megabytes() * 1024 * 1024
    if (file.size or 0) > most:
        refuse_uncited([finding("table_too_large", "table", most=limit_in_megabytes())])
    content = file.read()
    if content.startswith(ZIP):
        file.seek(0)
        examine_loose([file], "table")
    return bytes(content)


def confirm_import(table_import: TableImport, *, by: User) -> TableImport:
    """Take in a table that was checked. Raises NotYours for who may not, Refused where a row is faulty, and once it was
    confirmed or dropped."""
    with room_step(CONFIRMING, table_import, by=by) as held:
        table_import = held.row
        table_import.status, table_import.done, table_import.attempts = ImportState.CONFIRMED, 0, 0
        table_import.save()
        if len(table_import.rows) <= KINDS[ImportKind(table_import.kind)].at_once:
            _take_in(table_import, reports=False)
    return table_import


def drop_import(table_import: TableImport, *, by: User) -> TableImport:
    """Give a table up that was not taken in; nothing of it stays but that it was there. Raises NotYours, Refused."""
    with room_step(DROPPING, table_import, by=by) as held:
        table_import = held.row
        table_import.rows, table_import.outcomes = [], []
        _end(table_import, ImportState.DROPPED)
    return table_import


def forget_passwords(table_import: TableImport, *, by: User) -> TableImport:
    """The administrator has handed the initial passwords out: they are kept nowhere any more.

    Raises NotYours for anybody but who brought the table in.
    """
    with room_step(FORGETTING, table_import, by=by) as held:
        held.row.initial_passwords = []
        held.row.save(update_fields=["initial_passwords"])
    return held.row


def _permission(table_import: TableImport) -> str:
    return KINDS[ImportKind(table_import.kind)].permission


def _may_keep(table_import: TableImport, by: User, _codename: str) -> bool:
    """Of matters, which not every officer may read, who brought the table in alone."""
    is_open = table_import.asked_by_id == by.pk or not KINDS[ImportKind(table_import.kind)].holds_matters
    return is_open and may_by_role(table_import, by, _permission(table_import))


def _brought_it(table_import: TableImport, by: User, codename: str) -> bool:
    return table_import.asked_by_id == by.pk and _may_keep(table_import, by, codename)


def _stands_otherwise_than(*states: ImportState) -> Problems[TableImport]:
    def problems(table_import: TableImport, _by: User) -> Iterator[Finding]:
        if table_import.status not in states:
            yield finding("import_not_open", "table", state=table_import.get_status_display())

    return problems


def _faulty(table_import: TableImport, _by: User) -> Iterator[Finding]:
    if table_import.has_faulty_rows:
        yield finding("import_with_faulty_rows", "table", count=table_import.counts[FAULTY])


# What the log says of a table, and of each of its rows, is written where they are taken in.
TABLES = RoomRows[TableImport](
    lambda one: hold_row(TableImport.objects.select_related("asked_by"), one.pk), _may_keep, lambda one: {}
)
CONFIRMING = RoomStep("confirm_import", TABLES, (_stands_otherwise_than(ImportState.CHECKED), _faulty), is_logged=False)
DROPPING = RoomStep(
    "drop_import", TABLES, (_stands_otherwise_than(ImportState.CHECKED, ImportState.WAITING),), is_logged=False
)
FORGETTING = RoomStep("forget_passwords", replace(TABLES, may=_brought_it), is_logged=False)


def import_next() -> TableImport | None:
    """Check or take in the table that has waited longest and that nobody is at; None if there is none."""
    for key in list(TableImport.objects.waiting().values_list("pk", flat=True)[:20]):
        with session_lock(key) as got_it:
            table_import = TableImport.objects.waiting().filter(pk=key).first() if got_it else None
            if table_import is not None:
                _work_on(table_import)
                return table_import
    return None


def _work_on(table_import: TableImport) -> None:
    table_import.attempts += 1
    table_import.save(update_fields=["attempts"])
    if table_import.attempts > MAX_ATTEMPTS:
        _end(table_import, ImportState.FAILED)
        return
    work = _check if table_import.status == ImportState.WAITING else _take_in
    try:
        work(table_import, reports=True)
    except Exception:
        logger.exception("a table could not be brought in: %s", table_import.pk)
        _end(table_import, ImportState.FAILED)


def _check(table_import: TableImport, *, reports: bool) -> None:
    """What would become of each row; one that was dropped meanwhile stays dropped."""
    outcomes, _ = _run(table_import, keep=False, reports=reports)
    table_import.outcomes, table_import.status = outcomes, ImportState.CHECKED
    still_waiting = TableImport.objects.filter(pk=table_import.pk, status=ImportState.WAITING)
    still_waiting.update(outcomes=outcomes, status=ImportState.CHECKED)


def _take_in(table_import: TableImport, *, reports: bool) -> None:
    """Every row and the word of it in the log, or, where one has become faulty since, nothing but the new outcomes."""
    with transaction.atomic():
        outcomes, passwords = _run(table_import, keep=True, reports=reports)
        table_import.outcomes = outcomes
        if table_import.has_faulty_rows:
            table_import.status = ImportState.CHECKED
            table_import.save()
            return
        table_import.rows, table_import.initial_passwords = [], passwords
        _end(table_import, ImportState.IMPORTED)
        counts = table_import.counts
        facts = {"title": f"{table_import.get_kind_display()}，新增 {counts['new']} 行，变更 {counts['changed']} 行"}
        log_event(
            "import_table", table_import.asked_by, name=table_import.file_name, **facts, sha256=table_import.sha256
        )


def _end(table_import: TableImport, state: ImportState) -> None:
    table_import.status, table_import.ended_at = state, clock.now()
    table_import.save()


def _run(table_import: TableImport, *, keep: bool, reports: bool) -> tuple[list[Outcome], Passwords]:
    """What becomes of each row, one after the other, so that a row finds what those before it brought in."""
    kind, passwords = KINDS[ImportKind(table_import.kind)], Passwords()
    outcomes: list[Outcome] = []
    with transaction.atomic():
        for number, cells in table_import.rows:
            whole = {column.key: "" for column in kind.columns} | cells
            outcomes.append(_outcome(kind, number, whole, table_import, passwords))
            if reports and len(outcomes) % ROWS_AT_ONCE == 0:
                _say_how_far(table_import, len(outcomes))
        if not keep or any(outcome == FAULTY for _, outcome, _ in outcomes):
            transaction.set_rollback(True)
    return outcomes, passwords


def _outcome(
    kind: TableKind, number: int, cells: dict[str, str], table_import: TableImport, passwords: Passwords
) -> Outcome:
    unusable = {column.key: words for column in kind.columns if (words := _unusable(column, cells))}
    faults = FaultyCells(Reason(words, key) for key, words in unusable.items())
    readable = {key: "" if key in unusable else text for key, text in cells.items()}
    try:
        with transaction.atomic():
            outcome = kind.take(readable, faults, table_import.asked_by, passwords)
            faults.refuse_if_any()
            return number, outcome, []
    except Refused as refused:
        reasons: Sequence[Reason] = refused.reasons
    except NotYours:
        reasons = [finding("import_row_not_yours").reason()]
    return number, FAULTY, [_problem(table_import, kind, cells, reason) for reason in reasons]


def _unusable(column: Column, cells: dict[str, str]) -> str:
    """What is amiss with a cell before any rule is asked."""
    if cells[column.key] in CELL_ERRORS:
        return "这里的公式算不出结果，请改填文字。"
    if cells[column.key] == FORMULA_WITHOUT_RESULT:
        return FORMULA_TO_BE_SAVED
    return "尚未填写。" if column.needed and not cells[column.key] else ""


def _problem(table_import: TableImport, kind: TableKind, cells: dict[str, str], reason: Reason) -> Problem:
    column = next((each for each in kind.columns if each.key == reason.field), None)
    letter, head = (table_import.letters.get(column.key, ""), column.head) if column else ("", "")
    return letter, head, cells.get(reason.field, ""), reason.text


def _say_how_far(table_import: TableImport, done: int) -> None:
    """By a connection of its own, for nothing of a transaction is seen before its end."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("UPDATE yuetan_tableimport SET done = %s WHERE id = %s", [done, table_import.pk])
    finally:
        other.close()
