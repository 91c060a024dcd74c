"""归档台账: closed cases, how long each is kept, and which are under a hold."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from yuetan.forms.frame.options import FormData
from yuetan.forms.rectification.archive_filter import ArchiveFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Case, LegalHold, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import joined
from yuetan.vocabulary import CaseState, Retention


class ArchiveLedger(Ledger[Case]):
    """Every closed case but those of a unit in which the person holds a post, the newest first."""

    key, title, list_url, permission = "archive", "归档台账", "archive_list", "see_archive"
    columns = (
        Column("编号", 18, lambda line: line["case"].register_number),
        Column("约谈事项", 50, lambda line: line["case"].title),
        Column("被约谈单位", 22, lambda line: line["case"].unit_label),
        Column("办结日期", 14, lambda line: line["case"].closed_on),
        Column("归档年度", 10, lambda line: line["case"].closed_on.year),
        Column("保管期限", 10, lambda line: line["case"].get_retention_display()),
        Column("保管期满日", 14, lambda line: line["case"].keep_until),
        Column("保管状态", 14, lambda line: line["words"]),
        Column("冻结原因", 40, lambda line: line["reasons"]),
    )

    def unlimited(self, user: User, data: FormData) -> ArchiveFilter:
        """By standing, 保管期限, unit, day of the end, and words."""
        closed = Case.objects.visible_to(user).filter(state=CaseState.CLOSED)
        return ArchiveFilter(data, closed.exclude(unit__in=user.interviewed_units).select_related("unit__parent"))

    def with_relations(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        """With the holds in force, and the unit that a case was about at first."""
        in_force = LegalHold.objects.filter(lifted_at=None)
        return rows.select_related("first_unit").prefetch_related(Prefetch("legal_holds", in_force))

    def lines(self, rows: Sequence[Case], user: User) -> list[Line]:
        """The case with how it stands: under a hold, its time over, or kept."""
        cases = reverse("case_list")  # once: the address of a row costs no look-up
        return [{"case": case, "url": f"{cases}{case.pk}/#archive", **standing(case)} for case in rows]


def standing(case: Case) -> dict[str, str]:
    """How a closed case stands, in words with a light, and why it is held."""
    reasons = joined(hold.reason for hold in case.holds_in_force)
    if reasons:
        return {"light": "blue", "words": "已冻结", "reasons": reasons}
    if case.keep_until is not None and case.keep_until < clock.today():
        return {"light": "yellow", "words": "保管期满", "reasons": ""}
    words = "永久保管" if case.retention == Retention.PERMANENT else "保管中"
    return {"light": "green", "words": words, "reasons": ""}
