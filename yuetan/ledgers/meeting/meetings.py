"""会议台账: the office reads every meeting, whoever was convened those of theirs."""

from __future__ import annotations

from collections.abc import Sequence

import django_filters
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Concat

from yuetan.forms.frame.options import FormData
from yuetan.forms.meeting.meeting_filter import MeetingFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Invitation, Meeting, User
from yuetan.vocabulary import Presence


class MeetingLedger(Ledger[Meeting]):
    """Every meeting that a person may see, the newest first."""

    key, title, list_url = "meetings", "会议台账", "meeting_list"
    columns = (
        Column("会议", 40, lambda line: line["meeting"].title),
        Column("类别", 14, lambda line: line["meeting"].get_kind_display()),
        Column("时间", 34, lambda line: line["meeting"].when),
        Column("地点", 24, lambda line: line["meeting"].place),
        Column("主持人", 28, lambda line: str(line["meeting"].chair)),
        Column("实际主持", 28, lambda line: line["meeting"].presided_name or "", inner=True),
        Column("状态", 20, lambda line: line["meeting"].state_words),
        Column("通知", 8, lambda line: line["meeting"].invited, inner=True),
        Column("签收", 8, lambda line: line["meeting"].received, inner=True),
        Column("到会", 8, lambda line: line["meeting"].there, inner=True),
    )

    def unlimited(self, user: User, data: FormData) -> django_filters.FilterSet:
        """By kind, year, where it stands, and words."""
        return MeetingFilter(data, Meeting.objects.visible_to(user).order_by("-begins_at", "-pk"))

    def with_relations(self, rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
        """Each with who was to chair and who did, how many were convened, have signed, and came."""
        by_post = Concat("attended_title", "attended_name")
        presided = Invitation.objects.filter(meeting=OuterRef("pk"), presided=True).annotate(words=by_post)
        return rows.select_related("chair__holder", "chair__unit__parent").annotate(
            invited=_invitations(Q()),
            received=_invitations(Q(received_at__isnull=False)),
            presided_name=Subquery(presided.values("words")),
            there=_invitations(Q(presence__in=Presence.there())),
        )

    def lines(self, rows: Sequence[Meeting], user: User) -> list[Line]:
        """The meeting, and whether the person has its notice to sign for."""
        waiting = Invitation.objects.of_person(user).unsigned().filter(meeting__in=[row.pk for row in rows])
        keys = set(waiting.values_list("meeting", flat=True))
        return [{"meeting": row, "waits": row.pk in keys, "inner": True} for row in rows]


def _invitations(such: Q) -> Coalesce:
    """How many of a meeting there are; counted for the rows of a page alone, which a join would not be."""
    counted = Invitation.objects.standing().filter(such, meeting=OuterRef("pk")).order_by().values("meeting")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)
