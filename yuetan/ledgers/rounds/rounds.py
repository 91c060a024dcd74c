"""督导台账: a line for each unit of each round, with what was found and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from yuetan import permissions
from yuetan.forms.frame.options import FormData
from yuetan.forms.rounds.round_filter import RoundFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import RoundVisit, User
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.templatetags.official import moment


class RoundLedger(Ledger[RoundVisit]):
    """The visits that a person may see, the last day first."""

    key, title, list_url, permission = "rounds", "督导台账", "round_list", ""
    columns = (
        Column("督导日期", 14, lambda line: line["visit"].day),
        Column("督导名称", 40, lambda line: line["visit"].round.title),
        Column("督导形式", 12, lambda line: line["visit"].round.get_kind_display()),
        Column("单位", 30, lambda line: line["visit"].unit.full_name),
        Column("督导内容", 50, lambda line: line["visit"].points),
        Column("状态", 22, lambda line: line["state"]),
        Column("督导情况", 10, lambda line: line["visit"].finding_count, inner=True),
        Column("发现的问题", 12, lambda line: line["visit"].problem_count, inner=True),
        Column("督导结论", 50, lambda line: line["visit"].conclusion, inner=True),
        Column("反馈时间", 20, lambda line: moment(line["visit"].informed_at) if line["visit"].informed_at else ""),
    )

    def unlimited(self, user: User, data: FormData) -> RoundFilter:
        """By form, year, where it stands, problems, unit, and words."""
        visits = RoundVisit.objects.visible_to(user).order_by("-day", "-pk")
        return RoundFilter(data, visits)

    def with_relations(self, rows: QuerySet[RoundVisit]) -> QuerySet[RoundVisit]:
        """Each with its round and its unit."""
        return rows.select_related("round", "unit__parent")

    def lines(self, rows: Sequence[RoundVisit], user: User) -> list[Line]:
        """The visit, with its state in the words that are for this person."""
        inner, own = user.has_perm(permissions.name(SEE_ROUNDS)), set(user.interviewed_units)
        return [self._line_of_visit(row, inner=inner and row.unit_id not in own) for row in rows]

    def _line_of_visit(self, visit: RoundVisit, *, inner: bool) -> Line:
        light = visit.light if inner or visit.informed_at else "blue"
        urls = {"url": f"visits/{visit.pk}/", "round_url": f"{visit.round_id}/"}  # relative to the list
        return {"visit": visit, "inner": inner, "state": visit.state_words(inner=inner), "light": light, **urls}
