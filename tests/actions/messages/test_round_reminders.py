"""What the clock says of 督导: that 联动督导 is due, that the team goes, that nobody has signed for the notice."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.rounds import DAY, announced, covert_round, ended, found, planned_round, signed_for, visit, visit_of
from yuetan.actions.messages.daily import JOBS
from yuetan.actions.messages.round_reminders import remind_of_rounds
from yuetan.actions.rounds.closing import cancel_round, drop_visit
from yuetan.models import Alert, OfficeSetting

pytestmark = pytest.mark.usefixtures("office")
EVE, HEAD, LIAISON = DAY - timedelta(days=1), f"head_{cast.TOWN}", f"liaison_{cast.TOWN}"
TEAM = ["director", "officer", "supervisor"]


def readers(key: str, part: str = "") -> list[str]:
    """To whom messages under such a key went."""
    reached = Alert.objects.filter(key__startswith=key, key__contains=part, recipient__username__isnull=False)
    return sorted(reached.values_list("recipient__username", flat=True))


def test_the_daily_run_does_it() -> None:
    assert remind_of_rounds in [job for _, job in JOBS]


def test_a_linked_round_that_is_due_is_said_once() -> None:
    ended()
    assert remind_of_rounds(date(2028, 10, 4))["应当开展"] == 0
    assert [remind_of_rounds(date(2028, 10, 5))["应当开展"] for _ in range(2)] == [1, 0]
    assert {"director", "officer"} <= set(readers("linked_round:"))
    assert HEAD not in readers("linked_round:")


def test_an_office_that_wants_none_reads_of_none() -> None:
    ended()
    OfficeSetting.objects.filter(key="linked_round_months").update(value=0)
    assert remind_of_rounds(date(2028, 10, 5))["应当开展"] == 0


def test_the_team_reads_the_day_before_where_it_goes_once() -> None:
    announced()
    assert remind_of_rounds(EVE - timedelta(days=1))["督导组"] == 0
    assert [remind_of_rounds(day)["督导组"] for day in (EVE, DAY)] == [1, 0]
    assert readers("round:", ":team:") == TEAM
    text = Alert.objects.filter(key__startswith="round:", key__contains=":team:")[0].text
    assert "定于2026年11月25日到蓬江区棠下镇和新会区" in text or "蓬江区棠下镇、新会区" in text


def test_the_team_of_a_covert_round_reads_it_and_its_unit_nothing() -> None:
    covert_round()
    assert remind_of_rounds(EVE) == {"应当开展": 0, "督导组": 1, "提醒": 0, "消息": 0}
    assert set(Alert.objects.values_list("recipient__username", flat=True)) == set(TEAM)


@pytest.mark.parametrize("off", ["planned", "dropped", "cancelled", "found"])
def test_of_what_is_not_gone_to_nobody_reads(off: str) -> None:
    only: dict[str, Any] = {"visits": [visit()]}
    of_round = planned_round(**only) if off == "planned" else announced(**only)
    if off == "dropped":
        drop_visit(visit_of(of_round), by=cast.person("officer"), reason="已由上级督导。")
    elif off == "cancelled":
        cancel_round(of_round, by=cast.person("officer"), reason="领导另有安排。")
    elif off == "found":
        found(visit_of(of_round))
    reminded = remind_of_rounds(DAY)
    assert (reminded["督导组"], reminded["提醒"]) == (0, 0)


def test_a_notice_that_nobody_signed_for_is_pointed_out_to_its_unit() -> None:
    of_round = announced()
    signed_for(visit_of(of_round, cast.COUNTY), by=cast.person(f"head_{cast.COUNTY}"))
    assert [remind_of_rounds(DAY)["提醒"] for _ in range(2)] == [1, 0]
    assert readers("visit:", ":notice:") == [HEAD, LIAISON]
    assert "督导通知书的签收今天到期，请查阅并签收" in Alert.objects.filter(key__contains=":notice:")[0].text


def test_many_units_take_no_more_queries() -> None:
    announced(visits=[visit()])
    few = statements()
    announced(title="另一次督导", visits=[visit(code) for code in (cast.TOWN, cast.COUNTY, cast.DIVISION_TOWN)])
    assert statements() <= few


def statements() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert remind_of_rounds(DAY)["督导组"] == 1
    return len(captured)
