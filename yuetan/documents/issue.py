"""Issuing a paper: take the number, freeze the wording, mark what it replaces, all in the step's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Unpack

from django.utils import timezone

from yuetan.documents.content.assessment import Moved, assessment_paper, correction_paper
from yuetan.documents.content.content import content
from yuetan.documents.content.facts import PaperFacts, SupervisionFacts
from yuetan.documents.content.meeting import meeting_paper
from yuetan.documents.content.report_analysis import report_analysis
from yuetan.documents.content.restriction_reply import restriction_reply
from yuetan.documents.content.rounds import round_paper
from yuetan.documents.content.statistics_sheet import CountedTable, statistics_sheet
from yuetan.documents.exports.copy_facts import copy_facts
from yuetan.documents.freezing import frozen_with_mark
from yuetan.documents.number_series import enter_copy, enter_number, reserved_number
from yuetan.documents.typesetting.printable import refuse_missing_glyphs, refuse_other_title
from yuetan.documents.typesetting.typesetting import facts_typeset
from yuetan.models import (
    Assessment,
    AssessmentCorrection,
    Document,
    Meeting,
    NumberEntry,
    ReportAnalysis,
    RestrictionInquiry,
    RoundVisit,
    StatisticsSheet,
    Subject,
    Unit,
    User,
)
from yuetan.models.office.receipt_limits import receipt_limits
from yuetan.models.papers.kinds import SIGNED_BY_A_DAY
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.rules.reporting.analysis_figures import AnalysisFigures
from yuetan.rules.text.handling import Handling
from yuetan.rules.text.official_text import document_number
from yuetan.vocabulary import KINDS_TO_OTHERS, DocumentKind

SOME_NUMBER = document_number("某某某某", 2026, 1)  # of no paper: for lines that are made before there is a number


def issue(
    kind: DocumentKind,
    subject: Subject,
    *,
    by: User,
    replaces: Document | None = None,
    reason: str = "",
    handling: Handling | None = None,
    extra: SupervisionFacts | None = None,
) -> Document:
    """Issue one paper about a case or a letter; its wording never changes again.

    `handling` says what it bears beside its wording; `extra` holds the further keywords of a 督办单. Raises Refused
    for a character that no font draws, and for lines that are not those of its title.
    """
    open_to = subject.unit if subject.opened_on and kind not in KINDS_TO_OTHERS else None
    replaced_number = replaces.number if replaces else ""
    worded = partial(_worded, kind, subject, reason=reason, replaced_number=replaced_number, handling=handling)
    entry = reserved_number(kind, subject)
    if entry is None:
        # Whoever issues the next paper waits for the number, so all is in lines before it is taken.
        facts_typeset(worded(number=SOME_NUMBER, dated=clock.today(), **(extra or {})))
        entry = enter_number(kind, by=by, open_to=open_to)
    document = _numbered(entry, by=by)
    document.open_to = open_to
    setattr(document, subject.ABOUT, subject)
    if kind in SIGNED_BY_A_DAY:
        document.receipt_due_on, document.receipt_director_on = receipt_limits()
    facts = worded(number=document.number, dated=timezone.localdate(document.issued_at), **(extra or {}))
    document.facts = copy_facts(facts)
    _freeze_wording(document, facts)
    _save(document, replaces)
    return document


def issue_copy(paper: Document, subject: Subject) -> Document:
    """Issue a paper under its number to a further unit that it names: with its wording, and a receipt of its own.

    Whoever asks by the check code finds the paper that was issued first.
    """
    copied = ("kind", "prefix", "year", "serial", "title", "addressee", "html", "facts", "sha256", "wording_sha256")
    of_the_day = ("issued_by", "issued_at", "receipt_due_on", "receipt_director_on")
    document = Document(
        **{name: getattr(paper, name) for name in (*copied, *of_the_day)},
        **{subject.ABOUT: subject},
        entry=enter_copy(paper.entry),
        copy_of=paper,
    )
    document.save()
    return document


def issue_sheet(
    sheet: StatisticsSheet, tables: Sequence[CountedTable], *, by: User, replaces: Document | None
) -> Document:
    """Issue the saved figures of a period as a numbered paper, in the stead of that of the former edition.

    Raises Refused where a character cannot be drawn.
    """
    document = _numbered(enter_number(DocumentKind.STATISTICS, by=by), by=by)
    document.sheet = sheet
    at = timezone.localtime(document.issued_at)
    facts = statistics_sheet(sheet, tables, number=document.number, at=at, by=by, replaced=replaces)
    refuse_missing_glyphs(None, facts)
    _freeze_wording(document, facts)
    _save(document, replaces)
    return document


def issue_of_meeting(
    kind: DocumentKind, meeting: Meeting, *, by: User, replaces: Document | None = None, reason: str = ""
) -> Document:
    """Issue the notice or the 会议纪要 of a meeting as a numbered paper, corrected ones in the stead of `replaces`.

    Raises Refused where a character cannot be drawn.
    """
    worded = partial(meeting_paper, kind, meeting, reason=reason, replaced=replaces.number if replaces else "")
    return _issue_of(kind, worded, by=by, replaces=replaces, meeting=meeting)


def issue_of_assessment(assessment: Assessment, *, by: User) -> Document:
    """Issue the result of a closed assessment as a numbered paper. Raises Refused where a character cannot be drawn."""
    worded = partial(assessment_paper, assessment)
    return _issue_of(DocumentKind.ASSESSMENT_CIRCULAR, worded, by=by, assessment=assessment)


def issue_of_correction(correction: AssessmentCorrection, moved: Sequence[Moved], *, by: User) -> Document:
    """Issue the 更正通报 of a published result, with the ranks of others that follow, as a numbered paper.

    Raises Refused where a character cannot be drawn.
    """
    worded = partial(correction_paper, correction, moved)
    return _issue_of(DocumentKind.ASSESSMENT_CIRCULAR, worded, by=by, assessment=correction.sheet.assessment)


def issue_of_visit(
    kind: DocumentKind, visit: RoundVisit, *, by: User, replaces: Document | None = None, reason: str = ""
) -> Document:
    """Issue the notice or the 督导意见书 of a visit as a numbered paper that its unit reads, a corrected one in the
    stead of `replaces`. Raises Refused where a character cannot be drawn."""
    worded = partial(round_paper, kind, visit, reason=reason, replaced=replaces.number if replaces else "")
    return _issue_of(kind, worded, by=by, open_to=visit.unit, replaces=replaces, visit=visit)


def issue_of_analysis(
    analysis: ReportAnalysis, figures: AnalysisFigures, *, by: User, replaces: Document | None
) -> Document:
    """Issue the analysis of a period as a numbered paper, in the stead of that of the former edition.

    Raises Refused where a character cannot be drawn.
    """
    number = replaces.number if replaces else ""
    worded = partial(report_analysis, analysis, figures, replaced=number, signer=by.name)
    return _issue_of(DocumentKind.REPORT_ANALYSIS, worded, by=by, replaces=replaces, analysis=analysis)


def _issue_of(
    kind: DocumentKind,
    worded: Callable[..., PaperFacts],
    *,
    by: User,
    open_to: Unit | None = None,
    replaces: Document | None = None,
    **of: Meeting | Assessment | RoundVisit | ReportAnalysis,
) -> Document:
    """Issue a paper of what no step is taken on; all is in lines before the number is taken."""
    facts_typeset(worded(number=SOME_NUMBER, dated=clock.today()))
    document = _numbered(enter_number(kind, by=by, open_to=open_to), by=by)
    document.open_to = open_to
    for name, thing in of.items():
        setattr(document, name, thing)
    facts = worded(number=document.number, dated=timezone.localdate(document.issued_at))
    refuse_missing_glyphs(None, facts)
    _freeze_wording(document, facts)
    _save(document, replaces)
    return document


def issue_of_inquiry(inquiry: RestrictionInquiry, *, by: User) -> Document:
    """Issue the 复函 to what was asked of the register of restrictions. Raises Refused where a character cannot be
    drawn."""
    facts_typeset(restriction_reply(inquiry, number=SOME_NUMBER, dated=clock.today()))
    document = _numbered(enter_number(DocumentKind.RESTRICTION_REPLY, by=by), by=by)
    document.inquiry = inquiry
    facts = restriction_reply(inquiry, number=document.number, dated=timezone.localdate(document.issued_at))
    refuse_missing_glyphs(None, facts)
    _freeze_wording(document, facts)
    document.save()
    return document


def _numbered(entry: NumberEntry, *, by: User) -> Document:
    """A paper under a number that was just taken, not yet worded."""
    return Document(
        kind=entry.kind,
        entry=entry,
        prefix=entry.prefix,
        year=entry.year,
        serial=entry.serial,
        is_earlier=entry.is_earlier,
        issued_by=by,
        issued_at=clock.now(),
        check_code=check_code.new(),
    )


def _save(document: Document, replaces: Document | None) -> None:
    document.save()
    if replaces is not None:
        replaces.replaced_by = document
        replaces.save(update_fields=["replaced_by"])


def _worded(
    kind: DocumentKind,
    subject: Subject,
    *,
    number: str,
    dated: date,
    reason: str,
    replaced_number: str,
    handling: Handling | None,
    **extra: Unpack[SupervisionFacts],
) -> PaperFacts:
    words = {"number": number, "reason": reason, "replaced_number": replaced_number}
    facts = content(kind, subject, dated=dated, handling=handling, **words, **extra)
    refuse_missing_glyphs(subject, facts)
    refuse_other_title(subject, facts)
    return facts


def _freeze_wording(document: Document, facts: PaperFacts) -> None:
    document.title, document.addressee = facts["title"], facts["addressee"]
    assert document.check_code is not None
    document.html, document.wording_sha256 = frozen_with_mark(
        DocumentKind(document.kind), facts, document.check_code, is_earlier=document.is_earlier
    )
    document.sha256 = hashlib.sha256(document.html.encode()).hexdigest()
