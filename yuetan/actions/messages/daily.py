"""What the clock brings (每日任务): one idempotent run that may be stopped anywhere and begun again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from django.db import connection

from yuetan.actions.backup.backup import back_up_daily
from yuetan.actions.drafts.drafts import purge_stale
from yuetan.actions.drafts.form_key import purge_form_keys
from yuetan.actions.files.prepared_file import purge_prepared_files
from yuetan.actions.files.sweep_files import sweep_files
from yuetan.actions.files.table_imports import purge_imports
from yuetan.actions.ladder.offer_doors import offer_rungs
from yuetan.actions.messages.assessment_reminders import remind_of_assessment
from yuetan.actions.messages.delivery import deliver
from yuetan.actions.messages.document_reminders import remind_of_papers
from yuetan.actions.messages.heartbeat import renew_sign_of_daily
from yuetan.actions.messages.meeting_reminders import remind_of_meetings
from yuetan.actions.messages.plea_reminders import remind_of_pleas
from yuetan.actions.messages.received_reminders import remind_of_received
from yuetan.actions.messages.report_reminders import point_out_missed, remind_of_analyses, remind_of_reports
from yuetan.actions.messages.restriction_reminders import remind_of_restrictions
from yuetan.actions.messages.round_reminders import remind_of_rounds
from yuetan.actions.messages.task_reminders import remind_of_progress, remind_of_tasks, sum_up_for_supervisors
from yuetan.actions.people.attempts import purge_attempts
from yuetan.actions.people.demo_accounts import close_daily
from yuetan.actions.people.post_access import disable_without_post
from yuetan.actions.people.sessions import purge_sessions
from yuetan.actions.record.anchor_record import anchor_record
from yuetan.actions.record.check_records import check_daily
from yuetan.actions.record.checks.check_files import JOB as CHECKING
from yuetan.actions.record.destroyed_files import remove_destroyed_files
from yuetan.actions.record.record_sight import make_sight_months
from yuetan.actions.record.verify_record import verify_daily
from yuetan.actions.rectification.passed_pauses import end_passed_pauses
from yuetan.actions.reporting.periods import open_periods
from yuetan.documents.exports.drawn_pages import purge_drawn_pages
from yuetan.models import DailyRun
from yuetan.pending_steps import follow_stale
from yuetan.rules.dates import clock
from yuetan.tallies import add_up

logger = logging.getLogger(__name__)

# Any number, the same for every process: who holds it is the run.
LOCK = 7_316_402_551

Job = Callable[[date], dict[str, int]]

# In this order; each by itself is whole or not done, and doing it again does nothing more.
JOBS: tuple[tuple[str, Job], ...] = (
    ("中止计时期满恢复", end_passed_pauses),
    ("整改任务到期提醒", remind_of_tasks),
    ("进展报告提醒", remind_of_progress),
    ("文书到期提醒", remind_of_papers),
    ("信息报送开期", open_periods),
    ("信息报送提醒", remind_of_reports),
    ("多次未报提示", point_out_missed),
    ("分析报告提醒", remind_of_analyses),
    ("会议提醒", remind_of_meetings),
    ("督导提醒", remind_of_rounds),
    ("三书一函回复提醒", remind_of_received),
    ("考核提醒", remind_of_assessment),
    ("责任制逾期未完成整改提示", offer_rungs),
    ("资格限制期满提醒", remind_of_restrictions),
    ("申述答复提醒", remind_of_pleas),
    ("督查员每日汇总", sum_up_for_supervisors),
    ("停用演示账号", close_daily),
    ("清理自动保存内容", purge_stale),
    ("清理表单提交标记", purge_form_keys),
    ("清理尝试次数", purge_attempts),
    ("清理过期的登录", purge_sessions),
    ("停用无任职的账号", disable_without_post),
    ("清理导出的文件", purge_prepared_files),
    ("清理预览图", purge_drawn_pages),
    ("清理导入的表格", purge_imports),
    ("待办更新", lambda today: {"cases": follow_stale()}),
    ("删除已销毁卷宗的文件", remove_destroyed_files),
    ("清理没有登记的文件", sweep_files),
    ("统计归并", lambda today: {"counters": add_up()}),
    ("查阅记录分月", make_sight_months),
    (CHECKING, check_daily),
    ("记录存证", anchor_record),
    ("查验记录", verify_daily),
    ("消息投送", lambda today: deliver()),
    ("备份", back_up_daily),
)


class JobsFailed(Exception):  # noqa: N818 - a fact, not a fault
    """Some jobs of a run raised, and the others were done: `results` and `problems` by the name of the job."""

    def __init__(self, results: Mapping[str, dict[str, int]], problems: Mapping[str, str]) -> None:
        self.results, self.problems = results, problems
        super().__init__("；".join(f"{name}：{problem}" for name, problem in problems.items()))


def daily() -> dict[str, dict[str, int]] | None:
    """Do everything that is due, each job by itself; None if another run is under way.

    What was done today by a run that did not finish is not done again by the next, which makes up for the rest; once
    one has finished, a further run asked for by hand does everything again. A job that raises keeps no other from
    being done. Raises JobsFailed at the end if one did: the run then does not count as finished, and is due again.
    """
    with _alone() as got_lock:
        if not got_lock:
            return None
        done = _done_before()
        run = DailyRun.objects.create()
        for name, job in JOBS:
            if name not in done:
                _do(run, name, job)
        if run.problems:
            raise JobsFailed(run.results, run.problems)
        run.finished_at = clock.now()
        run.save()
        return dict(run.results)


def _done_before() -> set[str]:
    """What runs of today have done while none has finished; a run that began yesterday did it for yesterday."""
    if not is_due():
        return set()
    return {name for run in DailyRun.objects.begun_on(clock.today()) for name in run.results}


def _do(run: DailyRun, name: str, job: Job) -> None:
    try:
        run.results[name] = job(clock.today())
    except Exception as problem:
        logger.exception("daily job failed: %s", name)
        run.problems[name] = f"{type(problem).__name__} {problem}"
    run.save()
    renew_sign_of_daily()


def is_due() -> bool:
    """Whether no run that began today has finished."""
    return not DailyRun.objects.begun_on(clock.today()).finished().exists()


@contextmanager
def _alone() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        row = cursor.fetchone()
    got_lock = bool(row and row[0])
    try:
        yield got_lock
    finally:
        if got_lock:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
