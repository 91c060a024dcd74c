"""The 补录 of the demonstration: a matter interviewed on paper months ago, which goes on here with running limits."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from yuetan.models import CalendarDay, Case, OfficeSetting, Unit
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.scenarios import earlier
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.drivers import take
from yuetan.scenarios.keywords import measure, proposal
from yuetan.vocabulary import Verb

UNIT, MATTER = "440703101", "非法放贷问题移送不及时"
FACTS = "今年一季度发现校园周边放贷广告41处，仅清理16处；两名放贷人员的材料搁置三个月才移送公安机关。"
BEGAN = 110  # working days ago
LED_BY, INTERVIEW_HOUR = "党委书记郑九", time(15)
INTERVIEW_WORDS = {
    "problems": "通报了校园周边放贷广告清理不彻底、放贷人员材料搁置三个月才移送公安机关的情况。",
    "statement": "镇党委承认清理和移送不及时，提出两项整改措施。",
    "discussion": "讨论认为措施可行，确定了两项措施的时限。",
    "observers": [{"name": "陈十一", "title": "蓬江区棠下镇联络员"}],
}
PREFIXES = {Verb.SERVE_NOTICE: "江扫黑办", Verb.ISSUE_MINUTES: "江扫黑办纪"}
NUMBERS = {Verb.SERVE_NOTICE: 31, Verb.ISSUE_MINUTES: 35}
# Each step with the working days since the matter began on paper.
STEPS: tuple[tuple[Verb, int], ...] = (
    (Verb.REVISE_DRAFT, 0),
    (Verb.SUBMIT, 0),
    (Verb.ENDORSE, 1),
    (Verb.REGISTER_DECISION, 2),
    (Verb.CONFIRM_APPROVAL, 2),
    (Verb.SERVE_NOTICE, 3),
    (Verb.REGISTER_RECEIPT, 4),
    (Verb.REGISTER_SUBMISSION, 6),
    (Verb.HOLD_INTERVIEW, 10),
    (Verb.CONFIRM_MINUTES, 11),
    (Verb.SEND_MINUTES, 11),
    (Verb.REGISTER_MINUTES_ANSWER, 13),
    (Verb.ISSUE_MINUTES, 14),
    (Verb.ASSIGN, 15),
)


def enter_earlier_case() -> Case:
    """Enter it step by step as far as it had come; it is not handed in yet."""
    calendar, today = CalendarDay.objects.calendar(), clock.today()
    first = add_working_days(today, -BEGAN, calendar)
    case = earlier.begin(Unit.objects.get(code=UNIT), first)
    for verb, days in STEPS:
        day = add_working_days(first, days, calendar)
        case = earlier.enter(verb, case, day, **_stated(verb, day, today))
    return case


def confirm_earlier_case(case: Case) -> Case:
    """It is handed in, and the director has compared it with its originals."""
    return take(Verb.CONFIRM_EARLIER_CASE, take(Verb.HAND_IN_EARLIER_CASE, case))


def _stated(verb: Verb, day: date, today: date) -> dict[str, Any]:
    """What the drivers do not say: numbers of then, limits that still run, the second person."""
    if verb == Verb.SERVE_NOTICE:
        held_at = timezone.make_aware(datetime.combine(day + timedelta(days=7), INTERVIEW_HOUR))
        procedure = OfficeSetting.objects.words("interview_procedure")
        return {**_numbered(verb, day), "scheduled_at": held_at, "procedure": procedure}
    if verb in NUMBERS:
        return _numbered(verb, day)
    if verb == Verb.REVISE_DRAFT:
        return proposal(Unit.objects.get(code=UNIT), matter=MATTER, facts=FACTS, distinct_from=[])
    if verb == Verb.CONFIRM_APPROVAL:
        return {"by": in_office("second_officer")}
    if verb != Verb.HOLD_INTERVIEW:
        return {}
    until = [today + timedelta(days=days) for days in (20, 45)]
    contents = "校园周边线索集中摸排一轮", "建立校地联动台账"
    rows = [{**measure(words, 0, LED_BY), "due_on": due_on} for words, due_on in zip(contents, until, strict=True)]
    return {"measures": rows, **INTERVIEW_WORDS}


def _numbered(verb: Verb, day: date) -> dict[str, str]:
    return {"number": f"{PREFIXES[verb]}〔{day.year}〕{NUMBERS[verb]}号"}
