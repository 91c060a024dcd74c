"""No violation that axe finds, and nothing to scroll sideways, on a desk and on a telephone."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests import cast
from tests.e2e.person import DESKTOP, PHONE, Person
from tests.factories import case_after, case_in, letter_in, take
from tests.past_triggers import past_triggers
from yuetan.actions.letter.letter import acknowledge_letter
from yuetan.models import Case, Letter, Task
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, LetterState, Verb

EVERYBODY = ("/", "/cases/", "/tasks/", "/letters/", "/documents/", "/regulation/", "/help/", "/password/")


@pytest.fixture
def addresses(it_is: Any) -> dict[str, list[str]]:
    """The main pages of three people, with something on them."""
    states = (CaseState.DRAFTED, CaseState.PROPOSED, CaseState.APPROVED, CaseState.NOTIFIED)
    drafted, proposed, approved, notified = (_page(case_in(state)) for state in states)
    interviewed = _page(case_after(Verb.HAND_IN_SUBMISSION))
    rectifying, closed = _page(case_after(Verb.HAND_IN_REPORT)), _page(case_in(CaseState.CLOSED))
    issued = letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    acknowledge_letter(issued, by=cast.liaison(cast.TOWN))
    letter, drafted_letter = _page(issued), _page(letter_in(LetterState.DRAFTED))
    pressed = case_in(CaseState.RECTIFYING)
    with transaction.atomic(), past_triggers():
        dates = dict.fromkeys(("first_due_on", "agreed_due_on", "effective_due_on"), _yesterday())
        Task.objects.filter(case=pressed).update(**dates)
    take(Verb.ISSUE_SUPERVISION_LETTER, pressed)
    take(Verb.ACKNOWLEDGE_SUPERVISION, pressed)
    inspecting, why = _page(case_in(CaseState.INSPECTING)), f"/tasks/{pressed.tasks.first().pk}/date/"
    unit = cast.unit(cast.TOWN).pk
    return {
        "officer": [
            *(*EVERYBODY, "/cases/new/", f"/cases/new/?unit={unit}", "/units/", f"/units/{unit}/", letter),
            *(drafted, f"{drafted}edit/", f"{approved}steps/serve_notice/", notified, rectifying, closed),
            *(f"{notified}steps/reschedule/", f"{interviewed}steps/hold_interview/"),
            *("/statistics/", "/statistics/?kind=quarter", f"/people/{cast.head(cast.TOWN).pk}/"),
        ],
        "group_leader": [
            *(*EVERYBODY, proposed, f"{proposed}steps/approve/", closed, letter),
            *(drafted_letter, f"{drafted_letter}return/", f"{drafted_letter}approve/"),
        ],
        "supervisor": [
            *(
                "/alerts/",
                "/calendar/",
                "/calendar/count/?begin=2026-09-30&until=2026-10-12",
                "/letters/new/",
                "/tasks/",
            ),
            *(_page(pressed), why, f"{_page(pressed)}steps/chase/", f"{_page(pressed)}steps/record_site_check/"),
            *(inspecting, f"{inspecting}steps/conclude_inspection/", f"{closed}steps/record_revisit/"),
            f"{inspecting}steps/request_send_back/",
        ],
        "director": [
            *("/tasks/", "/alerts/deliveries/", "/calendar/", "/calendar/change/", "/settings/"),
            *(f"{_page(pressed)}steps/issue_supervision_letter/", f"{_page(pressed)}steps/pause_task/"),
            f"{inspecting}steps/record_consequence/",
        ],
        f"head_{cast.TOWN}": [
            *(*EVERYBODY, notified, rectifying, closed, letter),
            *(f"{notified}steps/prepare_submission/", f"{rectifying}steps/ask_extension/"),
            *(f"{_page(pressed)}steps/answer_supervision/", f"{letter}answer/", "/alerts/", why),
        ],
    }


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _page(thing: Case | Letter) -> str:
    return f"/{'cases' if isinstance(thing, Case) else 'letters'}/{thing.pk}/"


def test_pages(addresses: dict[str, list[str]], come_in: Callable[..., Person]) -> None:
    for who, pages in addresses.items():
        person = come_in(who)
        for address in pages:
            assert person.page.goto(address).status in (200, 403), address
            person.meets_no_barrier(DESKTOP, PHONE)


def test_a_refusal_and_the_check_of_answers(it_is: Any, come_in: Callable[..., Person]) -> None:
    officer = come_in("officer", width=PHONE)
    officer.page.goto(f"{_page(case_in(CaseState.APPROVED))}steps/serve_notice/")
    officer.press("下一步：核对")
    officer.reads("依据第七条，约谈通知还缺：时间。")
    officer.meets_no_barrier()
    officer.type(scheduled_at="2026-12-03T09:30")
    officer.press("下一步：核对")
    officer.reads("核对：书面通知")
    officer.meets_no_barrier()
