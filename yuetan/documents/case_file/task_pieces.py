"""The pieces of tasks, whatever they came out of: what was reported, granted and checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from yuetan.documents.case_file.kept_files import KeptFiles
from yuetan.documents.case_file.matter import Matter
from yuetan.documents.case_file.piece import Part, Piece, of_office, of_unit, text_part
from yuetan.models import Chase, Extension, Pause, SiteCheck, Task, TaskReport
from yuetan.models.rectification.team import HasTeam
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date, short_datetime

SIGNED_SHEET = "签字的记录"
READ_WITH_TASKS = ("extensions__decided_by", "pauses", "chases__sent_by")


def task_pieces(matter: Matter, tasks: Iterable[Task], files: KeptFiles) -> Iterator[Piece]:
    """Reports, changes of limits and checks, in no order; the tasks bring READ_WITH_TASKS."""
    for task in tasks:
        yield from _reports(matter, task, files)
        yield from _changed_limits(matter, task, files)
        yield from _site_checks(matter, task, files)


def by_whom(who: object, when: datetime | None, words: str = "") -> str:
    """What somebody decided or wrote, with name and moment; empty where nobody did."""
    if who is None or when is None:
        return ""
    return "\n".join(filter(None, [words, f"{getattr(who, 'name', who)}，{short_datetime(when)}"]))


def _task_words(task: Task) -> str:
    due_on = chinese_date(task.agreed_due_on)
    return f"第 {task.number} 项：{task.content}\n责任人：{task.responsible_person}；时限：{due_on}"


def _reports(matter: Matter, task: Task, files: KeptFiles) -> Iterator[Piece]:
    handed_in = TaskReport.objects.filter(task=task, handed_in_at__isnull=False)
    for report in handed_in.select_related("handed_in_by", "decided_by"):
        assert report.handed_in_at is not None
        label = report.get_kind_display()
        rows = [
            ("整改任务", _task_words(task)),
            ("落实情况", report.text),
            ("报送", by_whom(report.handed_in_by, report.handed_in_at, "逾期报送" if report.is_late else "")),
            (
                "审核",
                by_whom(report.decided_by, report.decided_at, f"{report.get_outcome_display()}　{report.outcome_note}"),
            ),
            ("纸质代录", files.words_of(report)),
        ]
        annexes = files.take_of("附件", "report_id", report)
        parts = [text_part(matter, label, rows), *annexes, *files.take_scan_of(report)]
        title = f"第{task.number}项整改任务{label}（第{report.version}次）"
        yield of_unit(matter, title, report.handed_in_at, parts)


def _changed_limits(matter: Matter, task: Task, files: KeptFiles) -> Iterator[Piece]:
    """延期, 催办 and 中止计时 of one task on one sheet, with the papers that asked for them."""
    extensions, chases, pauses = list(task.extensions.all()), list(task.chases.all()), list(task.pauses.all())
    moments = [
        *(one.requested_at for one in extensions),
        *(one.sent_at for one in chases),
        *(clock.day_begins(one.began_on) for one in pauses),
    ]
    if not moments:
        return
    rows = [
        ("整改任务", _task_words(task)),
        *(("延期申请", _extension_words(one, files.words_of(one))) for one in extensions),
        *(("催办", _chase_words(one, files.words_of(one))) for one in chases),
        *(("中止计时", _pause_words(one)) for one in pauses),
    ]
    asked: list[Extension | Chase] = [*extensions, *chases]
    scans = [part for one in asked for part in files.take_scan_of(one)]
    sheet = text_part(matter, "延期、催办、中止计时", rows)
    yield of_office(f"第{task.number}项整改任务延期、催办、中止计时记录", min(moments), [sheet, *scans])


def _extension_words(one: Extension, on_paper: str) -> str:
    asked = f"申请延至{chinese_date(one.new_due_on)}（原时限{chinese_date(one.old_due_on)}）"
    outcome = {None: "", True: "同意", False: "不同意"}[one.granted]
    decided = by_whom(one.decided_by, one.decided_at, f"{outcome}　{one.opinion}")
    return "\n".join(filter(None, [asked, one.reason, decided, on_paper]))


def _chase_words(one: Chase, on_paper: str) -> str:
    asked = by_whom(one.sent_by, one.sent_at, one.words)
    answer = by_whom(one.replied_by, one.replied_at, f"回复：{one.reply}")
    return "\n".join(filter(None, [asked, answer, on_paper]))


def _pause_words(one: Pause) -> str:
    ended = f"，{chinese_date(one.ended_on)}恢复" if one.ended_on else ""
    return "\n".join(filter(None, [f"{chinese_date(one.began_on)}中止{ended}", one.reason, one.end_reason]))


def _site_checks(matter: Matter, task: Task, files: KeptFiles) -> Iterator[Piece]:
    for check in SiteCheck.objects.filter(task=task).select_related("team"):
        rows = [
            ("整改任务", _task_words(task)),
            ("核查日期", chinese_date(check.visited_on)),
            ("核查地点", check.place),
            ("核查人员", who_went(check)),
            ("核查情况", check.findings),
        ]
        photos = files.take_of("照片", "site_check_id", check)
        parts = [text_part(matter, "现场核查记录", rows), *signed_sheets(check, files), *photos]
        yield of_office(f"第{task.number}项整改任务现场核查记录", check.recorded_at, parts, dated=check.visited_on)


def who_went(one: HasTeam) -> str:
    """Who looked on the spot, and how each signed for what was seen."""
    return f"{one.inspectors}\n{one.signature_words}"


def signed_sheets(one: HasTeam, files: KeptFiles) -> list[Part]:
    """The sheets that those who went signed; none where nobody was named."""
    return files.take_of(SIGNED_SHEET, "team_id", one.team) if one.team else []
