"""交办事项 on its pages: handed out from a letter, accounted for by the unit, concluded, revoked, seen by its own."""

import pytest
from django.urls import reverse

from tests import cast
from tests.assignments import given, put_right
from tests.received import received
from tests.refusals import nothing_stored
from tests.web import Visitor, browser
from yuetan.models import Assignment, Follow
from yuetan.views.case.step_guide import step_guide
from yuetan.views.steps.step_registry import STEP_PAGES
from yuetan.vocabulary import AssignmentState

HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


def visitor(username, url="/assignments/"):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(assignment):
    return reverse("assignment", args=[assignment.pk])


def test_from_handing_out_on_the_page_of_the_letter_to_the_conclusion(office):
    letter = received()
    supervisor = visitor("supervisor", f"/received/letters/{letter.pk}/")
    supervisor.open(supervisor.page.link("交办整改"))
    rows = {"tasks-0-content": "每周巡查一次。", "tasks-0-due_on": "2026-12-18", "tasks-1-content": "明确责任人。"}
    with nothing_stored():
        page = supervisor.press("交办整改", expect=422, **rows)
    assert "第2项整改任务还缺：完成时限。" in page
    assert page.forms[-1].values["tasks-1-content"] == ["明确责任人。"]
    rows["tasks-1-due_on"] = "2026-12-01"
    assert "已交办，并已告知本单位。" in supervisor.press("交办整改", **rows)
    assert "整改已于2026年11月23日交办" in supervisor.page
    supervisor.open(supervisor.page.link("办理中，查看各项办理情况"))
    assert "每周巡查一次。" in supervisor.page
    assignment = Assignment.objects.get()
    head = visitor(HEAD, "/")
    assert assignment.title in head.page
    head.open(url_of(assignment))
    assert "张一" not in head.page
    put_right(assignment)
    supervisor = visitor("supervisor", "/")
    supervisor.open(url_of(assignment))
    supervisor.open(supervisor.page.link("办结交办事项"))
    assert "已办结。" in supervisor.press("办结交办事项", opinion="两项均已落实。")
    assert "两项均已落实。" in visitor(HEAD, url_of(assignment)).page
    assert Assignment.objects.get().state == AssignmentState.CONCLUDED


@pytest.mark.parametrize("verb", ["prepare_report", "hand_in_report"])
def test_a_step_on_its_tasks_speaks_of_no_interview_and_cites_none_of_its_articles(office, verb):
    assignment = given()
    head = visitor(HEAD, reverse("take_task_step_of_assignment", args=[assignment.pk, verb]))
    guide = str(step_guide(assignment, verb, STEP_PAGES[verb].consequences, inner=False))
    assert "办法没有规定，是办公室设定。" in guide
    assert "单位主要领导" in guide
    for words in ("第十条", "约谈方", "被约谈"):
        assert words not in head.page
        assert words not in guide


def test_the_director_revokes_with_a_reason_that_the_unit_reads(office):
    assignment = given()
    director = visitor("director", url_of(assignment))
    director.open(director.page.link("撤销交办"))
    with nothing_stored():
        assert "尚未" in director.press("撤销交办", expect=422, reason="")
    assert "已撤销交办。" in director.press("撤销交办", reason="已并入年度工作安排。")
    page = visitor(HEAD, url_of(assignment)).page
    assert "已并入年度工作安排。" in page
    assert assignment.title not in visitor(HEAD, "/").page


@pytest.mark.parametrize(("who", "status"), [("officer", 200), (HEAD, 200), (OTHER, 404), ("sysadmin", 404)])
def test_only_the_office_and_the_unit_come_to_its_pages(office, who, status):
    assignment = given()
    client = browser(who)
    assert client.get(url_of(assignment)).status_code == status
    step = reverse("assignment_step", args=[assignment.pk, "revoke_assignment"])
    assert client.get(step).status_code in (403, 404)
    report = reverse("take_task_step_of_assignment", args=[assignment.pk, "prepare_report"])
    assert client.get(report).status_code == {HEAD: 200, "officer": 403}.get(who, 404)
    follow = client.post(reverse("follow_assignment", args=[assignment.pk]))
    assert (follow.status_code, Follow.objects.count()) == ((302, 1) if status == 200 else (404, 0))


def test_what_is_no_step_is_not_there(office):
    client = Visitor(cast.person("director")).client
    assert client.get(reverse("assignment_step", args=[given().pk, "approve"])).status_code == 404


def test_the_ledger_is_filtered_and_leads_on(office):
    assignment = given()
    title = assignment.title
    assert title not in visitor("officer", "/assignments/?source=received_letter&q=别的事项").page
    assert title in visitor("officer", "/assignments/?source=received_letter&state=running").page
    assert title not in visitor("officer", "/assignments/?source=meeting").page
    assert "2 项，已销号 0 项" in visitor(HEAD).page
    assert "没有可以查看的交办事项" in visitor(OTHER).page
