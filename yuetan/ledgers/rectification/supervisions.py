"""The ledger of 督办单."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from yuetan.forms.frame.options import FormData
from yuetan.forms.rectification.supervision_filter import SupervisionFilter
from yuetan.ledgers.case.whose_turn import Turn, task_words
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.subjects import UNITS_OF_SUBJECTS, subject_url
from yuetan.models import SupervisionLetter, Task, User
from yuetan.templatetags.official import day, moment
from yuetan.vocabulary import DocumentStatus, Verb


class SupervisionLedger(Ledger[SupervisionLetter]):
    """Every 督办单 a person may see, the newest first."""

    key, title, list_url, permission = "supervisions", "督办单台账", "supervision_list", ""
    columns = (
        Column("文号", 24, lambda line: line["document"].number),
        Column("等级", 20, lambda line: line["paper"].get_grade_display()),
        Column("单位", 22, lambda line: line["subject"].unit_label),
        Column("来自", 40, lambda line: line["subject"].title),
        Column("督办的整改任务", 50, lambda line: line["tasks"]),
        Column("印发日期", 14, lambda line: timezone.localdate(line["document"].issued_at)),
        Column("状态", 16, lambda line: line["state"]),
        Column("签收人", 12, lambda line: line["receipt"].signer if line["receipt"] else ""),
        Column("签收时间", 20, lambda line: line["receipt"].signed_moment if line["receipt"] else ""),
        Column("回复期限", 14, lambda line: line["paper"].answer_until),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("回复时间", 20, lambda line: moment(line["paper"].answered_at)),
        Column("回复方式", 12, lambda line: "纸质代录" if line["paper"].paper_filing_id else ""),
        Column("逾期回复", 10, lambda line: "是" if line["paper"].is_answered_late else ""),
        Column("现由谁办", 30, lambda line: line["turn"].words),
        Column("自", 14, lambda line: day(line["turn"].since) if line["turn"].awaited else ""),
        Column("印发人", 12, lambda line: line["document"].issued_by.name, inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> SupervisionFilter:
        """By state, light, whose turn it is, grade, year, days, unit and words; the inner side by more."""
        units = (f"document__{path}" for path in UNITS_OF_SUBJECTS)
        paper = ("document__entry", "document__receipt__signed_by", "document__issued_by")
        visible = SupervisionLetter.objects.visible_to(user).select_related(*units, *paper).order_by("-pk")
        rows = visible.defer("document__html", "document__facts")
        return SupervisionFilter(data, rows, lights=DeadlineLights.now())

    def with_relations(self, rows: QuerySet[SupervisionLetter]) -> QuerySet[SupervisionLetter]:
        """Each with the tasks that it presses for."""
        return rows.prefetch_related(Prefetch("tasks", Task.objects.only("number", "content").order_by("number")))

    def lines(self, rows: Sequence[SupervisionLetter], user: User) -> list[Line]:
        """The paper with what it is of, who signed for it, its light while an answer is awaited, whose turn it is."""
        lights = DeadlineLights.now()
        return [self._line_of_paper(paper, lights, user) for paper in rows]

    def _line_of_paper(self, paper: SupervisionLetter, lights: DeadlineLights, user: User) -> Line:
        document, receipt, turn = paper.document, paper.document.receipt_or_none, _turn_of_paper(paper)
        return {
            "paper": paper,
            "document": document,
            "subject": document.subject,
            "url": subject_url(document.subject),
            "receipt": receipt,
            "tasks": "；".join(f"第{task.number}项　{task.content}" for task in paper.tasks.all()),
            "turn": turn,
            "state": _state(paper),
            "deadline": lights.of(paper.answer_until) if turn.awaited else None,
        }


def _state(paper: SupervisionLetter) -> str:
    if not paper.is_in_force:
        return str(DocumentStatus.VOIDED.label)
    if paper.answered_at is not None:
        return "已回复"
    return "未签收" if paper.is_unsigned else "待回复"


def _turn_of_paper(paper: SupervisionLetter) -> Turn:
    """The unit, to sign for it or to answer; nobody once it is answered or voided."""
    if not paper.is_in_force or paper.answered_at is not None:
        return Turn()
    verb = Verb.ACKNOWLEDGE_SUPERVISION if paper.is_unsigned else Verb.ANSWER_SUPERVISION
    receipt = paper.document.receipt_or_none
    return Turn({task_words(verb): ["责任单位"]}, receipt.signed_at if receipt else paper.document.issued_at)
