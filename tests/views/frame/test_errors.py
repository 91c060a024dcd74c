"""What a person reads when a request cannot be answered, and how one gets in."""

import pytest
from django.test import Client

from tests import cast
from tests.factories import case_in, take
from tests.refusals import nothing_stored
from tests.web import BACKEND, Visitor
from yuetan.models import User
from yuetan.vocabulary import CaseState, Verb

PASSWORD = "for the tests alone 7"


@pytest.fixture
def known(officer):
    """The officer with a password."""
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def test_logging_in_leads_where_one_wanted_to_go(known):
    visitor = Visitor()
    page = visitor.open("/cases/")
    assert page.heading == "登录"
    page = visitor.press("登录", username="officer", password=PASSWORD)
    assert (page.heading, page.url) == ("约谈台账", "/cases/")
    assert visitor.press("退出").heading == "登录"


def test_a_wrong_password_says_nothing_of_the_account(known):
    pages = []
    for username in ("officer", "nobody"):
        visitor = Visitor()
        visitor.open("/login/")
        pages.append(visitor.press("登录", username=username, password="wrong").words.split())
    assert pages[0] == pages[1]
    assert "没有登录成功" in " ".join(pages[0])


def test_who_is_no_longer_active_is_out_at_once(known):
    visitor = Visitor(known)
    visitor.open("/cases/")
    User.objects.filter(pk=known.pk).update(is_active=False)
    assert visitor.open("/cases/").heading == "登录"


def test_a_person_without_an_account_cannot_log_in(office):
    mayor = User.objects.get(name="陈十一")
    assert mayor.username is None
    assert not mayor.has_usable_password()


def test_what_is_not_there(officer):
    page = Visitor(officer).open("/nowhere/", expect=404)
    assert page.heading == "没有找到"
    assert "这个页面不存在，或者您不能查看。" in page


def test_what_is_somebody_elses(director):
    case = case_in(CaseState.DRAFTED)
    page = Visitor(director).open(f"/cases/{case.pk}/steps/submit/", expect=403)
    assert page.heading == "没有办理此事的权限"


def test_a_refusal_without_a_form_is_a_page_that_says_why(officer):
    case = case_in(CaseState.PROPOSED, draft={"matter": "线索𒀀摸排"})
    page = Visitor(officer).open(f"/cases/{case.pk}/print/approval_form.pdf", expect=422)
    assert page.heading == "没有办成"
    assert "公文不印图形符号、乱码和字库没有的字：𒀀（U+12000）" in page
    assert page.link("返回这件事项") == f"/cases/{case.pk}/"


@pytest.mark.parametrize("address", ["/cases/new/", "/cases/{}/steps/submit/", "/cases/{}/edit/", "/logout/"])
def test_nothing_is_taken_that_was_not_asked_for_from_our_pages(officer, address):
    case = case_in(CaseState.DRAFTED)
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend=BACKEND)
    with nothing_stored():
        response = client.post(address.format(case.pk), {"confirmed": "1"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_every_page_forbids_what_it_does_not_need(officer):
    response = Visitor(officer).client.get("/")
    policy = response["Content-Security-Policy"]
    for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "<script>" not in response.content.decode()


def test_no_address_shows_more_than_the_cast_may_know(office):
    case = case_in(CaseState.APPROVED)
    hidden = Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/", expect=404)
    assert case.title not in hidden
    assert str(case.pk) not in hidden.response.content.decode()


def test_who_comes_back_to_a_page_of_before_their_own_step_reads_that_it_is_done(office):
    case = case_in(CaseState.PROPOSED)
    leader = Visitor(cast.person("group_leader"))
    page = leader.open(f"/cases/{case.pk}/steps/{Verb.APPROVE}/")
    take(Verb.APPROVE, case, by=cast.person("group_leader"))
    own = leader.open(page.url, expect=409).words
    assert "您已于" in own
    assert "这一步已经生效，不用再办" in own
    other = Visitor(cast.person("first_deputy")).open(page.url, expect=409).words
    assert "您这次提交没有生效" in other
