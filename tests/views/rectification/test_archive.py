"""归档台账: which closed cases it lists, how each stands, and who reads it."""

import time_machine
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.exports import exported_rows
from tests.factories import case_in, take
from tests.refusals import appoint
from yuetan.models import Case, User
from yuetan.vocabulary import CaseState, PostKind, Verb


def listed(client: Client, user: User, query: str = "") -> list[tuple[Case, str]]:
    client.force_login(user)
    rows = client.get(f"{reverse('archive_list')}?{query}").context["rows"]
    return [(row["case"], row["words"]) for row in rows]


def test_it_lists_closed_cases_and_how_each_stands(client: Client, officer: User) -> None:
    case_in(CaseState.INSPECTING, unit=cast.unit(cast.MEMBER_UNIT))
    kept = case_in(CaseState.CLOSED)
    held = take(Verb.PLACE_HOLD, case_in(CaseState.CLOSED, unit=cast.unit(cast.COUNTY)))
    permanent = take(Verb.SET_RETENTION, case_in(CaseState.CLOSED, unit=cast.unit(cast.DIVISION_TOWN)))
    everything = [(permanent, "永久保管"), (held, "已冻结"), (kept, "保管中")]
    assert listed(client, officer) == everything
    assert listed(client, officer, "standing=held") == [(held, "已冻结")]
    assert listed(client, officer, "retention=permanent") == [(permanent, "永久保管")]
    assert listed(client, officer, f"area={cast.TOWN}") == [(kept, "保管中")]
    assert listed(client, officer, "standing=due") == []
    assert listed(client, officer, "begin=2026-11-24") == []
    assert "行政复议期间。" in client.get(reverse("archive_list")).content.decode()


def test_what_is_due_is_listed_from_the_day_after_its_last(client: Client, officer: User) -> None:
    case = take(Verb.SET_RETENTION, case_in(CaseState.CLOSED), retention="ten")
    with time_machine.travel("2036-12-31T12:00:00+08:00"):
        assert listed(client, officer, "standing=due") == []
    with time_machine.travel("2037-01-01T12:00:00+08:00"):
        assert listed(client, officer, "standing=due") == [(case, "保管期满")]


def test_who_holds_a_post_in_the_unit_finds_nothing_of_it(client: Client, second_officer: User) -> None:
    case = case_in(CaseState.CLOSED)
    assert [each for each, _ in listed(client, second_officer)] == [case]
    appoint(second_officer, case.unit, PostKind.LIAISON, "联络员")
    assert listed(client, second_officer) == []
    assert exported_rows("second_officer", "archive", "")[1:] == []


def test_its_file_says_the_same(office: object) -> None:
    case = take(Verb.PLACE_HOLD, case_in(CaseState.CLOSED))
    head, row = exported_rows("director", "archive", "")
    row = dict(zip(head, row, strict=True))
    assert (row["编号"], row["归档年度"], row["保管期限"]) == (case.register_number, 2026, "30年")
    assert (row["保管期满日"].date(), row["保管状态"]) == (case.keep_until, "已冻结")
    assert row["冻结原因"] == "行政复议期间。"


def test_the_card_of_the_case_says_how_long_it_is_kept_and_why_it_is_held(client: Client, officer: User) -> None:
    case = take(Verb.PLACE_HOLD, case_in(CaseState.CLOSED))
    client.force_login(officer)
    page = client.get(reverse("case", args=[case.pk])).content.decode()
    card = page.partition('id="archive"')[2].partition("</section>")[0]
    assert "30年（至2056年12月31日）" in card
    assert "行政复议期间。（张一，2026年11月23日冻结）" in card
    client.force_login(cast.head(cast.TOWN))
    assert "冻结" not in client.get(reverse("case", args=[case.pk])).content.decode()
