"""Pleas (申述) whose answer falls due, or is overdue: the office hears of each once before, on the day, and after."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from yuetan.alerts import recipients, send_alert
from yuetan.models import CalendarDay, OfficeSetting, Plea, Reminder
from yuetan.permissions import DIRECTOR, OFFICER
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import MeasureState

WITHIN = "yellow_within_days"  # what shows yellow is said
CHUNK = 500
MOMENTS = {"before": "gt", "due": "exact", "overdue": "lt"}  # how the last day lies to today


@transaction.atomic
def remind_of_pleas(today: date) -> dict[str, int]:
    """Tell the office of the answers that fall due within the days of a yellow light, today, and of those overdue."""
    until = add_working_days(today, OfficeSetting.objects.number(WITHIN), CalendarDay.objects.calendar())
    waiting = Plea.objects.filter(withdrawn_at=None, decided_at=None, answer_due_on__lte=until)
    waiting = waiting.filter(measure_laid__state=MeasureState.SERVED, measure_laid__paper__entry__voided_at=None)
    waiting = waiting.select_related("measure_laid__unit__parent", "measure_laid__case", "measure_laid__rung")
    return {"提醒": sum(_remind_all(waiting, moment, today) for moment in MOMENTS)}


def _remind_all(waiting: QuerySet[Plea], moment: str, today: date) -> int:
    """Of all at this moment of which it has not been said: who was reminded takes the place of no other."""
    key = Concat(Value("plea:"), Cast(OuterRef("pk"), CharField()), Value(f":{moment}"))
    fresh = waiting.filter(~Exists(Reminder.objects.filter(key=key)), **{f"answer_due_on__{MOMENTS[moment]}": today})
    reminded = 0
    for plea in fresh.order_by("answer_due_on", "pk").iterator(chunk_size=CHUNK):
        _remind(plea, moment)
        reminded += 1
    return reminded


def _remind(plea: Plea, moment: str) -> None:
    due_on, measure, key = plea.answer_due_on, plea.measure_laid, f"plea:{plea.pk}:{moment}"
    assert due_on is not None
    Reminder.objects.create(key=key, created_at=clock.now())
    how = {
        "before": f"须于{chinese_date(due_on)}前答复",
        "due": "今天到答复期限，请答复",
        "overdue": f"已过答复期限{chinese_date(due_on)}，请尽快答复",
    }[moment]
    words = f"{measure.unit.name}对《{measure.title}》的申述，{how}。"
    send_alert(recipients(measure, (OFFICER, DIRECTOR)), key=key, words=words, about=measure)
