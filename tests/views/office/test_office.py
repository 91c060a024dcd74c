"""办公室设定 and 操作日志: who keeps, who audits, and that the log tells no matter."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in, later, letter_in
from tests.views.queries import queries_of, statements_of
from yuetan.actions.office.office import change_office_setting
from yuetan.actions.people.unit import change_unit
from yuetan.models import Event, OfficeSetting, SettingChange, Unit, User
from yuetan.vocabulary import LOG_LABELS, CaseState, LetterState, PostKind, Verb


def change(client: Client, key: str, value: object) -> tuple[int, str]:
    answer = client.post(reverse("change_office_setting", args=[key]), {"value": value})
    return answer.status_code, answer.content.decode()


def confirm(client: Client, *, agreed: str) -> None:
    """The leader of the group decides on the change that waits."""
    client.force_login(cast.person("group_leader"))
    waiting = SettingChange.objects.pending().get()
    assert client.post(reverse("decide_setting_change", args=[waiting.pk]), {"agreed": agreed}).status_code == 302


@pytest.mark.parametrize("who", ["officer", "group_leader", "supervisor", "sysadmin", "auditor", "head"])
def test_only_the_director_keeps_settings(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("office_settings")).status_code == 403
    assert change(client, "notice_lead_days", 1)[0] == 403


def test_page_says_that_the_law_is_silent(client: Client, director: User) -> None:
    client.force_login(director)
    words = client.get(reverse("office_settings")).content.decode()
    assert "不是法定要求" in words
    for setting in OfficeSetting.objects.all():
        assert setting.label in words


def test_number_is_changed(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "notice_lead_days", "5")[0] == 302
    assert OfficeSetting.objects.number("notice_lead_days") == 5


@pytest.mark.parametrize("value", ["", "-1", "91"])
def test_number_out_of_bounds_is_refused(client: Client, director: User, value: str) -> None:
    client.force_login(director)
    status, words = change(client, "notice_lead_days", value)
    assert status == 422
    assert "“约谈通知提前工作日数”须为 0 至 90 的整数。" in words
    assert OfficeSetting.objects.number("notice_lead_days") == 3


def test_posts_are_changed_and_not_emptied(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "approving_posts", ["group_leader"])[0] == 302
    assert OfficeSetting.objects.posts("approving_posts") == [PostKind.GROUP_LEADER, PostKind.FIRST_DEPUTY_LEADER]
    confirm(client, agreed="True")
    client.force_login(director)
    assert OfficeSetting.objects.posts("approving_posts") == [PostKind.GROUP_LEADER]
    status, words = change(client, "approving_posts", [])
    assert status == 422
    assert "至少选择一个职务" in words
    assert change(client, "approving_posts", ["case_officer"])[0] == 422


@pytest.mark.parametrize("value", ["", "江", "江扫黑办〔2026〕", "JSHB"])
def test_prefix_that_could_number_no_paper_is_refused(client: Client, director: User, value: str) -> None:
    client.force_login(director)
    status, words = change(client, "prefix_minutes", value)
    assert status == 422
    assert "须为 2 至 12 个汉字" in words


def test_what_is_allowed_or_not_is_chosen(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "delegation_allowed", "False")[0] == 302
    confirm(client, agreed="True")
    client.force_login(director)
    assert OfficeSetting.objects.flag("delegation_allowed") is False
    assert '<td data-label="现为">否</td>' in client.get(reverse("office_settings")).content.decode()
    for value in ("", "perhaps"):
        assert change(client, "delegation_allowed", value)[0] == 422
    assert change(client, "delegation_allowed", "True")[0] == 302
    confirm(client, agreed="False")
    assert OfficeSetting.objects.flag("delegation_allowed") is False


def test_a_leader_finds_the_change_confirms_it_and_everybody_reads_who_did(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "delegation_allowed", "False")[0] == 302
    assert "有修改待领导确认" in client.get(reverse("office_settings")).content.decode()
    client.force_login(cast.person("first_deputy"))
    waiting = SettingChange.objects.get()
    address = reverse("decide_setting_change", args=[waiting.pk])
    home = client.get("/").content.decode()
    assert address in home
    assert "允许委托审定由“是”改为“否”" in home
    assert client.post(address, {}).status_code == 422
    answer = client.post(address, {"agreed": "True"}, follow=True).content.decode()
    assert "已办理：领导已确认，已生效。" in answer
    assert client.post(address, {"agreed": "True"}).status_code == 422
    client.force_login(director)
    words = client.get(reverse("change_office_setting", args=["delegation_allowed"])).content.decode()
    assert "王三提出" in words
    assert "钱五" in words


def test_the_director_takes_a_change_back(client: Client, director: User) -> None:
    client.force_login(director)
    change(client, "delegation_allowed", "False")
    address = reverse("retract_setting_change", args=[SettingChange.objects.get().pk])
    assert "收回修改" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 422
    assert "已收回，未生效" in client.get(reverse("setting_change_list")).content.decode()
    assert OfficeSetting.objects.flag("delegation_allowed") is True


def test_text_may_be_emptied(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "interview_place", "")[0] == 302
    assert OfficeSetting.objects.words("interview_place") == ""


def test_text_of_several_lines_keeps_them(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "minutes_copied_to", "省扫黑办\n市委办")[0] == 302
    assert OfficeSetting.objects.words("minutes_copied_to") == "省扫黑办\n市委办"
    page = client.get(reverse("change_office_setting", args=["minutes_copied_to"])).content.decode()
    assert "省扫黑办\n市委办</textarea>" in page


def test_the_texts_of_accountability_are_offered_by_their_titles(client: Client, director: User) -> None:
    client.force_login(director)
    address = reverse("change_office_setting", args=["accountability_text"])
    page = client.get(address).content.decode()
    assert "不执行责任制，各文本只供参考" in page
    assert "《株洲县健全落实社会治安综合治理领导责任制实施办法》" in page
    assert "江门市扫黑除恶专项斗争约谈办法" not in page
    assert client.post(address, {"value": "没有装入的办法"}).status_code == 422


def test_setting_nobody_knows_is_not_found(client: Client, director: User) -> None:
    client.force_login(director)
    assert change(client, "no_such_thing", "1")[0] == 404


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor", "sysadmin", "head"])
def test_only_the_auditor_reads_the_log(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("log")).status_code == 403


def test_log_says_who_when_and_what_of_a_case_by_its_number_alone(client: Client, auditor: User) -> None:
    case = case_in(CaseState.CLOSED, endorse={"opinion": "事实清楚，同意"})
    letter = letter_in(LetterState.ISSUED, matter="整治进展缓慢")
    client.force_login(auditor)
    words, place = "", "?"
    while place:
        answer = client.get(f"{reverse('log')}{place}")
        words, place = words + answer.content.decode(), answer.context["page"]["next_url"]
    for expected in (
        case.register_number,
        "张一",
        "王三",
        Verb.ENDORSE.label,
        Verb.CLOSE.label,
        "提醒函 江扫黑函〔2026〕1号",
    ):
        assert expected in words
    inner = [
        case.matter,
        case.case_grounds.get().facts,
        str(case.pk),
        "事实清楚，同意",
        "整治进展缓慢",
        letter.problems,
    ]
    inner += list(case.attachments.values_list("name", flat=True))
    for hidden in inner:
        assert hidden not in words


def test_log_reads_no_text_of_a_case(client: Client, auditor: User) -> None:
    case_in(CaseState.NOTIFIED)
    client.force_login(auditor)
    reading = [sql for sql in statements_of(client, reverse("log")) if 'FROM "yuetan_event"' in sql]
    assert reading
    for column in ('"matter"', '"facts"', '"opinion"', '"html"', '"problems"'):
        assert column not in " ".join(reading)


def test_log_shows_the_keeping_of_units_and_settings_in_full(
    client: Client, auditor: User, sysadmin: User, director: User, town: Unit
) -> None:
    change_unit(town, by=sysadmin, code=town.code, name="棠下街道", parent=town.parent)
    setting = OfficeSetting.objects.get(key="notice_lead_days")
    change_office_setting(setting, by=director, value=5)
    client.force_login(auditor)
    words, place = "", "?"
    while place:
        answer = client.get(f"{reverse('log')}{place}")
        words, place = words + answer.content.decode(), answer.context["page"]["next_url"]
    assert "变更单位" in words
    assert "棠下街道 440703101" in words
    assert "约谈通知提前工作日数：由“3”改为“5”" in words


def test_every_verb_of_the_record_has_its_words(client: Client, auditor: User, sysadmin: User) -> None:
    for verb in LOG_LABELS:
        Event.objects.create(verb=verb, actor=sysadmin, actor_title="", created_at="2026-11-23T01:00:00Z")
    client.force_login(auditor)
    words, place = "", "?"
    while place:
        answer = client.get(f"{reverse('log')}{place}")
        page = answer.content.decode()
        words, place = words + page.split("<tbody>")[1], answer.context["page"]["next_url"]
    for verb, label in LOG_LABELS.items():
        assert label in words
        assert verb not in words


def test_log_is_filtered_by_days_and_person(client: Client, auditor: User, sysadmin: User, town: Unit) -> None:
    change_unit(town, by=sysadmin, code=town.code, name="甲镇", parent=town.parent)
    with later(days=2):
        change_unit(town, by=sysadmin, code=town.code, name="乙镇", parent=town.parent)
    client.force_login(auditor)

    def subjects(**query: str) -> list[str]:
        return [line["subject"].split()[0] for line in client.get(reverse("log"), query).context["rows"]]

    assert subjects() == ["乙镇", "甲镇"]
    assert subjects(begin="2026-11-24") == ["乙镇"]
    assert subjects(end="2026-11-23") == ["甲镇"]
    assert subjects(begin="2026-11-23", end="2026-11-25") == ["乙镇", "甲镇"]
    assert subjects(person="吴八") == ["乙镇", "甲镇"]
    assert subjects(person="张一") == []


def test_day_that_is_none_is_shown(client: Client, auditor: User) -> None:
    client.force_login(auditor)
    assert "日期无法识别，请按年-月-日填写" in client.get(reverse("log"), {"begin": "昨天"}).content.decode()


def test_log_costs_the_same_for_more_rows(client: Client, auditor: User) -> None:
    case_in(CaseState.DRAFTED)
    client.force_login(auditor)
    cost = queries_of(client, reverse("log"))
    case_in(CaseState.NOTIFIED)
    letter_in(LetterState.ISSUED)
    assert queries_of(client, reverse("log")) == cost
