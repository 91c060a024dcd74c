"""摘牌: asked by the unit or proposed by the supervisor, decided by who listed, made known by a 摘牌通知书."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import AccountabilityMeasure, DelistingRequest, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.vocabulary import DocumentKind, FilePurpose, Verb


def ask_delisting(
    measure: AccountabilityMeasure, *, by: User, words: str, papers: Sequence[Offer]
) -> AccountabilityMeasure:
    """申请摘牌: by the head of the unit, once every task is accepted; the office reads it.

    It may ask while the office has proposed it; both are decided as one. Raises Refused while something is not accepted
    or an earlier request of its own waits, and without a word.
    """
    examined = examine_files(measure, papers, "papers")
    with step(measure, Verb.ASK_DELISTING, by=by, opinion=words) as measure:
        _keep_request(measure, examined, FilePurpose.DELISTING_REQUEST, by=by, words=words)
    return measure


def propose_delisting(
    measure: AccountabilityMeasure, *, by: User, words: str, papers: Sequence[Offer]
) -> AccountabilityMeasure:
    """提请摘牌: by the supervisor, on the same conditions; of the office alone.

    Raises StateChanged unless the listing is served and in force, NotYours for anybody but a supervisor, Refused
    without words, before the conditions are met, and for a file that is not accepted. Effects: a request that who
    listed the unit decides on; the unit hears nothing of it.
    """
    examined = examine_files(measure, papers, "papers")
    with step(measure, Verb.PROPOSE_DELISTING, by=by, opinion=words) as measure:
        _keep_request(measure, examined, FilePurpose.DELISTING_PROPOSAL, by=by, words=words)
    return measure


def _keep_request(
    measure: AccountabilityMeasure, examined: Sequence[ExaminedFile], purpose: FilePurpose, *, by: User, words: str
) -> None:
    refuse_if_any(measure, require_words(words, finding("delisting_words_missing", "words")))
    by_unit = purpose == FilePurpose.DELISTING_REQUEST
    request = DelistingRequest.objects.create(measure_laid=measure, by_unit=by_unit, words=words.strip(), asked_by=by)
    attach(measure, examined, by=by, purpose=purpose, delisting=request)


def grant_delisting(
    measure: AccountabilityMeasure, *, by: User, opinion: str, **handling: Unpack[LetterHandlingInput]
) -> AccountabilityMeasure:
    """同意摘牌: the measure ends today, and the 摘牌通知书 goes to the unit, which signs for it.

    What was closed with the listing runs on. Raises Refused before everything is accepted and two persons have looked
    at it on the spot, and for who did not list.
    """
    facts: dict[str, str] = {}
    with step(measure, Verb.GRANT_DELISTING, by=by, opinion=opinion, facts=facts) as measure:
        chosen = Handling(**handling)
        refuse_if_any(measure, [*require_words(opinion, finding("opinion_missing", "opinion")), *chosen.problems()])
        measure.grant_delisting()
        _decide_requests(measure, granted=True, by=by, opinion=opinion)
        paper = issue(DocumentKind.DELISTING, measure, by=by, handling=chosen)
        facts["document"] = paper.number
    return measure


def refuse_delisting(measure: AccountabilityMeasure, *, by: User, opinion: str) -> AccountabilityMeasure:
    """不同意摘牌: with the reason; it stays listed, and may be asked for anew.

    The unit reads it if it had asked; of what the office weighed by itself it hears nothing. Raises StateChanged
    unless the listing is served and in force, NotYours for anybody but the director or a leader, Refused where no
    request waits, without a reason, and for who did not list the unit.
    """
    with step(measure, Verb.REFUSE_DELISTING, by=by, opinion=opinion) as measure:
        refuse_if_any(measure, require_words(opinion, finding("reason_missing", "opinion", what="不同意摘牌")))
        _decide_requests(measure, granted=False, by=by, opinion=opinion)
    return measure


def _decide_requests(measure: AccountabilityMeasure, *, granted: bool, by: User, opinion: str) -> None:
    for request in measure.delistings_asked:
        request.granted, request.opinion = granted, opinion.strip()
        request.decided_by, request.decided_at = by, clock.now()
        request.save()
