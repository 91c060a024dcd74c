"""The pages of the rooms of the year by the same walk: no violation that axe finds, nothing to scroll sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse

from tests import cast
from tests.assessment import presented, sheet_of
from tests.e2e.person import DESKTOP, PHONE, Person
from tests.followed_rounds import followed_visit
from tests.meetings import convened
from tests.received import received
from tests.reporting import filled, report_of, scheme_of

LISTS = ("report_list", "received_list", "assessment_list", "round_list")
OF_THE_OFFICE = (
    *("create_scheme", "report_board", "analysis_list", "meeting_list", "call_meeting", "register_received"),
    *("received_statistics", "create_assessment", "assessment_ranking", "plan_round"),
)


@pytest.fixture
def addresses(it_is: Any) -> dict[str, list[str]]:
    """Every list, form and page of a row of the five rooms, with something on each."""
    scheme = scheme_of()
    report = report_of(scheme)
    filled(report)
    letter, meeting, visit, assessment = received(), convened(), followed_visit(), presented()
    sheet = sheet_of(assessment)
    own = [
        *map(reverse, LISTS),
        reverse("report", args=[report.public_id]),
        *(_page("received_letter", letter), _page("assessment_sheet", sheet), _page("round_visit", visit)),
    ]
    office = [
        *map(reverse, OF_THE_OFFICE),
        *(_page("report_scheme", scheme), _page("report_summary", report.period), _page("meeting", meeting)),
        *(_page("assessment", assessment), _page("supervision_round", visit.round)),
        *(_page("revise_round", visit.round), _page("record_round_finding", visit)),
    ]
    return {"officer": [*own, *office], f"head_{cast.TOWN}": own}


def _page(name: str, row: Model) -> str:
    return reverse(name, args=[row.pk])


def test_pages_of_the_rooms(addresses: dict[str, list[str]], come_in: Callable[..., Person]) -> None:
    for who, pages in addresses.items():
        person = come_in(who)
        for address in pages:
            answer = person.page.goto(address)
            assert answer is not None
            assert answer.status == 200, address
            person.meets_no_barrier(DESKTOP, PHONE)
