"""The card of 督查: plans and notes are the inner side's, conclusions both sides'."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.models import Case, Inspection, Revisit
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.section import Section, SummaryRow, row


def inspection(case: Case, *, inner: bool) -> Section | None:
    """督查 and 回头看: notes and names for the inner side, conclusions for both."""
    rounds = sorted(case.inspections.all(), key=lambda inspection: inspection.number)
    shown = rounds if inner else [one for one in rounds if one.conclusion]
    rows = [line for one in shown for line in _round(one, inner=inner)]
    rows += [line for revisit in case.revisits.all() for line in _revisit(revisit, inner=inner)]
    if case.relapses:
        rows.append(row("复发次数", f"{case.relapses} 次"))
    return Section("督查", rows) if rows else None


def _round(one: Inspection, *, inner: bool) -> Iterator[SummaryRow]:
    words = f"{one.get_conclusion_display()}\n{one.basis}" if one.conclusion else "进行中"
    yield row(f"第 {one.number} 次督查", words)
    if not inner:
        return
    if one.planned_on:
        yield row("督查安排", f"{day(one.planned_on)}，督查人员：{one.inspectors}\n{one.plan}")
    if one.findings:
        finding_lines = [
            f"第 {each.task.number} 项：{each.get_outcome_display()}。{each.words}" for each in one.task_findings.all()
        ]
        yield row("督查情况", "\n".join([one.findings, *finding_lines, _recorded(one)]))


def _recorded(one: Inspection) -> str:
    assert one.concluded_by is not None
    return f"（{one.concluded_by.name}，{moment(one.concluded_at)}记录）"


def _revisit(revisit: Revisit, *, inner: bool) -> Iterator[SummaryRow]:
    if revisit.outcome:
        notes = f"\n{revisit.inspectors}：{revisit.findings}" if inner else ""
        yield row("回头看", f"{day(revisit.visited_on)}，{revisit.get_outcome_display()}{notes}")
    elif inner:
        yield row("回头看", f"计划于{day(revisit.planned_on)}进行")
