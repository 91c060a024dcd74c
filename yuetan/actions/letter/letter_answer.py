"""答复提醒函: prepared by the unit with its files, given by its head, once, after the letter was signed for."""

from __future__ import annotations

from collections.abc import Sequence

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Attachment, Letter, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import FilePurpose, Verb


def prepare_letter_answer(
    letter: Letter,
    *,
    by: User,
    answer: str,
    files: Sequence[Offer] = (),
    removed: Sequence[Attachment] = (),
) -> Letter:
    """填写提醒函答复: the unit's own draft, which nobody else sees before the head has answered."""
    examined_files = examine_files(letter, files, "files")
    with step(letter, Verb.PREPARE_LETTER_ANSWER, by=by) as letter:
        letter.answer_draft = answer
        _keep_files(letter, examined_files, removed, by)
    return letter


def answer_letter(
    letter: Letter,
    *,
    by: User,
    answer: str,
    files: Sequence[Offer] = (),
    removed: Sequence[Attachment] = (),
) -> Letter:
    """答复提醒函: the head of the unit says what has been done, with what proves it."""
    facts: dict[str, int] = {}
    examined_files = examine_files(letter, files, "files")
    with step(letter, Verb.ANSWER_LETTER, by=by, opinion=answer, facts=facts) as letter:
        refuse_if_any(letter, require_words(answer, finding("letter_answer_missing", "answer")))
        letter.answer, letter.answered_by, letter.answered_at = answer, by, clock.now()
        letter.answer_draft = ""
        _keep_files(letter, examined_files, removed, by)
        facts["files"] = letter.attachments.count()
    return letter


def _keep_files(
    letter: Letter, examined_files: Sequence[ExaminedFile], removed: Sequence[Attachment], by: User
) -> None:
    delete_attachments(letter.attachments.filter(pk__in=[one.pk for one in removed]))
    attach(letter, examined_files, by=by, purpose=FilePurpose.LETTER_ANSWER)
