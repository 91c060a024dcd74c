"""The grounds of a proposal as rows: each with its facts, its reference and its files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

from yuetan.actions.files.attachment import Belongs, ExaminedFile, Offer, attach
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.models import Attachment, Case, CaseGround, Ground, User
from yuetan.vocabulary import FilePurpose

GroundTextName = Literal["facts", "reference_number", "reference_summary"]
TEXTS: tuple[GroundTextName, ...] = ("facts", "reference_number", "reference_summary")


class GroundRow(TypedDict):
    """One ground of a proposal as its form states it: its words, new files, and attachments to be removed."""

    ground: Ground
    facts: str
    reference_number: str
    reference_summary: str
    files: Sequence[Offer]
    removed: Sequence[Attachment]


def replace_grounds(
    case: Case, grounds: Sequence[GroundRow], examined_rows: Sequence[Sequence[ExaminedFile]], *, by: User
) -> list[str]:
    """Make the grounds of a case equal to these; returns the names of the removed files.

    A ground that is no longer named takes its files with it. What stands in a version that was
    handed in only leaves the draft: that version keeps it.
    """
    kept = {row["ground"].pk for row in grounds}
    dropped = case.case_grounds.exclude(ground__in=kept)
    gone = [*Attachment.objects.filter(case_ground__in=dropped), *_removed_files(case, grounds)]
    handed_in = case.handed_in_files
    delete_attachments([file for file in gone if file.sha256 not in handed_in])
    _detach([file for file in gone if file.sha256 in handed_in])
    dropped.delete()
    stated = [_write_ground(case, row) for row in grounds]
    for row, files in zip(stated, examined_rows, strict=True):
        attach(case, files, by=by, purpose=FilePurpose.EVIDENCE, case_ground=row)
    if stated:  # evidence from before a draft named its grounds
        case.attachments.filter(purpose=FilePurpose.EVIDENCE, case_ground=None).update(case_ground=stated[0])
    return [file.name for file in gone]


def ground_of_sheets(case: Case) -> Belongs:
    """Under which ground 得分表 stand: the one that speaks of 考核, else the first; under none while none is named."""
    stated = list(case.case_grounds.select_related("ground"))
    rows = [row for row in stated if row.ground.is_of_assessment] or stated
    return {"case_ground": rows[0]} if rows else {}


def grounds_of_assessment(case: Case) -> list[str]:
    """Those of its grounds that rest on 考核, as they are cited."""
    rows = case.case_grounds.select_related("ground__article")
    return [row.ground.citation for row in rows if row.ground.is_of_assessment]


def _removed_files(case: Case, grounds: Sequence[GroundRow]) -> list[Attachment]:
    wanted_gone = [file.pk for row in grounds for file in row["removed"]]
    still_named = {row["ground"].pk for row in grounds}
    return list(case.attachments.filter(pk__in=wanted_gone, case_ground__ground__in=still_named))


def _detach(files: Sequence[Attachment]) -> None:
    for file in files:
        file.purpose, file.case_ground = FilePurpose.FORMER_EVIDENCE, None
        file.save()


def _write_ground(case: Case, row: GroundRow) -> CaseGround:
    texts: dict[str, str] = {name: row[name] for name in TEXTS}
    return CaseGround.objects.update_or_create(case=case, ground=row["ground"], defaults=texts)[0]
