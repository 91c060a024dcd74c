"""第二十八条, 限期整改: what a measure demands is put right in the same account of tasks as what minutes demand."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.cast import COUNTY, TOWN, head, liaison, person, unit
from tests.consistency import check_all
from tests.factories import case_in, later
from tests.ladder import measure_in, put_right, take
from tests.refusals import refused
from tests.web import browser
from yuetan.actions.messages.task_reminders import remind_of_tasks, sum_up_for_supervisors
from yuetan.actions.papers.document import void_document
from yuetan.actions.rectification.passed_pauses import end_passed_pauses
from yuetan.actions.rectification.report import prepare_report
from yuetan.errors import Refused
from yuetan.models import AccountabilityMeasure, Alert, Attachment, PendingStep, SupervisionLetter, Task
from yuetan.models.ladder.laid_rungs import fault_of_next_door
from yuetan.rules.dates import clock
from yuetan.rules.open_doors import DoorFault
from yuetan.vocabulary import CaseState, DocumentKind, MeasureState, RungKind, TaskState, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def served() -> AccountabilityMeasure:
    return measure_in(MeasureState.SERVED)


def test_article_28_each_line_of_what_is_demanded_is_a_task_with_the_limit_of_the_paper(served) -> None:
    tasks = list(Task.objects.all())
    assert [task.content for task in tasks] == served.demanded
    assert {task.effective_due_on for task in tasks} == {served.limit}
    for task in tasks:
        assert (task.origin, task.unit, task.open_to, task.drafter) == (
            served,
            served.unit,
            served.unit,
            served.drafter,
        )
        assert (task.year, task.runs, task.state, task.agreed_on) == (2026, True, TaskState.ASSIGNED, clock.today())
        assert (task.responsible_person, task.proof_required) == ("冯十、陈十一", "落实整改要求的书面材料、照片")
    check_all()


def test_a_measure_that_is_not_served_has_no_tasks() -> None:
    measure_in(MeasureState.DECIDED)
    assert not Task.objects.exists()


def test_the_whole_account_runs_as_under_minutes(served) -> None:
    take(Verb.ACKNOWLEDGE_MEASURE, served)
    for verb in (
        *(Verb.PREPARE_PROGRESS, Verb.HAND_IN_PROGRESS, Verb.NOTE_PROGRESS),
        *(Verb.ASK_EXTENSION, Verb.DECIDE_EXTENSION, Verb.PAUSE_TASK, Verb.RESUME_TASK),
        *(Verb.CHASE, Verb.ANSWER_CHASE, Verb.CHASE, Verb.REGISTER_CHASE_ANSWER),
        *(Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.RETURN_TASK, Verb.RECORD_SITE_CHECK),
        *(Verb.REGISTER_EXTENSION, Verb.REGISTER_PROGRESS, Verb.REGISTER_REPORT),
    ):
        take(verb, served)
    check_all()
    first = served.tasks.get(number=1)
    assert (first.state, first.effective_due_on - served.limit) == (TaskState.REPORTED, timedelta(days=10))
    assert (first.reports.count(), first.chases.count(), first.site_checks.count()) == (4, 2, 1)
    assert set(Attachment.objects.exclude(measure_laid=None).values_list("purpose", flat=True)) == {
        "paper_filing",
        "signed_sheet",
    }


def test_a_late_task_is_pressed_by_a_numbered_paper_that_names_the_circular(served) -> None:
    with later(days=61):
        take(Verb.ISSUE_SUPERVISION_LETTER, served)
        paper = SupervisionLetter.objects.get()
        assert paper.document.measure_laid == served
        assert paper.document.title == "关于落实治安重点地区整治推进缓慢通报整改任务的督办通知（黄色）"
        assert "江扫黑通〔2026〕1号" in paper.document.html
        assert "载明的时限完成整改并书面报告" in str(paper.document.facts)
        take(Verb.ACKNOWLEDGE_SUPERVISION, served)
        take(Verb.ANSWER_SUPERVISION, served)
        check_all()
    assert SupervisionLetter.objects.get().answered_by == head(TOWN)


def test_nothing_is_found_met_while_a_task_is_open(served) -> None:
    take(Verb.ACKNOWLEDGE_MEASURE, served)
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        take(verb, served)
    sentence = (
        "办公室设定：整改任务第 2 项还没有销号，不能认定整改完成；请先核查、销号，逾期未完成的可以据以采取下一档措施。"
    )
    with refused(sentence):
        take(Verb.CONCLUDE_MEASURE, served)
    with pytest.raises(IntegrityError, match="no measure is found met with an open task"):
        straight("UPDATE yuetan_accountabilitymeasure SET state = 'ended', met_on = served_on")
    assert take(Verb.CONCLUDE_MEASURE, put_right(served)).state == MeasureState.ENDED
    assert {task.runs for task in Task.objects.all()} == {False}
    check_all()


@transaction.atomic
def straight(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def door(measure: AccountabilityMeasure) -> DoorFault | None:
    known = fault_of_next_door(AccountabilityMeasure.objects.get(pk=measure.pk), RungKind.INTERVIEW)
    assert known is not None
    return known.fault


def test_article_28_a_task_not_done_in_time_opens_the_door_by_itself_and_a_later_date_keeps_it_shut(served) -> None:
    task = served.tasks.get(number=2)
    take(Verb.ASK_EXTENSION, served)
    take(Verb.DECIDE_EXTENSION, served)  # of the first, by ten days
    take(Verb.PREPARE_REPORT, served, reports=[{"task": task, "text": "已建立台账。", "files": [], "removed": []}])
    with later(days=60):  # the last day of the second
        take(Verb.HAND_IN_REPORT, served, tasks=[task])
    with later(days=70):
        assert door(served) == DoorFault.STILL_IN_TIME
    with later(days=71):
        assert door(served) is None
        take(Verb.RETURN_TASK, served)
        known = fault_of_next_door(served, RungKind.INTERVIEW)
        assert known is not None
        assert "第1项时限2027年2月1日，至今未完成，逾期1天；第2项时限2027年1月22日，至今未完成，逾期11天" in known.facts


def test_article_28_what_is_done_in_time_opens_none(served) -> None:
    put_right(served)
    with later(days=61):
        assert door(served) == DoorFault.MET_IN_TIME


def test_a_voided_circular_revokes_its_tasks(served) -> None:
    void_document(served.paper, by=person("director"), reason="单位名称写错。")
    assert {(task.state, task.runs) for task in Task.objects.all()} == {(TaskState.REVOKED, False)}
    assert not Task.objects.unfinished().exists()
    assert not PendingStep.objects.filter(measure_laid=served).exists()
    with pytest.raises(Refused, match="文书已于2026年11月23日作废，不必签收、办理。"):
        prepare_report(served, by=liaison(TOWN), reports=[])
    check_all()


def test_a_task_comes_from_one_thing_and_never_from_another(served) -> None:
    case = case_in(CaseState.RECTIFYING)
    for change in (
        f"case_id = '{case.pk}', measure_laid_id = NULL",
        f"case_id = '{case.pk}'",
        "measure_laid_id = NULL",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE yuetan_task SET {change} WHERE measure_laid_id IS NOT NULL")


def test_its_unit_sees_and_reports_and_no_other_does(served) -> None:
    assert set(Task.objects.visible_to(liaison(TOWN))) == set(served.tasks.all())
    assert not Task.objects.visible_to(head(COUNTY)).exists()
    assert set(Task.objects.visible_to(person("supervisor"))) == set(served.tasks.all())
    draft = {"task": served.tasks.get(number=1), "text": "正在办理。", "files": [], "removed": []}
    take(Verb.PREPARE_REPORT, served, reports=[draft])
    assert not served.tasks.get(number=1).handed_in("completion")


def test_its_unit_is_reminded_and_the_supervisors_are_given_the_sum(served) -> None:
    elsewhere = measure_in(MeasureState.SERVED, on=unit(COUNTY))
    put_right(elsewhere)
    with later(days=60):
        assert remind_of_tasks(clock.today())["提醒"] == 2
        sum_up_for_supervisors(clock.today())
    alert = Alert.objects.get(recipient=head(TOWN), text__contains="第 1 项整改任务")
    assert (alert.measure_laid, "今天到期" in alert.text) == (served, True)
    assert (
        "今天到期的整改任务 2 项"
        in Alert.objects.get(key__startswith="summary:", recipient__username="supervisor").text
    )


def test_a_pause_ends_on_its_planned_day_by_itself(served) -> None:
    take(Verb.PAUSE_TASK, served)
    with later(days=14):
        assert end_passed_pauses(clock.today()) == {"恢复计时": 1}
        assert served.tasks.get(number=1).effective_due_on > served.limit
        check_all()


def test_a_circular_is_voided_with_its_supervision_letters_left_as_they_are(served) -> None:
    with later(days=61):
        take(Verb.ISSUE_SUPERVISION_LETTER, served)
        void_document(served.paper, by=person("director"), reason="单位名称写错。")
        kinds = served.documents.filter(entry__voided_at=None).values_list("kind", flat=True)
        assert list(kinds) == [DocumentKind.SUPERVISION_LETTER]
        check_all()


def test_the_board_and_the_list_of_supervision_letters_show_what_a_measure_gave(served) -> None:
    with later(days=61):
        take(Verb.ISSUE_SUPERVISION_LETTER, served)
        for username in ("supervisor", head(TOWN).username):
            client = browser(username)
            for url in (
                "/tasks/?origin=measure_laid",
                f"/supervision-letters/?q={served.matter}",
                f"/supervision-letters/?area={TOWN}",
            ):
                answer = client.get(url)
                assert answer.status_code == 200, url
                assert served.title in answer.content.decode(), (username, url)
        assert served.title not in browser("supervisor").get("/tasks/?origin=case").content.decode()
        assert served.title not in browser(head(COUNTY).username).get("/supervision-letters/").content.decode()


def test_a_head_reports_and_a_supervisor_returns_on_the_pages_of_tasks(served) -> None:
    page = f"/measures/{served.pk}/tasks"
    unit_side, task = browser(head(TOWN).username), served.tasks.get(number=1)
    written = unit_side.post(f"{page}/prepare_report/", {"reports-1-text": "三个重点村已启动整治。"})
    assert written.status_code == 302
    form = unit_side.get(f"{page}/hand_in_report/").context["form"]
    sent = {"tasks": [task.pk], "seen": form["seen"].value(), "confirmed": "yes"}
    assert unit_side.post(f"{page}/hand_in_report/", sent).status_code == 302
    supervisor = browser("supervisor")
    assert "三个重点村已启动整治。" in supervisor.get(f"/measures/{served.pk}/").content.decode()
    empty = supervisor.post(f"{page}/return_task/", {"task": task.pk, "note": ""})
    assert (empty.status_code, task.reports.get().outcome) == (422, "")
    supervisor.post(f"{page}/return_task/", {"task": task.pk, "note": "台账缺少责任人。"})
    assert served.tasks.get(number=1).state == TaskState.RETURNED
    assert unit_side.get(f"{page}/assign/").status_code == 404
    assert browser(head(COUNTY).username).get(f"{page}/prepare_report/").status_code == 404
