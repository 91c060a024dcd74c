"""What the page of a measure shows of what was put before other bodies: never to the unit."""

from __future__ import annotations

from yuetan.models import AccountabilityMeasure, Referral, User
from yuetan.rules.text.official_text import chinese_date
from yuetan.views.case.case_files import visible_files
from yuetan.views.frame.section import SummaryRow, row
from yuetan.vocabulary import FilePurpose


def referral_rows(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    """Each paper to another body: its number, who took it, what came of it, with the scans; never for the unit."""
    referrals = list(measure.referrals.all())
    if not referrals:
        return []
    scans = {file.pk: file for file in visible_files(measure, user) if file.purpose == FilePurpose.REFERRAL}
    return [
        row(
            str(one), _standing(one), [scans[key] for key in scans if key in (one.receipt_scan_id, one.outcome_scan_id)]
        )
        for one in referrals
    ]


def _standing(one: Referral) -> str:
    lines = [f"《{one.document.title}》（{one.document.number}）"]
    if one.received_on is None:
        return "\n".join([*lines, one.outstanding])
    lines.append(f"{chinese_date(one.received_on)}由{one.received_by}签收")
    if one.outcome_on is None:
        return "\n".join([*lines, one.outstanding])
    decided = f"{chinese_date(one.outcome_on)}{one.outcome_organ}：{one.get_outcome_display()}"
    return "\n".join(filter(None, [*lines, decided, one.outcome_words]))
