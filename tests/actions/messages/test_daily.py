"""每日任务: each reminder once, however often it runs, wherever it was stopped, also after days without it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import cast
from tests.factories import case_in, later, set_setting, take
from tests.refusals import refused
from tests.steps import agreed
from tests.web import Visitor
from yuetan.actions.messages import daily as daily_module
from yuetan.actions.messages import document_reminders
from yuetan.actions.messages.daily import JobsFailed, daily, is_due
from yuetan.actions.messages.reminder_engine import Obligation
from yuetan.actions.messages.task_reminders import remind_of_progress, remind_of_tasks, sum_up_for_supervisors
from yuetan.actions.office.office import change_office_setting
from yuetan.models import Alert, DailyRun, OfficeSetting, RecordVerification, Reminder
from yuetan.rules.dates import clock
from yuetan.vocabulary import CaseState, Verb

HEAD = f"head_{cast.TOWN}"
READ_ONLY = ("核对记录", "查验记录")  # two thirds of a run, and none of them reminds


def remind():
    """The jobs of the daily run that remind of tasks and of reports on the way."""
    for job in (remind_of_tasks, remind_of_progress, sum_up_for_supervisors):
        job(clock.today())


@pytest.fixture
def case(office):
    """Two tasks; the first is due on Thursday the 3rd of December."""
    return case_in(CaseState.RECTIFYING)


def reminders(username=HEAD):
    alerts = Alert.objects.filter(recipient__username=username, key__startswith="task:").order_by("id")
    return [alert.text for alert in alerts]


def due(case):
    return case.tasks.get(number=1).effective_due_on


def day_of(case, **offset):
    return later(days=(due(case) - clock.today() + timedelta(**offset)).days)


def test_before_on_and_after_the_date_each_once(case):
    for offset in (-7, -3, -3, -1, 0, 0, 1, 2, 3):
        with day_of(case, days=offset):
            remind()
            remind()
    words = [text for text in reminders() if text.startswith("第 1 项")]
    assert [text.split("：")[0] for text in words] == [
        *["第 1 项整改任务将于2026年12月3日到期，请抓紧落实"] * 3,
        "第 1 项整改任务今天到期，请报告落实情况",
        "第 1 项整改任务已逾期 1 天，请立即报告落实情况",
        "第 1 项整改任务已逾期 3 天，请立即报告落实情况",
    ]
    assert reminders(f"liaison_{cast.TOWN}") == reminders()
    assert reminders(f"head_{cast.DIVISION_TOWN}") == []


def test_days_without_a_run_are_made_up_by_the_latest_point_alone(case):
    with day_of(case, days=8):
        remind()
    first = [text for text in reminders() if text.startswith("第 1 项")]
    assert [text.split("，")[0] for text in first] == ["第 1 项整改任务已逾期 8 天"]
    assert Reminder.objects.filter(key__startswith="task:", key__endswith=":+7").count() == 1


def test_what_is_reported_paused_or_extended_is_not_chased(case):
    take(Verb.PAUSE_TASK, case, planned_end_on=case.tasks.get(number=2).effective_due_on + timedelta(days=1))
    with day_of_second(case):
        remind()
        assert not [text for text in reminders() if text.startswith("第 1 项")]


def day_of_second(case):
    return later(days=(case.tasks.get(number=2).effective_due_on - clock.today()).days)


def test_a_new_date_has_reminders_of_its_own(case):
    with day_of(case, days=0):
        remind()
        take(Verb.ASK_EXTENSION, case)
        take(Verb.DECIDE_EXTENSION, case)
    with day_of(case, days=0):
        remind()
    assert len([text for text in reminders() if "第 1 项整改任务今天到期" in text]) == 2


def test_reports_on_the_way_have_reminders_of_their_own_until_they_are_handed_in(office):
    case = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 60))

    def progress_reminders():
        alerts = Alert.objects.filter(recipient__username=HEAD, key__startswith="progress:").order_by("id")
        return [alert.text.split("：")[0] for alert in alerts]

    for days in (0, 2, 2, 7, 8, 8):  # the first is owed on Monday the 30th
        with later(days=days):
            remind()
            remind()
    ahead = "第 1 项整改任务的进展报告将于2026年11月30日到期，请抓紧报送"
    assert progress_reminders() == [
        *(ahead, ahead),
        "第 1 项整改任务的进展报告今天到期，请报送",
        "第 1 项整改任务的进展报告已逾期 1 天，请立即报送",
    ]
    summary = Alert.objects.filter(recipient__username="supervisor", key__startswith="summary:").latest("id")
    assert summary.text == "今天到期的整改任务 0 项，已逾期 0 项，进展报告逾期 1 项，请在整改台账中查看、催办。"
    with later(days=9):
        take(Verb.PREPARE_PROGRESS, case)
        take(Verb.HAND_IN_PROGRESS, case)
    with later(days=10):
        remind()
    assert len(progress_reminders()) == 5  # of the next one, on the 7th of December
    with later(days=11):
        take(Verb.PAUSE_TASK, case)
    with later(days=14):
        remind()
    assert len(progress_reminders()) == 5


def test_supervisors_read_one_line_a_day(case):
    with day_of(case, days=1):
        remind()
        remind()
    alert = Alert.objects.get(recipient__username="supervisor", key__startswith="summary:")
    assert alert.text == "今天到期的整改任务 0 项，已逾期 1 项，请在整改台账中查看、催办。"


def test_a_report_on_the_way_is_late_from_the_day_after_until_its_task_is_overdue_itself(office):
    case = case_in(CaseState.RECTIFYING, hold_interview=agreed("weekly", 10))
    task = case.tasks.get()

    def summary(day):
        with later(days=(day - clock.today()).days):
            remind()
        line = Alert.objects.filter(recipient__username="supervisor", key=f"summary:{day}").first()
        return line and line.text.split("，请")[0]

    assert summary(task.progress_due_on) is None
    after = task.progress_due_on + timedelta(days=1)
    assert summary(after) == "今天到期的整改任务 0 项，已逾期 0 项，进展报告逾期 1 项"
    assert summary(task.effective_due_on) == "今天到期的整改任务 1 项，已逾期 0 项，进展报告逾期 1 项"
    assert summary(task.effective_due_on + timedelta(days=1)) == "今天到期的整改任务 0 项，已逾期 1 项"


class Killed(BaseException):  # no Exception: what ends a process is no error of a job
    """The process is gone."""


@pytest.mark.parametrize("after", range(len(daily_module.JOBS) + 1))
def test_stopped_anywhere_and_begun_again_each_is_notified_once(case, monkeypatch, after):
    def gone(today):
        raise Killed

    jobs = tuple((name, (lambda today: {}) if name in READ_ONLY else job) for name, job in daily_module.JOBS)
    with day_of(case, days=0):
        monkeypatch.setattr(daily_module, "JOBS", (*jobs[:after], ("断电", gone), *jobs[after:]))
        with pytest.raises(Killed):
            daily()
        assert is_due()
        monkeypatch.setattr(daily_module, "JOBS", jobs)
        daily()
        assert not is_due()
    assert len([text for text in reminders() if text.startswith("第 1 项")]) == 1
    assert Alert.objects.filter(key__startswith="summary:").count() == 1
    assert DailyRun.objects.earliest("began_at").finished_at is None


def test_a_piece_killed_halfway_leaves_nothing(case, monkeypatch, settings):
    def gone(alerts):
        raise Killed

    settings.ALERT_WEBHOOK = "https://gateway.example/"
    with day_of(case, days=0):
        monkeypatch.setattr("yuetan.actions.messages.reminder_engine.queue_deliveries", gone)
        with pytest.raises(Killed):
            daily()
        assert reminders() == []
        assert not Reminder.objects.exists()


def break_the_reminder_days():
    """The office's reminder days as no page would take it: whatever reminds by it raises."""
    set_setting("reminder_days_before", "三天")


def mend_the_reminder_days():
    set_setting("reminder_days_before", "5、3、1")


BROKEN = [
    "整改任务到期提醒",
    "进展报告提醒",
    "文书到期提醒",
    "信息报送提醒",
    "督导提醒",
    "三书一函回复提醒",
    "考核提醒",
]


def test_a_job_that_fails_keeps_no_other_from_being_done(case, caplog):
    break_the_reminder_days()
    with day_of(case, days=0):
        with pytest.raises(JobsFailed) as error:
            daily()
        assert list(error.value.problems) == BROKEN
        purges = ["清理自动保存内容", "清理表单提交标记", "清理尝试次数", "清理过期的登录", "停用无任职的账号"]
        purges += ["清理导出的文件", "清理预览图", "清理导入的表格"]
        done = [
            "中止计时期满恢复",
            "信息报送开期",
            "多次未报提示",
            "分析报告提醒",
            "会议提醒",
            "责任制逾期未完成整改提示",
            "资格限制期满提醒",
            "申述答复提醒",
            "督查员每日汇总",
            "停用演示账号",
            *purges,
            "待办更新",
            "删除已销毁卷宗的文件",
            "清理没有登记的文件",
            "统计归并",
            "查阅记录分月",
            "核对记录",
            "记录存证",
            "查验记录",
            "消息投送",
            "备份",
        ]
        assert list(error.value.results) == done
        assert Alert.objects.filter(key__startswith="summary:").exists()
        assert reminders() == []
        assert all(f"daily job failed: {name}" in caplog.text for name in BROKEN)
        run = DailyRun.objects.get()
        assert (run.finished_at, set(run.problems)) == (None, set(BROKEN))
        assert is_due()


def test_what_failed_is_made_up_by_the_next_run(case):
    break_the_reminder_days()
    with day_of(case, days=0):
        with pytest.raises(JobsFailed):
            daily()
        with pytest.raises(JobsFailed) as again:
            daily()
        assert (again.value.results, list(again.value.problems)) == ({}, BROKEN)
        assert RecordVerification.objects.count() == 1
        mend_the_reminder_days()
        assert list(daily()) == BROKEN
        assert not is_due()
        assert list(daily()) == [name for name, _ in daily_module.JOBS]  # asked for by hand
    assert len([text for text in reminders() if text.startswith("第 1 项")]) == 1
    assert Alert.objects.filter(key__startswith="summary:").count() == 1


def test_what_a_run_did_before_midnight_is_done_again_for_the_new_day(office):
    yesterday = clock.now() - timedelta(days=1)
    names = [name for name, _ in daily_module.JOBS]
    DailyRun.objects.create(began_at=yesterday, finished_at=clock.now(), results={name: {} for name in names})
    assert is_due()
    assert list(daily()) == names


def test_the_office_reads_which_jobs_failed_until_they_are_done(case, director, officer):
    broken = "三书一函回复提醒、信息报送提醒、整改任务到期提醒、文书到期提醒、督导提醒、考核提醒、进展报告提醒"
    words = f"每日任务出错，没有做完的有：{broken}。请系统维护人员查看日志"
    break_the_reminder_days()
    with day_of(case, days=0):
        with pytest.raises(JobsFailed):
            daily()
        assert words in Visitor(director).open("/")
        assert words not in Visitor(officer).open("/")
        mend_the_reminder_days()
        daily()
        assert "每日任务" not in Visitor(director).open("/")


def test_the_command_says_what_failed_and_leaves_with_an_error(case):
    break_the_reminder_days()
    with day_of(case, days=0):
        output = StringIO()
        with pytest.raises(CommandError, match="整改任务到期提醒：出错，没有做完：AssertionError"):
            call_command("daily", stdout=output)
        assert "督查员每日汇总：汇总 1" in output.getvalue()


def test_a_kind_of_paper_that_fails_keeps_no_other_from_being_reminded_of(office, monkeypatch):
    case_in(CaseState.NOTIFIED)
    broken = Obligation(rows="SELECT nothing_there", action="签收")
    monkeypatch.setattr(document_reminders, "PAPERS", (broken, *document_reminders.PAPERS))
    with later(days=30):
        with pytest.raises(ExceptionGroup):
            document_reminders.remind_of_papers(clock.today())
        assert Alert.objects.filter(recipient__username=HEAD, key__startswith="receipt:").count() == 1


def test_the_work_does_not_grow_with_the_tasks(office, case):
    with day_of(case, days=-1):
        daily()  # what a process keeps between runs is kept
    with day_of(case, days=0):
        one = _statements()
    for _ in range(3):
        case_in(CaseState.RECTIFYING)
    with day_of(case, days=1):
        assert _statements() == one


def _statements():
    with CaptureQueriesContext(connection) as queries:
        daily()
    return len(queries)


@pytest.mark.parametrize("value", ["三天", "0", "5、", "1、91"])
def test_the_reminder_days_are_days_and_nothing_else(office, director, value):
    setting = OfficeSetting.objects.get(key="reminder_days_before")
    with refused("“到期前提醒（工作日数）”须为 1 至 90 的整数，用顿号隔开，如“5、3、1”。", field="value"):
        change_office_setting(setting, by=director, value=value)
