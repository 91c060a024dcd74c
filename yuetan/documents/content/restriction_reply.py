"""复函: what the register of restrictions says of a unit or a person on a day, to the organ that asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yuetan.documents.content.facts import PaperFacts
from yuetan.documents.content.paragraphs import Paragraph, text_paragraphs
from yuetan.documents.content.phrases import body_name, standard
from yuetan.models import Restriction, RestrictionInquiry
from yuetan.rules.text.official_text import chinese_date, heading, joined
from yuetan.vocabulary import DocumentKind, UnitKind

KIND = DocumentKind.RESTRICTION_REPLY


def restriction_reply(inquiry: RestrictionInquiry, *, number: str, dated: date) -> PaperFacts:
    """The facts of the 复函: each paper that restricts, what and until when; or that nothing is on record."""
    office, words = body_name(UnitKind.OFFICE), _words_of_inquiry(inquiry, dated)
    rows = list(inquiry.in_force())
    listed = [standard(KIND, "restricted", words), *_listed(rows)] if rows else [standard(KIND, "none", words)]
    return {
        "title": f"关于{inquiry.unit.full_name if inquiry.unit else inquiry.person_name}资格限制情况的复函",
        "addressee": inquiry.organ,
        "organ": office,
        "mark": office,
        "body": [standard(KIND, "opening", words), *listed, standard(KIND, "closing", words)],
        "number": number,
        "dated_words": chinese_date(dated),
    }


def _words_of_inquiry(inquiry: RestrictionInquiry, dated: date) -> dict[str, str]:
    return {
        "办公室": body_name(UnitKind.OFFICE),
        "来函机关": inquiry.organ,
        "来函文号": inquiry.letter_number,
        "来函日期": chinese_date(inquiry.letter_on),
        "用途": inquiry.purpose,
        "查询对象": inquiry.whom,
        "查询日期": chinese_date(inquiry.day),
        "截至日期": chinese_date(dated),
    }


def _listed(rows: Sequence[Restriction]) -> list[Paragraph]:
    """One paragraph for each paper: what it closes until the same day stands together."""
    return text_paragraphs("\n".join(lines_of_papers(rows)))


def lines_of_papers(rows: Sequence[Restriction]) -> list[str]:
    """A line for each paper that restricts, numbered where there are several."""
    groups: dict[tuple[object, ...], list[Restriction]] = {}
    for row in rows:
        groups.setdefault((row.measure_laid_id, row.who, row.until), []).append(row)
    lines = [_line_of_paper(own) for own in groups.values()]
    return lines if len(lines) < 2 else [f"{heading(2, place)}{line}" for place, line in enumerate(lines, start=1)]


def _line_of_paper(rows: Sequence[Restriction]) -> str:
    first = rows[0]
    paper, article = first.measure_laid.issued_paper, first.effect.article
    closed = joined(dict.fromkeys(row.effect.get_closed_display() for row in rows))
    days = f"自{chinese_date(first.first_day)}起{first.effect.period}，至{chinese_date(first.last_day)}止"
    source = f"《{paper.title}》（{paper.number}）和《{article.regulation.title}》{article.name}"
    early = f"；其后，{_early_words(first, first.ended_on)}" if first.ended_on else ""
    return f"{first.who}，依据{source}，{days}，取消{closed}的资格{early}。"


def _early_words(row: Restriction, day: date) -> str:
    return f"自{chinese_date(day)}起提前解除（{row.get_end_kind_display()}，{row.end_paper}）"
