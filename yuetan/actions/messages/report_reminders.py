"""Reminders of 信息报送: units of what they owe, the office of who has missed it again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from yuetan.actions.messages.reminder_engine import Obligation, remind
from yuetan.actions.reporting.analysis_rows import DRAFT
from yuetan.alerts import send_alert
from yuetan.models import Alert, OfficeSetting, ReportScheme, User
from yuetan.models.reporting.analysis import ISSUED_BY
from yuetan.models.reporting.analysis_due import AnalysisDue, ended_analyses_due
from yuetan.models.reporting.missed import AMONG, MAX_OTHERS, TIMES, missed_by_units
from yuetan.models.reporting.pressed import CHASE
from yuetan.permissions import BY_CODENAME
from yuetan.rules.dates.reminder_points import MAX_REPEATS
from yuetan.vocabulary import ReportState, Role

# The last point of all, and a month in which the daily run stood still: what was missed before has been said.
DAYS_BACK = MAX_REPEATS + 31
REPORTS = Obligation(
    rows="""
        SELECT 'report:' || report.id, COALESCE(report.again_by, (report.due_at AT TIME ZONE 'Asia/Shanghai')::date),
            NULL, NULL::uuid, report.unit_id, CASE WHEN report.again_by IS NULL THEN '报表' ELSE '办公室退回的报表' END,
            '：' || scheme.title || '（' || period.label || '）'
        FROM yuetan_periodicreport AS report
        JOIN yuetan_reportperiod AS period ON period.id = report.period_id AND period.opens_on <= %(today)s
        JOIN yuetan_reportscheme AS scheme ON scheme.id = period.scheme_id
        WHERE report.state = ANY(%(owed)s)
            AND (
                report.again_by >= %(today)s::date - %(back)s::int
                OR report.again_by IS NULL AND report.handed_in_at IS NULL
                AND report.due_at >= %(today)s::date - %(back)s::int
            )
    """,
    action="报送",
    facts={"owed": [state.value for state in ReportState.unfinished()], "back": str(DAYS_BACK)},
)


def remind_of_reports(today: date) -> dict[str, int]:
    """Remind the units of the reports that they owe and that may be filled in."""
    return remind(REPORTS, today)


@transaction.atomic
def remind_of_analyses(today: date) -> dict[str, int]:
    """Say once of each half year, and quarter, that has ended, to who drafts 分析报告, that it is to be issued; and
    once, when its day has passed, to who issues it too."""
    alerted, drafters = 0, BY_CODENAME[DRAFT].roles
    for due in ended_analyses_due(today):
        alerted += _say_once(due, drafters, "ended", "请在信息报送中起草")
        alerted += _say_once(due, (*drafters, ISSUED_BY), "past", "已经超过期限") if due.due_on < today else 0
    return {"提示": alerted}


def _say_once(due: AnalysisDue, roles: Sequence[Role], at: str, more: str) -> int:
    people = list(User.objects.in_roles(*roles))
    key = f"{due.of.key}:{due.span.last.isoformat()}:{at}"
    if Alert.objects.filter(recipient__in=people, key=key).exists():
        return 0
    send_alert(people, key=key, words=f"{due.words}，{more}；期限是办公室设定。")
    return 1


@transaction.atomic
def point_out_missed(today: date) -> dict[str, int]:
    """Say to the office once a period, when it is past, that units have missed as many as the office has set."""
    times, among = OfficeSetting.objects.numbers(TIMES, AMONG)
    people = list(User.objects.in_roles(*BY_CODENAME[CHASE].roles))
    pointed_out = 0
    for scheme in ReportScheme.objects.order_by("pk"):
        missed = missed_by_units(scheme, times=times, among=among)
        key = f"reports_missed:{missed.periods[0].pk}" if missed.periods else ""
        if not missed.units or Alert.objects.filter(recipient__in=people, key=key).exists():
            continue
        number = len(missed.units) + missed.others
        units = f"{MAX_OTHERS}个以上" if missed.others > MAX_OTHERS else f"{number}个"
        words = f"{scheme.title}最近{len(missed.periods)}期中，有{units}单位满{times}期到期未报，请在“未报提醒”中办理。"
        send_alert(people, key=key, words=words)
        pointed_out += 1
    return {"提示": pointed_out}
