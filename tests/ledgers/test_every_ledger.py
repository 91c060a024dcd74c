"""What the issue asks of every ledger: filter, kept filters, the way out to Excel, and a print of all of it."""

from itertools import cycle

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_in, letter_in
from tests.web import browser
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case
from yuetan.vocabulary import CaseState, LetterState

ASKED = {
    "units": "state=in_use",
    "followed": "standing=running",
    "done": "standing=running",
    "archive": "standing=due",
    "log": "verb=propose",
    "logins": "begin=2026-01-01",
    "failed_logins": "outcome=failed",
    "sights": "begin=2026-01-01",
    "printed": "of=printed",
}
STRANGE = ["", "0", "9" * 40, "\x00", "'; --", "²", "440700", "2026-02-30", "registered", "🀄"]
OF_AUDITOR = ("log", "logins", "failed_logins", "sights", "printed")


@pytest.mark.parametrize("key", LEDGERS)
def test_a_ledger_has_all_that_a_ledger_has(office, auditor, key):
    address, asked = reverse(LEDGERS[key].list_url), ASKED.get(key, "sort=due")
    client = browser("auditor" if key in OF_AUDITOR else "officer")
    page = client.get(f"{address}?{asked}").content.decode()
    assert '<form class="card filters" method="get">' in page
    assert f'action="/ledgers/{key}/export/' in page
    assert f'action="/ledgers/{key}/filters/' in page
    assert f'href="?{asked}&amp;print=1"' in page
    printed = client.get(f"{address}?{asked}&print=1").content.decode()
    assert "data-print" in printed
    assert f'href="?{asked}"' in printed  # the way back


def test_a_print_holds_what_is_listed_with_its_conditions_in_words(office, monkeypatch):
    for _ in range(3):
        case_in(CaseState.DRAFTED)
    monkeypatch.setattr("yuetan.views.frame.pagination.PAGE_LENGTH", 2)
    client = browser("officer")
    assert len(client.get("/cases/").context["rows"]) == 2
    case = Case.objects.first()
    county = case.unit.parent
    asked = f"year={case.register_year}&state=drafted&area={county.code}&dated=registered&begin=2020-01-01"
    printed = client.get(f"/cases/?{asked}&print=1")
    assert len(printed.context["rows"]) == 3
    words = (
        f"年度 {case.register_year}年；状态 拟稿；单位及下级 {county.name}及所属镇（街）；日期 建档；从 2020年1月1日"
    )
    assert f"查询条件：{words}" in printed.content.decode()
    assert "查询条件" not in client.get("/cases/?print=1").content.decode()


def test_a_long_print_goes_on_as_a_print(office, monkeypatch):
    for _ in range(3):
        case_in(CaseState.DRAFTED)
    monkeypatch.setattr("yuetan.views.frame.ledger_page.PRINTED_LENGTH", 2)
    page = browser("officer").get("/cases/?print=1").context["page"]
    assert "print=1" in page["next_url"]


@pytest.fixture
def a_case_and_a_letter(office):
    case_in(CaseState.RECTIFYING)
    letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))


@pytest.mark.parametrize(
    ("key", "username"),
    [
        *((key, "auditor" if key in OF_AUDITOR else "officer") for key in LEDGERS),
        *((key, f"head_{cast.TOWN}") for key, ledger in LEDGERS.items() if not ledger.permission),
    ],
)
def test_a_strange_value_is_answered_and_shows_nobody_more(a_case_and_a_letter, key, username):
    """Each in each condition: asked of the ledger, which page and file read. The page takes a condition at a time."""
    ledger, person, client = LEDGERS[key], cast.person(username), browser(username)
    everything = {"state": ""}  # 整改任务 begins with those that run
    may_see = set(ledger.filtered(person, everything).qs)
    page_takes = cycle(STRANGE)
    for name in ledger.filtered(person, everything).form.fields:
        for words in STRANGE:
            assert set(ledger.filtered(person, everything | {name: words}).qs) <= may_see, (name, words)
        assert client.get(reverse(ledger.list_url), {name: next(page_takes)}).status_code == 200, name


@pytest.mark.parametrize("key", [key for key, ledger in LEDGERS.items() if not ledger.permission])
def test_a_unit_is_offered_the_name_of_no_other(a_case_and_a_letter, key):
    address = f"{reverse(LEDGERS[key].list_url)}?area={cast.COUNTY}"
    offered = "area" in LEDGERS[key].filtered(cast.person("officer"), {}).form.fields
    others = [cast.unit(code).full_name for code in (cast.COUNTY, cast.MEMBER_UNIT, cast.DIVISION_TOWN)]
    to_office = browser("officer").get(address).content.decode()
    assert not offered or all(name in to_office for name in others)
    for query in ("", "&print=1"):
        shown = browser(f"head_{cast.TOWN}").get(address + query)
        assert shown.status_code == 200
        assert [name for name in others if name in shown.content.decode()] == []
