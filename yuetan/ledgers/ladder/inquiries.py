"""资格限制查询台账: who asked in writing about whom, and by which 复函 it was answered."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from yuetan.forms.frame.options import FormData
from yuetan.forms.ladder.inquiry import InquiryFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import RestrictionInquiry, User
from yuetan.models.ladder.inquiry import SEE_INQUIRIES
from yuetan.templatetags.official import moment


class InquiryLedger(Ledger[RestrictionInquiry]):
    """What was asked of the register, the last first."""

    key, title, list_url, permission = "inquiries", "资格限制查询台账", "inquiry_list", SEE_INQUIRIES
    columns = (
        Column("登记时间", 20, lambda line: moment(line["row"].asked_at)),
        Column("登记人", 12, lambda line: line["row"].asked_by.name),
        Column("来函机关", 26, lambda line: line["row"].organ),
        Column("来函文号", 22, lambda line: line["row"].letter_number),
        Column("来函日期", 14, lambda line: line["row"].letter_on),
        Column("用途", 30, lambda line: line["row"].purpose),
        Column("查询对象", 34, lambda line: line["row"].whom),
        Column("查询的日期", 14, lambda line: line["row"].day),
        Column("结果", 16, lambda line: line["words"]),
        Column("复函文号", 22, lambda line: line["number"]),
    )

    def unlimited(self, user: User, data: FormData) -> InquiryFilter:
        """By whether it is replied to, and words."""
        return InquiryFilter(data or {}, RestrictionInquiry.objects.visible_to(user).order_by("-asked_at", "-pk"))

    def with_relations(self, rows: QuerySet[RestrictionInquiry]) -> QuerySet[RestrictionInquiry]:
        """Each with whom it is about and its 复函."""
        related = rows.select_related("unit__parent", "person", "asked_by", "document")
        return related.defer("document__html", "document__facts")

    def lines(self, rows: Sequence[RestrictionInquiry], user: User) -> list[Line]:
        """The asking with what was answered."""
        return [_line_of_inquiry(row) for row in rows]


def _line_of_inquiry(row: RestrictionInquiry) -> Line:
    document = row.document_or_none
    count = row.in_force_count
    words = "待复函" if count is None else f"受限制（{count} 项）" if count else "没有记录"
    return {"row": row, "document": document, "number": document.number if document else "", "words": words}
