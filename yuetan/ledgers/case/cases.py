"""约谈台账."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from yuetan.forms.frame.filters import CaseFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Case, User
from yuetan.templatetags.official import moment
from yuetan.vocabulary import OUTER_STATE_NAMES


class CaseLedger(Ledger[Case]):
    """Every case a person may see, the newest first."""

    key, title, list_url = "cases", "约谈台账", "case_list"
    columns = (
        Column("编号", 18, lambda line: line["case"].register_number, inner=True),
        Column("约谈事项", 50, lambda line: line["case"].title),
        Column("被约谈单位", 22, lambda line: line["case"].unit_label),
        Column("约谈人", 12, lambda line: line["interviewer"]),
        Column("状态", 14, lambda line: line["state"]),
        Column("约谈时间", 20, lambda line: moment(line["case"].scheduled_at)),
        Column("约谈日期", 14, lambda line: line["case"].interviewed_on),
        Column("时限", 14, lambda line: line["case"].due_on if line["deadline"] else None),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
        Column("办公室办理期限", 14, lambda line: line["turn"].office_due_on, inner=True),
        Column("办公室办理", 16, lambda line: line["office"].words if line["office"] else "", inner=True),
        Column("办结日期", 14, lambda line: line["case"].closed_on),
        Column("补录", 10, lambda line: line["case"].get_earlier_display()),
        Column("起草人", 12, lambda line: line["case"].drafter.name, inner=True),
        Column("建档日期", 14, lambda line: timezone.localdate(line["case"].created_at), inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> CaseFilter:
        """By year, state, unit, people, days and words, the inner side by ground too; the other by its own states."""
        case_filter = CaseFilter(data, Case.objects.visible_to(user).for_lists(), lights=DeadlineLights.now())
        if not user.has_perm("yuetan.see_inner_case"):
            case_filter.filters["state"].extra["choices"] = list(OUTER_STATE_NAMES.items())
        return case_filter

    def lines(self, rows: Sequence[Case], user: User) -> list[Line]:
        """The case with its state in the words of the person's side, its light while it runs, and whose turn it is."""
        lights = DeadlineLights.now()
        by_case = turns(case for case in rows if case.is_inner_to(user))
        return [
            {
                "case": case,
                "inner": case.pk in by_case,
                "state": case.state_for(user),
                "interviewer": case.interviewer.holder.name if case.interviewer else "",
                "turn": by_case.get(case.pk, Turn()),
                "deadline": None if case.is_ended else lights.of(case.due_on),
                "office": lights.of(by_case[case.pk].office_due_on) if case.pk in by_case else None,
            }
            for case in rows
        ]
