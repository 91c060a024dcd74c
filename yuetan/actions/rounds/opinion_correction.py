"""更正督导意见书: concluded anew, drafted by one of the office, issued by another in the stead of the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from yuetan.actions.files.attachment import Offer
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.opinion_correction_problems import (
    CorrectedOpinion,
    draft_problems,
    problems_of_change,
    text_of,
)
from yuetan.actions.rounds.round_rows import (
    CONCLUDE,
    CORRECT,
    GIVE_UP,
    ISSUE_OPINION,
    REISSUE,
    VISITS,
    alert_unit,
    held_visit,
)
from yuetan.actions.seen import require_as_seen
from yuetan.actions.step import dry_run, refuse_uncited
from yuetan.alerts import send_alert
from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.rounds import round_paper
from yuetan.documents.issue import issue_of_visit
from yuetan.models import Document, OpinionCorrection, RoundFile, RoundFinding, RoundVisit, User
from yuetan.models.flow.signed_for import OPINION_RECEIVED, forget_signature
from yuetan.models.rounds.opinion_correction import FindingText, opinion_text, problems_in
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.digests import digest_of_words
from yuetan.rules.text.written_text import reason_problems
from yuetan.vocabulary import DocumentKind, RoundState, VisitState

CHANGING = (CORRECT, REISSUE, GIVE_UP, ISSUE_OPINION)


def correct_round_opinion(
    visit: RoundVisit,
    *,
    by: User,
    reason: str,
    corrected: CorrectedOpinion,
    scan: Sequence[Offer],
    proof: Sequence[Offer] = (),
    seen: str,
) -> OpinionCorrection:
    """拟定更正 of a 督导意见书 that is issued, or write the one under way anew; nothing changes until another issues
    it.

    `seen` is the digest of what it was written over. Raises NotYours (also 回避); Refused before it is issued and once
    the round is over, without a reason or a change, for what a finding and a 集体结论 are refused for, for another
    demand or problem than those that were handed out, and for what another wrote meanwhile.
    """
    with room_step(CORRECTING, visit, by=by, scan=scan, proof=proof) as held:
        visit = held.row
        title, unit, stands = visit.round.title, visit.unit.full_name, digest_to_correct(visit)
        require_as_seen(seen, stands, "督导意见书或者更正稿", CHANGING, title=title, unit=unit)
        refuse_uncited(draft_problems(visit, reason, corrected, held.files["scan"]))
        text = text_of(visit, corrected)
        refuse_uncited(problems_of_change(visit, text))
        correction = open_correction(visit) or OpinionCorrection(visit=visit)
        correction.text, correction.reason = text, reason.strip()
        correction.drafted_by, correction.drafted_at = by, clock.now()
        correction.save()
        for name in ("scan", "proof"):
            held.keep(name, RoundFile, visit=visit, correction=correction)
        held.facts["reason"] = correction.reason
    return correction


def reissue_round_opinion(visit: RoundVisit, *, by: User, seen: str) -> Document:
    """印发更正的督导意见书 by another than who drafted it; `seen` is the digest of the draft that was looked at.

    Raises NotYours (also 回避); Refused for the drafter, and for what changed meanwhile. Effects: a paper with its own
    number in the stead of the old one, which stays to be read; the unit is alerted and signs again; what is handed out
    or drafted from now on rests on the new one.
    """
    with room_step(REISSUING, visit, by=by) as held:
        visit, correction = held.row, _draft_of(held.row)
        if seen != correction.digest:
            refuse_uncited([finding("round_opinion_not_as_shown")])
        old = visit.opinion
        assert old is not None
        _put_in_force(visit, correction, by)
        kind, reason = DocumentKind.ROUND_OPINION, correction.reason
        document = issue_of_visit(kind, visit, by=by, replaces=old, reason=reason)
        held.facts |= {"document": document.number, "replaced": old.number, "reason": reason}
        replaced = f"督导意见书（{old.number}）已更正，以{document.number}为准，请重新签收：{reason}"
        alert_unit(visit, f"corrected:{held.log().pk}", f"{visit.round.title}对本单位的{replaced}")
    return document


def withdraw_opinion_correction(visit: RoundVisit, *, by: User, reason: str) -> OpinionCorrection:
    """放弃更正 that is not issued, by any of the office; the 督导意见书 stays. Effect: who drafted it is alerted.

    Raises NotYours (also 回避), Refused without a reason or a draft.
    """
    with room_step(GIVING_UP, visit, by=by) as held:
        visit, correction = held.row, _draft_of(held.row)
        refuse_uncited(reason_problems(reason, "放弃更正"))
        correction.withdrawn_by, correction.withdrawn_at = by, clock.now()
        correction.withdrawal_reason = held.facts["reason"] = reason.strip()
        correction.save()
        people = [] if correction.is_by(by) else [correction.drafted_by]
        words = f"{by.name}放弃了您拟定的{visit}督导意见书更正：{reason.strip()}"
        send_alert(people, key=f"opinion_correction:{correction.pk}:withdrawn", words=words)
    return correction


def open_correction(visit: RoundVisit) -> OpinionCorrection | None:
    """The correction that waits to be issued."""
    return next((one for one in visit.corrections.all() if one.waits), None)


def digest_to_correct(visit: RoundVisit) -> str:
    """The digest of what a correction is written over: the draft under way and why, or what stands."""
    return digest_of_correction(visit) or digest_of_words(opinion_text(visit))


def digest_of_correction(visit: RoundVisit) -> str:
    """The digest of the draft that waits to be issued; empty where there is none."""
    correction = open_correction(visit)
    return correction.digest if correction is not None else ""


def corrected_paper(visit: RoundVisit, *, by: User) -> PaperFacts:
    """The facts of the paper as this person would issue it now, without its number; nothing of it stays.

    Raises Refused where no draft waits.
    """
    with dry_run():
        visit = held_visit(visit)
        refuse_uncited(_no_draft(visit))
        correction, old = _draft_of(visit), visit.opinion
        assert old is not None
        _put_in_force(visit, correction, by)
        words = {"reason": correction.reason, "replaced": old.number}
        return round_paper(DocumentKind.ROUND_OPINION, visit, number="", dated=clock.today(), **words)


def _draft_of(visit: RoundVisit) -> OpinionCorrection:
    correction = open_correction(visit)
    assert correction is not None
    return correction


def _no_draft(visit: RoundVisit, *_by: User) -> Iterator[Finding]:
    if open_correction(visit) is None:
        yield finding("opinion_correction_not_open", "", visit=visit)


def _own_draft(visit: RoundVisit, by: User) -> Iterator[Finding]:
    """That the person drafted it: another one issues it."""
    if _draft_of(visit).is_by(by):
        yield finding("meeting_correction_by_drafter", "", name=by.name)


def _too_early_or_late(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    if visit.state != VisitState.INFORMED:
        yield finding("opinion_correction_early", "", unit=visit.unit.full_name)
    elif visit.round.state == RoundState.ENDED:
        yield finding("opinion_correction_late", "", round=visit.round.title, unit=visit.unit.full_name)


def _put_in_force(visit: RoundVisit, correction: OpinionCorrection, by: User) -> None:
    """Let the visit say what the correction says, which keeps what it said before and who had signed for it."""
    correction.stood = opinion_text(visit)
    if visit.opinion_receipt is not None:
        visit.opinion_receipt.keep_in(correction)
    correction.confirmed_by, correction.confirmed_at = by, clock.now()
    correction.save()
    findings = correction.text["findings"]
    _write_findings(visit, correction, findings, by)
    for column, stated in correction.text["visit"].items():
        setattr(visit, column, stated)
    visit.concluded_on = date.fromisoformat(correction.text["visit"]["concluded_on"])
    visit.finding_count, visit.problem_count = len(findings), len(problems_in(correction.text))
    visit.opinion_corrected_at = correction.confirmed_at
    forget_signature(visit, OPINION_RECEIVED)
    visit.save()


def _write_findings(
    visit: RoundVisit, correction: OpinionCorrection, findings: Sequence[FindingText], by: User
) -> None:
    kept = {one["key"] for one in findings}
    for old in RoundFinding.objects.standing_of(visit):
        if str(old.pk) not in kept:
            old.withdrawn_by, old.withdrawn_at, old.withdrawal_reason = by, clock.now(), correction.reason
            old.save()
    common = {"visit": visit, "recorded_by": correction.drafted_by, "recorded_at": clock.now()}
    RoundFinding.objects.bulk_create(
        RoundFinding(**common, **{name: stated for name, stated in one.items() if name != "key"})
        for one in findings
        if not one["key"]
    )


CORRECTING = RoomStep(CORRECT, VISITS, (_too_early_or_late,), codename=CONCLUDE)
REISSUING = RoomStep(REISSUE, VISITS, (_no_draft, _own_draft), codename=ISSUE_OPINION)
GIVING_UP = RoomStep(GIVE_UP, VISITS, (_no_draft,), codename=CONCLUDE)
