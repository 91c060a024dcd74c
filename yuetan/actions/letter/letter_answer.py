"""答复提醒函: prepared by the unit with its files, given by its head, once, after the letter was signed for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan import permissions
from yuetan.actions.files.attachment import ExaminedFile, attach, delete_files_on_error, examine_files
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.letter.letter import locked_letter
from yuetan.actions.step import refuse_if_any, write_event
from yuetan.errors import NotYours
from yuetan.models import Attachment, Letter, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import FilePurpose, Verb


def prepare_letter_answer(
    letter: Letter,
    *,
    by: User,
    answer: str,
    files: Sequence[UploadedFile] = (),
    removed: Sequence[Attachment] = (),
) -> Letter:
    """填写提醒函答复: the unit's own draft, which nobody else sees before the head has answered."""
    examined_files = examine_files(letter, files, "files")
    with delete_files_on_error(), transaction.atomic():
        locked = _locked_for(letter, Verb.PREPARE_LETTER_ANSWER, by)
        refuse_if_any(locked, _not_answerable(locked))
        locked.answer_draft = answer
        _keep_files(locked, examined_files, removed, by)
        locked.save()
    return locked


def answer_letter(
    letter: Letter,
    *,
    by: User,
    answer: str,
    files: Sequence[UploadedFile] = (),
    removed: Sequence[Attachment] = (),
) -> Letter:
    """答复提醒函: the head of the unit says what has been done, with what proves it."""
    examined_files = examine_files(letter, files, "files")
    with delete_files_on_error(), transaction.atomic():
        locked = _locked_for(letter, Verb.ANSWER_LETTER, by)
        refuse_if_any(locked, _answer_problems(locked, answer))
        locked.answer, locked.answered_by, locked.answered_at = answer, by, clock.now()
        locked.answer_draft = ""
        _keep_files(locked, examined_files, removed, by)
        locked.save()
        facts = {"files": locked.attachments.count()}
        write_event(locked, Verb.ANSWER_LETTER, by=by, before=locked.state, opinion=answer, facts=facts)
    return locked


def _locked_for(letter: Letter, verb: Verb, by: User) -> Letter:
    locked = locked_letter(letter)
    if not by.has_perm(permissions.name(verb), locked):
        raise NotYours(verb)
    return locked


def _answer_problems(letter: Letter, answer: str) -> Iterator[Finding]:
    yield from _not_answerable(letter)
    if not answer.strip():
        yield finding("letter_answer_missing", "answer")


def _not_answerable(letter: Letter) -> Iterator[Finding]:
    voided_at = letter.document.entry.voided_at
    if voided_at is not None:
        yield finding("letter_voided", time=official_text.chinese_date(voided_at))
    elif letter.answered_by is not None:
        yield finding("letter_answered", name=letter.answered_by.name)
    elif letter.document.receipt_or_none is None:
        yield finding("letter_not_acknowledged")


def _keep_files(
    letter: Letter, examined_files: Sequence[ExaminedFile], removed: Sequence[Attachment], by: User
) -> None:
    delete_attachments(letter.attachments.filter(pk__in=[one.pk for one in removed]))
    attach(letter, examined_files, by=by, purpose=FilePurpose.LETTER_ANSWER)
