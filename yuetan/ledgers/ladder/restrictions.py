"""资格限制台账: to whom what is closed, by which paper, from which day to which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from yuetan.forms.frame.options import FormData
from yuetan.forms.ladder.restriction_filter import ENDING_WITHIN, RestrictionFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Restriction, User
from yuetan.models.ladder.restriction import with_restriction_relations
from yuetan.vocabulary.restriction import RestrictionStanding

LIGHTS = {RestrictionStanding.ENDED: "green", RestrictionStanding.ENDED_EARLY: "grey"}


class RestrictionLedger(Ledger[Restriction]):
    """The restrictions that a person may see, the last first."""

    key, title, list_url, permission = "restrictions", "资格限制台账", "restriction_list", ""
    columns = (
        Column("单位", 30, lambda line: line["row"].unit.full_name),
        Column("对象", 14, lambda line: line["row"].effect.get_subject_display()),
        Column("姓名", 12, lambda line: line["row"].person_name),
        Column("作出决定时的职务", 30, lambda line: line["row"].person_title),
        Column("限制的资格", 14, lambda line: line["row"].effect.get_closed_display()),
        Column("责任措施", 20, lambda line: line["row"].measure_laid.rung.get_kind_display()),
        Column("文号", 24, lambda line: line["number"]),
        Column("依据", 14, lambda line: line["row"].effect.article.name),
        Column("期限", 10, lambda line: line["row"].effect.period),
        Column("起", 14, lambda line: line["row"].first_day),
        Column("止", 14, lambda line: line["row"].last_day),
        Column("状态", 14, lambda line: line["words"]),
        Column("提前解除之日", 14, lambda line: line["row"].ended_on),
        Column("提前解除的情形、文书、理由", 50, lambda line: line["row"].early_words),
    )

    def unlimited(self, user: User, data: FormData) -> RestrictionFilter:
        """By standing, unit, whose, what, a day and words."""
        return RestrictionFilter(data or {}, Restriction.objects.visible_to(user).order_by("-first_day", "-pk"))

    def with_relations(self, rows: QuerySet[Restriction]) -> QuerySet[Restriction]:
        """Each with its unit, its effect and the paper it comes from."""
        return with_restriction_relations(rows)

    def lines(self, rows: Sequence[Restriction], user: User) -> list[Line]:
        """The restriction with its light."""
        return [_line_of_restriction(row) for row in rows]


def _line_of_restriction(row: Restriction) -> Line:
    number = row.measure_laid.issued_paper.number
    return {"row": row, "number": number, "light": light_of_restriction(row), "words": standing_words(row)}


def light_of_restriction(row: Restriction) -> str:
    """Red while it holds, yellow where it is about to end; green once it is over, grey where it ended early."""
    left = row.days_left
    if left is None:
        return LIGHTS[row.standing]
    return "yellow" if timedelta(days=left) <= timedelta(days=ENDING_WITHIN) else "red"


def standing_words(row: Restriction) -> str:
    """限制中，还有 12 天."""
    left = row.days_left
    if left is None:
        return str(row.standing.label)
    return "限制中，今天期满" if left == 0 else f"限制中，还有 {left} 天"
