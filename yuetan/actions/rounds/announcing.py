"""督导通知书 to each unit of a round, and who signed for it and for the 督导意见书; 明察暗访 is announced to nobody."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.rounds.round_rows import (
    ANNOUNCE,
    RECEIVE,
    ROUNDS,
    VISITS_OF_UNIT,
    alert_unit,
    standing_visits,
    unless_round,
)
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_visit
from yuetan.models import Document, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.official_text import chinese_date, short_datetime
from yuetan.vocabulary import DocumentKind, RoundState


def announce_round(of_round: SupervisionRound, *, by: User) -> SupervisionRound:
    """印发督导通知书 to each unit that is gone to. Effects: a numbered paper each; units see their part from now on and
    are alerted.

    Raises NotYours (also 回避); Refused for 明察暗访, once its days are over, the second time, and where it goes to no
    unit any more.
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
        visit, waits = held.row, waits_for_receipt(held.row)
        refuse_uncited(_unread_paper(visit, paper))
        if waits == DocumentKind.ROUND_OPINION:
            visit.opinion_received_by, visit.opinion_received_at = by, clock.now()
            visit.opinion_received_title = by.title
        else:
            visit.received_by, visit.received_at, visit.received_title = by, clock.now(), by.title
        visit.save()
        held.facts["paper"] = DocumentKind(waits).label
    return visit


def _unread_paper(visit: RoundVisit, paper: str) -> Iterator[Finding]:
    stands = paper_to_sign(visit)
    assert stands is not None
    if str(stands.pk) != paper:
        yield finding("round_paper_unread", "", paper=stands.get_kind_display(), number=stands.number)


def _nothing_to_sign(visit: RoundVisit, _by: User) -> Iterator[Finding]:
    """That somebody has signed for the last paper, or none was issued."""
    if waits_for_receipt(visit):
        return
    paper, who, when = DocumentKind.ROUND_NOTICE, visit.received_by, visit.received_at
    if visit.informed_at is not None:
        paper, who, when = DocumentKind.ROUND_OPINION, visit.opinion_received_by, visit.opinion_received_at
    if who is None or when is None:
        state = visit.state_words(inner=False)
        yield finding("visit_over", "", unit=visit.unit.full_name, state=state, what="签收督导通知书")
    else:
        yield finding("round_paper_received", "", name=who.name, when=short_datetime(when), paper=paper.label)


_NOT_TO_ANNOUNCE = (_covert, unless_round("印发督导通知书", RoundState.PLANNED), _days_over)
ANNOUNCING = RoomStep(ANNOUNCE, ROUNDS, _NOT_TO_ANNOUNCE, (_nowhere_to_go,))
RECEIVING = RoomStep(RECEIVE, VISITS_OF_UNIT, (_nothing_to_sign,))
