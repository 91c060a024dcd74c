"""答复提醒函: prepared by the unit with its files, given by its head, or on paper; once, after it was signed for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.files.paper_receipt import StatedReceipt, examined_receipt, keep_receipt
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
    """填写提醒函答复: the unit's own draft, which nobody else sees before the head has answered.

    Raises StateChanged unless the letter is issued, NotYours for anybody but the unit's side, Refused where it waits
    for no answer, and for a file that is not accepted.
    """
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
    """答复提醒函: the head of the unit says what has been done, with what proves it.

    Raises StateChanged unless the letter is issued, NotYours for anybody but the head of the unit, Refused where it
    waits for no answer, without words, and for a file that is not accepted. Effects: the answer and its files, which
    the office reads; the draft of it is gone.
    """
    facts: dict[str, int] = {}
    examined_files = examine_files(letter, files, "files")
    with step(letter, Verb.ANSWER_LETTER, by=by, opinion=answer, facts=facts) as letter:
        refuse_if_any(letter, require_words(answer, finding("letter_answer_missing", "answer")))
        letter.answer, letter.answered_by, letter.answered_at = answer, by, clock.now()
        letter.answer_draft = ""
        _keep_files(letter, examined_files, removed, by)
        facts["files"] = letter.answer_files.count()
    return letter


def register_letter_receipt(letter: Letter, *, by: User, **stated: Unpack[StatedReceipt]) -> Letter:
    """登记提醒函纸质回执: who of the unit signed by hand for it, in which post, on which day, with the scan of it.

    Raises StateChanged unless the letter is issued, NotYours for anybody but a case officer or a supervisor, Refused
    where it is void or was signed for already, without one of these, for a day before the letter or ahead, and for a
    file that is not accepted.
    """
    facts: dict[str, str] = {}
    signed = examined_receipt(letter, **stated)
    with step(letter, Verb.REGISTER_LETTER_RECEIPT, by=by, facts=facts) as letter:
        refuse_if_any(letter, signed.problems(letter.document))
        facts |= keep_receipt(letter, letter.document, signed, by=by)
    return letter


def register_letter_answer(letter: Letter, *, by: User, answer: str, **stated: Unpack[StatedPaper]) -> Letter:
    """代录提醒函答复: an answer on paper, late or not by the moment it was received, in the name of who signed it.

    What the unit had begun to write here stays its own. Raises Refused where the answer itself would be refused, and
    for a paper that is not whole.
    """
    paper = examined_paper(letter, **stated)
    facts: dict[str, object] = {}
    with step(letter, Verb.REGISTER_LETTER_ANSWER, by=by, opinion=answer, facts=facts) as letter:
        since = ("提醒函的印发时间", letter.document.issued_at)
        missing = require_words(answer, finding("letter_answer_missing", "answer"))
        refuse_if_any(letter, [*missing, *paper.problems(letter, *since)])
        filing = keep_paper(letter, paper, Verb.REGISTER_LETTER_ANSWER, by=by, facts=facts)
        letter.answer, letter.answered_by, letter.answered_at = answer, filing.signer.holder, filing.received_at
    return letter


def _keep_files(
    letter: Letter, examined_files: Sequence[ExaminedFile], removed: Sequence[Attachment], by: User
) -> None:
    delete_attachments(letter.answer_files.filter(pk__in=[one.pk for one in removed]))
    attach(letter, examined_files, by=by, purpose=FilePurpose.LETTER_ANSWER)
