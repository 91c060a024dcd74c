"""What papers say, as data: the one shape that content makes and typesetting prints."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from yuetan.documents.content.office_forms import Opinion, Row
    from yuetan.documents.content.paragraphs import Paragraph
    from yuetan.documents.content.statistics_sheet import CountedTable
    from yuetan.models import Task


class PaperFacts(TypedDict, total=False):
    """What one paper says; which of it depends on its kind, its title alone has every paper.

    A letter has addressee, organ, mark and body, minutes have people beside these, a 督办单 its grade, any of them what
    rules/text/handling.py says of 份号, 密级 and the like; a form has pairs, opinions, rows, tables, columns and
    cells.
    """

    title: str
    number: str
    signer: str  # 签发人 of what goes up (上行文)
    dated_words: str
    addressee: str
    organ: str
    mark: str
    body: list[Paragraph]
    people: list[Paragraph]
    copied_to: str
    copy_number: str
    secrecy: str
    urgency: str
    note: str  # 附注, in its brackets
    title_break: str  # the lines of the title as the clerk chose them; without it they are chosen here
    annex: str  # the title of what is attached, as 附件说明 names it
    annex_mark: str  # 附件 behind the number of the paper it is attached to, at the head of the annex
    interviewer_named: str  # by whom and about whom a notice is, as a later paper quotes it
    interviewees_named: str
    grade: str
    grade_words: str
    pairs: list[tuple[str, str, str, str]]  # label and words, twice in one row
    rows: list[Row]
    opinions: list[Opinion]
    tables: list[CountedTable]
    columns: list[str]
    cells: list[list[str]]
    check_code: str
    wording_digest: str
    is_earlier: bool
    check_place: str
    check_qr: str


class SupervisionFacts(TypedDict, total=False):
    """What a 督办单 asks beside its reason."""

    grade: str
    tasks: Sequence[Task]
    answer_until: date | None


PlainFacts = dict[str, str | list[dict[str, str]]]  # as they are kept beside the paper, for its copy as DOCX


def texts_of_body(facts: PlainFacts) -> list[str]:
    """The paragraphs of an issued paper, as they are kept beside it."""
    return [f"{each['lead']}{each['text']}" for each in facts["body"] if isinstance(each, dict)]
