"""The pieces of a measure that is over: 呈批表, papers, what departments and the unit said, tasks, what followed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from yuetan.documents.case_file.kept_files import KeptFiles
from yuetan.documents.case_file.matter import Matter, matter_of_measure
from yuetan.documents.case_file.paper_pieces import ANNEX, paper_pieces, rest_pieces
from yuetan.documents.case_file.piece import Piece, file_parts, of_office, of_unit, sheet_part, text_part
from yuetan.documents.case_file.record_piece import record_piece
from yuetan.documents.case_file.task_pieces import READ_WITH_TASKS, by_whom, task_pieces
from yuetan.documents.office_form_pdf import internal_content
from yuetan.models import AccountabilityMeasure, Plea, Restriction, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date
from yuetan.vocabulary import DocumentKind, FilePurpose


def pieces_of_measure(measure: AccountabilityMeasure, reader: User) -> list[Piece]:
    """All pieces of a measure, in the order in which they came about, the record of what was done at the end."""
    files, matter = KeptFiles(measure, reader), matter_of_measure(measure)
    tasks = measure.tasks.order_by("number").prefetch_related(*READ_WITH_TASKS)
    made = [
        _form_piece(measure, _files_of_text(measure, reader, files)),
        *_forms_of_letters(measure),
        *_consultations(measure, matter, files),
        *paper_pieces(matter, measure.documents.all(), reader, files),
        *_restrictions(measure, matter, files),
        *_work_team(measure, matter, files),
        *_delistings(measure, matter, files),
        *_pleas(measure, matter, files),
        *_referrals(measure, matter, files),
        *task_pieces(matter, tasks, files),
    ]
    made.sort(key=lambda piece: piece.at)
    return [*made, *rest_pieces(matter, files), record_piece(measure)]


def _files_of_text(measure: AccountabilityMeasure, reader: User, own: KeptFiles) -> KeptFiles:
    """Those with which its text was decided: they lie with the unit that the text names first."""
    return own if measure.copy_of_id is None else KeptFiles(measure.lead, reader)


def _form_piece(measure: AccountabilityMeasure, files: KeptFiles) -> Piece:
    """呈批表: how it came about, the circumstances, and who decided it; with the scan of what was decided on paper."""
    kind = DocumentKind.MEASURE_FORM
    form = sheet_part("正文", str(kind.label), kind, internal_content(kind, measure))
    proofs = [*files.take_purpose(FilePurpose.EVIDENCE), *files.take_purpose(FilePurpose.APPROVAL)]
    return of_office(f"{measure.title}{kind.label}", measure.created_at, [form, *proofs])


def _forms_of_letters(measure: AccountabilityMeasure) -> Iterator[Piece]:
    """呈批表 of each letter by which departments were asked."""
    kind = DocumentKind.CONSULTATION_FORM
    for letter in measure.documents.filter(kind=DocumentKind.CONSULTATION_LETTER).order_by("issued_at", "pk"):
        form = sheet_part("正文", str(kind.label), kind, internal_content(kind, letter))
        yield of_office(f"{kind.label}（{letter.number}）", letter.issued_at, [form])


def _consultations(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    for one in measure.consultations.select_related("asked_by", "recorded_by", "excused_by", "item__meeting"):
        rows = [
            ("部门", one.department),
            ("商请", by_whom(one.asked_by, one.asked_at)),
            ("部门意见", one.opinion),
            ("答复人", one.answered_by),
            ("答复日期", chinese_date(one.answered_on) if one.answered_on else ""),
            ("答复的会议", one.item.meeting.title if one.item else ""),
            ("登记", one.recorded_by.name if one.recorded_by else ""),
            ("未答复的原因", by_whom(one.excused_by, one.excused_at, one.excuse)),
        ]
        answer = files.take("部门答复", lambda file, scan=one.scan_id: file.pk == scan)  # type: ignore[misc] # kept for this row
        sheets = file_parts(one.item.sorted_files().sheets, "签名页") if one.item else []
        at = clock.day_begins(one.answered_on) if one.answered_on else (one.excused_at or one.asked_at)
        yield of_office(f"商请{one.department}意见", at, [text_part(matter, "商请部门意见", rows), *answer, *sheets])


def _restrictions(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    """Whom it restricted in what, from when until when, on one sheet; proofs of posts with it."""
    rows = Restriction.objects.filter(measure_laid=measure).select_related("effect__article__regulation", "unit")
    restricted = list(rows.order_by("created_at", "pk"))
    if not restricted:
        return
    lines = [
        (who, "\n".join(f"{one.effect.get_closed_display()}：{one.days_words}" for one in of_one))
        for who, of_one in groupby(restricted, key=lambda one: one.who)
    ]
    proofs = files.take_purpose(FilePurpose.POST_PROOF)
    sheet = text_part(matter, "资格限制", lines)
    yield of_office(f"{measure.title}所限制的资格", restricted[0].created_at, [sheet, *proofs])


def _work_team(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    members = list(measure.team_members.all())
    if members:
        rows = [(str(one), f"{one.when}{'，组长' if one.leads else ''}") for one in members]
        yield of_office("工作组人员", members[0].set_at, [text_part(matter, "工作组人员", rows)])
    for report in measure.team_reports.select_related("registered_by"):
        rows = [("报告内容", report.words), ("登记", by_whom(report.registered_by, report.registered_at))]
        annexes = files.take_of(ANNEX, "team_report_id", report)
        parts = [text_part(matter, "工作组报告", rows), *annexes]
        yield of_office(str(report), report.registered_at, parts, dated=report.reported_on)


def _delistings(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    for one in measure.delisting_requests.select_related("asked_by", "decided_by"):
        rows = [
            ("理由", one.words),
            ("提出", by_whom(one.asked_by, one.asked_at)),
            ("决定", by_whom(one.decided_by, one.decided_at, f"{one.outcome}　{one.opinion}")),
        ]
        name = "单位申请摘牌" if one.by_unit else "督查员提请摘牌"
        parts = [text_part(matter, name, rows), *files.take_of(ANNEX, "delisting_id", one)]
        made = of_unit(matter, name, one.asked_at, parts) if one.by_unit else of_office(name, one.asked_at, parts)
        yield made


def _pleas(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    """申述 as it was stated, with its material, and what was decided on it."""
    stated = Plea.objects.filter(measure_laid=measure, stated_at__isnull=False)
    for plea in stated.select_related("stated_by", "drafted_by", "decided_by", "withdrawn_by"):
        assert plea.stated_at is not None
        rows = [
            ("申述意见", plea.words),
            ("提出", by_whom(plea.stated_by, plea.stated_at)),
            ("纸质代录", files.words_of_filing(plea.filing_id)),
            ("撤回", by_whom(plea.withdrawn_by, plea.withdrawn_at, plea.withdrawal_reason)),
            ("答复", f"{plea.get_outcome_display()}　{plea.grounds}" if plea.decided_at else ""),
            ("拟办", by_whom(plea.drafted_by, plea.drafted_at) if plea.decided_at else ""),
            ("决定", by_whom(plea.decided_by, plea.decided_at)),
        ]
        annexes = files.take_purpose(FilePurpose.PLEA)
        parts = [text_part(matter, "申述", rows), *annexes, *files.take_scan_of_filing(plea.filing_id)]
        yield of_unit(matter, f"{matter.unit}的申述", plea.stated_at, parts)


def _referrals(measure: AccountabilityMeasure, matter: Matter, files: KeptFiles) -> Iterator[Piece]:
    """To whom it was handed over, who took it there and what came of it; the paper itself is a piece of its own."""
    for one in measure.referrals.select_related("document", "referred_by", "receipt_recorded_by"):
        received = f"{one.received_by}，{chinese_date(one.received_on)}签收" if one.received_on else "没有签收记录"
        result = f"{one.get_outcome_display()}　{one.outcome_words}\n{one.outcome_organ}" if one.outcome_on else ""
        rows = [
            ("文书", f"{one.document.number}\n{one.document.title}"),
            ("受理机关", one.organ),
            ("理由", one.reason),
            ("签收", received),
            ("办理结果", result),
            ("结果日期", chinese_date(one.outcome_on) if one.outcome_on else ""),
        ]
        scans = {one.receipt_scan_id, one.outcome_scan_id}
        kept = files.take("签收、结果材料", lambda file, scans=scans: file.pk in scans)  # type: ignore[misc] # of this row
        yield of_office(f"{one}的签收和结果", one.referred_at, [text_part(matter, "签收和结果", rows), *kept])
