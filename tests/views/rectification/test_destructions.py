"""销毁清册 in the browser: proposed, approved, carried out; who reads it; what whoever holds a paper is answered."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tests.destructions import AFTERWARDS, approved, destroyed, done_with, drawn_up
from tests.factories import later, take
from tests.web import Visitor, browser
from yuetan.models import Case, Destruction, Document
from yuetan.vocabulary import Verb


@pytest.fixture
def afterwards(office: object) -> object:
    """A case that is due."""
    case = done_with()
    with later(days=AFTERWARDS):
        yield Case.objects.get(pk=case.pk)


def test_three_persons_at_their_pages(afterwards: Case) -> None:
    officer, leader, supervisor = (Visitor(cast.person(who)) for who in ("officer", "group_leader", "supervisor"))
    officer.open("/archive/")
    officer.click("销毁清册")
    officer.click("拟制销毁清册")
    refused = officer.press("拟制清册，报批", expect=422)
    assert "没有选择卷宗" in refused or "尚未写明" in refused
    page = officer.press("拟制清册，报批", cases=[str(afterwards.pk)], opinion="整改到位，没有继续保存的价值。")
    whole = Destruction.objects.get()
    assert f"{whole}已拟制，请领导审批。" in page
    assert "审批" not in [form for form in page.forms if "提交决定" in form.buttons]
    assert f"{whole}" in leader.open("/")
    leader.open(f"/archive/destructions/{whole.pk}/")
    assert "已作出决定" in leader.press("提交决定", agreed="True", words="同意。")
    assert f"{whole}" in supervisor.open("/")
    supervisor.open(f"/archive/destructions/{whole.pk}/")
    assert "尚未确认已经逐卷核对清册" in supervisor.press("监销并销毁", expect=422)
    page = supervisor.press("监销并销毁", compared="on")
    assert "已销毁。请打印本清册" in page
    assert afterwards.register_number in page
    assert supervisor.client.get(f"/archive/destructions/{whole.pk}/pdf/").content[:4] == b"%PDF"
    assert officer.client.get(f"/cases/{afterwards.pk}/").status_code == 404
    assert officer.open("/archive/").url.startswith("/archive/")


def test_who_may_not_read_a_list_does_not_find_it(afterwards: Case) -> None:
    take(Verb.SET_READERS, afterwards, people=[cast.person("officer"), cast.person("supervisor")])
    whole = drawn_up(Case.objects.get())
    for who, status in (("officer", 200), ("second_officer", 404), (f"head_{cast.TOWN}", 403), ("auditor", 403)):
        for page in ("", "pdf/"):
            assert browser(who).get(f"/archive/destructions/{whole.pk}/{page}").status_code == status, (who, page)
    client = browser("second_officer")
    assert str(whole) not in client.get("/archive/destructions/").content.decode()
    assert afterwards.title not in client.get("/archive/destructions/new/").content.decode()
    posted = client.post("/archive/destructions/new/", {"cases": [str(afterwards.pk)], "opinion": "销毁。"})
    assert posted.status_code == 422


def test_a_button_that_is_not_theirs_does_nothing(afterwards: Case) -> None:
    whole = approved(afterwards)
    for who, sent in (("officer", "carry_out"), ("group_leader", "carry_out"), ("supervisor", "withdraw")):
        answer = browser(who).post(f"/archive/destructions/{whole.pk}/", {sent: "1", "compared": "on", "reason": "无"})
        assert answer.status_code in (403, 422), who
    for who, done in (("officer", "拟制"), ("group_leader", "批准"), ("supervisor", "")):
        page = Visitor(cast.person(who)).open(f"/archive/destructions/{whole.pk}/")
        assert ("监销并销毁" in page) is (not done), who
        assert ("须是三个人" in page) is (who == "officer"), who
    assert browser("officer").post(f"/archive/destructions/{whole.pk}/", {"drop": "1"}).status_code == 404
    assert Case.objects.filter(pk=afterwards.pk).exists()


def test_a_paper_is_verified_after_its_case_was_destroyed(afterwards: Case, client: Client) -> None:
    paper = Document.objects.exclude(check_code=None).first()
    assert paper is not None
    code, number = paper.check_code, paper.number
    destroyed(afterwards)
    page = client.post("/verify/", {"code": code}).content.decode()
    assert "曾经印发，档案已按保管期限销毁" in page
    assert number in page
    book = browser("officer").get("/documents/numbers/").content.decode()
    assert "卷宗已销毁，题名见销毁清册" in book
