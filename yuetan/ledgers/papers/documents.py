"""The ledger of issued papers (文书)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from yuetan.forms.frame.options import FormData
from yuetan.forms.papers.document import DocumentFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Document, User


class DocumentLedger(Ledger[Document]):
    """Every paper a person may see, the newest first."""

    key, title, list_url = "documents", "文书台账", "document_list"
    columns = (
        Column("文号", 24, lambda line: line["document"].number),
        Column("文种", 16, lambda line: line["document"].get_kind_display()),
        Column("标题", 50, lambda line: line["document"].title),
        Column("主送", 30, lambda line: line["document"].addressee),
        Column("印发日期", 14, lambda line: timezone.localdate(line["document"].issued_at)),
        Column("状态", 14, lambda line: str(line["document"].status.label)),
        Column("补录", 8, lambda line: "补录" if line["document"].is_earlier else ""),
        Column("签收人", 12, lambda line: line["receipt"].signer if line["receipt"] else ""),
        Column("签收时间", 20, lambda line: line["receipt"].signed_moment if line["receipt"] else ""),
        Column("签收方式", 12, lambda line: "纸质回执" if line["receipt"] and line["receipt"].is_of_paper else ""),
        Column("现由谁办", 24, lambda line: "主送单位：签收" if line["unsigned"] else ""),
        Column("盖章扫描件", 14, lambda line: line["scan"]),
    )

    def unlimited(self, user: User, data: FormData) -> DocumentFilter:
        """By year, kind, state, receipt, scan, unit, days and words; the inner side by ground and people too."""
        return DocumentFilter(data, Document.objects.visible_to(user).for_lists())

    def lines(self, rows: Sequence[Document], user: User) -> list[Line]:
        """The paper with its receipt and whether its stamped scan is kept."""
        return [
            {
                "document": document,
                "receipt": document.receipt_or_none,
                "unsigned": document.is_unsigned,
                "scan": "已上传" if document.is_scanned else "缺" if document.needs_scan else "",
            }
            for document in rows
        ]
