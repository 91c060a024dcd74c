"""常用筛选: a person's own, under a name, of a ledger that the person may open."""

import pytest
from django.urls import reverse

from tests import cast
from tests.factories import case_in
from tests.views.queries import queries_of
from tests.web import Visitor, browser
from yuetan.actions.people.saved_filter import MAX_SAVED
from yuetan.models import SavedFilter
from yuetan.vocabulary import CaseState

HEAD = f"head_{cast.TOWN}"


def save(username, name, query="state=notified&q=&page=2", ledger="cases"):
    return browser(username).post(f"/ledgers/{ledger}/filters/?{query}", {"name": name}, follow=True)


def test_a_filter_is_kept_under_a_name_and_is_a_link(office):
    case_in(CaseState.NOTIFIED)
    assert "已保存常用筛选“待约谈的”" in save("officer", "待约谈的").content.decode()
    assert Visitor(cast.person("officer")).open("/cases/").link("待约谈的") == "/cases/?state=notified"
    assert "待约谈的" not in Visitor(cast.person("second_officer")).open("/cases/")
    assert "待约谈的" not in Visitor(cast.person("officer")).open("/tasks/")


def test_the_same_name_is_the_same_filter(office):
    save("officer", "常看的", "state=notified")
    save("officer", "常看的", "state=closed")
    assert Visitor(cast.person("officer")).open("/cases/").link("常看的") == "/cases/?state=closed"


def test_what_cannot_be_kept_says_why(office):
    assert "尚未填写常用筛选的名称" in save("officer", "").content.decode()
    assert "条件太长" in save("officer", "长", "q=" + "长" * 400).content.decode()
    for number in range(MAX_SAVED):
        save("officer", f"第{number}个")
    assert "请先删除不用的" in save("officer", "又一个").content.decode()
    assert SavedFilter.objects.count() == MAX_SAVED


def test_one_forgets_ones_own_alone(office):
    save("officer", "待约谈的")
    saved = SavedFilter.objects.get()
    assert browser("director").post(reverse("drop_filter", args=[saved.pk])).status_code == 404
    assert "已删除" in browser("officer").post(reverse("drop_filter", args=[saved.pk]), follow=True).content.decode()
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("who", "ledger", "status"), [(HEAD, "cases", 302), (HEAD, "numbers", 403), ("officer", "log", 403)]
)
def test_a_ledger_that_is_not_ones_own_takes_none(office, who, ledger, status):
    assert browser(who).post(f"/ledgers/{ledger}/filters/?q=1", {"name": "甲"}).status_code == status
    assert browser(who).post("/ledgers/nothing/filters/?q=1", {"name": "甲"}).status_code == 404


def test_more_filters_cost_no_more(office, client):
    client.force_login(cast.person("officer"))
    save("officer", "一")
    cost = queries_of(client, "/cases/")
    save("officer", "二")
    save("officer", "三")
    assert queries_of(client, "/cases/") == cost
