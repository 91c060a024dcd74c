"""The card of 督查: plans and notes are the inner side's, conclusions both sides'."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.models import Attachment, Case, Inspection, Revisit, ReworkRequest
from yuetan.models.rectification.team import HasTeam
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.section import Section, SummaryRow, row


def inspection(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    """督查 and 回头看: notes and names for the inner side, conclusions for both."""
    rounds = sorted(case.inspections.all(), key=lambda inspection: inspection.number)
    shown = rounds if inner else [one for one in rounds if one.conclusion]
    rows = [line for one in shown for line in _round(one, files, inner=inner)]
    rows += [line for revisit in case.revisits.all() for line in _revisit(revisit, files, inner=inner)]
    if case.relapses:
        rows.append(row("复发次数", f"{case.relapses} 次"))
    return Section("督查", rows) if rows else None


def _round(one: Inspection, files: list[Attachment], *, inner: bool) -> Iterator[SummaryRow]:
    words = f"{one.get_conclusion_display()}\n{one.basis}" if one.conclusion else "进行中"
    yield row(f"第 {one.number} 次督查", words)
    if not inner:
        return
    if one.planned_on:
        yield row("督查安排", f"{day(one.planned_on)}\n{one.plan}")
    if one.inspectors:
        made_on = f"{day(one.team.inspected_on)}，" if one.team and one.team.inspected_on else ""
        yield row("督查人员", f"{made_on}{_who_went(one)}", _sheets(one, files))
    if one.findings:
        finding_lines = [
            f"第 {each.task.number} 项：{each.get_outcome_display()}。{each.words}" for each in one.task_findings.all()
        ]
        yield row("督查情况", "\n".join([one.findings, *finding_lines, _recorded(one)]))


def _who_went(one: HasTeam) -> str:
    """Who went, and how far they have signed."""
    signed = f"（{one.signature_words}）" if one.signature_words else ""
    return f"{one.inspectors}{signed}"


def _sheets(one: HasTeam, files: list[Attachment]) -> list[Attachment]:
    return [file for file in files if one.team is not None and file.team_id == one.team.pk]


def _recorded(one: Inspection) -> str:
    assert one.concluded_by is not None
    return f"（{one.concluded_by.name}，{moment(one.concluded_at)}记录）"


def _revisit(revisit: Revisit, files: list[Attachment], *, inner: bool) -> Iterator[SummaryRow]:
    if revisit.outcome:
        notes = f"\n{_who_went(revisit)}\n{revisit.findings}" if inner else ""
        sheets = _sheets(revisit, files) if inner else []
        yield row("回头看", f"{day(revisit.visited_on)}，{revisit.get_outcome_display()}{notes}", sheets)
    elif inner:
        yield row("回头看", f"计划于{day(revisit.planned_on)}进行")


def rework(case: Case) -> Section | None:
    """重新整改 as it was asked for and decided, for the inner side; the unit reads what was granted in the timeline."""
    rows = [row(f"提请{one.get_kind_display()}", _rework_words(one)) for one in case.rework_requests.all()]
    return Section("重新整改的提请", rows, note="内部材料，被约谈方看不到。") if rows else None


def _rework_words(one: ReworkRequest) -> str:
    numbers = "、".join(str(task.number) for task in one.tasks.all())
    asked = f"第 {numbers} 项整改任务，新的时限{day(one.new_due_on)}\n{one.reason}"
    lines = [asked, f"（{one.requested_by.name}，{moment(one.requested_at)}提请）"]
    if one.decided_by:
        lines.append(f"{one.outcome}：{one.opinion}（{one.decided_by.name}，{moment(one.decided_at)}）")
    else:
        lines.append(one.outcome)
    return "\n".join(lines)
