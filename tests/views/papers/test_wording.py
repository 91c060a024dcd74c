"""标准段落 in the browser: kept, refused with what was typed, tried on a real case, restored."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import case_after, case_in, letter_in
from tests.views.queries import queries_of
from yuetan.models import Event, StandardParagraph, User
from yuetan.vocabulary import SLOTS, CaseState, LetterState, Verb

CLOSING = ("cancellation", "closing")


def address(kind: str = "cancellation", key: str = "closing") -> str:
    return reverse("wording", args=[kind, key])


def holding(kind: str = "cancellation", key: str = "closing") -> str:
    return StandardParagraph.objects.filter(kind=kind, key=key).latest("version").text


def plain(words: str) -> str:
    """Without the tags that break a paper into lines."""
    return "".join(part.partition(">")[2] for part in ("x>" + words).split("<"))


def test_every_paragraph_is_listed(client: Client, director: User) -> None:
    client.force_login(director)
    words = client.get(reverse("wording_list")).content.decode()
    assert "不是法定文字" in words
    assert words.count("系统内置") == len(SLOTS)


@pytest.mark.parametrize("who", ["officer", "supervisor", "group_leader", "sysadmin", "auditor", "head"])
def test_nobody_but_the_director(client: Client, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    version = StandardParagraph.objects.get(kind=CLOSING[0], key=CLOSING[1])
    assert client.get(reverse("wording_list")).status_code == 403
    assert client.get(address()).status_code == 403
    assert client.post(address(), {"text": "专此函告。"}).status_code == 403
    assert client.post(reverse("restore_wording", args=[version.pk])).status_code == 403
    assert StandardParagraph.objects.count() == len(SLOTS)


def test_kept_and_restored(client: Client, director: User) -> None:
    client.force_login(director)
    assert client.post(address(), {"text": "专此函告。"}).status_code == 302
    assert holding() == "专此函告。"
    words = client.get(address()).content.decode()
    assert "第 2 版（现行）" in words
    first = StandardParagraph.objects.get(kind=CLOSING[0], key=CLOSING[1], version=1)
    assert client.get(reverse("restore_wording", args=[first.pk])).status_code == 405
    assert client.post(reverse("restore_wording", args=[first.pk])).status_code == 302
    assert holding() == "特此通知。"
    assert StandardParagraph.objects.filter(kind=CLOSING[0], key=CLOSING[1]).count() == 3


def test_restoring_what_holds_is_shown(client: Client, director: User) -> None:
    client.force_login(director)
    first = StandardParagraph.objects.get(kind=CLOSING[0], key=CLOSING[1])
    answer = client.post(reverse("restore_wording", args=[first.pk]), follow=True)
    assert "文字与现行版本相同" in answer.content.decode()


def test_a_refusal_names_the_variable_and_keeps_what_was_typed(client: Client, director: User) -> None:
    client.force_login(director)
    answer = client.post(address(), {"text": "请{姓名}于{时间}知悉。"})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "变量{姓名}不能用在这里" in words
    assert "变量{时间}不能用在这里" in words
    assert "请{姓名}于{时间}知悉。</textarea>" in words
    assert holding() == "特此通知。"


def test_a_character_that_cannot_be_printed_is_refused(client: Client, director: User) -> None:
    client.force_login(director)
    answer = client.post(address(), {"text": "特此通知𓀀。"})
    assert answer.status_code == 422
    assert "公文不印图形符号、乱码和字库没有的字" in answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "key", "text", "expected"),
    [
        ("interview_notice", "attendance", "请{约谈对象}于{时间}到{地点}。", "请蓬江区棠下镇党委书记冯十同志"),
        ("minutes", "material_given", "{单位}已提交书面材料。", "蓬江区棠下镇已提交书面材料。"),
    ],
)
def test_a_change_is_tried_on_a_real_case_and_not_kept(
    client: Client, director: User, kind: str, key: str, text: str, expected: str
) -> None:
    paper = case_after(Verb.ISSUE_MINUTES).documents.get(kind=kind)
    frozen = paper.html
    before, events = holding(kind, key), Event.objects.count()
    client.force_login(director)
    answer = client.post(address(kind, key), {"text": text, "document": paper.pk, "preview": "1"})
    assert answer.status_code == 200
    words = answer.content.decode()
    assert expected in plain(words.partition('class="paper')[2])
    assert "paper-sample" in words
    assert holding(kind, key) == before
    assert Event.objects.count() == events
    paper.refresh_from_db()
    assert paper.html == frozen


def test_a_preview_of_what_is_refused_says_why(client: Client, director: User) -> None:
    paper = letter_in(LetterState.ISSUED).document
    client.force_login(director)
    answer = client.post(address("reminder_letter"), {"text": "{姓名}", "document": paper.pk, "preview": "1"})
    assert answer.status_code == 422
    assert "变量{姓名}不能用在这里" in answer.content.decode()


def test_papers_of_other_kinds_are_none_to_try_on(client: Client, director: User) -> None:
    notice = case_in(CaseState.NOTIFIED).documents.get()
    letter_in(LetterState.ISSUED)
    client.force_login(director)
    answer = client.post(address(), {"text": "专此函告。", "document": notice.pk, "preview": "1"})
    assert "paper-sample" not in answer.content.decode()


def test_without_a_paper_there_is_no_preview_to_ask_for(client: Client, director: User) -> None:
    client.force_login(director)
    words = client.get(address()).content.decode()
    assert "还没有印发过这种文书" in words
    assert 'name="preview"' not in words


@pytest.mark.parametrize("place", [("minutes", "nonsense"), ("nonsense", "opening")])
def test_paragraphs_that_are_none_are_not_found(client: Client, director: User, place: tuple[str, str]) -> None:
    client.force_login(director)
    assert client.get(address(*place)).status_code == 404


def test_the_list_costs_the_same_for_more_versions(client: Client, director: User) -> None:
    client.force_login(director)
    client.post(address(), {"text": "专此函告。"})
    cost = queries_of(client, reverse("wording_list"))
    client.post(address(), {"text": "特此函达。"})
    assert queries_of(client, reverse("wording_list")) == cost
