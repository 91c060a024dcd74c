"""Reminders of 考核: units of the days in which they may object to their sheets; the office once these are over."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from yuetan.actions.assessment.assessment_rows import CLOSE, DECIDE
from yuetan.actions.messages.reminder_engine import Obligation, remind
from yuetan.alerts import send_alert
from yuetan.models import Alert, Assessment, AssessmentObjection, User
from yuetan.permissions import BY_CODENAME

SHEETS = Obligation(
    rows="""
        SELECT 'assessment:' || sheet.id, assessment.object_until, NULL, NULL::uuid, sheet.unit_id,
            '本单位' || assessment.year || '年度考核得分的异议', ''
        FROM yuetan_assessmentsheet AS sheet
        JOIN yuetan_assessment AS assessment ON assessment.id = sheet.assessment_id
            AND assessment.round = sheet.round AND assessment.closed_at IS NULL
        JOIN yuetan_unit AS unit ON unit.id = sheet.unit_id AND unit.retired_on IS NULL
        WHERE assessment.object_until >= %(today)s
    """,
    action="提出",
)


def remind_of_assessment(today: date) -> dict[str, int]:
    """Remind the units while they may object, and once the office, when the days are over."""
    return {**remind(SHEETS, today), "期满": _remind_of_closing(today)}


@transaction.atomic
def _remind_of_closing(today: date) -> int:
    """Once, that the days are over: what is still to be decided, and that it may be closed."""
    reminded = 0
    for one in Assessment.objects.filter(object_until__lt=today, closed_at=None):
        open_now = AssessmentObjection.objects.undecided().filter(sheet__assessment=one).count()
        codename = DECIDE if open_now else CLOSE
        people = list(User.objects.in_roles(*BY_CODENAME[codename].roles))
        key = f"assessment:{one.pk}:over:{one.round}"
        if not Alert.objects.filter(recipient__in=people, key=key).exists():
            waits = f"还有 {open_now} 件异议没有处理，请先处理" if open_now else "请关闭考核"
            send_alert(people, key=key, words=f"{one}的异议期限已过，{waits}。")
            reminded += 1
    return reminded
