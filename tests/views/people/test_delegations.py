"""审定委托: a leader makes one and ends one, and sees nobody else's."""

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tests.refusals import nothing_stored
from tests.views.queries import queries_of
from tests.web import BACKEND, Visitor
from yuetan.actions.people.delegation import delegate_approval
from yuetan.models import Delegation
from yuetan.rules.dates import clock

LIST = "/delegations/"


def delegated(begins=0, days=5):
    """From the group leader to the deputy."""
    first = clock.today() + timedelta(days=begins)
    facts = {"begins_on": first, "ends_on": first + timedelta(days=days - 1), "reason": "外出学习"}
    return delegate_approval(by=cast.person("group_leader"), delegate=cast.person("deputy"), **facts)


def at_list(username):
    """Somebody opens the page."""
    visitor = Visitor(cast.person(username))
    visitor.open(LIST)
    return visitor


def test_a_leader_delegates_and_ends_it(office):
    leader = at_list("group_leader")
    deputy = leader.pick("delegate", "孙六")
    page = leader.press("委托", delegate=deputy, begins_on="2026-11-24", ends_on="2026-11-27", reason="外出学习")
    assert "已委托孙六审定：2026年11月24日至2026年11月27日。" in page
    assert "尚未开始" in page
    assert "受赵四委托" in at_list("deputy").page
    leader.open(page.link("提前结束委托孙六（2026年11月24日至2026年11月27日）"))
    page = leader.press("提前结束")
    assert "已提前结束" in page
    assert Delegation.objects.get().is_over


def test_what_is_refused_comes_back_as_typed(office):
    leader = at_list("group_leader")
    with nothing_stored():
        page = leader.press("委托", expect=422, begins_on="2026-11-24", ends_on="2026-11-20", reason="出差")
    assert "委托还缺：受托人。" in page
    assert "委托的结束日期不得早于开始日期（2026年11月24日）。" in page
    assert page.forms[-1].values["reason"] == ["出差"]


def test_only_leaders_are_offered_and_never_oneself(office):
    page = at_list("group_leader").page
    others = [str(cast.person(name).pk) for name in ("first_deputy", "deputy")]
    assert sorted(page.forms[-1].offered["delegate"]) == sorted(["", *others])


def test_who_has_nothing_to_delegate_reads_why(office):
    page = at_list("deputy").page
    assert "办公室设定：审定由组长、第一副组长作出，孙六现不任此职，没有可以委托的审定权。" in page
    assert all("委托" not in form.buttons for form in page.forms)


def test_nobody_sees_or_ends_what_is_between_others(office):
    made = delegated()
    assert "还没有委托。" in at_list("first_deputy").page
    for who in ("first_deputy", "deputy"):
        Visitor(cast.person(who)).open(f"{LIST}{made.pk}/end/", expect=404)
    Visitor(cast.person("director")).open(f"{LIST}{made.pk}/end/", expect=403)


def test_what_is_over_is_not_ended_again(office):
    made = delegated()
    leader = at_list("group_leader")
    leader.open(f"{LIST}{made.pk}/end/")
    leader.press("提前结束")
    token = leader.open(f"{LIST}{made.pk}/end/").forms[-1].values["csrfmiddlewaretoken"][0]
    assert "提前结束" not in leader.page.forms[-1].buttons
    with nothing_stored():
        answer = leader.client.post(f"{LIST}{made.pk}/end/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 422
    assert "的委托已经结束，不能再提前结束。" in answer.content.decode()


@pytest.mark.parametrize("who", ["group_leader", "deputy"])
def test_three_cost_what_one_costs(office, who):
    client = Client()
    client.force_login(cast.person(who), backend=BACKEND)
    delegated()
    client.get(LIST)
    one = queries_of(client, LIST)
    delegated(begins=10)
    delegated(begins=20)
    assert queries_of(client, LIST) == one
