"""更正纸质回执 of a 督导通知书 or 督导意见书: what was registered wrongly of who signed is put right, or revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Unpack

from yuetan.actions.files.paper_receipt import offered_scan
from yuetan.actions.files.receipt_change import Followed
from yuetan.actions.papers.room_receipts import KeptReceipt, StatedCorrection, alert_of_change, correct_kept
from yuetan.actions.people.for_unit import may_as_office
from yuetan.actions.people.unit_people import people_of_unit
from yuetan.actions.room_step import LogFacts, RoomRows, RoomStep, room_step
from yuetan.actions.rounds.round_rows import ANNOUNCE, held_visit
from yuetan.models import Document, ReceiptCorrection, RoundVisit, User
from yuetan.models.flow.signed_for import OPINION_RECEIVED, RECEIVED
from yuetan.rules.refusals import Finding, finding
from yuetan.vocabulary import DocumentKind

CORRECT_RECEIPT = "correct_round_receipt"


def correct_round_receipt(document: Document, *, by: User, **stated: Unpack[StatedCorrection]) -> ReceiptCorrection:
    """更正纸质回执 of a paper to the unit; revoked where it `never_signed`, it is to sign again.

    Without a new scan the old one stays. Raises NotYours (also 回避); Refused where there is no receipt of paper, where
    another paper stands in its stead, nothing changes, no reason is given, and to revoke it once nobody signs any more:
    for the 督导通知书 with the 督导意见书, for both with the end of the round. Effect: alerts to both sides.
    """
    with room_step(CORRECTING, document, by=by, scan=offered_scan(stated)) as held:
        document, visit = held.row, visit_of(held.row)
        made = correct_kept(held, kept_of_paper(document), stated, _signed_no_more(document))
        held.facts["paper"] = document.get_kind_display()
        alert_of_change(held, made, people_of_unit(visit.unit), visit.round.title, f"visit:{visit.pk}")
    return made


def visit_of(document: Document) -> RoundVisit:
    """Whose paper it is."""
    assert document.visit is not None
    return document.visit


def kept_of_paper(document: Document) -> KeptReceipt:
    """Where it stands who signed for the paper."""
    is_opinion = document.kind == DocumentKind.ROUND_OPINION
    return KeptReceipt(document, visit_of(document), OPINION_RECEIVED if is_opinion else RECEIVED)


def _held_paper(document: Document) -> Document:
    visit = held_visit(visit_of(document))
    document = Document.objects.select_related("entry", "replaced_by__entry").defer("html", "facts").get(pk=document.pk)
    document.visit = visit
    return document


def _may_correct(document: Document, by: User, codename: str) -> bool:
    return may_as_office(visit_of(document).unit_id, by, codename)


def _paper_facts(document: Document) -> LogFacts:
    visit = visit_of(document)
    return {"title": visit.round.title, "unit": visit.unit.full_name}


def _of_no_paper(document: Document, *_by: User) -> Iterator[Finding]:
    yield from kept_of_paper(document).problems()


def _replaced(document: Document, *_by: User) -> Iterator[Finding]:
    if document.replaced_by is not None:
        yield finding("receipt_of_replaced_paper", "", number=document.number, by=document.replaced_by.number)


def _signed_no_more(document: Document) -> Followed | None:
    """Since when nobody signs for it any more."""
    visit, is_notice = visit_of(document), document.kind == DocumentKind.ROUND_NOTICE
    ends: dict[str, datetime | None] = {"结束督导": visit.round.ended_at}
    if is_notice:
        dropped = {"取消督导": visit.round.cancelled_at, "不再督导": visit.dropped_at}
        ends = {"印发督导意见书": visit.informed_at, **dropped, **ends}
    over = ((what, at) for what, at in ends.items() if at is not None)
    return next((Followed.since(what, at, leaves_signing=not is_notice) for what, at in over), None)


PAPERS = RoomRows[Document](_held_paper, _may_correct, _paper_facts, visit_of)
CORRECTING = RoomStep(CORRECT_RECEIPT, PAPERS, (_replaced, _of_no_paper), codename=ANNOUNCE)
