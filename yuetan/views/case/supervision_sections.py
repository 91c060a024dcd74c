"""The 督办单 on the pages of its receipt and answer: its tasks, and the paper itself."""

from __future__ import annotations

from django.urls import reverse

from yuetan.models import SupervisionLetter, User
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.templatetags.official import day
from yuetan.views.frame.section import Section, row


def open_supervision_letters(case: HandsOutTasks, user: User) -> list[Section]:
    """Every 督办单 of the case, or the measure, that is in force and not answered."""
    papers = SupervisionLetter.objects.filter(
        **{f"document__{case.ABOUT}": case}, document__entry__voided_at=None, answered_at=None
    )
    return [_letter_section(paper) for paper in papers.select_related("document").prefetch_related("tasks")]


def _letter_section(paper: SupervisionLetter) -> Section:
    rows = [
        row(f"第 {task.number} 项", f"{task.content}\n时限：{day(task.effective_due_on)}") for task in paper.tasks.all()
    ]
    rows += [row("回复期限", day(paper.answer_until))] if paper.answer_until else []
    link = {"url": reverse("document_pdf", args=[paper.document_id]), "label": "看督办单（PDF）"}
    return Section(f"{paper.short}（{paper.document.number}）", rows, link=link)
