"""Papers of a measure that its unit signs for, as its page shows them; whom the office calls about them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import AccountabilityMeasure, Document, Receipt, User
from yuetan.views.case.available_steps import AvailableStep
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.notice_sections import telephones
from yuetan.views.frame.file_links import file_links
from yuetan.views.frame.section import Section
from yuetan.views.ladder.listing_sections import listing_sections
from yuetan.views.ladder.plea_pages import plea_sections
from yuetan.vocabulary import Verb


def paper_rows(
    paper: Document, measure: AccountabilityMeasure, user: User, lights: DeadlineLights
) -> dict[str, object]:
    """A paper that the unit signs for, with its receipt and the scan of that, or the day by which it should sign."""
    receipt, asks = paper.receipt_or_none, measure.asks_for_receipt(paper)
    return {
        "paper": paper,
        "receipt": receipt,
        "scan": _receipt_scan(measure, receipt, user),
        "needless": receipt is None and not asks,
        "deadline": lights.of(paper.receipt_due_on) if asks and measure.voided_on is None else None,
    }


def sections_of(
    measure: AccountabilityMeasure, user: User, steps: Sequence[AvailableStep], lights: DeadlineLights
) -> list[Section]:
    """The cards of a measure: whom to call about its receipt, its plea, its listing."""
    of_plea, of_listing = plea_sections(measure, user, lights), listing_sections(measure, user)
    return [*_whom_to_call(measure, steps), *of_plea, *of_listing]


def _whom_to_call(measure: AccountabilityMeasure, steps: Sequence[AvailableStep]) -> list[Section]:
    """For who may register a receipt of paper: the telephones of the unit."""
    registers = any(step.verb == Verb.REGISTER_MEASURE_RECEIPT and not step.refused for step in steps)
    return [Section("联系签收", telephones(measure.unit))] if registers else []


def _receipt_scan(measure: AccountabilityMeasure, receipt: Receipt | None, user: User) -> list[Any]:
    if receipt is None or receipt.scan_id is None:
        return []
    return file_links([file for file in visible_files(measure, user) if file.pk == receipt.scan_id])
