"""Looking for viruses in files that are kept already: those that wait, and again those scanned long ago.

A file is scanned without holding anything; only what was found is written in a short transaction. What is done is
done, so that a run may be stopped anywhere and begun again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from yuetan.actions.files import virus_scanner
from yuetan.actions.files.virus_scanner import ScannerUnreachable, Verdict
from yuetan.models import (
    AgendaFile,
    AssessmentPaper,
    Attachment,
    Case,
    DossierPaper,
    Event,
    ReceiptScan,
    ReceivedPaper,
    ReportFile,
    RoundFile,
    Scan,
    UnitPaper,
)
from yuetan.models.files.attachment import INNER_PURPOSES
from yuetan.models.files.stored_file import StoredFileQuerySet
from yuetan.models.record.event import BY_PROGRAM
from yuetan.models.subjects import subject_of
from yuetan.rules.dates import clock
from yuetan.vocabulary import FileCheck

OF_NO_CASE = (
    *(UnitPaper, DossierPaper, ReportFile, ReceivedPaper, AssessmentPaper),
    *(RoundFile, AgendaFile, ReceiptScan),
)


class NoScanner(Exception):  # noqa: N818 - a fact, not a fault
    """This site has no scanner configured."""


@dataclass
class ScanReport:
    """What one run did, and what it had to leave."""

    clean: int = 0
    quarantined: int = 0
    left: list[str] = field(default_factory=list)


def scan_files(*, again_after: timedelta | None = None) -> ScanReport:
    """Scan every file that waits, and with `again_after` those found clean longer ago than that.

    Raises NoScanner if none is configured. Effects: each file's state; what is infected is quarantined.
    """
    if not virus_scanner.is_configured():
        raise NoScanner
    done = ScanReport()
    for files in (kind.objects.all() for kind in (Attachment, Scan, *OF_NO_CASE)):
        for key in list(_wanted(files, again_after).order_by("uploaded_at").values_list("pk", flat=True)):
            _look_into(files.filter(pk=key).first(), done)
    return done


def scan_waiting_files() -> ScanReport | None:
    """Scan the files that wait, for the watching process; None where there is no scanner or it does not answer."""
    if not (virus_scanner.is_configured() and virus_scanner.is_there()):
        return None
    return scan_files()


def _wanted(files: StoredFileQuerySet, again_after: timedelta | None) -> StoredFileQuerySet:
    waiting = files.waiting()
    if again_after is None:
        return waiting
    long_ago = Q(check_state=FileCheck.CLEAN, checked_at__lte=clock.now() - again_after)
    return waiting | files.filter(long_ago)


def _look_into(file: Any, done: ScanReport) -> None:
    if file is None:
        return
    try:
        verdict = _verdict(file)
    except (ScannerUnreachable, OSError) as problem:
        done.left.append(f"{file.pk}：{problem}")
        return
    if not _written(file, verdict):
        return
    if verdict.threat:
        done.quarantined += 1
    else:
        done.clean += 1


def _verdict(file: Any) -> Verdict:
    """What the scanner says of every file that is kept of this one: the first threat, or none."""
    for kept, *_ in file.kept_bytes:
        with kept.open("rb") as stream:
            verdict = virus_scanner.scan(stream)
        if verdict.threat:
            return verdict
    return Verdict()


@transaction.atomic
def _written(file: Any, verdict: Verdict) -> bool:
    """Keep what was found; a step of the case goes before, so that neither waits for the other. False if it is gone."""
    case = _case_of(file)
    if verdict.threat and case is not None:
        Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)
    rows = type(file).objects.select_for_update(no_key=True, of=("self",))
    locked = rows.filter(pk=file.pk).exclude(check_state=FileCheck.QUARANTINED).first()
    if locked is None:
        return False
    locked.check_state = FileCheck.QUARANTINED if verdict.threat else FileCheck.CLEAN
    locked.threat, locked.checked_at = verdict.threat, clock.now()
    locked.save(update_fields=["check_state", "threat", "checked_at"])
    if verdict.threat:
        _write_event(locked)
    return True


def _case_of(file: Any) -> Case | None:
    if isinstance(file, OF_NO_CASE):
        return None
    return file.document.case if isinstance(file, Scan) else file.case


def _write_event(file: Any) -> None:
    """The event: in the case for who may know of the file; of a unit's own draft the office learns nothing but it."""
    if isinstance(file, Scan):
        about, outer = subject_of(file.document), True
    elif isinstance(file, OF_NO_CASE):
        about, outer = None, False
    else:
        about = None if file.is_draft else subject_of(file)
        outer = file.purpose not in INNER_PURPOSES
    state = about.state if about else ""
    Event.objects.create(
        **({about.ABOUT: about} if about else {}),
        verb="quarantine_file",
        actor=None,
        actor_title=BY_PROGRAM,
        from_state=state,
        to_state=state,
        data={"threat": file.threat},
        is_outer=outer,
        created_at=clock.now(),
    )
