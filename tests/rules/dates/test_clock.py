"""The clock tells the machine's time, or a past moment while a history is told, and never a future one."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from yuetan.rules.dates import clock

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def test_it_is_what_the_machine_says():
    with time_machine.travel(MORNING, tick=False):
        assert clock.now() == MORNING


def test_the_day_is_chinas():
    with time_machine.travel(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)):
        assert clock.today().isoformat() == "2027-01-01"


def test_a_history_is_made_in_the_past_and_then_it_is_now_again():
    past = MORNING - timedelta(days=40)
    with time_machine.travel(MORNING, tick=False):
        with clock.at(past):
            assert clock.now() == past
        assert clock.now() == MORNING


def test_it_is_now_again_even_after_a_failure():
    with time_machine.travel(MORNING, tick=False):
        with pytest.raises(KeyError), clock.at(MORNING - timedelta(days=1)):
            raise KeyError
        assert clock.now() == MORNING


@pytest.mark.parametrize("moment", [MORNING + timedelta(seconds=1), MORNING.replace(tzinfo=None)])
def test_no_future_and_no_time_without_a_zone(moment):
    with time_machine.travel(MORNING, tick=False), pytest.raises(ValueError, match="past moment"), clock.at(moment):
        pass


def test_only_made_up_histories_and_matters_of_before_set_the_clock():
    root = Path(__file__).parents[3] / "yuetan"
    callers = {path.relative_to(root).as_posix() for path in root.rglob("*.py") if "clock.at(" in path.read_text()}
    of_before = {"actions/rectification/earlier_case.py", "actions/rectification/earlier_step.py"}
    assert {caller for caller in callers if not caller.startswith("scenarios/")} == of_before


@pytest.mark.parametrize("layer", ["actions", "documents", "models", "rules"])
def test_nothing_whose_time_is_set_asks_the_machine(layer):
    root = Path(__file__).parents[3] / "yuetan" / layer
    asks = re.compile(r"timezone\.(now|localdate)\(\)|datetime\.now\(|date\.today\(|auto_now")
    askers = {path.name for path in root.rglob("*.py") if asks.search(path.read_text())}
    assert askers == ({"clock.py"} if layer == "rules" else set())


@pytest.mark.parametrize(
    ("moment", "is_after"),
    [
        ("2026-11-23T15:59:59+00:00", False),  # the last second of the day in China
        ("2026-11-23T16:00:00+00:00", True),
        ("2026-11-22T23:00:00+00:00", False),
        (None, False),
    ],
)
def test_what_comes_on_its_last_day_in_china_comes_in_time(moment, is_after):
    came = moment and datetime.fromisoformat(moment)
    assert clock.came_after(came, MORNING.date()) is is_after
    assert clock.came_after(came, None) is False
