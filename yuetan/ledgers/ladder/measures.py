"""The ledger of 责任措施."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.options import FormData
from yuetan.forms.ladder.measure_filter import MeasureFilter
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import AccountabilityMeasure, User
from yuetan.models.ladder.plea_requirements import plea_due_on
from yuetan.models.ladder.queries import ENDED_MEASURES, with_papers
from yuetan.templatetags.official import moment
from yuetan.vocabulary import DocumentStatus, MeasureState


class MeasureLedger(Ledger[AccountabilityMeasure]):
    """Every measure a person may see, the newest first."""

    key, title, list_url, permission = "measures", "责任措施台账", "measure_list", ""
    columns = (
        Column("文号", 24, lambda line: line["number"]),
        Column("责任措施", 18, lambda line: line["measure"].rung.get_kind_display()),
        Column("事由", 50, lambda line: line["measure"].matter),
        Column("单位", 22, lambda line: line["measure"].label_of_units),
        Column("状态", 14, lambda line: line["state"]),
        Column("送达日期", 14, lambda line: line["measure"].served_on),
        Column("签收人", 12, lambda line: line["receipt"].signer if line["receipt"] else ""),
        Column("签收方式", 12, lambda line: "纸质回执" if line["receipt"] and line["receipt"].is_of_paper else ""),
        Column("签收期限", 14, lambda line: line["measure"].sign_by),
        Column("签收时限状态", 16, lambda line: line["receipt_light"].words if line["receipt_light"] else ""),
        Column("签收时间", 20, lambda line: line["receipt"].signed_moment if line["receipt"] else ""),
        Column("整改期限", 14, lambda line: line["measure"].limit),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("申述", 12, lambda line: line["plea"]),
        Column("申述时间", 20, lambda line: moment(line["stated_at"]) if line["stated_at"] else ""),
        Column("申述答复期限", 14, lambda line: line["answer_due_on"]),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
        Column("移送、书面建议待办", 40, lambda line: "；".join(line["outstanding"]), inner=True),
        Column("拟稿人", 12, lambda line: line["measure"].drafter.name, inner=True),
        Column("审定人", 12, lambda line: line["decider"], inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By rung, state, light, year, whose turn it is, unit, people, days and words."""
        related = ("unit__parent", "first_unit", "rung", "drafter", "decider", "case", "plea", "copy_of")
        papers = ("paper__entry", "paper__receipt__signed_by")
        measures = AccountabilityMeasure.objects.visible_to(user).with_sign_by().select_related(*related, *papers)
        rows = measures.defer("paper__html", "paper__facts", "facts", "demands", "door_words")
        return MeasureFilter(data, rows, lights=DeadlineLights.now())

    def with_relations(self, rows: QuerySet[AccountabilityMeasure]) -> QuerySet[AccountabilityMeasure]:
        """With the tasks by which what it requires is to be done, whom else it names, and what went to other bodies."""
        return rows.prefetch_related("tasks", "named_units", with_papers())

    def lines(self, rows: Sequence[AccountabilityMeasure], user: User) -> list[Line]:
        """The measure with its number once it has one, who signed for it, and its light while it is in force."""
        lights = DeadlineLights.now()
        inner = turns(measure for measure in rows if measure.is_inner_to(user))
        return [self._measure_line(measure, lights, inner.get(measure.pk)) for measure in rows]

    def _measure_line(self, measure: AccountabilityMeasure, lights: DeadlineLights, turn: Turn | None) -> Line:
        paper = measure.paper
        voided = paper is not None and paper.status == DocumentStatus.VOIDED
        return {
            "measure": measure,
            "paper": paper,
            "inner": turn is not None,
            "turn": turn or Turn(),
            "outstanding": measure.outstanding_elsewhere if turn is not None else [],
            "decider": measure.decider.name if measure.decider else "",
            "number": measure.paper_number,
            "voided": voided,
            "unsigned": paper is not None and not voided and measure.asks_for_receipt(paper),
            "state": DocumentStatus.VOIDED.label if voided else measure.get_state_display(),
            "state_light": "red" if voided else _light_of_state(measure.state),
            "receipt": paper.receipt_or_none if paper else None,
            "receipt_light": lights.of(measure.sign_by),
            "deadline": lights.of(measure.next_due_on()),
            **_of_plea(measure, lights),
        }


def _light_of_state(state: str) -> str:
    """Green while it is in force, grey once it is over, blue on its way to being served."""
    if state == MeasureState.SERVED:
        return "green"
    return "grey" if state in ENDED_MEASURES else "blue"


def _of_plea(measure: AccountabilityMeasure, lights: DeadlineLights) -> Line:
    """How the plea stands, and while it waits by when it is to be answered, with the light of that day."""
    plea = measure.plea_or_none
    standing = plea.standing if plea is not None else None
    due_on = plea_due_on(measure) if measure.is_in_force else None
    return {
        "plea": standing.label if standing else "",
        "stated_at": plea.stated_at if plea is not None else None,
        "answer_due_on": due_on,
        "answer_light": lights.of(due_on),
    }
