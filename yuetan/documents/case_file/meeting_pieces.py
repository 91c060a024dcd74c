"""The pieces of a meeting that is over: its notice, items with their materials, who came, what was agreed, 会议纪要."""

from __future__ import annotations

from collections.abc import Iterator

from yuetan.documents.case_file.matter import Matter, matter_of_meeting
from yuetan.documents.case_file.piece import Part, Piece, file_parts, of_office, of_paper, paper_part, text_part
from yuetan.documents.case_file.record_piece import Done, done_on_paper, happened, receipt_parts, recorded_moments
from yuetan.documents.content.corrected_minutes import changed_lines
from yuetan.models import AgendaItem, Invitation, Meeting, MeetingCorrection, ReceiptScan, User
from yuetan.rules.text.official_text import chinese_date, joined, short_datetime
from yuetan.vocabulary import DocumentKind


def pieces_of_meeting(meeting: Meeting, reader: User) -> list[Piece]:
    """All pieces of a meeting, in the order in which they came about, the record of what was done at the end.

    The reader is one from whom no item is hidden: the 会议纪要 tell of all.
    """
    matter, sent = matter_of_meeting(meeting), list(Invitation.objects.sent_for(meeting))
    invited = [one for one in sent if one.withdrawn_at is None]
    made = [
        *_issued_pieces(meeting, matter, sent, reader),
        *_item_pieces(meeting, matter),
        *_attendance_pieces(meeting, matter, invited),
        *_resolution_pieces(meeting, matter),
        *_correction_pieces(meeting, matter),
    ]
    made.sort(key=lambda piece: piece.at)
    return [*made, _record_of_meeting(meeting)]


def _issued_pieces(meeting: Meeting, matter: Matter, invited: list[Invitation], reader: User) -> Iterator[Piece]:
    """The notice with who signed for it; the 会议纪要, those that were corrected too."""
    signed = [(one.label, one.receipt_words) for one in invited]
    for paper in meeting.documents.select_related("entry").order_by("issued_at", "pk"):
        is_notice = paper.kind == DocumentKind.MEETING_NOTICE
        receipts = [text_part(matter, "会议通知签收情况", signed, role="回执")] if is_notice else []
        yield of_paper(paper, [paper_part(paper), *receipts, *receipt_parts(paper, reader)])


def _item_pieces(meeting: Meeting, matter: Matter) -> Iterator[Piece]:
    items = meeting.items.select_related("case__unit", "measure_laid", "decided_by", "added_by", "recorded_by")
    for item in items.prefetch_related("files", "attending__unit__parent").order_by("number"):
        rows = [
            ("议题", item.title),
            ("汇报", item.presenter),
            ("只列席这一议题", joined(str(each.unit.full_name) for each in item.attending.all())),
            ("结论", item.conclusion),
            ("审定", f"{item.decision_words}，审定领导：{item.decided_by.name}" if item.decided_by else ""),
            ("集体结论列名", joined(item.names_concluded) if item.is_collective else ""),
            ("讨论过程", item.discussion),
            ("登记", _entered_by(item)),
        ]
        title = f"{meeting.title}第{item.number}项议题：{item.title}"
        sheet = text_part(matter, f"第{item.number}项议题", rows)
        yield of_office(title, item.added_at, [sheet, *_files_of_item(item)])


def _files_of_item(item: AgendaItem) -> list[Part]:
    """Its materials, then the sheet that was signed for the 集体结论, then those of drafts before it."""
    files = item.sorted_files()
    parts = [*file_parts(files.materials, "议题材料"), *file_parts(files.signed, "签名的集体结论")]
    return [*parts, *file_parts(files.former, "前稿的签名页")]


def _entered_by(item: AgendaItem) -> str:
    added = f"{item.added_by.name}于{short_datetime(item.added_at)}列入议程"
    if item.recorded_by is None or item.concluded_at is None:
        return added
    return f"{added}；{item.recorded_by.name}于{short_datetime(item.concluded_at)}登记结论"


def _attendance_pieces(meeting: Meeting, matter: Matter, invited: list[Invitation]) -> Iterator[Piece]:
    if meeting.held_at is None:
        return
    rows = [(one.label, "：".join(filter(None, [one.part, one.came]))) for one in invited]
    chaired = [("原定主持人", str(meeting.chair)), ("实际主持人", meeting.presided_by)]
    sheet = text_part(matter, "到会情况", [*chaired, *rows, ("其他列席人员", meeting.observers)])
    yield of_office(f"{meeting.title}到会情况", meeting.held_at, [sheet], dated=meeting.local_begin.date())


def _resolution_pieces(meeting: Meeting, matter: Matter) -> Iterator[Piece]:
    agreed = list(meeting.resolutions.select_related("unit__parent"))
    if not agreed:
        return
    rows = [
        (
            f"第{one.number}项",
            f"{one.text}\n承办单位：{one.unit.full_name}；完成时限：{chinese_date(one.due_on)}",
        )
        for one in agreed
    ]
    at = max(one.recorded_at for one in agreed)
    yield of_office(f"{meeting.title}议定事项", at, [text_part(matter, "议定事项", rows)])


def _correction_pieces(meeting: Meeting, matter: Matter) -> Iterator[Piece]:
    """What each correction changed; the papers themselves are pieces of their own."""
    for number, one in enumerate(MeetingCorrection.objects.issued().filter(meeting=meeting), start=1):
        assert one.confirmed_by is not None
        assert one.confirmed_at is not None
        changed = changed_lines(meeting, one.stood, one.text)
        rows = [
            ("更正原因", one.reason),
            *((line.label, f"更正前：{line.before}\n更正后：{line.after}") for line in changed),
            ("拟定", f"{one.drafted_by.name}，{short_datetime(one.drafted_at)}"),
            ("印发", f"{one.confirmed_by.name}，{short_datetime(one.confirmed_at)}"),
        ]
        sheet = text_part(matter, f"会议纪要第{number}次更正", rows)
        yield of_office(f"{meeting.title}纪要第{number}次更正", one.confirmed_at, [sheet])


def _record_of_meeting(meeting: Meeting) -> Piece:
    """Who called, convened, wrote down, issued and corrected; read off the meeting, which has no steps of its own."""
    return recorded_moments(meeting.title, _done(meeting))


def _done(meeting: Meeting) -> Iterator[Done]:
    moments = (
        ("召集会议", meeting.called_at, meeting.called_by, f"{meeting.when}，{meeting.place}"),
        ("印发会议通知", meeting.convened_at, meeting.convened_by, ""),
        ("登记到会情况", meeting.held_at, meeting.held_by, ""),
        ("印发会议纪要", meeting.minuted_at, meeting.minuted_by, ""),
        ("取消会议", meeting.cancelled_at, meeting.cancelled_by, meeting.cancel_reason),
    )
    yield from happened(moments)
    yield from done_on_paper(ReceiptScan.objects.filter(document__meeting=meeting))
    for one in MeetingCorrection.objects.filter(meeting=meeting).select_related(
        "drafted_by", "confirmed_by", "withdrawn_by"
    ):
        yield one.drafted_at, "拟定会议纪要更正", one.drafted_by.name, one.reason
        if one.confirmed_at is not None and one.confirmed_by is not None:
            yield one.confirmed_at, "印发更正后的会议纪要", one.confirmed_by.name, ""
        if one.withdrawn_at is not None and one.withdrawn_by is not None:
            yield one.withdrawn_at, "放弃会议纪要更正", one.withdrawn_by.name, one.withdrawal_reason
