"""办法 and 帮助: the text, what carries each article out, and what each role reads."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.views.queries import queries_of
from yuetan import permissions
from yuetan.models import Citation, OfficeSetting, Regulation, User
from yuetan.rules.refusals import SENTENCES
from yuetan.rules.uncited import UNCITED
from yuetan.views.law.regulation import without_words
from yuetan.vocabulary import InterviewPart, Role, Stage, Verb

EVERYBODY = ("officer", "director", "group_leader", "deputy", "supervisor", "sysadmin", "auditor", "head", "liaison")


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_reads_the_law_and_the_help(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("regulation")).status_code == 200
    assert client.get(reverse("help")).status_code == 200


def test_page_holds_every_line_of_the_law(client: Client, officer: User, office: Regulation) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    assert office.version in words
    assert office.note in words
    for article in office.articles.all():
        assert article.name in words
        for line in article.text.splitlines():
            assert line in words


def test_every_citation_is_on_the_page_at_its_article(client: Client, officer: User, office: Regulation) -> None:
    client.force_login(officer)
    articles = {a["name"]: a for a in client.get(reverse("regulation")).context["articles"]}
    for row in Citation.objects.filter(regulation=office).select_related("article"):
        shown = articles[row.article.name]
        if row.kind == Citation.Kind.STEP:
            expected = [line for line in shown["steps"] if row.name in line["cited"]]
            labels = {transition.label for line in expected for transition in line["transitions"]}
            assert labels & {permissions.BY_CODENAME[p].label for p in permissions_of(row.code)}
        else:
            sentences = [line["sentence"] for line in shown["refusals"] if row.name in line["cited"]]
            assert without_words(row.code) in sentences


def permissions_of(verb: str) -> list[str]:
    named = {"return_for_changes": ["return_review", "return_proposal"]}
    return named.get(verb, [verb])


def test_every_refusal_is_shown_once_with_its_article_or_as_the_offices_own(
    client: Client, officer: User, office: Regulation
) -> None:
    client.force_login(officer)
    context = client.get(reverse("regulation")).context
    cited = set(office.citations.filter(kind=Citation.Kind.REFUSAL).values_list("code", flat=True))
    assert not UNCITED & cited
    assert len(context["own_refusals"]) == len(SENTENCES) - len(cited) - len(UNCITED)
    assert without_words("notice_time_too_soon") in context["own_refusals"]
    assert without_words("notice_incomplete") not in context["own_refusals"]


def test_places_to_be_filled_in_are_shown_as_dots() -> None:
    assert without_words("receipt_already_signed") == "本通知已由……于……签收，不必再次签收。"
    assert all("{" not in without_words(code) for code in SENTENCES)


def test_who_carries_a_step_out_is_shown_by_the_table(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    assert "书面通知：由承办人、代行承办人职责的人员办理" in words
    assert "报送整改报告：由被约谈单位主要领导办理" in words
    assert "撤回建议：由拟稿人办理" in words
    assert "撤回已审定的约谈：由审定领导办理" in words


def test_settings_and_rules_stand_apart(client: Client, officer: User) -> None:
    client.force_login(officer)
    words = client.get(reverse("regulation")).content.decode()
    for setting in OfficeSetting.objects.all():
        assert setting.label in words
    assert words.index('id="own"') > words.index("第十一条")
    assert "第一副组长" in words[words.index('id="rules"') : words.index('id="own"')]


def test_reference_text_is_marked_as_such(client: Client, officer: User) -> None:
    reference = Regulation.objects.get(key="zhuzhou")
    client.force_login(officer)
    words = client.get(reverse("regulation"), {"text": reference.pk}).content.decode()
    assert "参考文本：不是本市约谈程序的依据" in words
    assert reference.articles.first().text.splitlines()[0] in words
    assert 'id="own"' not in words


@pytest.mark.parametrize("text", ["999999", "abc", "", "９", "99999999999999999999"])
def test_text_that_is_not_there_is_not_found(client: Client, officer: User, text: str) -> None:
    client.force_login(officer)
    assert client.get(reverse("regulation"), {"text": text}).status_code == 404


def test_help_costs_little(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert queries_of(client, reverse("help")) < 10
    assert queries_of(client, reverse("regulation")) < 18


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor"])
def test_office_reads_the_whole_matrix(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("help"))
    assert [row["label"] for row in answer.context["matrix"]] == [p.label for p in permissions.PERMISSIONS]
    for row, permission in zip(answer.context["matrix"], permissions.PERMISSIONS, strict=True):
        assert row["roles"].split("、") == [role.label for role in permission.roles] or not permission.roles
        assert row["parties"].split("、") == [party.label for party in permission.parties] or not permission.parties
    assert "提交书面材料</strong>" in answer.content.decode()
    assert [stage["label"] for stage in answer.context["stages"]] == list(Stage.labels)
    assert answer.context["stages"][0]["transitions"][0].label == "提出约谈建议"


@pytest.mark.parametrize("who", ["head", "liaison", "sysadmin", "auditor"])
def test_others_read_no_matrix(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    words = client.get(reverse("help")).content.decode()
    assert "谁可以办什么" not in words
    assert "其他岗位怎么办" not in words


def test_unit_reads_its_own_part(client: Client, head: User) -> None:
    client.force_login(head)
    answer = client.get(reverse("help"))
    words = answer.content.decode()
    assert "被约谈单位怎么办" in words
    labels = {transition.label for stage in answer.context["stages"] for transition in stage["transitions"]}
    assert Verb.ACKNOWLEDGE_RECEIPT.label in labels
    assert Verb.HAND_IN_REPORT.label in labels
    assert labels.isdisjoint({Verb.ENDORSE.label, Verb.APPROVE.label, Verb.DRAFT.label, Verb.CLOSE.label})


@pytest.mark.parametrize(
    ("who", "role"),
    [("officer", Role.CASE_OFFICER), ("sysadmin", Role.SYSTEM_ADMINISTRATOR), ("auditor", Role.SECURITY_AUDITOR)],
)
def test_ones_own_guide_comes_first(client: Client, request: pytest.FixtureRequest, who: str, role: Role) -> None:
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("help")).context["guides"][0][0] == role.label


def test_recorders_and_all_who_type_read_how_it_is_kept(
    client: Client, officer: User, head: User, auditor: User
) -> None:
    pages = {}
    for person in (officer, head, auditor):
        client.force_login(person)
        pages[person] = client.get(reverse("help")).content.decode()
    assert "记录人怎样用约谈记录台" in pages[officer]
    assert all(part in pages[officer] for part in InterviewPart.labels)
    assert f"共同填写的是：{Verb.HOLD_INTERVIEW.label}、{Verb.REVISE_MINUTES.label}。" in pages[officer]
    assert "任何一栏都不能写公民身份号码、手机号码" in pages[officer]
    assert (
        f"共同填写的是：{Verb.PREPARE_SUBMISSION.label}、{Verb.PREPARE_REPORT.label}、{Verb.PREPARE_PROGRESS.label}。"
        in pages[head]
    )
    assert "过了 30 天由系统清除" in pages[head]
    assert "记录台" not in pages[head]
    assert "任何一栏都不能写公民身份号码、手机号码" in pages[head]
    assert "怎样自动保存" not in pages[auditor]
