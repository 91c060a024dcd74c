"""帮助: a page for each topic that concerns the reader, all of them on one for paper; and at each step its own."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.factories import case_in
from tests.ladder import carry_out
from tests.test_access import PLAIN
from tests.views.queries import queries_of
from tests.web import Page, Visitor, browser
from yuetan import permissions
from yuetan.models import Accountability, User
from yuetan.rules.dates import clock
from yuetan.urls import urlpatterns
from yuetan.views.frame.navigation import openable_pages
from yuetan.views.law.help import topics
from yuetan.vocabulary import CaseState, InterviewPart, Role, Stage, Verb

EVERYBODY = ("officer", "director", "group_leader", "deputy", "supervisor", "sysadmin", "auditor", "head", "liaison")
HEAD = f"head_{cast.TOWN}"


def whole(client: Client) -> str:
    return client.get(reverse("help"), {"whole": ""}).content.decode()


def topic_of(user: User, slug: str) -> dict[str, object]:
    return next(topic.context for topic in topics(user) if topic.slug == slug)


@pytest.mark.parametrize("who", EVERYBODY)
def test_each_topic_is_a_page_and_the_whole_can_be_printed(
    client: Client, request: pytest.FixtureRequest, who: str
) -> None:
    user = request.getfixturevalue(who)
    client.force_login(user)
    index, everything = client.get(reverse("help")).content.decode(), whole(client)
    assert list(topics(user))
    for topic in topics(user):
        page = client.get(topic.url)
        assert page.status_code == 200
        assert topic.title in index
        assert topic.title in everything
        assert topic.text in page.content.decode()
        assert topic.text in everything


# Who may open what is about no case; tests/test_access.py asks each of these for everybody.
OPEN_TO = {
    reverse(pattern.name): PLAIN[pattern.name]
    for pattern in urlpatterns
    if pattern.name in PLAIN and not pattern.pattern.converters
}
CAST = (
    "officer",
    "director",
    "group_leader",
    "deputy",
    "supervisor",
    "sysadmin",
    "auditor",
    HEAD,
    f"liaison_{cast.TOWN}",
)


@pytest.mark.parametrize("who", CAST)
def test_every_link_of_help_and_of_refusals_leads_its_reader_somewhere(office: object, who: str) -> None:
    case = case_in(CaseState.NOTIFIED)
    visitor = Visitor(cast.person(who))
    pages = ["/help/", "/help/?whole", *(topic.url for topic in topics(cast.person(who)))]
    refusals = ["/nothing/", "/units/add/", "/log/logins/", "/settings/", f"/cases/{case.pk}/steps/endorse/"]
    read = [Page(visitor.client.get(url, follow=True), url) for url in pages + refusals]
    links = {link for page in read for _, link in page.links if link.startswith("/") and not link.endswith("#main")}
    assert "/letters/" in links or who in ("sysadmin", "auditor")
    assert [link for link in links & OPEN_TO.keys() if who not in OPEN_TO[link]] == []
    asked = links - OPEN_TO.keys()
    assert {link: status for link in asked if (status := visitor.client.get(link).status_code) != 200} == {}


@pytest.mark.parametrize("who", CAST)
def test_a_page_said_to_be_open_is_open(office: object, who: str) -> None:
    opened = {reverse(name) for name, is_open in openable_pages(cast.person(who)).items() if is_open}
    assert opened - {reverse("verify")} <= {url for url, persons in OPEN_TO.items() if who in persons}


def test_a_guide_links_what_its_reader_may_open_and_only_names_the_rest(office: object) -> None:
    own = Visitor(cast.person("sysadmin")).open("/help/system-administrator/")
    assert own.link("消息投送") == reverse("delivery_list")
    other = Visitor(cast.person("officer")).open("/help/system-administrator/")
    assert "“消息投送”" in other
    assert reverse("delivery_list") not in dict(other.links).values()


def test_what_concerns_others_is_not_there(client: Client, head: User) -> None:
    client.force_login(head)
    for slug in ("case-officer", "permissions", "interview-record", "nonsense"):
        assert client.get(reverse("help_topic", args=[slug])).status_code == 404


def test_without_a_post_there_is_no_topic(client: Client, office: object) -> None:
    nobody = User.objects.create(username="nobody", name="某某")
    client.force_login(nobody)
    assert "没有登记任职" in client.get(reverse("help")).content.decode()
    assert "本页帮助" in client.get(reverse("home")).content.decode()


def test_help_costs_little(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert queries_of(client, reverse("help")) < 10
    assert queries_of(client, reverse("regulation")) < 18


@pytest.mark.parametrize("who", ["officer", "director", "group_leader", "supervisor"])
def test_office_reads_the_whole_matrix(request: pytest.FixtureRequest, who: str) -> None:
    user = request.getfixturevalue(who)
    matrix = topic_of(user, "permissions")["matrix"]
    assert [row["label"] for row in matrix] == [p.label for p in permissions.PERMISSIONS]
    for row, permission in zip(matrix, permissions.PERMISSIONS, strict=True):
        assert row["roles"].split("、") == [role.label for role in permission.roles] or not permission.roles
        assert row["parties"].split("、") == [party.label for party in permission.parties] or not permission.parties
    stages = topic_of(user, "process")["stages"]
    assert [stage["label"] for stage in stages] == list(Stage.labels)
    assert stages[0]["transitions"][0].label == "提出约谈建议"


@pytest.mark.parametrize("who", ["head", "liaison", "sysadmin", "auditor"])
def test_others_read_no_matrix(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    assert "谁可以办什么" not in whole(client)


def test_unit_reads_its_own_part(client: Client, head: User) -> None:
    client.force_login(head)
    assert "被约谈单位怎么办" in whole(client)
    stages = topic_of(head, "process")["stages"]
    labels = {transition.label for stage in stages for transition in stage["transitions"]}
    assert Verb.ACKNOWLEDGE_RECEIPT.label in labels
    assert Verb.HAND_IN_REPORT.label in labels
    assert labels.isdisjoint({Verb.ENDORSE.label, Verb.APPROVE.label, Verb.DRAFT.label, Verb.CLOSE.label})


@pytest.mark.parametrize(
    ("who", "role"),
    [("officer", Role.CASE_OFFICER), ("sysadmin", Role.SYSTEM_ADMINISTRATOR), ("auditor", Role.SECURITY_AUDITOR)],
)
def test_ones_own_guide_comes_first(request: pytest.FixtureRequest, who: str, role: Role) -> None:
    assert next(topics(request.getfixturevalue(who))).title == f"{role.label}怎么办"


def test_recorders_and_all_who_type_read_how_it_is_kept(
    client: Client, officer: User, head: User, auditor: User
) -> None:
    pages = {}
    for person in (officer, head, auditor):
        client.force_login(person)
        pages[person] = whole(client)
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


@pytest.mark.parametrize(
    ("who", "url", "slug"),
    [
        ("officer", "/", "case-officer"),
        ("officer", "/agenda/", "finding"),
        ("supervisor", "/tasks/", "finding"),
        (HEAD, "/tasks/", "finding"),
        (HEAD, "/letters/", "unit"),
        ("sysadmin", "/units/", "system-administrator"),
        ("auditor", "/cases/", "security-auditor"),
    ],
)
def test_a_page_leads_to_its_help(office: object, who: str, url: str, slug: str) -> None:
    link = Visitor(cast.person(who)).open(url).link("本页帮助")
    assert link == f"/help/{slug}/"
    assert browser(who).get(link).status_code == 200


def test_the_record_leads_to_its_own_help(office: object) -> None:
    case = case_in(CaseState.NOTIFIED)
    page = Visitor(cast.person("officer")).open(f"/cases/{case.pk}/steps/hold_interview/")
    assert page.link("本页帮助") == "/help/interview-record/"


def test_a_step_says_who_when_by_which_article_and_what_follows(office: object) -> None:
    case = case_in(CaseState.IN_REVIEW)
    page = Visitor(cast.person("director")).open(f"/cases/{case.pk}/steps/endorse/")
    for words in ("这一步怎么办", "办公室主任", "事项为“核稿中”的时候", "事项转为“待审定”。"):
        assert words in page


def test_the_interviewed_side_reads_of_a_step_in_its_own_words(office: object) -> None:
    case = case_in(CaseState.NOTIFIED)
    page = Visitor(cast.person(HEAD)).open(f"/cases/{case.pk}/steps/ask_leave/")
    guide = page.response.content.decode().split("这一步怎么办")[1]
    assert "“已通知，待约谈”" in guide
    assert "承办人" not in guide
    assert "王三" not in guide


def test_a_manual_is_offered_to_whose_it_is_once_it_was_made(office: object, settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    assert "操作手册" not in Visitor(cast.person("officer")).open("/help/")
    assert browser("officer").get("/help/case-officer/manual.pdf").status_code == 404
    (tmp_path / "manual").mkdir()
    (tmp_path / "manual" / "case-officer.pdf").write_bytes(b"%PDF-1.7")
    address = Visitor(cast.person("officer")).open("/help/").link("操作手册（PDF，有图）：承办人怎么办")
    answer = browser("officer").get(address)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, b"%PDF-1.7")
    assert browser("supervisor").get(address).status_code == 404


def test_the_ladder_is_explained_once_the_office_carries_out_a_text(office: object) -> None:
    officer, page = browser("officer"), reverse("help_topic", args=["ladder"])
    assert officer.get(page).status_code == 404
    carry_out()
    text, own = officer.get(page).content.decode(), browser(HEAD).get(page).content.decode()
    for rung in Accountability.objects.carried_out(clock.today()).rungs.all():
        assert f"{rung}" in text
        assert all(f"{each}" in text for each in (*rung.doors.all(), *rung.effects.all()))
    assert Verb.DECIDE_MEASURE.label in text
    assert Verb.DECIDE_MEASURE.label not in own
    assert Verb.ACKNOWLEDGE_MEASURE.label in own
    assert Visitor(cast.person("officer")).open("/measures/").link("本页帮助") == page
