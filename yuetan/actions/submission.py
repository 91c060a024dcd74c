"""The written material of the interviewed side: prepared as a draft, handed in by the head."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan.actions.attachment import Taken, attach, examined
from yuetan.actions.step import step
from yuetan.errors import Reason, Refused
from yuetan.models import Attachment, Case, Submission, User
from yuetan.rules import clock
from yuetan.vocabulary import FilePurpose, SubmissionPart, Verb

Files = Sequence[UploadedFile]


def prepare_submission(
    case: Case,
    *,
    by: User,
    situation: str,
    problems: str,
    causes: str,
    measures: str,
    situation_files: Files = (),
    problems_files: Files = (),
    causes_files: Files = (),
    measures_files: Files = (),
    files: Files = (),
    removed: Sequence[Attachment] = (),
) -> Case:
    """填写书面材料: keep what was typed as the unit's own draft; nobody else sees it before it is handed in.

    Each heading has its files, and the whole its own; a new version begins with those of the last,
    but for what is `removed`.
    """
    by_part = dict(zip(SubmissionPart, (situation_files, problems_files, causes_files, measures_files), strict=True))
    taken = _examined(case, {**by_part, "": files})
    with step(case, Verb.PREPARE_SUBMISSION, by=by, told=False) as case:
        draft = _draft(case, by)
        draft.situation, draft.problems, draft.causes, draft.measures = situation, problems, causes, measures
        draft.prepared_by, draft.prepared_at = by, clock.now()
        begun = draft.pk is None
        draft.save()
        if begun:
            _carry_over(case, draft, removed)
        else:
            _remove(draft, removed)
        for part, chosen in taken.items():
            attach(case, chosen, by=by, purpose=FilePurpose.SUBMISSION, submission=draft, part=part)
    return case


def _examined(case: Case, offered: Mapping[str, Files]) -> dict[str, list[Taken]]:
    """Every file under every heading is judged before any is stored, for stored files know no rollback."""
    taken: dict[str, list[Taken]] = {}
    reasons: list[Reason] = []
    for part, chosen in offered.items():
        try:
            taken[part] = examined(case, chosen, f"{part}_files" if part else "files")
        except Refused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(*reasons)
    return taken


def _draft(case: Case, by: User) -> Submission:
    draft = case.submissions.drafts().first()
    if draft is not None:
        return draft
    last = case.submissions.order_by("-version").first()
    return Submission(case=case, version=last.version + 1 if last else 1, prepared_by=by)


def _carry_over(case: Case, draft: Submission, left_out: Sequence[Attachment]) -> None:
    """The files of the version handed in last: new rows about the same stored files."""
    last = case.submissions.handed_in().first()
    columns = [column.attname for column in Attachment._meta.concrete_fields]
    for file in last.attachments.all() if last else ():
        if file not in left_out:
            copied = {name: getattr(file, name) for name in columns}
            Attachment(**copied | {"id": uuid.uuid4(), "submission_id": draft.pk}).save(force_insert=True)


def _remove(draft: Submission, removed: Sequence[Attachment]) -> None:
    for file in draft.attachments.filter(pk__in=[one.pk for one in removed]):
        storage, name = file.file.storage, str(file.file.name)
        file.delete()
        transaction.on_commit(partial(_let_go, storage, name))


def _let_go(storage: Any, name: str) -> None:
    """The bytes go once no version refers to them any more."""
    if not Attachment.objects.filter(file=name).exists():
        storage.delete(name)


def hand_in_submission(case: Case, *, by: User) -> Case:
    """提交书面材料: the head hands in the draft with all four headings; earlier versions are kept, late ones marked."""
    facts: dict[str, Any] = {}
    with step(case, Verb.HAND_IN_SUBMISSION, by=by, facts=facts) as case:
        draft = case.submissions.drafts().get()
        draft.handed_in_by, draft.handed_in_at = by, clock.now()
        draft.due_on = case.submission_due_on
        draft.save()
        facts["version"] = draft.version
        if draft.lateness:
            facts["lateness"] = draft.lateness
    return case
