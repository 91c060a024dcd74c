"""修改联系方式: one's own or by the administrator; kept in the log with what stood before."""

import pytest
import time_machine
from django.urls import reverse

from tests import cast
from tests.factories import case_in, take
from tests.web import Visitor
from yuetan.actions.people.account import change_contact
from yuetan.actions.people.unit import end_post
from yuetan.errors import NotYours
from yuetan.models import Event
from yuetan.rules.dates import clock
from yuetan.views.case.available_steps import step_url
from yuetan.vocabulary import CaseState, Verb

GOOD = {"telephone": "0750-3272000", "mobile": "", "email": "a@example.cn"}


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
    ("entered", "kept"),
    [
        ("０７５０－３２７２０００", "0750-3272000"),
        ("0750—3272000 转 801", "0750-3272000转801"),
        ("0750-3272000，3272001", "0750-3272000、3272001"),
        ("", ""),
    ],
)
def test_a_telephone_is_kept_one_way_however_it_is_typed(officer, entered, kept):
    visitor = Visitor(officer)
    visitor.open("/account/")
    assert "联系方式" in visitor.page
    visitor.open("/contact/")
    visitor.press("保存", telephone=entered, email="a@example.cn")
    person = cast.person("officer")
    assert (person.telephone, person.email) == (kept, "a@example.cn")


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"telephone": "请打总机"}, "电话写成“0750-3270000”"),
        ({"telephone": "13800138000"}, "手机号码请填在“手机”一栏"),
        ({"telephone": "0750-3272000、138 0013 8000"}, "手机号码请填在“手机”一栏"),
        ({"mobile": "0750-3272000"}, "手机写一个 11 位的手机号码"),
        ({"mobile": "13800138000、13900139000"}, "手机写一个 11 位的手机号码"),
        ({"mobile": "11010519491231002X"}, "手机写一个 11 位的手机号码"),
        ({"email": "张一"}, "邮箱地址不完整或者不止一个"),
        ({"email": "a@example.cn、b@example.cn"}, "邮箱地址不完整或者不止一个"),
    ],
)
def test_what_cannot_be_reached_is_refused_with_what_to_write(officer, entered, words):
    visitor = Visitor(officer)
    visitor.open("/contact/")
    page = visitor.press("保存", expect=422, **entered)
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
        change_contact(head, by=head, telephone="", mobile="", email="")
        assert "主要领导、联络员都没有登记电话，请系统管理员登记" in visitor.open(page)
        change_contact(head, by=head, **GOOD)
        assert "0750-3272000" not in Visitor(head).open(page)


MOBILE = "13800138000"  # of nobody, as in all tests


@pytest.mark.parametrize("entered", [MOBILE, "１３８００１３８０００", "138 0013 8000", "+86 138-0013-8000"])
def test_a_mobile_number_of_an_official_is_kept_in_its_own_field_one_way(officer, entered):
    visitor = Visitor(officer)
    visitor.open("/contact/")
    visitor.press("保存", mobile=entered)
    assert cast.person("officer").mobile == MOBILE


def test_a_mobile_number_is_shown_to_the_inner_side_alone_and_never_in_full_in_the_log(officer, head, auditor):
    with time_machine.travel(cast.MONDAY):
        case = case_in(CaseState.NOTIFIED)
        change_contact(head, by=head, **GOOD | {"mobile": MOBILE})
        page = reverse("case", args=[case.pk])
        assert f"0750-3272000、{MOBILE}" in Visitor(officer).open(page)
        assert MOBILE in Visitor(officer).open("/documents/unsigned-notices/")
        assert MOBILE not in Visitor(head).open(page)
        assert MOBILE not in Visitor(cast.person(f"liaison_{cast.TOWN}")).open(page)
        log = Visitor(auditor).open("/log/")
        assert "手机：由“（空）”改为“138****8000”" in log
        assert MOBILE not in log
        assert MOBILE not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_mobile_number_is_never_printed_on_a_paper(officer):
    change_contact(officer, by=officer, **GOOD | {"mobile": MOBILE})
    case = case_in(CaseState.NOTIFIED)
    wording = case.current_notice.html
    assert "0750-3272000" in wording
    assert MOBILE not in wording


def test_who_leaves_the_last_post_keeps_no_mobile_number_here(sysadmin, town):
    first, *_ = posts = list(cast.person(f"liaison_{cast.TOWN}").posts.current())
    assert len(posts) == 1
    change_contact(first.holder, by=first.holder, **GOOD | {"mobile": MOBILE})
    end_post(first, by=sysadmin, ended_on=clock.today())
    kept = cast.person(f"liaison_{cast.TOWN}")
    assert (kept.telephone, kept.mobile) == ("0750-3272000", "")
