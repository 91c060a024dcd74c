"""申述: what a unit has to say against a measure, prepared and stated by it, or handed in on paper; withdrawn by it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Unpack

from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.attachment_versions import delete_attachments
from yuetan.actions.files.paper_filing import StatedPaper, examined_paper, keep_paper
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import AccountabilityMeasure, Attachment, CalendarDay, OfficeSetting, Plea, User
from yuetan.models.ladder.plea_requirements import plea_day_problems
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import FilePurpose, Verb

ANSWER_DAYS = "plea_answer_days"


def prepare_plea(
    measure: AccountabilityMeasure,
    *,
    by: User,
    words: str,
    papers: Sequence[Offer] = (),
    removed: Sequence[Attachment] = (),
) -> AccountabilityMeasure:
    """填写申述: the unit's own draft, which nobody else sees before its head has stated it.

    Raises Refused once the days for it are over, or it was stated.
    """
    examined = examine_files(measure, papers, "papers")
    with step(measure, Verb.PREPARE_PLEA, by=by) as measure:
        refuse_if_any(measure, personal_data("words", "申述意见", words, clock.today().year))
        plea = _own_plea(measure)
        plea.draft = words
        plea.save()
        _keep_files(measure, examined, removed, by)
    return measure


def state_plea(
    measure: AccountabilityMeasure,
    *,
    by: User,
    words: str,
    papers: Sequence[Offer] = (),
    removed: Sequence[Attachment] = (),
) -> AccountabilityMeasure:
    """提出申述: by the head of the unit, once; the measure stands meanwhile.

    Raises StateChanged unless the measure is served and in force, NotYours for anybody but the head of the unit,
    Refused for a second plea, without words, once the day for it has passed (办公室设定), and for a file that is not
    accepted. Effects: the plea and its files, which the office reads, and the day by which it answers.
    """
    examined = examine_files(measure, papers, "papers")
    facts: dict[str, object] = {}
    with step(measure, Verb.STATE_PLEA, by=by, opinion=words, facts=facts) as measure:
        refuse_if_any(measure, require_words(words, finding("plea_words_missing", "words")))
        _keep_files(measure, examined, removed, by)
        plea = _own_plea(measure)
        plea.draft, plea.words = "", words.strip()
        plea.stated_by, plea.stated_at = by, clock.now()
        plea.answer_due_on = _answer_due_on(clock.today())
        plea.save()
        facts["files"] = measure.attachments.filter(purpose=FilePurpose.PLEA).count()
    return measure


def register_plea(
    measure: AccountabilityMeasure, *, by: User, words: str, **stated: Unpack[StatedPaper]
) -> AccountabilityMeasure:
    """代录申述: a plea on paper, in time or not by the day on which it was received, in the name of who signed it.

    What the unit had begun to write here stays its own. Raises StateChanged unless the measure is served and in force,
    NotYours for anybody but a case officer, Refused for a second plea, without words, signer, day or scan, for a day
    before the paper it answers, and for one received too late (办公室设定). Effects: as of a plea stated here; another
    than who registered it decides on it.
    """
    paper = examined_paper(measure, **stated)
    facts: dict[str, object] = {}
    with step(measure, Verb.REGISTER_PLEA, by=by, opinion=words, facts=facts) as measure:
        served = ("文书的印发时间", measure.issued_paper.issued_at)
        refuse_if_any(measure, [*_words_missing(words), *paper.problems(measure, *served)])
        assert paper.received_at is not None
        received = timezone.localtime(paper.received_at).date()
        refuse_if_any(measure, plea_day_problems(measure, received))
        plea = _own_plea(measure)
        plea.filing = keep_paper(measure, paper, Verb.REGISTER_PLEA, by=by, facts=facts)
        plea.words, plea.stated_by, plea.stated_at = words.strip(), plea.filing.signer.holder, paper.received_at
        plea.answer_due_on = _answer_due_on(received)
        plea.save()
    return measure


def withdraw_plea(measure: AccountabilityMeasure, *, by: User, reason: str) -> AccountabilityMeasure:
    """撤回申述: by the head, while it is undecided; it is not stated again. Raises Refused without a word."""
    with step(measure, Verb.WITHDRAW_PLEA, by=by, opinion=reason) as measure:
        refuse_if_any(measure, require_words(reason, finding("reason_missing", "reason", what="撤回")))
        plea = measure.plea_waiting
        assert plea is not None
        plea.withdrawn_by, plea.withdrawn_at, plea.withdrawal_reason = by, clock.now(), reason.strip()
        plea.save()
    return measure


def _words_missing(words: str) -> Iterator[Finding]:
    yield from require_words(words, finding("plea_words_missing", "words"))


def _own_plea(measure: AccountabilityMeasure) -> Plea:
    """Its row, begun now where there is none."""
    return measure.plea_or_none or Plea(measure_laid=measure, begun_at=clock.now())


def _answer_due_on(since: date) -> date | None:
    days = OfficeSetting.objects.number(ANSWER_DAYS)
    return add_working_days(since, days, CalendarDay.objects.calendar()) if days else None


def _keep_files(
    measure: AccountabilityMeasure, examined: Sequence[ExaminedFile], removed: Sequence[Attachment], by: User
) -> None:
    own = measure.attachments.filter(purpose=FilePurpose.PLEA)
    delete_attachments(own.filter(pk__in=[one.pk for one in removed]))
    attach(measure, examined, by=by, purpose=FilePurpose.PLEA)
