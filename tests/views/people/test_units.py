"""单位与领导: who looks, who keeps, and that a change works the same day."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in
from tests.views.queries import queries_of
from yuetan.models import Unit, User
from yuetan.vocabulary import CaseState, PostKind, UnitKind

INNER = ("officer", "director", "group_leader", "supervisor")


@pytest.mark.parametrize("who", [*INNER, "sysadmin"])
def test_the_office_looks(client: Client, request: pytest.FixtureRequest, town: Unit, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("unit_list")).status_code == 200
    assert client.get(reverse("unit", args=[town.pk])).status_code == 200


@pytest.mark.parametrize("who", ["head", "liaison", "auditor"])
def test_others_do_not(client: Client, request: pytest.FixtureRequest, town: Unit, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("unit_list")).status_code == 403
    assert client.get(reverse("unit", args=[town.pk])).status_code == 403


@pytest.mark.parametrize("who", [*INNER, "head", "auditor"])
def test_only_the_administrator_keeps(client: Client, request: pytest.FixtureRequest, town: Unit, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    post = town.posts.first()
    for address in (
        reverse("add_unit"),
        reverse("change_unit", args=[town.pk]),
        reverse("retire_unit", args=[town.pk]),
        reverse("begin_post", args=[town.pk]),
        reverse("end_post", args=[post.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, {"confirmed": "1"}).status_code == 403


def test_tree_holds_every_unit_in_use_once(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = client.get(reverse("unit_list")).content.decode()
    assert Unit.objects.count() > 100
    for unit in Unit.objects.all():
        assert words.count(f'href="{unit.pk}/"') == 1
    assert "党委书记冯十、镇长陈十一" in words
    assert "组长赵四、第一副组长钱五、副组长孙六" in words


@pytest.mark.parametrize("words", ["棠下", "txz", "TXZ", "440703101"])
def test_a_unit_is_found_by_name_initials_or_code(client: Client, officer: User, town: Unit, words: str) -> None:
    client.force_login(officer)
    assert town in [row["unit"] for row in client.get(reverse("unit_list"), {"q": words}).context["rows"]]


def test_what_is_not_found_is_shown(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert "没有符合条件的单位" in client.get(reverse("unit_list"), {"q": "不存在的单位"}).content.decode()


def test_lists_cost_the_same_whatever_they_hold(client: Client, officer: User, sysadmin: User) -> None:
    client.force_login(officer)
    tree, found = queries_of(client, reverse("unit_list")), queries_of(client, reverse("unit_list") + "?q=蓬江区")
    for number in range(3):
        unit = Unit.objects.create(code=f"X{number}", name=f"市第{number}局", kind=UnitKind.MEMBER_UNIT)
        cast.engage(f"何{number}", None, unit, PostKind.UNIT_HEAD, "局长")
    assert queries_of(client, reverse("unit_list")) == tree
    assert queries_of(client, reverse("unit_list") + "?q=市") == found


def test_page_costs_the_same_for_more_posts(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    cost = queries_of(client, reverse("unit", args=[town.pk]))
    for number in range(3):
        cast.engage(f"何{number}", f"liaison_{number}", town, PostKind.LIAISON, "联络员")
    assert queries_of(client, reverse("unit", args=[town.pk])) == cost


def test_account_names_are_for_the_administrator(client: Client, officer: User, sysadmin: User, town: Unit) -> None:
    account = f"head_{cast.TOWN}"
    client.force_login(officer)
    assert account not in client.get(reverse("unit", args=[town.pk])).content.decode()
    client.force_login(sysadmin)
    assert account in client.get(reverse("unit", args=[town.pk])).content.decode()


def test_page_says_nothing_of_cases_to_the_administrator(client: Client, sysadmin: User, town: Unit) -> None:
    case = case_in(CaseState.RECTIFYING)
    client.force_login(sysadmin)
    words = client.get(reverse("unit", args=[town.pk])).content.decode()
    for hidden in (str(case.pk), case.matter, case.register_number):
        assert hidden not in words


def test_unit_without_heads_is_warned_of(client: Client, officer: User, town: Unit) -> None:
    empty = Unit.objects.get(name="荷塘镇")
    client.force_login(officer)
    warning = "还没有登记现任党政主要领导"
    assert warning in client.get(reverse("unit", args=[empty.pk])).content.decode()
    assert warning not in client.get(reverse("unit", args=[town.pk])).content.decode()


def test_unit_is_added_and_found_by_its_initials(client: Client, sysadmin: User) -> None:
    county = Unit.objects.get(name="蓬江区")
    client.force_login(sysadmin)
    typed = {"kind": UnitKind.TOWN, "name": "示范镇", "code": "440703199", "parent": county.pk}
    answer = client.post(reverse("add_unit"), typed, follow=True)
    assert "已新增蓬江区示范镇。" in answer.content.decode()
    assert Unit.objects.get(code="440703199").initials == "sfz"


def test_wrong_unit_keeps_what_was_typed(client: Client, sysadmin: User) -> None:
    client.force_login(sysadmin)
    typed = {"kind": UnitKind.TOWN, "name": "示范镇", "code": cast.TOWN, "parent": ""}
    answer = client.post(reverse("add_unit"), typed)
    words = answer.content.decode()
    assert answer.status_code == 422
    assert "代码440703101已由棠下镇使用，请核对后另填。" in words
    assert "镇（街）须选择所属市（区）。" in words
    assert 'value="示范镇"' in words
    assert not Unit.objects.filter(name="示范镇").exists()


def test_there_is_no_second_leading_group(client: Client, sysadmin: User) -> None:
    client.force_login(sysadmin)
    typed = {"kind": UnitKind.LEADING_GROUP, "name": "又一领导小组", "code": "440700-99", "parent": ""}
    assert client.post(reverse("add_unit"), typed).status_code == 422
    assert Unit.objects.filter(kind=UnitKind.LEADING_GROUP).count() == 1


def test_only_a_town_stands_under_a_county(client: Client, sysadmin: User, county: Unit) -> None:
    client.force_login(sysadmin)
    typed = {"kind": UnitKind.MEMBER_UNIT, "name": "市示范局", "code": "440700-199", "parent": county.pk}
    assert "只有镇（街）才选择所属市（区）" in client.post(reverse("add_unit"), typed).content.decode()


def test_unit_is_renamed(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    client.post(
        reverse("change_unit", args=[town.pk]), {"name": "棠下街道", "code": town.code, "parent": town.parent_id}
    )
    assert Unit.objects.get(pk=town.pk).name == "棠下街道"


def test_refused_change_still_names_the_unit_as_it_is(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    typed = {"name": "", "code": town.code, "parent": town.parent_id}
    answer = client.post(reverse("change_unit", args=[town.pk]), typed)
    assert answer.status_code == 422
    assert "变更单位：蓬江区棠下镇" in answer.content.decode()


def test_member_unit_keeps_its_place(client: Client, sysadmin: User, member_unit: Unit) -> None:
    client.force_login(sysadmin)
    address = reverse("change_unit", args=[member_unit.pk])
    assert 'name="parent"' not in client.get(address).content.decode()
    client.post(address, {"name": "市公安局（示范）", "code": member_unit.code})
    changed = Unit.objects.get(pk=member_unit.pk)
    assert (changed.name, changed.parent_id) == ("市公安局（示范）", member_unit.parent_id)


def test_unit_in_use_is_not_retired(client: Client, sysadmin: User, town: Unit) -> None:
    client.force_login(sysadmin)
    address = reverse("retire_unit", args=[town.pk])
    asked = client.get(address).content.decode()
    assert "棠下镇还有现任人员，不能停用。" in asked
    assert "确认停用" not in asked
    answer = client.post(address, {"confirmed": "1"})
    assert answer.status_code == 422
    assert "棠下镇还有现任人员，不能停用。" in answer.content.decode()
    assert Unit.objects.get(pk=town.pk).retired_on is None


def test_empty_unit_is_retired_and_then_only_shown(client: Client, sysadmin: User) -> None:
    unit = Unit.objects.get(name="荷塘镇")
    client.force_login(sysadmin)
    client.post(reverse("retire_unit", args=[unit.pk]), {"edit": "1"})
    assert Unit.objects.get(pk=unit.pk).retired_on is None
    client.post(reverse("retire_unit", args=[unit.pk]), {"confirmed": "1"})
    assert Unit.objects.get(pk=unit.pk).retired_on == date(2026, 11, 23)
    words = client.get(reverse("unit", args=[unit.pk])).content.decode()
    assert "本单位已于2026年11月23日停用。" in words
    for name in ("change_unit", "retire_unit", "begin_post"):
        assert reverse(name, args=[unit.pk]) not in words
        assert client.get(reverse(name, args=[unit.pk])).status_code == 404


def test_retiring_wants_the_confirmation(client: Client, sysadmin: User) -> None:
    unit = Unit.objects.get(name="荷塘镇")
    client.force_login(sysadmin)
    client.post(reverse("retire_unit", args=[unit.pk]))
    assert Unit.objects.get(pk=unit.pk).retired_on is None


@pytest.mark.parametrize("code", [cast.GROUP, cast.OFFICE])
def test_the_group_and_its_office_are_not_retired(client: Client, sysadmin: User, code: str) -> None:
    client.force_login(sysadmin)
    address = reverse("retire_unit", args=[cast.unit(code).pk])
    assert client.post(address, {"confirmed": "1"}).status_code == 404


def test_a_search_for_what_no_database_can_hold_finds_nothing(client: Client, sysadmin: User) -> None:
    client.force_login(sysadmin)
    assert client.get("/units/", {"q": "\x00"}).status_code == 200
