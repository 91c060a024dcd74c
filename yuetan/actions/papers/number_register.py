"""文号簿: numbers reserved beforehand, used for papers made elsewhere, or voided; none ever leaves the book."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.hold_row import hold_row
from yuetan.actions.room_step import RoomRows, RoomStep, may_by_role, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.documents.number_series import enter_number
from yuetan.models import Case, NumberEntry, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import DocumentKind, NumberState


def reserve_number(*, by: User, kind: str, case: Case | None, purpose: str) -> NumberEntry:
    """预留文号: the next number, kept for the next paper of this kind in a case, or for a paper made elsewhere.

    Raises NotYours without the permission, Refused without a purpose.
    Effects: one entry of the register, one of the log.
    """
    with room_step(RESERVING, case, by=by) as held:
        refuse_uncited(require_words(purpose, finding("purpose_missing", "purpose", what="预留文号的用途")))
        case = held.row
        open_to = case.unit if case is not None and case.opened_on else None
        entry = enter_number(DocumentKind(kind), by=by, purpose=purpose, case=case, open_to=open_to)
        held.facts |= {"number": entry.number, "purpose": purpose}
    return entry


def use_number(entry: NumberEntry, *, by: User, used_for: str) -> NumberEntry:
    """登记使用: the reserved number was used for a paper made outside this system.

    Raises NotYours for anybody but a case officer or the director and for a case that is kept from them, Refused
    without saying for which paper, and for a number that is not reserved any more. Effects: the entry keeps the paper,
    by whom and when; one line of the log.
    """
    with room_step(USING, entry, by=by) as held:
        entry = held.row
        refuse_uncited(require_words(used_for, finding("purpose_missing", "used_for", what="用于哪份文书")))
        entry.used_at, entry.used_by, entry.used_for = clock.now(), by, used_for
        entry.save(update_fields=["used_at", "used_by", "used_for"])
        held.facts["used_for"] = used_for
    return entry


def void_number(entry: NumberEntry, *, by: User, reason: str) -> NumberEntry:
    """作废预留文号: it is never assigned again, and the register shows the reason.

    Raises NotYours for anybody but the director and for a case that is kept from them, Refused without a reason, and
    for a number that is not reserved any more. Effects: the entry keeps the reason; one line of the log.
    """
    with room_step(VOIDING, entry, by=by) as held:
        entry = held.row
        refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="作废")))
        entry.voided_at, entry.voided_by, entry.void_reason = clock.now(), by, reason
        entry.save(update_fields=["voided_at", "voided_by", "void_reason"])
        held.facts["reason"] = reason
    return entry


def _held_case(case: Case | None) -> Case | None:
    """The case for which a number is kept: whether its unit sees it changes with the notice."""
    return hold_row(Case.objects.select_related("unit"), case.pk) if case is not None else None


def _sees_case(case: Case | None, by: User, codename: str) -> bool:
    """Whether the case is not kept from the person, where the number is for one."""
    seen = Case.objects.visible_to(by)
    return may_by_role(case, by, codename) and (case is None or seen.filter(pk=case.pk).exists())


def _sees_case_of(entry: NumberEntry, by: User, codename: str) -> bool:
    return _sees_case(entry.case, by, codename)


def _not_reserved(entry: NumberEntry, _by: User) -> Iterator[Finding]:
    if entry.state != NumberState.RESERVED:
        yield finding("number_not_reserved", number=entry.number, state=NumberState(entry.state).label)


CASES_OF_NUMBERS = RoomRows[Case | None](_held_case, _sees_case, lambda case: {})
NUMBERS = RoomRows[NumberEntry](
    lambda entry: hold_row(NumberEntry.objects.all(), entry.pk), _sees_case_of, lambda entry: {"number": entry.number}
)
RESERVING = RoomStep("reserve_number", CASES_OF_NUMBERS)
USING = RoomStep("use_number", NUMBERS, (_not_reserved,), codename="reserve_number")
VOIDING = RoomStep("void_number", NUMBERS, (_not_reserved,))
