"""销号 of several reports on one page: each looked at, each with words of its own, each a step of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast
from tests.factories import case_in, take
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.models import Event, Task
from yuetan.vocabulary import CaseState, TaskState, Verb

ADDRESS = "/tasks/accept/"
NOTE = "核对了整改报告和佐证，措施已落实。"


@pytest.fixture
def reported(office, division_town):
    """Two reports of one town and one of another."""

    def run_history():
        for case in (case_in(CaseState.RECTIFYING), case_in(CaseState.RECTIFYING, unit=division_town)):
            for _ in range(2 if case.unit != division_town else 1):
                take(Verb.HAND_IN_REPORT, take(Verb.PREPARE_REPORT, case))
        return list(Task.objects.filter(state=TaskState.REPORTED).order_by("case_id", "number"))

    return run_or_copy(run_history, __name__)


def send(tasks, ticked=(), *, note=NOTE, username="supervisor", **more):
    data = {"task": [task.pk for task in tasks], **more}
    for task in ticked:
        data |= {f"review-{task.pk}-is_checked": "on", f"review-{task.pk}-note": note}
    return browser(username).post(ADDRESS, data, follow=True)


def accepted():
    return set(Task.objects.filter(state=TaskState.ACCEPTED))


def test_the_board_offers_what_is_reported(reported):
    page = browser("supervisor").get("/tasks/?state=reported").content.decode()
    assert "核查销号" in page
    assert page.count('name="task"') == len(reported)
    assert 'name="task"' not in browser("officer").get("/tasks/?state=reported").content.decode()


def test_each_report_is_shown_and_none_is_ticked(reported):
    page = send(reported).content.decode()
    assert page.count("已核对报告和佐证，可以销号") == len(reported) == 3
    assert "checked" not in page.replace("is_checked", "")
    assert page.count("验收标准") >= 3
    for task in reported:
        assert task.reports.get().text.splitlines()[0] in page


def test_what_is_ticked_is_accepted_and_the_rest_left(reported):
    page = send(reported, reported[:2], confirmed="yes").content.decode()
    assert "已销号 2 项整改任务" in page
    assert accepted() == set(reported[:2])
    events = Event.objects.filter(verb=Verb.ACCEPT_TASK)
    assert {(event.actor.username, event.opinion) for event in events} == {("supervisor", NOTE)}
    assert events.count() == 2


def test_nothing_ticked_is_said(reported):
    answer = send(reported, confirmed="yes")
    assert answer.status_code == 422
    assert "没有勾选任何一项" in answer.content.decode()
    assert accepted() == set()


def test_a_tick_without_words_brings_everything_back_as_typed(reported):
    data = {f"review-{reported[1].pk}-note": "已看过现场照片。", f"review-{reported[1].pk}-is_checked": "on"}
    answer = send(reported, reported[:1], note="", confirmed="yes", **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "核查意见" in page
    assert "已看过现场照片。" in page
    assert page.count(" checked") == 2
    assert accepted() == set()


def test_one_that_was_decided_meanwhile_does_not_stop_the_others(reported):
    take(Verb.RETURN_TASK, reported[0].case, task=reported[0])
    page = send(reported, reported, confirmed="yes").content.decode()
    assert "有 1 项没有待核查的整改报告" in page
    assert accepted() == set(reported[1:])


@pytest.mark.parametrize("username", ["officer", "group_leader", f"head_{cast.TOWN}", "auditor"])
def test_nobody_else_takes_it(reported, username):
    assert send(reported, reported, username=username, confirmed="yes").status_code == 403
    assert accepted() == set()


def test_what_is_no_task_is_not_there(reported):
    assert browser("supervisor").post(ADDRESS, {"task": ["一"]}).status_code == 404


def test_more_of_one_case_cost_no_more(reported, client):
    client.force_login(cast.person("supervisor"))
    one, two = (_queries(client, tasks) for tasks in _of_one_case(reported))
    assert one == two


def _queries(client, tasks):
    with CaptureQueriesContext(connection) as captured:
        assert client.post(ADDRESS, {"task": [task.pk for task in tasks]}).status_code == 200
    return len(captured)


def _of_one_case(tasks):
    pair = next([one, other] for one in tasks for other in tasks if one != other and one.case == other.case)
    return pair[:1], pair


def test_the_address_is_reached_by_its_name():
    assert reverse("accept_selected") == ADDRESS
