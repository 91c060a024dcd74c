"""我的关注: what a person follows, and how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from yuetan.forms.frame.filters import FollowFilter
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.case.whose_turn import Turn, turns
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.subjects import UNITS_OF_SUBJECTS, about_visible_subjects, subject_url
from yuetan.models import Follow, User
from yuetan.templatetags.official import moment


class FollowedLedger(Ledger[Follow]):
    """What the person follows and may still see, the last followed first."""

    key, title, list_url = "followed", "我的关注", "followed_list"
    columns = (
        Column("关注时间", 20, lambda line: moment(line["follow"].created_at)),
        Column("事项", 50, lambda line: line["subject"].title),
        Column("单位", 22, lambda line: line["subject"].unit_label),
        Column("状态", 14, lambda line: line["state"]),
        Column("时限状态", 16, lambda line: line["deadline"].words if line["deadline"] else ""),
        Column("现由谁办", 40, lambda line: line["turn"].words, inner=True),
        Column("自", 20, lambda line: moment(line["turn"].since) if line["turn"].awaited else "", inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> FollowFilter:
        """By whether it has come to its end."""
        return FollowFilter(data, Follow.objects.filter(person=user).filter(about_visible_subjects(user)))

    def with_relations(self, rows: QuerySet[Follow]) -> QuerySet[Follow]:
        """With what is followed and its unit, and its paper, which tells whether it still asks for anything."""
        papers = ("letter__document", "measure_laid__paper")
        related = rows.select_related(*UNITS_OF_SUBJECTS, *(f"{paper}__entry" for paper in papers))
        related = related.prefetch_related("measure_laid__tasks", "assignment__tasks")
        return related.defer(*(f"{paper}__{text}" for paper in papers for text in ("html", "facts")))

    def lines(self, rows: Sequence[Follow], user: User) -> list[Line]:
        """What is followed with its state and light, and whose turn it is."""
        lights = DeadlineLights.now()
        by_subject = turns(row.subject for row in rows if row.subject.is_inner_to(user))
        return [
            {
                "follow": row,
                "subject": row.subject,
                "url": subject_url(row.subject),
                "inner": row.subject.is_inner_to(user),
                "state": row.subject.state_for(user),
                "deadline": lights.of(_due_on(row)),
                "turn": by_subject.get(row.subject.pk, Turn()),
            }
            for row in rows
        ]


def _due_on(row: Follow) -> date | None:
    if row.case is not None:
        return None if row.case.is_ended else row.case.due_on
    return row.subject.next_due_on()
