"""文号簿: numbers reserved beforehand, used for papers made elsewhere, or voided; none ever leaves the book."""

from __future__ import annotations

from django.db import transaction

from yuetan.actions.log_event import log_event
from yuetan.actions.step import refuse_uncited, require_right
from yuetan.documents.number_series import enter_number
from yuetan.errors import NotYours
from yuetan.models import Case, NumberEntry, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import DocumentKind, NumberState


@transaction.atomic
def reserve_number(*, by: User, kind: str, case: Case | None, purpose: str) -> NumberEntry:
    """预留文号: the next number, kept for the next paper of this kind in a case, or for a paper made elsewhere.

    Raises NotYours without the permission, Refused without a purpose.
    Effects: one entry of the register, one of the log.
    """
    require_right(by, "reserve_number")
    if case is not None and not Case.objects.visible_to(by).filter(pk=case.pk).exists():
        raise NotYours("reserve_number")
    refuse_uncited(require_words(purpose, finding("purpose_missing", "purpose", what="预留文号的用途")))
    open_to = case.unit if case is not None and case.opened_on else None
    entry = enter_number(DocumentKind(kind), by=by, purpose=purpose, case=case, open_to=open_to)
    _record_event("reserve_number", entry, by=by, purpose=purpose)
    return entry


@transaction.atomic
def use_number(entry: NumberEntry, *, by: User, used_for: str) -> NumberEntry:
    """登记使用: the reserved number was used for a paper made outside this system."""
    require_right(by, "reserve_number")
    locked = _reserved(entry)
    refuse_uncited(require_words(used_for, finding("purpose_missing", "used_for", what="用于哪份文书")))
    locked.used_at, locked.used_by, locked.used_for = clock.now(), by, used_for
    locked.save(update_fields=["used_at", "used_by", "used_for"])
    _record_event("use_number", locked, by=by, used_for=used_for)
    return locked


@transaction.atomic
def void_number(entry: NumberEntry, *, by: User, reason: str) -> NumberEntry:
    """作废预留文号: it is never assigned again, and the register shows the reason."""
    require_right(by, "void_number")
    locked = _reserved(entry)
    refuse_uncited(require_words(reason, finding("reason_missing", "reason", what="作废")))
    locked.voided_at, locked.voided_by, locked.void_reason = clock.now(), by, reason
    locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    _record_event("void_number", locked, by=by, reason=reason)
    return locked


def _reserved(entry: NumberEntry) -> NumberEntry:
    locked = NumberEntry.objects.select_for_update().get(pk=entry.pk)
    if locked.state != NumberState.RESERVED:
        refuse_uncited([finding("number_not_reserved", number=locked.number, state=NumberState(locked.state).label)])
    return locked


def _record_event(verb: str, entry: NumberEntry, *, by: User, **facts: str) -> None:
    log_event(verb, by, number=entry.number, **facts)
