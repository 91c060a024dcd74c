"""What those who keep the installation must know: its clock, the watch, the daily run, the backup."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from yuetan.actions.messages.heartbeat import DAILY, WATCH, clock_words
from yuetan.loading.privileges import privilege_warnings
from yuetan.models import BackupRun, ClockJump, DailyRun, Heartbeat, RecordVerification, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined
from yuetan.templatetags.official import moment
from yuetan.vocabulary import PostKind

KEEPERS_OF_THE_CLOCK = (PostKind.OFFICE_DIRECTOR, PostKind.SUPERVISOR, PostKind.SYSTEM_ADMINISTRATOR)
WATCHERS_OF_THE_RECORD = (PostKind.SYSTEM_ADMINISTRATOR, PostKind.SECURITY_AUDITOR)
LATE_AFTER = timedelta(hours=26)
SILENT_AFTER, STUCK_AFTER = timedelta(minutes=5), timedelta(hours=6)


def upkeep_warnings(user: User) -> list[str]:
    """What is amiss, a sentence each, for whoever can see to it; empty while all is well, and for everybody else."""
    warnings: list[str] = []
    if user.holds(*KEEPERS_OF_THE_CLOCK):
        warnings += [*_clock_in_doubt(), *_silent_watch(), *_late_run()]
    if user.holds(PostKind.SYSTEM_ADMINISTRATOR):
        warnings += _late_backup()
    if user.holds(*WATCHERS_OF_THE_RECORD):
        warnings += privilege_warnings()
    return warnings


def last_backup(user: User) -> str:
    """When the last whole backup was made and how much it holds, for the administrator; empty if there is none."""
    if not user.holds(PostKind.SYSTEM_ADMINISTRATOR):
        return ""
    last = BackupRun.objects.succeeded().first()
    if last is None or last.ended_at is None:
        return ""
    kept = f"文件 {last.file_count} 个，{filesizeformat(last.byte_count)}"
    return f"上次备份：{moment(last.ended_at)}，{kept}，在 {last.folder}，核对值 {last.sums_sha256[:16]}。"


def _clock_in_doubt() -> Iterator[str]:
    jump = ClockJump.objects.undecided().first()
    if jump is not None:
        yield clock_words(jump)


def _silent_watch() -> Iterator[str]:
    """The program beside the site gives no sign of life, or one job of its daily run has been at work for hours."""
    beats = {beat.program: beat.at for beat in Heartbeat.objects.filter(program__in=(WATCH, DAILY))}
    at, daily_at = beats.get(WATCH), beats.get(DAILY)
    if at is None:
        return
    if clock.now() - at >= SILENT_AFTER:
        yield f"值守程序自{moment(at)}起没有运行，提醒、消息投送都已停止，请系统维护人员检查。"
    elif daily_at is not None and clock.now() - daily_at >= STUCK_AFTER:
        yield f"每日任务自{moment(daily_at)}起没有进展，其中一项一直没有做完，请系统维护人员检查。"


def _late_run() -> Iterator[str]:
    """The daily job has not run whole."""
    ended = DailyRun.objects.ended().first()
    last = DailyRun.objects.finished().first()
    if ended is not None and ended.problems:
        yield f"每日任务出错，没有做完的有：{joined(sorted(ended.problems))}。请系统维护人员查看日志，改正后会再做。"
    elif last is None or last.finished_at is None:
        yield "每日任务还没有运行过，到期提醒不会发出。请系统维护人员启动值守程序，或者设定每天定时运行。"
    elif clock.now() - last.finished_at >= LATE_AFTER:
        yield f"每日任务上次运行是{moment(last.finished_at)}，此后到期的提醒尚未发出，请系统维护人员检查。"


def _late_backup() -> Iterator[str]:
    """Nothing was backed up, or not all, or not for a day."""
    ended, whole = BackupRun.objects.ended().first(), BackupRun.objects.succeeded().first()
    if ended is None:
        set_up = "每日任务运行后会备份" if settings.BACKUP_FOLDER else "请系统维护人员设定备份目录（YUETAN_BACKUP）"
        yield f"数据库和文件还没有备份过，机器损坏时会全部丢失：{set_up}，或者运行 manage.py backup。"
    elif ended.problem:
        last = f"上次完整的备份是{moment(whole.ended_at)}" if whole else "还没有过完整的备份"
        yield f"备份出错：{ended.problem}{last}。"
    elif ended.ended_at is not None and clock.now() - ended.ended_at >= LATE_AFTER:
        yield f"上次备份是{moment(ended.ended_at)}，此后没有再备份，请系统维护人员检查。"


def broken_record(user: User) -> str:
    """What those who watch over the record must know while it is not as it was sealed; empty while it is."""
    if not user.holds(*WATCHERS_OF_THE_RECORD):
        return ""
    last = RecordVerification.objects.newest_first().first()
    if last is None or not last.faults:
        return ""
    return f"{moment(last.ended_at)}查验发现记录被改动，共 {last.faults} 处，第一处是：{last.first_fault}"
