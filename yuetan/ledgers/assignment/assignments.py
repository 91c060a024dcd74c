"""The ledger of 交办事项."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.db.models import QuerySet

from yuetan.forms.assignment.assignment_filter import AssignmentFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Assignment, User
from yuetan.templatetags.official import moment
from yuetan.vocabulary import TaskState


class AssignmentLedger(Ledger[Assignment]):
    """Every one that a person may see, the newest first."""

    key, title, list_url, permission = "assignments", "交办事项台账", "assignment_list", ""
    columns = (
        Column("事由", 50, lambda line: line["assignment"].title),
        Column("来源文号", 24, lambda line: line["assignment"].source_number),
        Column("承办单位", 22, lambda line: line["assignment"].unit_label),
        Column("状态", 14, lambda line: line["assignment"].get_state_display()),
        Column("交办时间", 20, lambda line: moment(line["assignment"].created_at)),
        Column("任务", 10, lambda line: line["tasks"]),
        Column("已销号", 10, lambda line: line["accepted"]),
        Column("最近时限", 14, lambda line: line["due_on"]),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("办结日期", 14, lambda line: line["assignment"].concluded_on),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
        Column("交办人", 12, lambda line: line["assignment"].drafter.name, inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By source, state, whose turn it is, year, unit, who handed it out, and words."""
        rows = Assignment.objects.visible_to(user).select_related("unit__parent", "first_unit", "drafter")
        return AssignmentFilter(data, rows)

    def with_relations(self, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
        """With its tasks."""
        return rows.prefetch_related("tasks")

    def lines(self, rows: Sequence[Assignment], user: User) -> list[Line]:
        """Each with how many tasks it has and how many are struck off, and the light of the soonest."""
        lights = DeadlineLights.now()
        inner = turns(one for one in rows if one.is_inner_to(user))
        return [self._assignment_line(one, lights, inner.get(one.pk)) for one in rows]

    def _assignment_line(self, one: Assignment, lights: DeadlineLights, turn: Turn | None) -> Line:
        tasks, due_on = list(one.tasks.all()), one.next_due_on()
        return {
            "assignment": one,
            "inner": turn is not None,
            "turn": turn or Turn(),
            "tasks": len(tasks),
            "accepted": sum(task.state == TaskState.ACCEPTED for task in tasks),
            "due_on": due_on,
            "deadline": lights.of(due_on),
        }
