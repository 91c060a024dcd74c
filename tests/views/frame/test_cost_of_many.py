"""Every page that needs no key, and the dossiers: what three of everything cost is what one costs."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_after, case_in, letter_in, take
from tests.imports.tables import UNITS, excel
from tests.past_triggers import past_triggers
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.office.office import change_office_setting, decide_setting_change
from yuetan.actions.papers.printing import record_printing
from yuetan.actions.people.delegation import delegate_approval
from yuetan.models import Case, OfficeSetting, SettingChange, Task
from yuetan.rules.dates import clock
from yuetan.urls import urlpatterns
from yuetan.vocabulary import CaseState, LetterState, PostKind, PrintMethod, Verb

TOWN_HEAD = f"head_{cast.TOWN}"
PEOPLE = ("officer", TOWN_HEAD, "director", "group_leader", "supervisor", "sysadmin", "auditor", "guardian")
ASKED = (
    *("/agenda/?view=list", "/agenda/?view=week", "/cases/?print=1", "/tasks/?print=1", "/letters/?print=1"),
    *(
        "/documents/?print=1",
        "/units/?state=in_use",
        "/search/?q=约谈",
        "/search/?kind=case&q=约谈",
        "/search/?q=tangxia",
    ),
    *("/log/sights/?of=printed", "/log/logins/?outcome=failed", "/log/?print=1", "/statistics/?kind=month"),
)
STATES = (
    Verb.SUBMIT,
    Verb.ENDORSE,
    Verb.APPROVE,
    Verb.SERVE_NOTICE,
    Verb.SEND_MINUTES,
    Verb.HAND_IN_REPORT,
    Verb.CLOSE,
)
# What was seen last is of other kinds each time, and each kind is named by a query: tests/views/office/test_sights.py.
ELSEWHERE = {"/log/sights/"}
ENDS = {"logout", "sso_begin", "sso_callback", "passkey_login", "login_question", "second_step", "login"}


def test_three_of_everything_cost_what_one_costs(office: object) -> None:
    _one_more(1)
    clients = {who: browser(who) for who in PEOPLE}
    opened = list(_opened(clients))
    one = {(who, address): queries_of(clients[who], address) for who, address in opened}
    _one_more(2)
    _one_more(3)
    dearer = [each for each in opened if queries_of(clients[each[0]], each[1]) > one[each]]
    # Once more, with what is kept in memory of the new things.
    assert [each for each in dearer if queries_of(clients[each[0]], each[1]) > one[each]] == []


def _opened(clients: dict[str, Client]) -> Iterator[tuple[str, str]]:
    """Who opens which page: of those inside only the first who may, for the pages are the same; each their own home."""
    addresses = list(_addresses())
    inside: set[str] = set()
    for who, client in clients.items():
        asked = [address for address in addresses if address == "/" or address not in inside | ELSEWHERE]
        pages = [address for address in asked if _is_page(client, address)]
        assert pages, who
        yield from ((who, address) for address in pages)
        inside |= set(pages) if who != TOWN_HEAD else set()


def _addresses() -> Iterator[str]:
    yield from (reverse(each.name) for each in urlpatterns if "<" not in str(each.pattern) and each.name not in ENDS)
    yield from ASKED
    yield f"/dossiers/units/{cast.unit(cast.TOWN).pk}/"
    yield f"/dossiers/people/{cast.head(cast.TOWN).pk}/"


def _is_page(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 200 and "html" in answer["Content-Type"]


def _one_more(number: int) -> None:
    """Another of everything that a page lists."""
    cases = [case_after(verb) for verb in STATES]
    _are_followed(cases)
    take(Verb.PLACE_HOLD, cases[-1])
    _is_pressed(case_in(CaseState.RECTIFYING))
    letters = {state: letter_in(state, to=cast.unit(cast.TOWN)) for state in LetterState}
    letter = letters[LetterState.ISSUED]
    for who in ("officer", TOWN_HEAD):
        browser(who).post(f"/letters/{letter.pk}/follow/")
        browser(who).post("/ledgers/cases/filters/?q=1", {"name": f"筛选{number}"})
    record_printing([letter.document], by=cast.person("officer"), method=PrintMethod.PRINT)
    browser("officer").post("/documents/batches/new/", {"documents": [str(letter.document.pk)], "form": "merged"})
    browser("officer").post("/documents/numbers/new/", {"kind": "minutes", "purpose": f"印发纪要{number}", "case": ""})
    browser("sysadmin").post(
        "/imports/", {"kind": "units", "table": excel(UNITS, (f"44990{number}", f"第{number}区", "市（区）", ""))}
    )
    _is_set(number)
    today = clock.today() + timedelta(days=7 * number)
    delegate_approval(
        by=cast.person("group_leader"), delegate=cast.person("deputy"), begins_on=today, ends_on=today, reason="外出"
    )
    cast.engage(f"曹{'一二三'[number - 1]}", f"cao{number}", cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")


def _are_followed(cases: list[Case]) -> None:
    for who in ("officer", TOWN_HEAD):
        for case in cases:
            browser(who).post(f"/cases/{case.pk}/follow/")


def _is_pressed(case: Case) -> None:
    with transaction.atomic(), past_triggers():
        yesterday = clock.today() - timedelta(days=1)
        dates = dict.fromkeys(("first_due_on", "agreed_due_on", "effective_due_on"), yesterday)
        Task.objects.filter(case=case).update(**dates)
    take(Verb.ISSUE_SUPERVISION_LETTER, case)


def _is_set(number: int) -> None:
    posts = OfficeSetting.objects.get(key="approving_posts")
    value = [["group_leader"], ["group_leader", "deputy_leader"], ["deputy_leader"]][number % 3]
    change_office_setting(posts, by=cast.person("director"), value=value)
    change = SettingChange.objects.pending().get()
    decide_setting_change(change, by=cast.person("group_leader"), agreed=False)
