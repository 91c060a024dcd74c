"""The ledger of dossiers: every leader of a year, and where what they entered stands."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from yuetan.forms.dossier.dossier_filter import DossierFilter, asked_year
from yuetan.forms.frame.options import FormData
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import DossierEntry, Post, User
from yuetan.models.dossier.entry import dossiers_of_year
from yuetan.templatetags.official import day
from yuetan.vocabulary import DossierState


class DossierLedger(Ledger[Post]):
    """The leaders of a year whose dossiers a person may see, by unit."""

    key, title, list_url, permission = "dossiers", "实绩档案台账", "dossier_list", ""
    columns = (
        Column("年度", 8, lambda line: line["year"]),
        Column("单位", 30, lambda line: line["post"].unit.full_name),
        Column("姓名", 12, lambda line: line["post"].holder.name),
        Column("职务", 24, lambda line: line["post"].title),
        Column("任职日期", 14, lambda line: line["post"].began_on),
        Column("离任日期", 14, lambda line: line["post"].ended_on),
        Column("实绩材料", 16, lambda line: line["state"].label),
        Column("版次", 8, lambda line: line["entry"].version if line["entry"] else ""),
        Column("提交日期", 14, lambda line: day(line["entry"].entered_at) if line["entry"] else ""),
    )

    def unlimited(self, user: User, data: FormData) -> DossierFilter:
        """By year, kind, unit, where it stands, and words."""
        self.year = asked_year(data)
        posts = dossiers_of_year(user, self.year).order_by("unit_id", "pk")
        return DossierFilter(data, posts, user=user)

    def with_relations(self, rows: QuerySet[Post]) -> QuerySet[Post]:
        """Each with its unit and its holder."""
        return rows.select_related("unit__parent", "holder")

    def lines(self, rows: Sequence[Post], user: User) -> list[Line]:
        """The post with the newest version that the person may see."""
        asked = Q(person__in=[post.holder_id for post in rows], year=self.year)
        newest = DossierEntry.objects.visible_to(user).filter(asked).newest()
        entries = {(entry.person_id, entry.unit_id): entry for entry in newest}
        return [_line_of_post(post, entries.get((post.holder_id, post.unit_id)), self.year) for post in rows]


def _line_of_post(post: Post, entry: DossierEntry | None, year: int) -> Line:
    return {"post": post, "entry": entry, "year": year, "state": entry.state if entry else DossierState.MISSING}
