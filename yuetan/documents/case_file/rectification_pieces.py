"""The pieces of a case from its tasks on: what was reported, granted, checked, inspected and decided."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.case_file.kept_files import KeptFiles
from yuetan.documents.case_file.matter import Matter
from yuetan.documents.case_file.piece import Piece, of_office, text_part
from yuetan.documents.case_file.task_pieces import READ_WITH_TASKS, by_whom, signed_sheets, task_pieces, who_went
from yuetan.models import Case, Consequence, Inspection, Revisit, ReworkRequest
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date


def rectification_pieces(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    """Reports, changes of limits, checks, inspections, revisits, requests and 问责处理, in no order."""
    tasks = case.tasks.order_by("number").prefetch_related(*READ_WITH_TASKS)
    yield from task_pieces(matter, tasks, files)
    yield from _inspections(case, matter, files)
    yield from _revisits(case, matter, files)
    yield from _rework(case, matter)
    yield from _consequences(case, matter, files)


def _inspections(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    for one in Inspection.objects.filter(case=case).select_related("team", "concluded_by"):
        task_lines = [
            f"第 {each.task.number} 项：{each.get_outcome_display()}。{each.words}" for each in one.task_findings.all()
        ]
        rows = [
            ("督查安排", "\n".join(filter(None, [chinese_date(one.planned_on) if one.planned_on else "", one.plan]))),
            ("督查人员", who_went(one)),
            ("督查情况", "\n".join([one.findings, *task_lines])),
            ("督查结论", f"{one.get_conclusion_display()}\n{one.basis}"),
            ("记录", by_whom(one.concluded_by, one.concluded_at)),
        ]
        parts = [text_part(matter, "督查记录", rows), *signed_sheets(one, files)]
        yield of_office(f"第{one.number}次督查记录", one.concluded_at or one.begun_at, parts)


def _revisits(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    for one in Revisit.objects.filter(case=case).exclude(outcome="").select_related("team", "recorded_by"):
        assert one.visited_on is not None
        rows = [
            ("回头看日期", chinese_date(one.visited_on)),
            ("人员", who_went(one)),
            ("情况", one.findings),
            ("结果", one.get_outcome_display()),
            ("记录人", one.recorded_by.name if one.recorded_by else ""),
        ]
        yield of_office(
            "回头看记录",
            clock.day_begins(one.visited_on),
            [text_part(matter, "回头看记录", rows), *signed_sheets(one, files)],
        )


def _rework(case: Case, matter: Matter) -> Iterator[Piece]:
    for one in ReworkRequest.objects.filter(case=case).select_related("requested_by", "decided_by"):
        numbers = "、".join(str(task.number) for task in one.tasks.order_by("number"))
        rows = [
            ("提请", f"{one.get_kind_display()}：第 {numbers} 项整改任务，新的时限{chinese_date(one.new_due_on)}"),
            ("原因", one.reason),
            ("提请人", by_whom(one.requested_by, one.requested_at)),
            ("决定", by_whom(one.decided_by, one.decided_at, f"{one.outcome}　{one.opinion}")),
        ]
        yield of_office(
            f"{one.get_kind_display()}的提请和决定", one.requested_at, [text_part(matter, "提请和决定", rows)]
        )


def _consequences(case: Case, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    for one in Consequence.objects.filter(case=case).select_related("recorded_by", "checked_by"):
        rows = [
            ("处理方式", one.get_kind_display()),
            ("决定机关", one.deciding_body),
            ("决定文书", one.paper_number),
            ("处理内容", one.basis),
            ("登记", by_whom(one.recorded_by, one.recorded_at, one.correction_reason)),
            ("核对", by_whom(one.checked_by, one.checked_at, f"{one.standing}　{one.check_words}")),
        ]
        papers = files.take_of("决定文书", "consequence_id", one)
        title = f"问责处理登记：{one.get_kind_display()}"
        yield of_office(
            title, one.recorded_at, [text_part(matter, "问责处理登记", rows), *papers], number=one.paper_number
        )
