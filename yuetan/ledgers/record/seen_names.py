"""What the keys of seen things are called, by the beginnings of their addresses: one query for each kind of thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from yuetan.ledgers.record.names_of_assessments import NAMES_OF_ASSESSMENTS
from yuetan.ledgers.record.names_of_receipts import NAMES_OF_RECEIPTS
from yuetan.ledgers.record.names_of_rounds import NAMES_OF_ROUNDS
from yuetan.models import (
    AccountabilityMeasure,
    AgendaFile,
    Assignment,
    Attachment,
    Case,
    DestroyedPaper,
    DestructionEntry,
    Document,
    DossierEntry,
    DossierPaper,
    Letter,
    Meeting,
    PeriodicReport,
    PreparedFile,
    ReceivedClosing,
    ReceivedLetter,
    ReceivedPaper,
    ReceivedReply,
    ReportAnalysis,
    ReportFile,
    ReportMark,
    ReportPeriod,
    Restriction,
    RestrictionInquiry,
    Scan,
    Sight,
    Subject,
    Unit,
    UnitPaper,
    User,
)
from yuetan.models.ladder.queries import with_papers
from yuetan.models.subjects import subject_of

NUMBERED_LETTER, UNNUMBERED_LETTER = "提醒函 {}", "提醒函（未编号）"
NUMBERED_MEASURE, UNNUMBERED_MEASURE = "责任措施 {}", "责任措施（未编号）"
OF_NUMBER = ("prefix", "year", "serial")
NUMBERED_ASSIGNMENT, UNNUMBERED_ASSIGNMENT = "交办事项（{}）", "交办事项"
_IS_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_IS_NUMBER = re.compile(r"[1-9][0-9]{0,18}")

Words = Mapping[str, str]


def beginning_of(path: str) -> str:
    """The beginning of an address that says what its key is of; empty where there is no such key."""
    return next((begin for begin in NAMED_BY_PATH if path.startswith(begin)), "")


def names_of_seen(rows: Sequence[Sight]) -> Words:
    """What beginnings of addresses with their keys are called: one query for each kind of thing among these sights."""
    named: dict[str, str] = {}
    for begin, names in NAMED_BY_PATH.items():
        is_key = _IS_NUMBER if begin in NUMBERED else _IS_UUID
        keys = {row.key for row in rows if row.path.startswith(begin) and is_key.fullmatch(row.key)}
        if keys:
            named |= {f"{begin}{key}": name for key, name in names(keys).items()}
    return named


def _letter_name(letter: Letter) -> str:
    document = getattr(letter, "document", None)
    return NUMBERED_LETTER.format(document.number) if document else UNNUMBERED_LETTER


def _measure_name(measure: AccountabilityMeasure) -> str:
    return NUMBERED_MEASURE.format(measure.paper_number) if measure.paper_number else UNNUMBERED_MEASURE


def _assignment_name(assignment: Assignment) -> str:
    number = assignment.source_number
    return NUMBERED_ASSIGNMENT.format(number) if number else UNNUMBERED_ASSIGNMENT


def _of_assignments(keys: set[str]) -> Words:
    return {str(one.pk): _assignment_name(one) for one in Assignment.objects.filter(pk__in=keys).only("source_number")}


def _of_measures(keys: set[str]) -> Words:
    measures = AccountabilityMeasure.objects.filter(pk__in=keys).select_related("paper")
    numbered = measures.only("state", *_document_columns("paper")).prefetch_related(with_papers())
    return {str(one.pk): _measure_name(one) for one in numbered}


def _of_cases(keys: set[str]) -> Words:
    cases = Case.objects.filter(pk__in=keys).only("register_year", "register_serial")
    gone = DestructionEntry.objects.filter(case_key__in=keys, case=None)
    destroyed = {str(entry.case_key): f"{entry.register_number}（已销毁）" for entry in gone}
    return destroyed | {str(case.pk): case.register_number for case in cases}


def _of_letters(keys: set[str]) -> Words:
    letters = Letter.objects.filter(pk__in=keys).select_related("document")
    return {str(letter.pk): _letter_name(letter) for letter in letters.only(*_document_columns("document"))}


def _of_documents(keys: set[str]) -> Words:
    gone = DestroyedPaper.objects.filter(document_key__in=keys).select_related("number_entry")
    destroyed = {str(paper.document_key): f"{paper.number_entry.number}（已销毁）" for paper in gone}
    return destroyed | {str(each.pk): each.number for each in Document.objects.filter(pk__in=keys).only(*OF_NUMBER)}


def _of_attachments(keys: set[str]) -> Words:
    papers = ("letter__document", "measure_laid__paper")
    files = Attachment.objects.filter(pk__in=keys).select_related("case", "assignment", *papers)
    of_papers = [column for paper in papers for column in _document_columns(paper)]
    columns = ("case__register_year", "case__register_serial", "assignment__source_number", *of_papers)
    named = files.only(*columns, "measure_laid__state").prefetch_related(with_papers("measure_laid__"))
    return {str(file.pk): f"{_subject_name(subject_of(file))}的附件" for file in named}


def _subject_name(subject: Subject | None) -> str:
    if isinstance(subject, Letter):
        return _letter_name(subject)
    if isinstance(subject, AccountabilityMeasure):
        return _measure_name(subject)
    if isinstance(subject, Assignment):
        return _assignment_name(subject)
    return subject.register_number if subject else ""


def _of_scans(keys: set[str]) -> Words:
    scans = Scan.objects.filter(pk__in=keys).select_related("document").only(*_document_columns("document"))
    return {str(scan.pk): f"{scan.document.number}的盖章扫描件" for scan in scans}


def _of_unit_papers(keys: set[str]) -> Words:
    papers = UnitPaper.objects.filter(pk__in=keys).select_related("change__unit").only("change__unit__name")
    return {str(paper.pk): f"{paper.change.unit.name}的变更文件" for paper in papers}


def _of_dossier_papers(keys: set[str]) -> Words:
    papers = DossierPaper.objects.filter(pk__in=keys).select_related("entry__person", "commendation")
    return {str(paper.pk): paper.used_for for paper in papers}


def _of_people(keys: set[str]) -> Words:
    return {str(person.pk): f"{person.name}的实绩档案" for person in User.objects.filter(pk__in=keys).only("name")}


def _of_units(keys: set[str]) -> Words:
    return {str(unit.pk): f"{unit.name}的实绩档案" for unit in Unit.objects.filter(pk__in=keys).only("name")}


def _of_entries(keys: set[str]) -> Words:
    entries = DossierEntry.objects.filter(pk__in=keys).select_related("person").only("year", "person__name")
    return {str(entry.pk): f"{entry.person.name}{entry.year}年的实绩材料" for entry in entries}


def _of_reports(keys: set[str]) -> Words:
    reports = PeriodicReport.objects.filter(public_id__in=keys).select_related("unit__parent", "period__scheme")
    return {str(report.public_id): str(report) for report in reports}


def _of_report_periods(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in ReportPeriod.objects.filter(pk__in=keys).select_related("scheme")}


def _of_report_marks(keys: set[str]) -> Words:
    related = ReportMark.objects.select_related("report__unit__parent", "report__period__scheme")
    return {str(mark.pk): f"{mark.report}的{mark}标记" for mark in related.filter(pk__in=keys)}


def _of_report_files(keys: set[str]) -> Words:
    paths = ("version__report", "mark__report")
    related = [f"{each}__{name}" for each in paths for name in ("unit__parent", "period__scheme")]
    return {str(file.pk): file.used_for for file in ReportFile.objects.filter(pk__in=keys).select_related(*related)}


def _of_meetings(keys: set[str]) -> Words:
    return {str(meeting.pk): meeting.title for meeting in Meeting.objects.filter(pk__in=keys)}


def _of_restrictions(keys: set[str]) -> Words:
    rows = Restriction.objects.filter(pk__in=keys).with_relations()
    return {str(row.pk): f"资格限制：{row.who}" for row in rows}


def _of_inquiries(keys: set[str]) -> Words:
    rows = RestrictionInquiry.objects.filter(pk__in=keys).select_related("unit__parent")
    return {str(row.pk): str(row) for row in rows}


def _of_received_letters(keys: set[str]) -> Words:
    return {str(letter.pk): str(letter) for letter in ReceivedLetter.objects.filter(pk__in=keys)}


def _of_received_replies(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in ReceivedReply.objects.filter(pk__in=keys).select_related("letter")}


def _of_received_closings(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in ReceivedClosing.objects.filter(pk__in=keys).select_related("letter")}


def _of_received_papers(keys: set[str]) -> Words:
    papers = ReceivedPaper.objects.filter(pk__in=keys).select_related(
        *("letter", "reply__letter", "closing__letter", "due_change__letter")
    )
    return {str(paper.pk): paper.used_for for paper in papers}


def _of_analyses(keys: set[str]) -> Words:
    return {str(each.pk): str(each) for each in ReportAnalysis.objects.with_relations().filter(pk__in=keys)}


def _of_agenda_files(keys: set[str]) -> Words:
    files = AgendaFile.objects.filter(pk__in=keys).select_related("item__meeting")
    return {str(file.pk): file.used_for for file in files}


def _of_prepared_files(keys: set[str]) -> Words:
    return {str(file.pk): file.title for file in PreparedFile.objects.filter(pk__in=keys).only("title")}


def _document_columns(relation: str) -> tuple[str, ...]:
    return tuple(f"{relation}__{column}" for column in OF_NUMBER)


NAMED_BY_PATH: Mapping[str, Callable[[set[str]], Words]] = {
    "/cases/": _of_cases,
    "/letters/": _of_letters,
    "/measures/": _of_measures,
    "/assignments/": _of_assignments,
    "/restrictions/inquiries/": _of_inquiries,
    "/restrictions/": _of_restrictions,
    "/documents/": _of_documents,
    "/files/": _of_attachments,
    "/scans/": _of_scans,
    "/units/papers/": _of_unit_papers,
    "/dossiers/papers/": _of_dossier_papers,
    "/dossiers/people/": _of_people,
    "/dossiers/units/": _of_units,
    "/dossiers/entries/": _of_entries,
    "/reporting/reports/": _of_reports,
    "/reporting/periods/": _of_report_periods,
    "/reporting/analyses/": _of_analyses,
    "/reporting/marks/": _of_report_marks,
    "/reporting/files/": _of_report_files,
    "/meetings/files/": _of_agenda_files,
    **NAMES_OF_RECEIPTS,
    "/meetings/": _of_meetings,
    "/received/letters/": _of_received_letters,
    "/received/replies/": _of_received_replies,
    "/received/closings/": _of_received_closings,
    "/received/papers/": _of_received_papers,
    **NAMES_OF_ASSESSMENTS,
    **NAMES_OF_ROUNDS,
    "/prepared/": _of_prepared_files,
    "/archive/destructions/": lambda keys: {key: f"销毁清册第{key}号" for key in keys},
}
NUMBERED = (
    *("/dossiers/people/", "/dossiers/units/", "/dossiers/entries/"),
    *("/reporting/periods/", "/reporting/marks/"),
    *("/received/replies/", "/received/closings/", "/assessment/scores/"),
    "/archive/destructions/",
)  # their keys are numbers
