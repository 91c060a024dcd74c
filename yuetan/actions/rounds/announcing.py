"""督导通知书 to each unit of a round, and who signed for it and for the 督导意见书; 明察暗访 is announced to nobody."""

from __future__ import annotations

from django.db import transaction

from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.rounds.round_rows import (
    ANNOUNCE,
    RECEIVE,
    alert_unit,
    locked_round,
    locked_visit,
    note_round,
    note_visit,
    require_on_round,
    require_state,
)
from yuetan.actions.step import refuse_uncited
from yuetan.documents.issue import issue_of_visit
from yuetan.errors import NotYours
from yuetan.models import Document, RoundVisit, SupervisionRound, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.official_text import chinese_date, short_datetime
from yuetan.vocabulary import DocumentKind, RoundState


@transaction.atomic
def announce_round(of_round: SupervisionRound, *, by: User) -> SupervisionRound:
    """印发督导通知书 to each unit. Effects: a numbered paper each; units see their part from now on and are alerted.

    Raises NotYours (also 回避); Refused for 明察暗访, once its days are over, and the second time.
    """
    require_on_round(of_round, by, ANNOUNCE)
    of_round = locked_round(of_round.pk)
    if of_round.is_covert:
        refuse_uncited([finding("round_unannounced")])
    require_state(of_round, "印发督导通知书", RoundState.PLANNED)
    if of_round.ends_on < clock.today():
        refuse_uncited([finding("round_days_over", "", day=chinese_date(of_round.ends_on))])
    of_round.announced_by, of_round.announced_at = by, clock.now()
    of_round.save()
    visits = list(of_round.visits.select_related("unit__parent").order_by("day", "unit__code", "pk"))
    for visit in visits:
        visit.round = of_round
        issue_of_visit(DocumentKind.ROUND_NOTICE, visit, by=by)
        words = f"办公室定于{chinese_date(visit.day)}对本单位开展{of_round.title}，请在“督导”中查阅并签收督导通知书。"
        alert_unit(visit, "announced", words)
    note_round(ANNOUNCE, by, of_round, units=len(visits))
    return of_round


def may_receive(visit: RoundVisit, by: User) -> bool:
    """Whether the papers of the visit are for this person to sign for, by the posts of today."""
    return by.pk in {person.pk for person in people_of_unit(visit.unit)}


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


@transaction.atomic
def receive_round_paper(visit: RoundVisit, *, by: User, paper: str) -> RoundVisit:
    """签收 what was last issued to the unit, by a head or liaison of it; `paper` is the key of the one they looked at.

    Raises NotYours; Refused the second time, and where another paper was issued since.
    """
    visit = locked_visit(visit)
    if not may_receive(visit, by):
        raise NotYours(RECEIVE)
    waits = waits_for_receipt(visit)
    if waits:
        _refuse_unread(visit, paper)
    if waits == DocumentKind.ROUND_OPINION:
        visit.opinion_received_by, visit.opinion_received_at = by, clock.now()
        visit.opinion_received_title = by.title
    elif waits == DocumentKind.ROUND_NOTICE:
        visit.received_by, visit.received_at, visit.received_title = by, clock.now(), by.title
    else:
        _refuse_again(visit)
    visit.save()
    note_visit(RECEIVE, by, visit, paper=DocumentKind(waits).label)
    return visit


def _refuse_unread(visit: RoundVisit, paper: str) -> None:
    stands = paper_to_sign(visit)
    assert stands is not None
    if str(stands.pk) != paper:
        words = {"paper": stands.get_kind_display(), "number": stands.number}
        refuse_uncited([finding("round_paper_unread", "", **words)])


def _refuse_again(visit: RoundVisit) -> None:
    informed = visit.informed_at is not None
    who, when = (
        (visit.opinion_received_by, visit.opinion_received_at) if informed else (visit.received_by, visit.received_at)
    )
    paper = DocumentKind.ROUND_OPINION if informed else DocumentKind.ROUND_NOTICE
    if who is None or when is None:
        state = visit.state_words(inner=False)
        words = {"unit": visit.unit.full_name, "state": state, "what": "签收督导通知书"}
        refuse_uncited([finding("visit_over", "", **words)])
        return
    words = {"name": who.name, "when": short_datetime(when), "paper": paper.label}
    refuse_uncited([finding("round_paper_received", "", **words)])
