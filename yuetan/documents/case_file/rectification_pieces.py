"""The pieces of a case from its tasks on: what was reported, granted, checked, inspected and decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from yuetan.documents.case_file.kept_files import FilesOfCase
from yuetan.documents.case_file.piece import Part, Piece, midnight, of_office, of_unit, text_part
from yuetan.models import (
    Case,
    Chase,
    Consequence,
    Extension,
    Inspection,
    Pause,
    Revisit,
    ReworkRequest,
    SiteCheck,
    Task,
    TaskReport,
)
from yuetan.models.rectification.team import HasTeam
from yuetan.rules.text.official_text import chinese_date, short_datetime

SIGNED_SHEET = "签字的记录"


def rectification_pieces(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    """Reports, changes of limits, checks, inspections, revisits, requests and 问责处理, in no order."""
    tasks = list(case.tasks.order_by("number").prefetch_related("extensions__decided_by", "pauses", "chases__sent_by"))
    for task in tasks:
        yield from _reports(case, task, files)
        yield from _changed_limits(case, task, files)
        yield from _site_checks(case, task, files)
    yield from _inspections(case, files)
    yield from _revisits(case, files)
    yield from _rework(case)
    yield from _consequences(case, files)


def _by(who: object, when: datetime | None, words: str = "") -> str:
    """What somebody decided or wrote, with name and moment; empty where nobody did."""
    if who is None or when is None:
        return ""
    return "\n".join(filter(None, [words, f"{getattr(who, 'name', who)}，{short_datetime(when)}"]))


def _task_words(task: Task) -> str:
    due_on = chinese_date(task.agreed_due_on)
    return f"第 {task.number} 项：{task.content}\n责任人：{task.responsible_person}；时限：{due_on}"


def _reports(case: Case, task: Task, files: FilesOfCase) -> Iterator[Piece]:
    handed_in = TaskReport.objects.filter(task=task, handed_in_at__isnull=False)
    for report in handed_in.select_related("handed_in_by", "decided_by"):
        assert report.handed_in_at is not None
        label = report.get_kind_display()
        rows = [
            ("整改任务", _task_words(task)),
            ("落实情况", report.text),
            ("报送", _by(report.handed_in_by, report.handed_in_at, "逾期报送" if report.is_late else "")),
            (
                "审核",
                _by(report.decided_by, report.decided_at, f"{report.get_outcome_display()}　{report.outcome_note}"),
            ),
            ("纸质代录", files.words_of(report)),
        ]
        annexes = files.take_of("附件", "report_id", report)
        parts = [text_part(case, label, rows), *annexes, *files.take_scan_of(report)]
        title = f"第{task.number}项整改任务{label}（第{report.version}次）"
        yield of_unit(case, title, report.handed_in_at, parts)


def _changed_limits(case: Case, task: Task, files: FilesOfCase) -> Iterator[Piece]:
    """延期, 催办 and 中止计时 of one task on one sheet, with the papers that asked for them."""
    extensions, chases, pauses = list(task.extensions.all()), list(task.chases.all()), list(task.pauses.all())
    moments = [
        *(one.requested_at for one in extensions),
        *(one.sent_at for one in chases),
        *(midnight(one.began_on) for one in pauses),
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
    sheet = text_part(case, "延期、催办、中止计时", rows)
    yield of_office(f"第{task.number}项整改任务延期、催办、中止计时记录", min(moments), [sheet, *scans])


def _extension_words(one: Extension, on_paper: str) -> str:
    asked = f"申请延至{chinese_date(one.new_due_on)}（原时限{chinese_date(one.old_due_on)}）"
    outcome = {None: "", True: "同意", False: "不同意"}[one.granted]
    decided = _by(one.decided_by, one.decided_at, f"{outcome}　{one.opinion}")
    return "\n".join(filter(None, [asked, one.reason, decided, on_paper]))


def _chase_words(one: Chase, on_paper: str) -> str:
    asked = _by(one.sent_by, one.sent_at, one.words)
    answer = _by(one.replied_by, one.replied_at, f"回复：{one.reply}")
    return "\n".join(filter(None, [asked, answer, on_paper]))


def _pause_words(one: Pause) -> str:
    ended = f"，{chinese_date(one.ended_on)}恢复" if one.ended_on else ""
    return "\n".join(filter(None, [f"{chinese_date(one.began_on)}中止{ended}", one.reason, one.end_reason]))


def _site_checks(case: Case, task: Task, files: FilesOfCase) -> Iterator[Piece]:
    for check in SiteCheck.objects.filter(task=task).select_related("team"):
        rows = [
            ("整改任务", _task_words(task)),
            ("核查日期", chinese_date(check.visited_on)),
            ("核查地点", check.place),
            ("核查人员", _who_went(check)),
            ("核查情况", check.findings),
        ]
        photos = files.take_of("照片", "site_check_id", check)
        parts = [text_part(case, "现场核查记录", rows), *_signed(check, files), *photos]
        yield of_office(f"第{task.number}项整改任务现场核查记录", check.recorded_at, parts, dated=check.visited_on)


def _who_went(one: HasTeam) -> str:
    return f"{one.inspectors}\n{one.signature_words}"


def _signed(one: HasTeam, files: FilesOfCase) -> list[Part]:
    return files.take_of(SIGNED_SHEET, "team_id", one.team) if one.team else []


def _inspections(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    for one in Inspection.objects.filter(case=case).select_related("team", "concluded_by"):
        task_lines = [
            f"第 {each.task.number} 项：{each.get_outcome_display()}。{each.words}" for each in one.task_findings.all()
        ]
        rows = [
            ("督查安排", "\n".join(filter(None, [chinese_date(one.planned_on) if one.planned_on else "", one.plan]))),
            ("督查人员", _who_went(one)),
            ("督查情况", "\n".join([one.findings, *task_lines])),
            ("督查结论", f"{one.get_conclusion_display()}\n{one.basis}"),
            ("记录", _by(one.concluded_by, one.concluded_at)),
        ]
        parts = [text_part(case, "督查记录", rows), *_signed(one, files)]
        yield of_office(f"第{one.number}次督查记录", one.concluded_at or one.begun_at, parts)


def _revisits(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    for one in Revisit.objects.filter(case=case).exclude(outcome="").select_related("team", "recorded_by"):
        assert one.visited_on is not None
        rows = [
            ("回头看日期", chinese_date(one.visited_on)),
            ("人员", _who_went(one)),
            ("情况", one.findings),
            ("结果", one.get_outcome_display()),
            ("记录人", one.recorded_by.name if one.recorded_by else ""),
        ]
        yield of_office(
            "回头看记录", midnight(one.visited_on), [text_part(case, "回头看记录", rows), *_signed(one, files)]
        )


def _rework(case: Case) -> Iterator[Piece]:
    for one in ReworkRequest.objects.filter(case=case).select_related("requested_by", "decided_by"):
        numbers = "、".join(str(task.number) for task in one.tasks.order_by("number"))
        rows = [
            ("提请", f"{one.get_kind_display()}：第 {numbers} 项整改任务，新的时限{chinese_date(one.new_due_on)}"),
            ("原因", one.reason),
            ("提请人", _by(one.requested_by, one.requested_at)),
            ("决定", _by(one.decided_by, one.decided_at, f"{one.outcome}　{one.opinion}")),
        ]
        yield of_office(
            f"{one.get_kind_display()}的提请和决定", one.requested_at, [text_part(case, "提请和决定", rows)]
        )


def _consequences(case: Case, files: FilesOfCase) -> Iterator[Piece]:
    for one in Consequence.objects.filter(case=case).select_related("recorded_by", "checked_by"):
        rows = [
            ("处理方式", one.get_kind_display()),
            ("决定机关", one.deciding_body),
            ("决定文书", one.paper_number),
            ("处理内容", one.basis),
            ("登记", _by(one.recorded_by, one.recorded_at, one.correction_reason)),
            ("核对", _by(one.checked_by, one.checked_at, f"{one.standing}　{one.check_words}")),
        ]
        papers = files.take_of("决定文书", "consequence_id", one)
        title = f"问责处理登记：{one.get_kind_display()}"
        yield of_office(
            title, one.recorded_at, [text_part(case, "问责处理登记", rows), *papers], number=one.paper_number
        )
