"""复函呈批表: who asked what of the register of restrictions, what it says, who registered and who issued it."""

from __future__ import annotations

from datetime import datetime

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.measure_form import head_of_form
from yuetan.documents.content.office_forms import Opinion, Row, opinion_of
from yuetan.documents.content.restriction_reply import lines_of_papers
from yuetan.models import Event, RestrictionInquiry, User
from yuetan.models.ladder.inquiry import ASK, REPLY
from yuetan.rules.text.official_text import chinese_date

NOTHING = "经核对登记，没有受限制的记录。"
UNKNOWN = "记录中没有这个姓名和职务的人，没有受限制的记录。"


def reply_form(inquiry: RestrictionInquiry, issued: list[str] | None = None) -> PaperFacts:
    """One asking, and the answer: as the register stands now, and once the 复函 is out the lines that it `issued`."""
    document = inquiry.document_or_none
    listed = lines_of_papers(list(inquiry.in_force())) if issued is None else issued
    rows = [
        Row("来函", [f"{inquiry.organ}{inquiry.letter_number}，{chinese_date(inquiry.letter_on)}"]),
        Row("用途", [inquiry.purpose]),
        Row("查询对象", [inquiry.whom]),
        Row("查询的日期", [chinese_date(inquiry.day)]),
        Row("查询结果", listed or [UNKNOWN if inquiry.is_unknown else NOTHING]),
    ]
    number = document.number if document is not None else ""
    pairs = head_of_form(number, "复函日期", inquiry.replied_at, inquiry.asked_by)
    return {"title": "资格限制查询复函呈批表", "pairs": pairs, "opinions": _who_answers(inquiry), "rows": rows}


def _who_answers(inquiry: RestrictionInquiry) -> list[Opinion]:
    document = inquiry.document_or_none
    number = document.number if document is not None else ""
    issued = _done(REPLY, inquiry.replied_by, inquiry.replied_at, data__document=number)
    asked = _done(ASK, inquiry.asked_by, inquiry.asked_at)
    words = ["核对登记，印发复函。"] if issued is not None else []
    return [opinion_of("签发", issued, words), opinion_of("拟办", asked, ["登记查询，拟照查询结果复函。"])]


def _done(verb: str, by: User | None, since: datetime | None, **data: str) -> Event | None:
    """The line of the log about it, with the post of then."""
    if by is None or since is None:
        return None
    rows = Event.objects.filter(verb=verb, actor=by, created_at__gte=since, **data).select_related("actor")
    return rows.order_by("created_at", "id").first()
