"""The written material of the interviewed side: prepared as a draft, handed in by the head."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile

from yuetan.actions.attachment import attach
from yuetan.actions.step import step
from yuetan.models import Case, Submission, User
from yuetan.rules import clock
from yuetan.vocabulary import FilePurpose, Verb


def prepare_submission(
    case: Case,
    *,
    by: User,
    situation: str,
    problems: str,
    causes: str,
    measures: str,
    files: Sequence[UploadedFile],
) -> Case:
    """填写书面材料: keep what was typed as the unit's own draft; nobody else sees it before it is handed in."""
    with step(case, Verb.PREPARE_SUBMISSION, by=by, told=False) as case:
        submission = _draft(case, by)
        submission.situation, submission.problems = situation, problems
        submission.causes, submission.measures = causes, measures
        submission.prepared_by, submission.prepared_at = by, clock.now()
        submission.save()
        attach(case, files, by=by, purpose=FilePurpose.SUBMISSION, field="files", submission=submission)
    return case


def _draft(case: Case, by: User) -> Submission:
    draft = case.submissions.drafts().first()
    if draft is not None:
        return draft
    last = case.submissions.order_by("-version").first()
    return Submission(case=case, version=last.version + 1 if last else 1, prepared_by=by)


def hand_in_submission(case: Case, *, by: User) -> Case:
    """提交书面材料: the head hands in the draft with all four headings; earlier versions are kept."""
    facts: dict[str, int] = {}
    with step(case, Verb.HAND_IN_SUBMISSION, by=by, facts=facts) as case:
        draft = case.submissions.drafts().get()
        draft.handed_in_by, draft.handed_in_at = by, clock.now()
        draft.save()
        facts["version"] = draft.version
    return case
