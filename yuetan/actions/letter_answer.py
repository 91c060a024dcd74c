"""答复提醒函: prepared by the unit with its files, given by its head, once, after the letter was signed for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yuetan import permissions
from yuetan.actions.attachment import Taken, attach, examined, files_stay_or_go
from yuetan.actions.letter import locked_letter
from yuetan.actions.step import refuse, write_event
from yuetan.actions.versions import let_go
from yuetan.errors import NotYours
from yuetan.models import Attachment, Letter, User
from yuetan.rules import clock, official_text
from yuetan.rules.findings import Finding, found
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
    taken = examined(letter, files, "files")
    with files_stay_or_go(), transaction.atomic():
        locked = _theirs(letter, Verb.PREPARE_LETTER_ANSWER, by)
        refuse(locked, _not_answerable(locked))
        locked.answer_draft = answer
        _keep_files(locked, taken, removed, by)
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
    taken = examined(letter, files, "files")
    with files_stay_or_go(), transaction.atomic():
        locked = _theirs(letter, Verb.ANSWER_LETTER, by)
        refuse(locked, _answer_wrong(locked, answer))
        locked.answer, locked.answered_by, locked.answered_at = answer, by, clock.now()
        locked.answer_draft = ""
        _keep_files(locked, taken, removed, by)
        locked.save()
        facts = {"files": locked.attachments.count()}
        write_event(locked, Verb.ANSWER_LETTER, by=by, before=locked.state, opinion=answer, facts=facts)
    return locked


def _theirs(letter: Letter, verb: Verb, by: User) -> Letter:
    locked = locked_letter(letter)
    if not by.has_perm(permissions.name(verb), locked):
        raise NotYours(verb)
    return locked


def _answer_wrong(letter: Letter, answer: str) -> Iterator[Finding]:
    yield from _not_answerable(letter)
    if not answer.strip():
        yield found("letter_answer_missing", "answer")


def _not_answerable(letter: Letter) -> Iterator[Finding]:
    voided_at = letter.document.entry.voided_at
    if voided_at is not None:
        yield found("letter_voided", time=official_text.chinese_date(voided_at))
    elif letter.answered_by is not None:
        yield found("letter_answered", name=letter.answered_by.name)
    elif letter.document.receipt_or_none is None:
        yield found("letter_not_acknowledged")


def _keep_files(letter: Letter, taken: Sequence[Taken], removed: Sequence[Attachment], by: User) -> None:
    let_go(letter.attachments.filter(pk__in=[one.pk for one in removed]))
    attach(letter, taken, by=by, purpose=FilePurpose.LETTER_ANSWER)
