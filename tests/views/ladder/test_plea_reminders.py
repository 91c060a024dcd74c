"""申述 whose answer falls due: the office hears of it, and the records are held against each other."""

from datetime import date, datetime, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.ladder import listed_in
from tests.past_triggers import past_triggers
from tests.pleas import answered, pleaded, revoked
from yuetan.actions.messages import plea_reminders
from yuetan.actions.messages.plea_reminders import remind_of_pleas
from yuetan.actions.record.checks.check_pleas import check_pleas
from yuetan.models import AccountabilityMeasure, Alert, Plea, Task
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import MeasureState

pytestmark = pytest.mark.usefixtures("office")


def reminded_on(day: date) -> list[str]:
    """What was said on a day, once."""
    with time_machine.travel(datetime.combine(day, time(6), CHINA_STANDARD_TIME)):
        before = set(Alert.objects.values_list("pk", flat=True))
        remind_of_pleas(day)
        remind_of_pleas(day)
        new = Alert.objects.exclude(pk__in=before).filter(recipient__name="张一")
        return list(new.values_list("text", flat=True))


def test_the_office_hears_before_on_the_day_and_after() -> None:
    measure = pleaded()  # to be answered by Monday, the 14th of December
    what = f"棠下镇对《{measure.title}》的申述，"
    assert reminded_on(date(2026, 12, 8)) == []
    assert reminded_on(date(2026, 12, 9)) == [f"{what}须于2026年12月14日前答复。"]
    assert reminded_on(date(2026, 12, 10)) == []
    assert reminded_on(date(2026, 12, 14)) == [f"{what}今天到答复期限，请答复。"]
    assert reminded_on(date(2026, 12, 15)) == [f"{what}已过答复期限2026年12月14日，请尽快答复。"]
    assert reminded_on(date(2026, 12, 16)) == []


def test_those_reminded_before_take_the_place_of_no_other(monkeypatch) -> None:
    """The oldest are asked for no more: what is read is what has not been said."""
    pleaded()
    day = date(2026, 12, 15)
    assert len(reminded_on(day)) == 1
    with (
        CaptureQueriesContext(connection) as asked,
        time_machine.travel(datetime.combine(day, time(7), CHINA_STANDARD_TIME)),
    ):
        monkeypatch.setattr(plea_reminders, "_remind", lambda plea, moment: pytest.fail(f"{plea} {moment} again"))
        assert remind_of_pleas(day) == {"提醒": 0}
    of_pleas = [each["sql"] for each in asked if 'FROM "yuetan_plea"' in each["sql"]]
    assert len(of_pleas) == len(plea_reminders.MOMENTS)
    assert all("yuetan_reminder" in sql for sql in of_pleas)


def test_what_is_said_is_about_the_measure_and_so_as_narrow_as_its_case() -> None:
    measure = pleaded()
    (words,) = reminded_on(date(2026, 12, 9))
    assert set(Alert.objects.filter(text=words).values_list("measure_laid", flat=True)) == {measure.pk}


def test_nobody_hears_of_what_is_answered() -> None:
    revoked()
    assert reminded_on(date(2026, 12, 15)) == []


def test_records_that_contradict_each_other_are_found() -> None:
    measure = revoked()
    assert list(check_pleas()) == []
    number = f"责任措施 {measure.issued_paper.number}"
    with past_triggers():
        Task.objects.filter(measure_laid=measure).update(state="assigned")
    assert [str(one) for one in check_pleas()] == [f"{number}：已撤销，而还有没有撤销的整改任务"]


def test_a_measure_revoked_without_its_plea_is_found() -> None:
    measure = answered(listed_in(MeasureState.SERVED))
    with past_triggers():
        AccountabilityMeasure.objects.filter(pk=measure.pk).update(state=MeasureState.REVOKED)
    assert "已撤销，而没有据以撤销的申述答复" in [one.words for one in check_pleas()]
    assert Plea.objects.get().decided_at is None
