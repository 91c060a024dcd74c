"""修改联系方式: one's own or by the administrator; kept in the log with what stood before."""

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.factories import case_in, take
from tests.web import Visitor
from yuetan.actions.people.account import change_contact
from yuetan.errors import NotYours
from yuetan.models import Event
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import CaseState, Verb

GOOD = {"telephone": "0750-3272000", "email": "a@example.cn"}


@pytest.mark.parametrize("keeper", ["officer", "sysadmin"])
def test_one_changes_their_own_and_the_administrator_everybodys(office, keeper):
    by = cast.person(keeper)
    change_contact(cast.person("officer"), by=by, **GOOD)
    change_contact(cast.person("officer"), by=by, **GOOD | {"telephone": "0750-3272001"})
    person = cast.person("officer")
    assert (person.telephone, person.email) == ("0750-3272001", "a@example.cn")
    last = Event.objects.filter(verb="change_contact").latest("pk")
    assert (last.actor, last.label) == (by, "修改联系方式")
    assert last.data == {
        "name": "张一",
        "title": person.title,
        "telephone": "0750-3272001",
        "former_telephone": "0750-3272000",
    }


def test_what_stays_as_it_was_is_not_logged(officer):
    for _ in range(2):
        change_contact(officer, by=officer, **GOOD)
    assert Event.objects.filter(verb="change_contact").count() == 1


def test_nobody_changes_anothers(director, officer):
    with pytest.raises(NotYours):
        change_contact(officer, by=director, **GOOD)
    assert cast.person("officer").telephone == ""


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("０７５０－３２７２０００", "0750-3272000"),
        ("0750—3272000 转 801", "0750-3272000转801"),
        ("0750-3272000，3272001", "0750-3272000、3272001"),
        ("", ""),
    ],
)
def test_a_telephone_is_kept_one_way_however_it_is_typed(officer, typed, kept):
    visitor = Visitor(officer)
    visitor.open("/password/")
    assert "我的联系方式" in visitor.page
    visitor.open("/contact/")
    visitor.press("保存", telephone=typed, email="a@example.cn")
    person = cast.person("officer")
    assert (person.telephone, person.email) == (kept, "a@example.cn")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"telephone": "请打总机"}, "电话写成“0750-3270000”"),
        ({"telephone": "13800138000"}, "写单位的办公电话（固定电话）"),
        ({"email": "张一"}, "邮箱地址不完整或者不止一个"),
        ({"email": "a@example.cn、b@example.cn"}, "邮箱地址不完整或者不止一个"),
    ],
)
def test_what_cannot_be_reached_is_refused_with_what_to_write(officer, typed, words):
    visitor = Visitor(officer)
    visitor.open("/contact/")
    page = visitor.press("保存", expect=422, **typed)
    assert words in page
    assert (cast.person("officer").telephone, cast.person("officer").email) == ("", "")


def test_the_page_of_the_unit_shows_it_and_leads_to_the_change(sysadmin, town):
    person = town.heads().first().holder
    visitor = Visitor(sysadmin)
    visitor.open(reverse("change_contact", args=[person.pk]))
    visitor.press("保存", **GOOD)
    page = visitor.open(reverse("unit", args=[town.pk]))
    assert "0750-3272000" in page
    assert "a@example.cn" in page
    assert reverse("change_contact", args=[person.pk]) in [url for _, url in page.links]


def test_the_log_reads_as_a_sentence(officer, auditor):
    change_contact(officer, by=officer, **GOOD)
    change_contact(officer, by=officer, **GOOD | {"email": "b@example.cn"})
    assert "张一　邮箱：由“a@example.cn”改为“b@example.cn”" in Visitor(auditor).open("/log/")


def test_who_sees_the_notice_and_whom_to_call_while_it_is_unsigned(officer, head):
    with time_machine.travel(cast.MONDAY):
        approved = case_in(CaseState.APPROVED)
        change_contact(head, by=head, **GOOD)
        visitor = Visitor(officer)
        assert "电话 0750-3272000" in visitor.open(step_url(approved, Verb.SERVE_NOTICE))
        take(Verb.SERVE_NOTICE, approved)
        page = reverse("case", args=[approved.pk])
        assert f"{head.name}：0750-3272000" in visitor.open(page)
        change_contact(head, by=head, telephone="", email="")
        assert "主要领导、联络员都没有登记办公电话，请系统管理员登记" in visitor.open(page)
        change_contact(head, by=head, **GOOD)
        assert "0750-3272000" not in Visitor(head).open(page)
