"""The pieces of a round that is over: its plan, and of each unit notice, findings, 集体结论, opinion, what followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yuetan.documents.case_file.matter import Matter, matter_of_round
from yuetan.documents.case_file.piece import Part, Piece, file_parts, of_office, of_paper, paper_part, text_part
from yuetan.documents.case_file.record_piece import Done, done_on_paper, happened, receipt_parts, recorded_moments
from yuetan.documents.content.corrected_opinion import concluded_words, corrections_of
from yuetan.models import (
    Document,
    FollowUp,
    OpinionCorrection,
    ReceiptScan,
    RoundFile,
    RoundFinding,
    RoundVisit,
    SupervisionRound,
    User,
)
from yuetan.models.rounds.followed_paper import may_read_followed
from yuetan.models.rounds.opinion_correction import opinion_text
from yuetan.rules.text.official_text import chinese_date, short_datetime
from yuetan.vocabulary import DocumentKind


def pieces_of_round(of_round: SupervisionRound, reader: User) -> list[Piece]:
    """All pieces of a 督导, in the order in which they came about, the record of what was done at the end.

    The reader is one from whom no visit is hidden; of what followed they find what they may see.
    """
    matter, visits = matter_of_round(of_round), list(_visits_in_order(of_round))
    made = [_plan_piece(of_round, visits, matter, reader)]
    for visit in visits:
        made += [
            *_paper_pieces_of(visit, matter, reader),
            *_findings(visit, matter, reader),
            *_conclusion_pieces(visit, matter, reader),
            *_correction_pieces(visit, matter, reader),
            *_given_up_pieces(visit, matter, reader),
        ]
        made += _pieces_after(visit, matter, reader)
    made.sort(key=lambda piece: piece.at)
    return [*made, _record_of_round(of_round, visits)]


def _visits_in_order(of_round: SupervisionRound) -> Iterator[RoundVisit]:
    people = ("received_by", "recorded_by", "informed_by", "opinion_received_by", "dropped_by")
    visits = of_round.visits.with_relations().select_related(*people)  # type: ignore[attr-defined] # its own queries
    yield from visits.order_by("day", "unit__code", "pk")


def _plan_piece(of_round: SupervisionRound, visits: list[RoundVisit], matter: Matter, reader: User) -> Piece:
    followed = [visit for visit in visits if visit.followed and may_read_followed(visit, reader)]
    rows = [
        ("督导形式", of_round.get_kind_display()),
        ("督导依据", of_round.basis),
        ("督导期", of_round.days_words),
        ("督导组", of_round.team_words),
        ("督导组的变动", "\n".join(of_round.team_changes)),
        *((f"{visit.unit.full_name}改期", visit.move_words) for visit in visits),
        ("派出", of_round.sent_words),
        ("特派任务", of_round.errand),
        *((f"{visit.unit.full_name}跟踪的事项", _words_followed(visit)) for visit in followed),
        ("联合的部门和人员", of_round.partners),
        ("有关要求", of_round.demands),
        ("取消原因", of_round.cancel_reason),
        ("制定", f"{of_round.planned_by.name}，{short_datetime(of_round.planned_at)}"),
    ]
    return of_office(f"{of_round.title}方案", of_round.planned_at, [text_part(matter, "督导方案", rows)])


def _words_followed(visit: RoundVisit) -> str:
    return "\n".join([visit.followed_words, *(one["words"] for one in visit.points_followed)])


def _paper_pieces_of(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """The notice and each opinion, with who signed for it."""
    signed = {made.old.pk: made.correction for made in corrections_of(visit, inner=True)}
    for paper in visit.documents.select_related("entry").order_by("issued_at", "pk"):
        sheet = _receipt_sheet(visit, paper, signed.get(paper.pk), matter)
        yield of_paper(paper, [paper_part(paper), sheet, *receipt_parts(paper, reader)])


def _receipt_sheet(visit: RoundVisit, paper: Document, corrected: OpinionCorrection | None, matter: Matter) -> Part:
    """Who signed for it; of an opinion that was `corrected` who had by then."""
    if paper.kind == DocumentKind.ROUND_NOTICE or corrected is not None:
        receipt = (corrected or visit).receipt
    else:
        receipt = visit.opinion_receipt
    words = receipt.words if receipt is not None else "未签收"
    rows = [("文书", f"{paper.number}\n{paper.title}"), (visit.unit.full_name, words)]
    return text_part(matter, "签收情况", rows, role="回执")


def _findings(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """What was seen there on one sheet, what was withdrawn too, with photos and papers."""
    findings = list(RoundFinding.objects.filter(visit=visit).select_related("visit", "recorded_by", "withdrawn_by"))
    if not findings:
        return
    rows = [("督导日期", chinese_date(visit.day)), ("改期", visit.move_words), ("督导内容", visit.points)]
    quoted = may_read_followed(visit, reader)
    rows += [(_finding_label(one), _finding_words(one, quoted=quoted)) for one in findings]
    files = RoundFile.objects.visible_to(reader).filter(finding__visit=visit).order_by("finding__number", "uploaded_at")
    title = f"{visit.unit.full_name}督导情况"
    yield of_office(
        title, findings[0].recorded_at, [text_part(matter, "督导情况", rows), *file_parts(files, "照片、材料")]
    )


def _finding_label(one: RoundFinding) -> str:
    return f"第{one.number}项{'（问题）' if one.is_problem and not one.outcome else ''}"


def _finding_words(one: RoundFinding, *, quoted: bool) -> str:
    withdrawn = ""
    if one.withdrawn_by is not None and one.withdrawn_at is not None:
        withdrawn = f"{one.withdrawn_by.name}于{short_datetime(one.withdrawn_at)}撤回：{one.withdrawal_reason}"
    where = "，".join(filter(None, [chinese_date(one.seen_on), one.place]))
    recorded_by = f"登记：{one.recorded_by.name}，{short_datetime(one.recorded_at)}"
    stated = one.statement if quoted else one.unquoted_statement
    return "\n".join(filter(None, [stated, f"{where}；在场：{one.names_seen}", recorded_by, withdrawn]))


def _conclusion_pieces(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """集体结论 with the sheet that those who stand for it signed; and why a unit was dropped."""
    if visit.dropped_at is not None and visit.dropped_by is not None:
        rows = [
            ("不再督导的原因", visit.drop_reason),
            ("决定", f"{visit.dropped_by.name}，{short_datetime(visit.dropped_at)}"),
        ]
        yield of_office(f"不再督导{visit.unit.full_name}", visit.dropped_at, [text_part(matter, "不再督导", rows)])
    if visit.concluded_at is None or visit.recorded_by is None:
        return
    first = OpinionCorrection.objects.issued().filter(visit=visit).first()
    text = first.stood if first is not None else opinion_text(visit)
    rows = [
        *concluded_words(text, inner=True).items(),
        ("登记", f"{visit.recorded_by.name}，{short_datetime(visit.concluded_at)}"),
    ]
    dated = date.fromisoformat(text["visit"]["concluded_on"])
    parts = [text_part(matter, "集体结论", rows), *_signed(visit, None, reader)]
    yield of_office(f"{visit.unit.full_name}集体结论", visit.concluded_at, parts, dated=dated)


def _signed(visit: RoundVisit, correction: OpinionCorrection | None, reader: User) -> list[Part]:
    """The sheet of the wording that was issued, then those of drafts before it."""
    files = RoundFile.objects.visible_to(reader).filter(visit=visit, correction=correction).order_by("uploaded_at")
    stated = list(files.select_related("visit", "correction"))
    former = [one for one in stated if one.is_of_earlier_draft]
    issued = [one for one in stated if not one.is_of_earlier_draft]
    return [*file_parts(issued, "签名的集体结论"), *file_parts(former, "前稿的签名页")]


def _correction_pieces(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """What each correction changed, with the sheet they signed anew; the papers themselves are pieces of their own."""
    for number, made in enumerate(corrections_of(visit, inner=True), start=1):
        one = made.correction
        assert one.confirmed_by is not None
        assert one.confirmed_at is not None
        rows = [
            ("更正原因", one.reason),
            *((line.label, f"更正前：{line.before}\n更正后：{line.after}") for line in made.lines),
            ("拟定", f"{one.drafted_by.name}，{short_datetime(one.drafted_at)}"),
            ("印发", f"{one.confirmed_by.name}，{short_datetime(one.confirmed_at)}"),
        ]
        parts = [text_part(matter, f"督导意见书第{number}次更正", rows), *_signed(visit, one, reader)]
        yield of_office(f"{visit.unit.full_name}督导意见书第{number}次更正", one.confirmed_at, parts)


def _given_up_pieces(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """What was drafted and never issued, with the sheets that were signed for it."""
    given_up = visit.corrections.filter(withdrawn_at__isnull=False).select_related("drafted_by", "withdrawn_by")
    for one in given_up:
        assert one.withdrawn_by is not None
        assert one.withdrawn_at is not None
        rows = [
            ("更正原因", one.reason),
            *concluded_words(one.text, inner=True).items(),
            *((f"第{each['number']}项督导情况", each["words"]) for each in one.text["findings"]),
            ("拟定", f"{one.drafted_by.name}，{short_datetime(one.drafted_at)}"),
            ("放弃", f"{one.withdrawn_by.name}，{short_datetime(one.withdrawn_at)}：{one.withdrawal_reason}"),
        ]
        files = RoundFile.objects.visible_to(reader).filter(correction=one).order_by("uploaded_at")
        parts = [text_part(matter, "放弃的更正稿", rows), *file_parts(files, "前稿的签名页")]
        yield of_office(f"{visit.unit.full_name}放弃的督导意见书更正稿", one.withdrawn_at, parts)


def _pieces_after(visit: RoundVisit, matter: Matter, reader: User) -> Iterator[Piece]:
    """What was handed out or proposed after it; each is a matter of its own and filed by itself."""
    given = list(visit.assignments.order_by("created_at", "pk"))
    rows = [("交办事项", f"{one.title}（{one.get_state_display()}）") for one in given]
    after = FollowUp.objects.filter(visit=visit).subjects_for(reader)
    rows += [("之后提出", f"{one.title}（{one.get_state_display()}）") for one in after]
    if not rows:
        return
    at = max(each.created_at for each in (*given, *after))
    yield of_office(f"{visit.unit.full_name}督导之后", at, [text_part(matter, "督导之后", rows)])


def _record_of_round(of_round: SupervisionRound, visits: list[RoundVisit]) -> Piece:
    """Who planned, announced, wrote down, concluded, issued, signed and ended; a round has no steps of its own."""
    return recorded_moments(of_round.title, _done(of_round, visits))


def _done(of_round: SupervisionRound, visits: list[RoundVisit]) -> Iterator[Done]:
    moments = [
        ("制定督导方案", of_round.planned_at, of_round.planned_by, ""),
        ("印发督导通知书", of_round.announced_at, of_round.announced_by, ""),
        ("结束督导", of_round.ended_at, of_round.ended_by, ""),
        ("取消督导", of_round.cancelled_at, of_round.cancelled_by, of_round.cancel_reason),
    ]
    for visit in visits:
        unit = visit.unit.full_name
        moments += [
            ("签收督导通知书", visit.received_at, visit.received_by, unit),
            ("登记集体结论", visit.concluded_at, visit.recorded_by, unit),
            ("印发督导意见书", visit.informed_at, visit.informed_by, unit),
            ("签收督导意见书", visit.opinion_received_at, visit.opinion_received_by, unit),
            ("不再督导", visit.dropped_at, visit.dropped_by, f"{unit}：{visit.drop_reason}"),
        ]
    yield from happened(moments)
    yield from done_on_paper(ReceiptScan.objects.filter(document__visit__in=[one.pk for one in visits]))
    yield from _done_of_findings(visits)
    yield from _done_of_corrections(visits)


def _done_of_findings(visits: list[RoundVisit]) -> Iterator[Done]:
    written = RoundFinding.objects.filter(visit__in=[one.pk for one in visits])
    for finding in written.select_related("visit__unit", "recorded_by", "withdrawn_by"):
        where = f"{finding.visit.unit.full_name}第{finding.number}项"
        yield finding.recorded_at, "登记督导情况", finding.recorded_by.name, where
        if finding.withdrawn_at is not None and finding.withdrawn_by is not None:
            words = f"{where}：{finding.withdrawal_reason}"
            yield finding.withdrawn_at, "撤回督导情况", finding.withdrawn_by.name, words


def _done_of_corrections(visits: list[RoundVisit]) -> Iterator[Done]:
    people = ("drafted_by", "confirmed_by", "withdrawn_by", "received_by")
    made = OpinionCorrection.objects.filter(visit__in=[one.pk for one in visits])
    for one in made.select_related("visit__unit__parent", *people):
        unit = one.visit.unit.full_name
        moments = (
            ("签收督导意见书", one.received_at, one.received_by, f"{unit}，更正前的"),
            ("拟定督导意见书更正", one.drafted_at, one.drafted_by, f"{unit}：{one.reason}"),
            ("印发更正的督导意见书", one.confirmed_at, one.confirmed_by, unit),
            ("放弃督导意见书更正", one.withdrawn_at, one.withdrawn_by, f"{unit}：{one.withdrawal_reason}"),
        )
        yield from happened(moments)
