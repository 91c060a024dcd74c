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

    A letter has addressee, organ, mark and body, minutes have people and copied_to beside these, a 督办单 its grade;
    a form has pairs, opinions, rows, tables, columns and cells.
    """

    title: str
    number: str
    dated_words: str
    addressee: str
    organ: str
    mark: str
    body: list[Paragraph]
    people: list[Paragraph]
    copied_to: str
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
