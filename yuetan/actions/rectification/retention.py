"""How long a closed case is kept: 保管期限 as the office sets it, changed with a reason, and 冻结 by two persons."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.actions.office.office import ARCHIVE_RETENTION
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, LegalHold, OfficeSetting, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Retention, Verb


def usual_retention() -> Retention:
    """保管期限 of a case that is closed now, by the setting of the office."""
    label = OfficeSetting.objects.words(ARCHIVE_RETENTION)
    return next(each for each in Retention if each.label == label)


def set_retention(case: Case, *, by: User, retention: str, reason: str) -> Case:
    """调整保管期限 of this one case. Raises Refused without one, where it stays the same, and without a reason.

    Effects: the event keeps both values; the day on which it ends is counted anew from the end of the case.
    """
    facts: dict[str, str] = {}
    with step(case, Verb.SET_RETENTION, by=by, opinion=reason, facts=facts) as case:
        refuse_if_any(case, _retention_problems(case, retention, reason))
        chosen = Retention(retention)
        facts.update(retention_before=Retention(case.retention).label, retention=chosen.label)
        assert case.closed_on is not None
        case.set_retention(chosen, case.closed_on)
    return case


def _retention_problems(case: Case, retention: str, reason: str) -> Iterator[Finding]:
    if retention not in Retention.values:
        yield finding("retention_missing", "retention")
    elif retention == case.retention:
        yield finding("retention_unchanged", "retention", retention=Retention(retention).label)
    yield from require_words(reason, finding("reason_missing", "reason", what="调整保管期限"))


def place_hold(case: Case, *, by: User, reason: str) -> Case:
    """冻结卷宗: kept until somebody else lifts the hold, whatever its 保管期限. Raises Refused without a reason."""
    with step(case, Verb.PLACE_HOLD, by=by, opinion=reason) as case:
        refuse_if_any(case, require_words(reason, finding("reason_missing", "reason", what="冻结")))
        LegalHold.objects.create(case=case, reason=reason, placed_by=by, placed_at=clock.now())
    return case


def lift_hold(case: Case, *, by: User, hold: LegalHold | None, reason: str) -> Case:
    """解除冻结: another than who placed it. Raises Refused for a hold that is not in force, one's own, or no reason."""
    facts: dict[str, str] = {}
    with step(case, Verb.LIFT_HOLD, by=by, opinion=reason, facts=facts) as case:
        chosen = next((one for one in case.holds_in_force if one == hold), None)
        refuse_if_any(case, _lifting_problems(chosen, by, reason))
        assert chosen is not None
        chosen.lifted_by, chosen.lifted_at, chosen.lift_reason = by, clock.now(), reason
        chosen.save()
        facts.update(hold=chosen.reason)
    return case


def _lifting_problems(hold: LegalHold | None, by: User, reason: str) -> Iterator[Finding]:
    if hold is None:
        yield finding("hold_not_in_force", "hold")
    elif hold.placed_by_id == by.pk:
        yield finding("placer_lifts", "hold", name=by.name)
    yield from require_words(reason, finding("reason_missing", "reason", what="解除冻结"))
