"""书面建议 and 移送: what is put before other bodies about a measure, who took it, and what they decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Unpack

from django.db import transaction
from django.utils import timezone

from yuetan.actions.files.attachment import ExaminedFile, Offer, attach, examine_files
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.ladder.unit_locks import lock_units
from yuetan.actions.step import refuse_if_any, step
from yuetan.documents.issue import issue
from yuetan.models import AccountabilityMeasure, Document, Referral, User
from yuetan.models.ladder.referral import MAX_SIGNS
from yuetan.models.ladder.referral_requirements import commission_above
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import Needed, missing_of, require_words
from yuetan.rules.text.handling import Handling, LetterHandlingInput
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.rules.text.personal_data import personal_data
from yuetan.vocabulary import DocumentKind, FilePurpose, ReferralKind, ReferralOutcome, Verb


@transaction.atomic
def propose_veto(
    measure: AccountabilityMeasure, *, by: User, reason: str, **handling: Unpack[LetterHandlingInput]
) -> AccountabilityMeasure:
    """提出书面建议: what was decided about a unit of the state, the province or the city goes to its superior.

    The unit is no party and sees nothing of it. Raises Refused for any other unit, where nobody has entered who the
    commission above is, and for a text that is not the one that was decided. Effects: one numbered paper to the
    superior and to the commission above, of each of which receipt and outcome are waited for.
    """
    lock_units(measure)
    facts: dict[str, str] = {}
    with step(measure, Verb.PROPOSE_VETO, by=by, facts=facts) as measure:
        organs = list(dict.fromkeys([measure.unit.superior, commission_above()]))
        paper = _handed_over(measure, by, ReferralKind.PROPOSAL, organs, reason, Handling(**handling))
        measure.propose_veto()
        facts |= {"organ": joined(organs), "document": paper.number}
    return measure


def refer_measure(
    measure: AccountabilityMeasure, *, by: User, organ: str, reason: str, **handling: Unpack[LetterHandlingInput]
) -> AccountabilityMeasure:
    """移送 to the body that may pursue responsibility, by a numbered 移送函. Raises Refused without organ or reason."""
    facts = {"organ": organ.strip()}
    with step(measure, Verb.REFER_MEASURE, by=by, facts=facts) as measure:
        paper = _handed_over(measure, by, ReferralKind.REFERRAL, [organ.strip()], reason, Handling(**handling))
        facts["document"] = paper.number
    return measure


def record_referral_receipt(
    measure: AccountabilityMeasure,
    *,
    by: User,
    referral: Referral | None,
    received_by: str,
    received_on: date | None,
    scan: Offer | None,
) -> AccountabilityMeasure:
    """登记移送、建议的签收: who of that body took it, on which day, with the scan. Raises Refused."""
    files = examine_files(measure, [scan] if scan else [], "scan")
    facts: dict[str, str] = {}
    with step(measure, Verb.RECORD_REFERRAL_RECEIPT, by=by, facts=facts) as measure:
        handed = _chosen(referral, [one for one in measure.referrals.all() if one.waits_for_receipt])
        since = timezone.localdate(handed.referred_at) if handed is not None else None
        needed = {
            "received_by": ("签收人及职务", received_by),
            "received_on": ("签收日期", received_on),
            "scan": ("回执扫描件", files),
        }
        refuse_if_any(measure, _recording_problems(needed, since, received_on, "received_on", files))
        assert handed is not None
        (handed.receipt_scan,) = attach(measure, files, by=by, purpose=FilePurpose.REFERRAL)
        handed.received_by, handed.received_on, handed.receipt_recorded_by = received_by.strip(), received_on, by
        handed.save()
        facts["organ"] = handed.organ
    return measure


def record_referral_outcome(
    measure: AccountabilityMeasure,
    *,
    by: User,
    referral: Referral | None,
    outcome: str,
    outcome_organ: str,
    outcome_on: date | None,
    outcome_words: str,
    scan: Offer | None,
) -> AccountabilityMeasure:
    """登记移送、建议的办理结果 as the body that decided it wrote: recorded, never decided here. Raises Refused."""
    files = examine_files(measure, [scan] if scan else [], "scan")
    facts: dict[str, str] = {}
    with step(measure, Verb.RECORD_REFERRAL_OUTCOME, by=by, facts=facts) as measure:
        handed = _chosen(referral, [one for one in measure.referrals.all() if one.waits_for_outcome])
        known = outcome if outcome in ReferralOutcome.values else ""
        needed = {
            "outcome": ("办理结果", known),
            "outcome_organ": ("作出决定的机关", outcome_organ),
            "outcome_on": ("日期", outcome_on),
            "scan": ("扫描件", files),
        }
        since = handed.received_on if handed is not None else None
        refuse_if_any(measure, _recording_problems(needed, since, outcome_on, "outcome_on", files))
        refuse_if_any(measure, personal_data("outcome_words", "结果说明", outcome_words, clock.today().year))
        assert handed is not None
        (handed.outcome_scan,) = attach(measure, files, by=by, purpose=FilePurpose.REFERRAL)
        handed.outcome, handed.outcome_organ, handed.outcome_on = known, outcome_organ.strip(), outcome_on
        handed.outcome_words, handed.outcome_recorded_by = outcome_words.strip(), by
        handed.save()
        facts["organ"] = handed.organ
    return measure


def _handed_over(
    measure: AccountabilityMeasure, by: User, kind: ReferralKind, organs: list[str], reason: str, handling: Handling
) -> Document:
    """The paper, and a row for each body that gets it: the rows first in words, so that the paper says what is kept."""
    refuse_if_any(measure, [*_handing_problems(organs, reason), *handling.problems()])
    words: dict[str, Any] = {"kind": kind, "reason": reason.strip(), "referred_by": by}
    rows = [Referral(measure_laid=measure, organ=organ, **words) for organ in organs]
    measure.handed_over = rows
    paper_kind = DocumentKind.VETO_PROPOSAL if kind == ReferralKind.PROPOSAL else DocumentKind.REFERRAL_LETTER
    paper = issue(paper_kind, measure, by=by, handling=handling)
    now = clock.now()
    for row in rows:
        row.document, row.referred_at = paper, now
        row.save()
    return paper


def _handing_problems(organs: Sequence[str], reason: str) -> Iterator[Finding]:
    if not all(organs):
        yield finding("referral_without_organ", "organ")
    if any(len(organ) > MAX_SIGNS for organ in organs):
        yield finding("referral_organ_long", "organ", most=MAX_SIGNS)
    yield from require_words(reason, finding("referral_without_reason", "reason"))
    yield from personal_data("reason", "理由", reason, clock.today().year)


def _chosen(referral: Referral | None, waiting: Sequence[Referral]) -> Referral | None:
    return next((one for one in waiting if referral is not None and one.pk == referral.pk), None)


def _recording_problems(
    needed: Needed, since: date | None, day: date | None, field: str, files: Sequence[ExaminedFile]
) -> Iterator[Finding]:
    """What stands against recording it; no `since` where it is not said of which paper."""
    if since is None:
        yield finding("referral_not_chosen", "referral")
    yield from missing_of("referral_incomplete", needed)
    if since is not None and day is not None and not since <= day <= clock.today():
        yield finding("referral_day_outside", field, since=chinese_date(since))
    yield from scan_problems(files, "scan", kinds=PAPER_KINDS)
