"""督导通知书 to each unit of a round, and who signed for it and for the 督导意见书; 明察暗访 is announced to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Unpack

from yuetan.actions.files.paper_receipt import StatedReceipt, offered_scan, signed_receipt
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.round_rows import (
    ANNOUNCE,
    RECEIVE,
    REGISTER_RECEIPT,
    ROUNDS,
    VISITS,
    VISITS_OF_UNIT,
    alert_unit,
    standing_visits,
    unless_round,
)
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_visit
from yuetan.models import Document, ReceiptScan, RoundVisit, SupervisionRound, User
from yuetan.models.flow.signed_for import OPINION_RECEIVED, RECEIVED, SignedFor
from yuetan.models.rounds.followed_paper import follows_narrowed
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import DocumentKind, RoundState


def announce_round(of_round: SupervisionRound, *, by: User) -> SupervisionRound:
    """印发督导通知书 to each unit that is gone to. Effects: a numbered paper each; units see their part from now on and
    are alerted.

    Raises NotYours (also 回避); Refused for 明察暗访, once its days are over, the second time, where it goes to no unit
    any more, once the day of a unit is past, and where 知悉范围 was set since for what a visit follows.
    """
    with room_step(ANNOUNCING, of_round, by=by) as held:
        of_round = held.row
        of_round.announced_by, of_round.announced_at = by, clock.now()
        of_round.save()
        visits = standing_visits(of_round)
        for visit in visits:
            issue_of_visit(DocumentKind.ROUND_NOTICE, visit, by=by)
            alert_unit(visit, "announced", _notice_words(visit))
        held.facts["units"] = len(visits)
    return of_round


def _notice_words(visit: RoundVisit) -> str:
    return f"办公室定于{chinese_date(visit.day)}对本单位开展{visit.round.title}，请在“督导”中查阅并签收督导通知书。"


def _covert(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    if of_round.is_covert:
        yield finding("round_unannounced")


def _days_over(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    if of_round.ends_on < clock.today():
        yield finding("round_days_over", "", day=chinese_date(of_round.ends_on))


def _unit_days_past(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    """That a notice would name a day on which nobody can come any more."""
    past = [one for one in standing_visits(of_round) if one.day < clock.today()]
    if past:
        units = joined(f"{one.unit.full_name}（{chinese_date(one.day)}）" for one in past)
        yield finding("round_unit_days_past", "", units=units)


def _follows_narrowed(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    """That a notice would name what by now only a few of the office may know."""
    units = [one.unit.full_name for one in standing_visits(of_round) if follows_narrowed(one)]
    if units:
        yield finding("round_narrowed_since", "", units=joined(units))


def _nowhere_to_go(of_round: SupervisionRound, _by: User) -> Iterator[Finding]:
    if not standing_visits(of_round):
        yield finding("round_all_dropped", what="没有单位可以通知")


def waits_for_receipt(visit: RoundVisit) -> str:
    """Of which paper nobody has signed yet: the 督导意见书 once the unit was told, else the notice; empty for none."""
    if visit.informed_at is not None:
        return DocumentKind.ROUND_OPINION.value if visit.opinion_received_at is None else ""
    is_open = visit.round.announced_at is not None and visit.dropped_at is None
    waits = is_open and visit.round.state == RoundState.RUNNING and visit.received_at is None
    return DocumentKind.ROUND_NOTICE.value if waits else ""


def paper_to_sign(visit: RoundVisit) -> Document | None:
    """The paper in force that nobody of the unit has signed for yet."""
    waits = waits_for_receipt(visit)
    papers = visit.documents.filter(kind=waits, replaced_by=None) if waits else visit.documents.none()
    return papers.defer("html", "facts").first()


def receive_round_paper(visit: RoundVisit, *, by: User, paper: str) -> RoundVisit:
    """签收 what was last issued to the unit, by a head or liaison of it; `paper` is the key of the one they looked at.

    Raises NotYours; Refused the second time, and where another paper was issued since.
    """
    with room_step(RECEIVING, visit, by=by) as held:
        visit, waits = held.row, _paper_as_seen(held.row, paper)
        _keep_signed(visit, waits, SignedFor(by, "", by.title, clock.now()))
        held.facts["paper"] = waits.get_kind_display()
    return visit


def register_round_receipt(visit: RoundVisit, *, by: User, seen: str, **stated: Unpack[StatedReceipt]) -> ReceiptScan:
    """登记纸质回执 of what was last issued to the unit; `seen` is the key of the paper whose receipt it is.

    Raises NotYours (also 回避); Refused for what is missing, a day before the paper or ahead, what has been signed for,
    and where another paper was issued since.
    """
    with room_step(REGISTERING, visit, by=by, scan=offered_scan(stated)) as held:
        visit, waits = held.row, _paper_as_seen(held.row, seen)
        signed = signed_receipt(stated, held.files["scan"])
        refuse_uncited(signed.problems(waits))
        _keep_signed(visit, waits, signed.as_signed_for)
        (scan,) = held.keep("scan", ReceiptScan, document=waits)
        held.facts |= {"paper": waits.get_kind_display(), "signer": signed.signer_words}
    return scan


def _paper_as_seen(visit: RoundVisit, paper: str) -> Document:
    """The paper that waits, if it is the one with this key; raises Refused for another."""
    stands = paper_to_sign(visit)
    assert stands is not None
    if str(stands.pk) != paper:
        words = {"paper": stands.get_kind_display(), "number": stands.number}
        refuse_uncited([finding("round_paper_unread", "", **words)])
    return stands


def _keep_signed(visit: RoundVisit, paper: Document, signed: SignedFor) -> None:
    signed.keep_in(visit, OPINION_RECEIVED if paper.kind == DocumentKind.ROUND_OPINION else RECEIVED)
    visit.save()


def _nothing_to_sign(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    """That somebody has signed for the last paper, or none was issued."""
    if waits_for_receipt(visit):
        return
    paper, signed = DocumentKind.ROUND_NOTICE, visit.receipt
    if visit.informed_at is not None:
        paper, signed = DocumentKind.ROUND_OPINION, visit.opinion_receipt
    if signed is None:
        state = visit.state_words(inner=False)
        yield finding("visit_over", "", unit=visit.unit.full_name, state=state, what="签收督导通知书")
    else:
        yield finding("round_paper_received", "", name=signed.signer, when=signed.moment, paper=paper.label)


_NOT_TO_ANNOUNCE = (_covert, unless_round("印发督导通知书", RoundState.PLANNED), _days_over)
ANNOUNCING = RoomStep(ANNOUNCE, ROUNDS, _NOT_TO_ANNOUNCE, (_nowhere_to_go, _unit_days_past, _follows_narrowed))
RECEIVING = RoomStep(RECEIVE, VISITS_OF_UNIT, (_nothing_to_sign,))
REGISTERING = RoomStep(REGISTER_RECEIPT, VISITS, (_nothing_to_sign,), codename=ANNOUNCE)
