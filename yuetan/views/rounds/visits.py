"""What a round does about one unit: its page, for the office and for the unit, and receipts."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yuetan import permissions
from yuetan.actions.rounds.announcing import RECEIVING, receive_round_paper, waits_for_receipt
from yuetan.actions.rounds.findings import WITHDRAWING
from yuetan.actions.rounds.opinion_correction import open_correction
from yuetan.actions.rounds.receipt_correction import CORRECTING
from yuetan.documents.content.corrected_opinion import corrections_of
from yuetan.models import (
    Assignment,
    Document,
    FollowUp,
    OpinionCorrection,
    ReceiptCorrection,
    ReceiptScan,
    RoundFile,
    RoundFinding,
    RoundVisit,
    User,
)
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.models.rounds.supervision_round import SEE_ROUNDS
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.frame.file_links import FileLink, file_links
from yuetan.views.frame.follow_ups import follow_up_rows
from yuetan.views.frame.next_steps import NextStepsOf, offered_next
from yuetan.views.frame.offered_facts import FROM_ROUND
from yuetan.views.frame.request import Request
from yuetan.views.frame.room_step_page import press
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.rounds.followed_points import follow_up_of
from yuetan.views.rounds.step_pages import steps_of_visit
from yuetan.vocabulary import DocumentKind


@require_safe
def visit_page(request: Request, pk: UUID) -> HttpResponse:
    """One unit in a round: its papers, findings, conclusion and what followed; to the unit once it was told."""
    user = request.user
    visit = visible_visit(user, pk)
    inner, waits = is_inner(visit, user), waits_for_receipt(visit)
    informed = inner or visit.informed_at is not None
    papers = list(Document.objects.visible_to(user).for_lists().filter(visit=visit).order_by("issued_at"))
    context = {
        "visit": visit,
        "inner": inner,
        "light": visit.light if inner or visit.informed_at else "blue",
        "state": visit.state_words(inner=inner),
        "facts": _facts_of_visit(visit, inner=inner),
        "papers": papers,
        **follow_up_of(visit, user, inner=inner, informed=informed),
        **_receipts_of(visit, papers, user),
        "waiting_paper": _in_force(papers, waits),
        "waits": DocumentKind(waits).label if waits and RECEIVING.may_take(visit, user) else "",
        "findings": _findings(visit, user, inner=inner) if informed else [],
        "conclusion": _conclusion(visit, inner=inner) if informed and visit.concluded_at else [],
        **_corrections(visit, inner=inner),
        "steps": steps_of_visit(visit, user),
        "assignments": list(Assignment.objects.visible_to(user).filter(round_visit=visit)),
        **_offers(visit, user),
    }
    return render(request, "rounds/visit.html", context)


def _receipts_of(visit: RoundVisit, papers: list[Document], user: User) -> dict[str, object]:
    """The scans of receipts of paper, those set aside, what was corrected, and which the reader may correct."""
    seen = list(ReceiptScan.objects.visible_to(user).filter(document__visit=visit))
    made = ReceiptCorrection.objects.filter(document__visit=visit).select_related("corrected_by", "document__entry")
    for paper in papers:
        paper.visit = visit
    return {
        "receipt_scans": file_links([file for file in seen if not file.is_former]),
        "former_scans": file_links([file for file in seen if file.is_former]),
        "receipt_corrections": list(made.defer("document__html", "document__facts")),
        "correctable": [paper.pk for paper in papers if CORRECTING.is_offered(paper, user)],
    }


def _in_force(papers: list[Document], kind: str) -> Document | None:
    return next((paper for paper in papers if paper.kind == kind and paper.replaced_by_id is None), None)


def visible_visit(user: User, pk: UUID) -> RoundVisit:
    """The visit, or Http404 for who may not see it (yet)."""
    visible = RoundVisit.objects.visible_to(user).with_relations()
    corrections = Prefetch("corrections", OpinionCorrection.objects.select_related("drafted_by"))
    shown: RoundVisit = get_object_or_404(visible.prefetch_related("round__members__person", corrections), pk=pk)
    return shown


def is_inner(visit: RoundVisit, user: User) -> bool:
    """Whether the person reads it as one of the office."""
    return bool(user.has_perm(permissions.name(SEE_ROUNDS))) and not user.is_recused_from(visit.unit_id)


@require_POST
def receive_paper(request: Request, pk: UUID) -> HttpResponse:
    """签收. Raises NotYours for who may not sign for the unit."""
    action = partial(receive_round_paper, paper=request.POST.get("paper", ""))
    press(request, action, visible_visit(request.user, pk), "已签收。")
    return redirect("round_visit", pk=pk)


def _facts_of_visit(visit: RoundVisit, *, inner: bool) -> list[SummaryRow]:
    of_round = visit.round
    receipts = (("签收督导通知书", visit.receipt), ("签收督导意见书", visit.opinion_receipt))
    rows = [
        row("单位", visit.unit.full_name),
        row("督导形式", of_round.get_kind_display()),
        row("督导日期", chinese_date(visit.day)),
        row("改期", visit.move_words if inner else ""),
        row("督导内容", visit.points),
        row("督导组", visit.team_words),
        row("派出", of_round.sent_words),
        row("特派任务", of_round.errand),
        row("联合的部门和人员", of_round.partners),
        row("有关要求", of_round.demands),
        *(row(label, f"{one.signer}，{one.moment}{one.how}") for label, one in receipts if one is not None),
        row("不再督导的原因", visit.drop_reason),
        row("取消督导的原因", of_round.cancel_reason),
    ]
    if inner and visit.informed_by is not None:
        rows.append(row("反馈", f"{visit.informed_by.name}，{moment(visit.informed_at)}"))
    return [each for each in rows if each["value"]]


def _findings(visit: RoundVisit, user: User, *, inner: bool) -> list[dict[str, object]]:
    """Each with its files for the office; what was withdrawn the office alone reads."""
    rows = visit.findings.select_related("recorded_by", "withdrawn_by").prefetch_related("files")
    return [
        {
            "finding": one,
            "files": file_links(one.files.all()) if inner else [],
            "withdraw_url": reverse("withdraw_round_finding", args=[one.pk])
            if WITHDRAWING.is_offered(one, user)
            else "",
        }
        for one in rows
        if inner or one.withdrawn_at is None
    ]


def _conclusion(visit: RoundVisit, *, inner: bool) -> list[SummaryRow]:
    rows = [row("督导结论", visit.conclusion), row("整改要求", visit.demands)]
    if inner:
        assert visit.recorded_by is not None
        rows += [
            row("讨论过程", visit.discussion),
            row("集体研究日期", chinese_date(visit.concluded_on) if visit.concluded_on else ""),
            row("参加集体研究的人员", "、".join(visit.names_concluded)),
            row(
                "首次登记" if visit.opinion_corrected_at else "登记",
                f"{visit.recorded_by.name}，{moment(visit.concluded_at)}",
            ),
            row("更正印发", moment(visit.opinion_corrected_at) if visit.opinion_corrected_at else ""),
        ]
    return [each for each in rows if each["value"]]


def _corrections(visit: RoundVisit, *, inner: bool) -> dict[str, object]:
    """The correction that waits, those that were issued; and for the office the sheets signed for the 集体结论."""
    informed = visit.informed_at is not None
    draft = open_correction(visit) if inner and informed else None
    corrections = corrections_of(visit, inner=inner) if informed else []
    last = corrections[-1].correction if corrections else None
    files = list(visit.files.select_related("correction")) if inner else []
    return {"draft": draft, "corrections": corrections, **_signed_sheets(files, last, draft)}


def _signed_sheets(
    files: list[RoundFile], last: OpinionCorrection | None, draft: OpinionCorrection | None
) -> dict[str, list[FileLink]]:
    """What was signed for the conclusion in force, for the correction that waits, and for what stood or was drafted
    before."""
    shown_as: dict[OpinionCorrection | None, str] = {last: "signed"}
    if draft is not None:
        shown_as[draft] = "draft_files"
    sheets: dict[str, list[RoundFile]] = {"signed": [], "draft_files": [], "former_files": []}
    for file in files:
        place = "former_files" if file.is_of_earlier_draft else shown_as.get(file.correction, "former_files")
        sheets[place].append(file)
    return {name: file_links(each) for name, each in sheets.items()}


def _offers(visit: RoundVisit, user: User) -> dict[str, object]:
    """What was drafted on its facts, and what may be, for whoever drafts such a thing."""
    steps, inner = NextStepsOf(user, may_lead=True).about(visit.unit, f"{FROM_ROUND}={visit.pk}"), is_inner(visit, user)
    followed = follow_up_rows(FollowUp.objects.filter(visit=visit), user) if inner else []
    return {"followed": followed, **offered_next(offered_by_visit(visit) if steps and inner else None, steps)}


def finding_of(user: User, pk: UUID) -> RoundFinding:
    """The finding, or Http404 for who may not see it."""
    visible = RoundFinding.objects.visible_to(user).select_related("visit__round", "visit__unit__parent")
    shown: RoundFinding = get_object_or_404(visible, pk=pk)
    return shown
