"""整改台账: every task a person may see, what falls due first on top."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection, transaction
from django.test import Client

from tests import cast
from tests.exports import exported_rows
from tests.factories import case_in, later, take
from tests.nothing_sent_twice import run_or_copy
from tests.web import BACKEND, Visitor
from yuetan.models import Chase, SupervisionLetter
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb

HEAD = f"head_{cast.TOWN}"


@pytest.fixture
def two_towns(office, division_town):
    """Tasks of two towns."""

    def run_history():
        return [case_in(CaseState.RECTIFYING), case_in(CaseState.RECTIFYING, unit=division_town)]

    return run_or_copy(run_history, __name__)


def listed(username, query=""):
    """How many tasks of each town somebody reads of."""
    page = Visitor(cast.person(username)).open(f"/tasks/{query}")
    cells = page.response.content.decode()
    return {name: cells.count(f">{name}</td>") for name in ("蓬江区棠下镇", "开平市三埠街道")}


def test_each_side_reads_what_is_its_own(two_towns):
    assert listed("supervisor") == {"蓬江区棠下镇": 2, "开平市三埠街道": 2}
    assert listed(HEAD) == {"蓬江区棠下镇": 2, "开平市三埠街道": 0}
    assert listed("sysadmin") == listed("auditor") == {"蓬江区棠下镇": 0, "开平市三埠街道": 0}


@pytest.mark.parametrize(
    ("query", "towns", "streets"),
    [("?q=txz", 2, 0), ("?q=答复台账", 1, 1), ("?state=reported", 1, 0), ("?state=assigned&q=三埠", 0, 2)],
)
def test_what_is_looked_for(two_towns, query, towns, streets):
    take(Verb.PREPARE_REPORT, two_towns[0])
    take(Verb.HAND_IN_REPORT, two_towns[0])
    assert listed("officer", query) == {"蓬江区棠下镇": towns, "开平市三埠街道": streets}


@pytest.mark.parametrize(
    ("query", "towns", "streets"),
    [("?light=red", 1, 0), ("?light=green", 0, 1), ("?light=grey", 0, 1), ("?light=yellow", 1, 0)],
)
def test_a_light_is_asked_for(two_towns, query, towns, streets):
    town, street = two_towns
    take(Verb.ASK_EXTENSION, street, task=street.tasks.get(number=2), new_due_on=clock.today() + timedelta(days=40))
    take(Verb.DECIDE_EXTENSION, street, task=street.tasks.get(number=2))
    take(Verb.PAUSE_TASK, street)
    with later(days=(town.tasks.get(number=2).effective_due_on - clock.today()).days - 1):
        assert listed("officer", query) == {"蓬江区棠下镇": towns, "开平市三埠街道": streets}
        page = Visitor(cast.person("officer")).open("/tasks/")
        assert "已逾期 1" in page
        assert "中止计时 1" in page


def test_dates_and_persons_are_asked_for(two_towns):
    due = two_towns[0].tasks.get(number=1).effective_due_on
    assert listed("officer", f"?begin={due}&end={due}&q=棠下") == {"蓬江区棠下镇": 1, "开平市三埠街道": 0}
    assert listed("officer", "?person=冯十")["蓬江区棠下镇"] == 2
    assert listed("officer", "?person=无此人")["蓬江区棠下镇"] == 0


def test_accepted_ones_are_out_of_the_way_unless_asked_for(two_towns):
    for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
        take(verb, two_towns[0])
    assert listed("officer")["蓬江区棠下镇"] == 1
    assert listed("officer", "?state=")["蓬江区棠下镇"] == 2


def test_the_file_holds_what_the_page_shows(two_towns):
    def rows(username, query=""):
        return exported_rows(username, "tasks", query)[1:]

    assert {row[2] for row in rows("supervisor")} == {"蓬江区棠下镇", "开平市三埠街道"}
    assert {row[2] for row in rows(HEAD)} == {"蓬江区棠下镇"}
    assert rows("auditor") == []
    assert len(rows("supervisor", "q=答复台账")) == 2


def test_a_selection_of_several_cases_is_chased_in_one_go(two_towns):
    visitor = Visitor(cast.person("supervisor"))
    visitor.open("/tasks/")
    chosen = [str(case.tasks.get(number=1).pk) for case in two_towns]
    visitor.press("催办选中的", task=chosen)
    assert "已催办 2 项整改任务" in visitor.press("催办")
    assert Chase.objects.count() == 2


def test_a_selection_is_supervised_a_paper_for_each_case_and_grade(two_towns):
    town, street = two_towns
    second = street.tasks.get(number=2)
    with later(days=(second.effective_due_on - clock.today()).days):
        visitor = Visitor(cast.person("director"))
        visitor.open("/tasks/")
        chosen = [str(task.pk) for case in two_towns for task in case.tasks.all()]
        page = visitor.press("印发督办单", task=chosen)
        assert "红色督办单" in page
        assert "蓝色督办单" in page
        check = visitor.press("下一步：核对", reason="请一周内,补报。")
        html = check.response.content.decode()
        assert html.count('class="paper-frame') == 4
        numbers = set(re.findall(r"江扫黑办督〔2026〕\d+号", re.sub(r"<[^>]+>|\s", "", html)))
        assert len(numbers) == 4
        assert "请一周内,补报。" in check
        assert html.count("半角“,”应为全角“，”") == 1  # what the papers have in common is pointed out once
        assert not SupervisionLetter.objects.exists()
        assert "已就 4 项整改任务印发督办单" in visitor.press("印发督办单")
        papers = SupervisionLetter.objects.order_by("pk")
        assert sorted((one.grade, one.document.case_id == town.pk, one.tasks.count()) for one in papers) == [
            ("blue", False, 1),
            ("blue", True, 1),
            ("red", False, 1),
            ("red", True, 1),
        ]
        board = Visitor(cast.person("supervisor")).open("/tasks/")
        assert board.response.content.decode().count("data-supervision") == 4
        cells = [row[-1] for row in exported_rows("supervisor", "tasks")]
        assert cells[0] == "督办单"
        assert sum("红色督办单（江扫黑办督〔2026〕" in cell for cell in cells) == 2


def test_a_second_paper_about_a_task_is_warned_of(two_towns):
    town = two_towns[0]
    task = town.tasks.get(number=2)
    with later(days=(task.effective_due_on - clock.today()).days):
        take(Verb.ISSUE_SUPERVISION_LETTER, town)
        number = SupervisionLetter.objects.get().document.number
        visitor = Visitor(cast.person("director"))
        visitor.open("/tasks/")
        chosen = [str(one.pk) for one in town.tasks.all()]
        warned = visitor.press("印发督办单", task=chosen)
        assert f"（{number}），待回复" in warned
        assert f"（{number}），待回复。确认后再印发一份。" in visitor.press("下一步：核对")
        single = Visitor(cast.person("director")).open(f"/cases/{town.pk}/steps/issue_supervision_letter/")
        assert f"（{number}），待回复" in single


def test_what_would_be_refused_is_said_before_anything_is_issued(two_towns):
    town, street = two_towns
    with later(days=(street.tasks.get(number=2).effective_due_on - clock.today()).days):
        visitor = Visitor(cast.person("director"))
        visitor.open("/tasks/")
        visitor.press("印发督办单", task=[str(one.pk) for one in town.tasks.all()])
        refused = visitor.press("下一步：核对", reason="请补报\U00013000。")
        assert "不能印发：蓬江区棠下镇" in refused
        assert not SupervisionLetter.objects.exists()


def move_on(case):
    """Both tasks are reported and accepted, and the inspection begins."""
    for _ in range(2):
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
            take(verb, case)
    take(Verb.BEGIN_INSPECTION, case)


def somebody_waits_for_us():
    """Whether another connection wants a row that is held here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone() is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moved", [0, 1])
def test_a_case_that_moves_on_meanwhile_keeps_no_other_from_being_chased(two_towns, moved):
    chosen = [case.tasks.get(number=1).pk for case in two_towns]
    gone, other = two_towns[moved], two_towns[1 - moved]

    def chase():
        client = Client()
        client.force_login(cast.person("supervisor"), backend=BACKEND)
        try:
            return client.post("/tasks/chase/", {"task": chosen, "words": "请办理。", "confirmed": "yes"})
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            move_on(gone)
            answer = pool.submit(chase)
            while not somebody_waits_for_us():
                assert not answer.done(), answer.result()
                sleep(0.05)
        page = answer.result().content.decode()
    assert answer.result().status_code == 200
    assert "已催办 1 件" in page
    assert "没有催办 1 件" in page
    assert "办理：启动督查（现为“督查中”）。" in page.split("没有催办")[1]
    assert gone.unit.full_name in page.split("没有催办")[1]
    assert [chase.task.case for chase in Chase.objects.all()] == [other]


def test_what_nothing_presses_for_is_left_out(two_towns):
    visitor = Visitor(cast.person("director"))
    visitor.open("/tasks/")
    page = visitor.press("印发督办单", task=[str(two_towns[0].tasks.first().pk)])
    assert "所选的有 1 项不必印发督办单，未列入。" in page
    assert not SupervisionLetter.objects.exists()


def test_a_selection_made_by_hand_reaches_nothing_that_cannot_be_seen(two_towns):
    client = Client()
    client.force_login(cast.person("supervisor"), backend=BACKEND)
    for keys in ([0], [10**17], []):
        assert client.post("/tasks/chase/", {"task": keys, "words": "请办理。", "confirmed": "yes"}).status_code == 302
    assert client.post("/tasks/chase/", {"task": ["x"], "words": "请办理。", "confirmed": "yes"}).status_code == 404
    assert not Chase.objects.exists()
    client.force_login(cast.person(HEAD), backend=BACKEND)
    answer = client.post(
        "/tasks/chase/", {"task": [two_towns[1].tasks.first().pk], "words": "请办理。", "confirmed": "yes"}
    )
    assert answer.status_code == 403


def test_overdue_is_asked_and_said_in_words(two_towns):
    with later(days=15):
        page = Visitor(cast.person(HEAD)).open("/tasks/")
    assert "逾期" in page


def test_the_soonest_comes_first(two_towns):
    case = two_towns[0]
    first, second = case.tasks.order_by("number")
    take(Verb.ASK_EXTENSION, case, task=first, new_due_on=second.agreed_due_on + timedelta(days=1))
    take(Verb.DECIDE_EXTENSION, case, task=first)
    page = Visitor(cast.person(HEAD)).open("/tasks/")
    order = [words for words, url in page.links if url == f"/cases/{case.pk}/"]
    assert order == [second.content, first.content]
    assert first.agreed_due_on > clock.today()
