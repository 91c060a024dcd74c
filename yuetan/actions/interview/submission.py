"""The written material of the interviewed side: prepared as a draft, handed in by the head."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Unpack

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.attachment_versions import copy_attachments, delete_attachments
from yuetan.actions.files.paper_filing import FiledPaper, StatedPaper, examined_paper, keep_paper
from yuetan.actions.step import refuse_if_any, step
from yuetan.errors import Reason, Refused
from yuetan.models import Attachment, Case, PaperFiling, Submission, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of, require_words
from yuetan.vocabulary import FilePurpose, SubmissionPart, Verb

Files = Sequence[Offer]


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

    Each heading has its files, and the whole its own; a new version begins with those of the last, but for what is
    `removed`. Raises StateChanged once the minutes are issued, NotYours for anybody but the unit's side, Refused where
    no material is taken any more, and with every file that is not accepted.
    """
    by_part = dict(zip(SubmissionPart, (situation_files, problems_files, causes_files, measures_files), strict=True))
    examined_parts = _examine_parts(case, {**by_part, "": files})
    with step(case, Verb.PREPARE_SUBMISSION, by=by) as case:
        draft = _draft(case, by)
        draft.situation, draft.problems, draft.causes, draft.measures = situation, problems, causes, measures
        draft.prepared_by, draft.prepared_at = by, clock.now()
        begun = draft.pk is None
        draft.save()
        if begun:
            last = case.submissions.handed_in().first()
            copy_attachments(last.attachments.all() if last else (), removed, submission=draft)
        else:
            delete_attachments(draft.attachments.filter(pk__in=[one.pk for one in removed]))
        for part, part_files in examined_parts.items():
            attach(case, part_files, by=by, purpose=FilePurpose.SUBMISSION, submission=draft, part=part)
    return case


def _examine_parts(case: Case, offered: Mapping[str, Files]) -> dict[str, list[ExaminedFile]]:
    """Every file under every heading is judged before any is stored, for stored files know no rollback."""
    examined_parts: dict[str, list[ExaminedFile]] = {}
    reasons: list[Reason] = []
    for part, part_files in offered.items():
        try:
            examined_parts[part] = examine_files(case, part_files, f"{part}_files" if part else "files")
        except Refused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(*reasons)
    return examined_parts


def _draft(case: Case, by: User) -> Submission:
    draft = case.submissions.drafts().first()
    if draft is not None:
        return draft
    last = case.submissions.order_by("-version").first()
    return Submission(case=case, version=last.version + 1 if last else 1, prepared_by=by)


def hand_in_submission(case: Case, *, by: User, seen: str) -> Case:
    """提交书面材料: the head hands in the draft with all four headings; earlier versions are kept, late ones marked.

    `seen` is the digest of the draft that was shown. Raises StateChanged once the minutes are issued, NotYours for
    anybody but the head of the unit, Refused where no material is taken any more, for a heading of Art. 8 without
    words, without a draft, and for another text than was shown. Effects: a version that the office reads, with its
    limit and how late it came.
    """
    facts: dict[str, Any] = {}
    with step(case, Verb.HAND_IN_SUBMISSION, by=by, facts=facts) as case:
        draft = case.submissions.drafts().get()
        refuse_if_any(case, [] if seen == draft.digest else [finding("submission_changed")])
        draft.handed_in_by, draft.handed_in_at = by, clock.now()
        draft.due_on = case.submission_due_on
        draft.save()
        facts["version"] = draft.version
        if draft.lateness:
            facts["lateness"] = draft.lateness
    return case


def register_submission(
    case: Case,
    *,
    by: User,
    situation: str,
    problems: str,
    causes: str,
    measures: str,
    files: Files = (),
    **stated: Unpack[StatedPaper],
) -> Case:
    """代录书面材料: a version on paper with all four headings (第八条), late or not by the moment it was received.

    A draft of the unit's own stays its draft, as the next version. Raises Refused for a paper that is not whole.
    """
    paper = examined_paper(case, **stated)
    examined, facts = examine_files(case, files, "files"), dict[str, Any]()
    texts = dict(zip(SubmissionPart, (situation, problems, causes, measures), strict=True))
    with step(case, Verb.REGISTER_SUBMISSION, by=by, facts=facts) as case:
        refuse_if_any(case, [*_paper_problems(case, paper), *_missing_parts(texts)])
        filing = keep_paper(case, paper, Verb.REGISTER_SUBMISSION, by=by, facts=facts)
        version = _paper_version(case, texts, filing)
        attach(case, examined, by=by, purpose=FilePurpose.SUBMISSION, submission=version)
        facts["version"] = version.version
        if version.lateness:
            facts["lateness"] = version.lateness
    return case


def _paper_problems(case: Case, paper: FiledPaper) -> Iterator[Finding]:
    """Written material answers the first notice; what is older than the version that holds does not replace it."""
    last = case.submission_handed_in
    if last is not None and last.handed_in_at is not None:
        yield from paper.problems(case, "现有书面材料提交的时间", last.handed_in_at)
    else:
        first = min(document.issued_at for document in case.documents.all())
        yield from paper.problems(case, "通知印发的时间", first)


def _missing_parts(texts: Mapping[SubmissionPart, str]) -> Iterator[Finding]:
    yield from missing_of("submission_incomplete", {part.value: (part.label, texts[part]) for part in SubmissionPart})
    for part in (part for part in SubmissionPart if texts[part].strip()):
        yield from require_words(texts[part], finding("submission_incomplete", part, missing=part.label))


def _paper_version(case: Case, texts: Mapping[SubmissionPart, str], filing: PaperFiling) -> Submission:
    """The version that came on paper; a draft under way makes room, as the version after it."""
    draft = case.submissions.drafts().first()
    version = _draft(case, filing.registered_by).version
    if draft is not None:
        draft.version += 1
        draft.save()
    signed = {"handed_in_by": filing.signer.holder, "handed_in_at": filing.received_at}
    facts = {"version": version, "prepared_by": filing.registered_by, "due_on": case.submission_due_on}
    columns = {part.value: text for part, text in texts.items()}
    return Submission.objects.create(case=case, paper_filing=filing, **signed, **facts, **columns)
