"""归档 on the page of a closed case: what is left to do, taking the 卷宗, and that no other side reads of it."""

from django.test import Client
from django.urls import reverse

from tests.factories import case_in
from tests.refusals import appoint
from yuetan.actions.files.prepared_file import prepare_next
from yuetan.ledgers.export import BUILDERS
from yuetan.models import Event, User
from yuetan.vocabulary import CaseState, PostKind


def page(client: Client, user: User, case: object) -> str:
    client.force_login(user)
    return client.get(reverse("case", args=[case.pk])).content.decode()


def test_from_the_card_to_the_file_and_the_log(client: Client, officer: User) -> None:
    case = case_in(CaseState.CLOSED)
    shown = page(client, officer, case)
    assert "办结后还能做什么" in shown
    card = shown.partition('id="archive"')[2].partition("</section>")[0]
    for step in ("记录回头看、", "复发重启整改", "拟定纪要更正、", "作废文书、"):
        assert step in card
    for step in ("办结销号", "作废补录"):  # of a case that runs, and of one that is entered from paper
        assert step not in card
    asked = client.post(reverse("take_case_file", args=[case.pk]), {"form": "case_file"})
    prepare_next(BUILDERS)
    ready = client.get(asked.url).content.decode()
    assert "已生成，共 8 件" in ready
    assert "取走时记入操作日志" in ready
    served = client.post(f"{asked.url}fetch/")
    assert served["Content-Type"] == "application/zip"
    assert b"".join(served.streaming_content)[:2] == b"PK"
    taken = Event.objects.get(verb="take_case_file")
    assert (taken.actor, taken.data["name"], taken.data["form"]) == (officer, case.register_number, "卷宗数据包")
    assert taken.data["sha256"] in ready


def test_an_open_case_has_no_card_and_is_refused_in_words(client: Client, officer: User) -> None:
    case = case_in(CaseState.INSPECTING)
    assert 'id="archive"' not in page(client, officer, case)
    answer = client.post(reverse("take_case_file", args=[case.pk]), {"form": "bound_case_file"}, follow=True)
    assert "事项现为“督查中”，办结以后才有卷宗可取" in answer.content.decode()


def test_who_may_not_take_it_reads_the_card_without_buttons_and_the_unit_nothing(
    client: Client, supervisor: User, head: User
) -> None:
    case = case_in(CaseState.CLOSED)
    address = reverse("take_case_file", args=[case.pk])
    assert 'value="case_file"' not in page(client, supervisor, case)
    assert client.post(address, {"form": "case_file"}).status_code == 403
    assert "归档" not in page(client, head, case)
    assert client.post(address, {"form": "case_file"}).status_code == 403


def test_an_officer_of_the_unit_concerned_neither_sees_the_card_nor_takes_it(
    client: Client, second_officer: User
) -> None:
    case = case_in(CaseState.CLOSED)
    appoint(second_officer, case.unit, PostKind.LIAISON, "联络员", "")
    assert 'id="archive"' not in page(client, second_officer, case)
    assert client.post(reverse("take_case_file", args=[case.pk]), {"form": "case_file"}).status_code == 403


def test_another_form_is_not_found(client: Client, officer: User) -> None:
    case = case_in(CaseState.CLOSED)
    client.force_login(officer)
    assert client.post(reverse("take_case_file", args=[case.pk]), {"form": "ledger"}).status_code == 404
