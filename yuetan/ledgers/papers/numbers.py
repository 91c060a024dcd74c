"""文号簿: the book of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from yuetan.forms.frame.options import FormData
from yuetan.forms.papers.number import NumberFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import Case, Document, NumberEntry, User
from yuetan.models.office.read_once import reading_once
from yuetan.templatetags.official import day
from yuetan.vocabulary import NumberState

LIGHTS = {
    NumberState.ISSUED: "green",
    NumberState.RESERVED: "yellow",
    NumberState.USED: "green",
    NumberState.VOIDED: "red",
}
HIDDEN = "（回避事项，不显示）"
DESTROYED = "（卷宗已销毁，题名见销毁清册）"


class NumberLedger(Ledger[NumberEntry]):
    """Every number, a series after the other."""

    key, title, list_url, permission = "numbers", "文号簿", "number_book", "see_number_book"
    columns = (
        Column("发文字号", 24, lambda line: line["entry"].number),
        Column("文种", 16, lambda line: line["entry"].get_kind_display()),
        Column("状态", 18, lambda line: f"{line['words']}{'（补录）' if line['entry'].is_earlier else ''}"),
        Column("标题或用途", 60, lambda line: line["subject"]),
        Column("主送", 36, lambda line: line["addressee"]),
        Column("取号日期", 16, lambda line: day(line["entry"].given_at)),
        Column("经手人", 10, lambda line: line["entry"].given_by.name),
        Column("作废原因", 40, lambda line: line["void_reason"]),
        Column("作废人", 10, lambda line: line["entry"].voided_by.name if line["entry"].voided_by else ""),
        Column("作废日期", 16, lambda line: day(line["entry"].voided_at)),
    )

    def unlimited(self, user: User, data: FormData) -> NumberFilter:
        """By series, year, kind, unit, days and what became of the number, in the order that is asked for."""
        return NumberFilter(data, NumberEntry.objects.with_line_relations().in_order(), by=user)

    def lines(self, rows: Sequence[NumberEntry], user: User) -> list[Line]:
        """What a line shows; of papers of cases from which the person keeps away, the number alone."""
        papers = [entry.document.pk for entry in rows if hasattr(entry, "document")]
        cases = {entry.case_id for entry in rows if entry.case_id}
        with reading_once():  # a file is written after its request: what is kept from the person is asked once a piece
            readable = set(Document.objects.visible_to(user).filter(pk__in=papers).values_list("pk", flat=True))
            open_cases = set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
        return [self._line(entry, readable, open_cases) for entry in rows]

    def _of_no_paper(self, entry: NumberEntry) -> str:
        return DESTROYED if hasattr(entry, "destroyed_paper") else entry.used_for or entry.purpose

    def _line(self, entry: NumberEntry, readable: set[UUID], open_cases: set[UUID]) -> Line:
        document = getattr(entry, "document", None)
        hidden = document.pk not in readable if document else bool(entry.case_id) and entry.case_id not in open_cases
        subject = document.title if document else self._of_no_paper(entry)
        return {
            "entry": entry,
            "light": LIGHTS[entry.state],
            "words": entry.state.label,
            "reserved": entry.state == NumberState.RESERVED and not hidden,
            "document": None if hidden else document,
            "subject": HIDDEN if hidden else subject,
            "addressee": document.addressee if document and not hidden else "",
            "void_reason": HIDDEN if hidden and entry.void_reason else entry.void_reason,
        }
