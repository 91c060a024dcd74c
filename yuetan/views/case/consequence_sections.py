"""The card of 问责处理: every entry for the inner side with how it stands; for the unit what two persons stand for."""

from __future__ import annotations

from yuetan.models import Attachment, Case, Consequence
from yuetan.templatetags.official import day, moment
from yuetan.views.frame.section import Section, row
from yuetan.vocabulary import ConsequenceCheck, FilePurpose

NOTE = "问责处理与整改并行，不代替督查结论。"


def consequences(case: Case, files: list[Attachment], *, inner: bool) -> Section | None:
    """What was decided, by whom and by which paper; an entry that was corrected stays and says so."""
    entries = case.consequences.all()
    papers = [file for file in files if file.purpose == FilePurpose.CONSEQUENCE]
    rows = [
        row(
            one.get_kind_display(), _words(one, inner=inner), [each for each in papers if each.consequence_id == one.pk]
        )
        for one in entries
        if inner or one.is_without_paper or one.check_outcome == ConsequenceCheck.CONFIRMED
    ]
    return Section("问责处理", rows, note=NOTE) if rows else None


def _words(one: Consequence, *, inner: bool) -> str:
    decided = f"{one.deciding_body}，{one.paper_number}，{day(one.decided_on)}" if one.paper_number else ""
    corrected = f"更正原因：{one.correction_reason}" if one.correction_reason else ""
    lines = [decided, one.basis, corrected, f"（{one.standing}）"]
    if inner:
        lines.append(f"{one.recorded_by.name}于{moment(one.recorded_at)}登记")
    if inner and one.checked_by:
        lines.append(f"{one.checked_by.name}于{moment(one.checked_at)}核对：{one.check_words}")
    return "\n".join(filter(None, lines))
