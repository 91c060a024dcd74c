"""责任措施: the list, the page of one measure, and its 呈批表."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yuetan import permissions
from yuetan.documents.office_form_pdf import render_internal
from yuetan.ledgers.case.whose_turn import task_words
from yuetan.ledgers.deadline_lights import DeadlineLights, note_under
from yuetan.ledgers.ladder.measures import MeasureLedger
from yuetan.models import AccountabilityMeasure, Case, Follow, User
from yuetan.models.case.relations import empty_relations
from yuetan.models.ladder.queries import LAW, MeasureQuerySet
from yuetan.models.office.fixed_query import FixedQuery
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.case.available_steps import available_steps
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.evidence_changed import evidence_changed
from yuetan.views.case.line_of_rungs import shown_line
from yuetan.views.case.next_rungs import offered_rungs
from yuetan.views.case.page_context import timeline
from yuetan.views.case.task_details import task_details
from yuetan.views.case.whose_turn import able, is_of_unit, nobody
from yuetan.views.drafts.open_drafts import new_measures, open_drafts
from yuetan.views.files.case_files import forms_of_case_file
from yuetan.views.files.files import pdf_answer
from yuetan.views.frame.follow_ups import sources_behind
from yuetan.views.frame.ledger_page import ledger_page
from yuetan.views.frame.request import Request
from yuetan.views.frame.section import SummaryRow, row
from yuetan.views.ladder.joint_decision import joint_rows, letters_to_departments, meeting_url
from yuetan.views.ladder.measure_restrictions import restricted_once_served, restrictions_of
from yuetan.views.ladder.papers_to_sign import paper_rows, sections_of
from yuetan.views.ladder.plea_pages import without_preparing
from yuetan.views.ladder.referral_rows import referral_rows
from yuetan.vocabulary import DocumentKind, DocumentStatus, FilePurpose, MeasureState, PreparedKind, Verb

LIGHTS = {
    MeasureState.SERVED: "green",
    MeasureState.ENDED: "grey",
    MeasureState.DECLINED: "grey",
    MeasureState.WITHDRAWN: "grey",
    MeasureState.SUGGESTED: "grey",
    MeasureState.REVOKED: "grey",
}

PLEA_WITH = (
    *("stated_by", "drafted_by", "decided_by", "decision_item__meeting"),
    *("filing__signer__holder", "filing__registered_by"),
)
RELATED = (
    *("unit__parent", "first_unit", "accountability__regulation", "case", "paper__entry"),
    *("decision_item__meeting", "decision_item__decided_by"),
    *(f"plea__{one}" for one in PLEA_WITH),
    *LAW,
    *("drafter", "endorser", "decider", "paper__receipt__signed_by", "registered_by", "confirmed_by"),
)
LONG = ("paper__html", "paper__facts")
# What the page of the unit has not.
INNER_HALF = (
    "inner_facts",
    "form_url",
    "interviews",
    "alongside",
    "joint",
    "meeting_url",
    "letters",
    "referrals",
    "handed_over",
    "forms",
)


@require_safe
def measure_list(request: Request) -> HttpResponse:
    """Every measure this person may see."""
    user = request.user
    facts = ledger_page(request, MeasureLedger())
    context = {
        "may_draft": user.has_perm(permissions.name(Verb.DRAFT_MEASURE)),
        "unfinished": new_measures(user),
        "inner": user.has_perm(permissions.name("see_inner_case")),
        "provisional": note_under(line[name] for line in facts["rows"] for name in ("deadline", "receipt_light")),
        "lights": LIGHTS,
    }
    return render(request, "measures/list.html", {**facts, **context})


@require_safe
def measure_page(request: Request, pk: UUID) -> HttpResponse:
    """The page of a measure: text, state, receipt, available steps; how it came about for the inner side alone."""
    user = request.user
    measure = visible_measure(user, pk)
    inner = measure.is_inner_to(user)
    behind = _behind(measure, user)  # first: what it reads serves the steps and what may follow
    steps, lights = without_preparing(available_steps(measure, user)), DeadlineLights.now()
    context = {
        "measure": measure,
        "inner": inner,
        "followed": Follow.objects.includes(measure, user),
        "follow_url": reverse("follow_measure", args=[measure.pk]),
        "light": "blue" if inner and measure.outstanding_elsewhere else LIGHTS.get(MeasureState(measure.state), "blue"),
        "facts": text_rows(measure),
        **(_inner_half(measure, user) if inner else dict.fromkeys(INNER_HALF)),
        **restrictions_of(measure, user),
        **behind,
        "steps": steps,
        "unfinished": open_drafts(measure, user, steps),
        "tasks": task_details(measure, user, lights, steps),
        "deadline": lights.of(measure.next_due_on()),
        "waiting_for": "" if any(step.primary for step in steps) else _whose_turn(measure, inner=inner),
        "papers": [paper_rows(one, measure, user, lights) for one in measure.papers_of_the_unit],
        "sections": sections_of(measure, user, steps, lights),
        "timeline": timeline(measure, user, whole="all" in request.GET.getlist("timeline")),
    }
    return render(request, "measures/measure.html", context)


def _behind(measure: AccountabilityMeasure, user: User) -> dict[str, object]:
    """On what facts it was drafted, the line of rungs on which it stands, and what may follow."""
    line = shown_line(measure, user)
    return {"sources": sources_behind(measure, user), "line_of_rungs": line, "offered": offered_rungs(measure, user)}


def _inner_half(measure: AccountabilityMeasure, user: User) -> dict[str, object]:
    """How it came about, and what may follow it."""
    form_url = reverse("measure_form", args=[measure.pk]) if _has_form(measure) else ""
    interviews = list(measure.interviews.all() & Case.objects.visible_to(user)) if measure.interviews.all() else []
    joint = joint_rows(measure, user), meeting_url(measure, user), letters_to_departments(measure)
    alongside = list(measure.siblings.select_related("unit__parent", "rung")) if measure.further_units else []
    handed_over = list(dict.fromkeys(one.document for one in measure.referrals.all()))
    last = referral_rows(measure, user), handed_over, _forms_of_archive(measure, user)
    parts = ([*inner_rows(measure), *_evidence_rows(measure, user)], form_url, interviews, alongside, *joint, *last)
    return dict(zip(INNER_HALF, parts, strict=True))


def _evidence_rows(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    """得分表 on which it rests, and what was put right of them since."""
    files = [file for file in visible_files(measure, user) if file.purpose == FilePurpose.EVIDENCE]
    rows = [row("依据材料", "考核得分表", files)] if files else []
    return [*rows, *(row("考核更正", words) for words in evidence_changed(files))]


def _forms_of_archive(measure: AccountabilityMeasure, user: User) -> list[PreparedKind]:
    return forms_of_case_file(measure, user) if measure.is_over else []


@require_safe
def measure_form(request: Request, pk: UUID) -> HttpResponse:
    """呈批表, for the inner side. Raises Http404 for a draft and for anybody else."""
    measure = visible_measure(request.user, pk)
    if not (measure.is_inner_to(request.user) and _has_form(measure)):
        raise Http404
    kind = DocumentKind.MEASURE_FORM
    return pdf_answer(render_internal(kind, measure), f"{kind.label}（{measure.title}）.pdf")


@require_safe
def consultation_form(request: Request, pk: UUID, letter: UUID) -> HttpResponse:
    """商请函呈批表 of one letter, for the inner side. Raises Http404 for no letter of this measure and anybody else."""
    measure = visible_measure(request.user, pk)
    letters = [one for one in letters_to_departments(measure) if one.pk == letter]
    if not (letters and measure.is_inner_to(request.user)):
        raise Http404
    kind = DocumentKind.CONSULTATION_FORM
    return pdf_answer(render_internal(kind, letters[0]), f"{kind.label}（{letters[0].number}）.pdf")


def _for_page(rows: MeasureQuerySet) -> MeasureQuerySet:
    return rows.select_related(*RELATED).annotate(empty_relations=empty_relations("accountabilitymeasure")).defer(*LONG)


_READ: FixedQuery[AccountabilityMeasure] = FixedQuery(
    lambda key: _for_page(AccountabilityMeasure.objects.filter(pk=key)), uuid4()
)


def visible_measure(user: User, pk: UUID) -> AccountabilityMeasure:
    """One measure, with what its pages show; raises Http404 for who may not see it."""
    measures = AccountabilityMeasure.objects.all()
    rows = _READ.rows(pk) if measures.shows_all_to(user) else _for_page(measures.visible_to(user).filter(pk=pk))
    measure = next(iter(rows), None)
    if measure is None:
        raise Http404
    measure.read_relations_once()
    return measure


def facts_of_measure(measure: AccountabilityMeasure, user: User) -> list[SummaryRow]:
    """What the measure says, beside a step about its tasks."""
    return text_rows(measure)


def text_rows(measure: AccountabilityMeasure) -> list[SummaryRow]:
    """What the measure says, as rows."""
    return [
        row("单位", measure.label_of_units),
        *_named_too(measure),
        row("责任措施", measure.rung_words),
        row("事由", measure.matter),
        row("情形", "\n".join(str(ground) for ground in measure.grounds)),
        row("存在的问题", measure.facts),
        *_demanded(measure),
        row("依据", f"{measure.regulation.title}（{measure.regulation.version}）"),
    ]


def _named_too(measure: AccountabilityMeasure) -> list[SummaryRow]:
    """Which further units the paper names, as it says itself."""
    if not (measure.is_open_to_unit and measure.further_units):
        return []
    own = measure.proposed_unit
    return [row("同一份通报还发给", "、".join(unit.full_name for unit in measure.units_named if unit != own))]


def _demanded(measure: AccountabilityMeasure) -> list[SummaryRow]:
    """What is demanded and until when; of a rung that sets no limit only what was demanded all the same."""
    if measure.rung.has_time_limit:
        limit = chinese_date(measure.limit) if measure.limit else ""
        return [row("整改要求", measure.demands), row("整改期限", limit)]
    return [row("有关要求", measure.demands)] if measure.demands else []


def inner_rows(measure: AccountabilityMeasure) -> list[SummaryRow]:
    """How the measure came about: never for the unit."""
    door = f"{measure.door.words}（{measure.door.article.name}）"
    rows = [row("条件", "\n".join(filter(None, [door, measure.door_words])))]
    for one in measure.answers:
        asked, answer = one.circumstance, "有" if one.applies else "没有"
        rows.append(row(f"{asked.get_kind_display()}：{asked.citation}", f"{asked.text}\n{answer}。{one.reason}"))
    rows += [row("拟稿人", measure.drafter.name), row("起草时间", moment(measure.created_at))]
    if measure.endorser:
        rows.append(row("核稿人", measure.endorser.name))
    if measure.met_on:
        rows.append(row("整改完成日期", chinese_date(measure.met_on)))
    if measure.decider:
        rows.append(row("审定人", f"{measure.decider.name}　{moment(measure.decided_at)}"))
    if restricted := restricted_once_served(measure):
        rows.append(row("印发送达之日起限制资格", restricted))
    return rows


def _has_form(measure: AccountabilityMeasure) -> bool:
    return measure.state != MeasureState.DRAFTED


def _whose_turn(measure: AccountabilityMeasure, *, inner: bool) -> str:
    """Who is waited for; where nobody exists who may, which post is vacant and who fills it.

    The unit reads of its own steps alone, never that the office waits for a receipt of a 移送, say.
    """
    paper = measure.paper
    if paper is not None and paper.status == DocumentStatus.VOIDED:
        return ""
    seen = [step for step in measure.steps_now() if inner or is_of_unit(step)]
    for step in (one for one in seen if one.is_awaited(measure) and one.is_met(measure)):
        people = able(measure, step)
        if not people:
            return nobody(measure, step)
        return f"现由{'、'.join(people)}办理：{task_words(step.verb)}{_of_whom(measure, step.verb)}。"
    return ""


def _of_whom(measure: AccountabilityMeasure, verb: str) -> str:
    """Of which other bodies something is to be recorded."""
    if verb not in (Verb.RECORD_REFERRAL_RECEIPT, Verb.RECORD_REFERRAL_OUTCOME):
        return ""
    waits = "waits_for_receipt" if verb == Verb.RECORD_REFERRAL_RECEIPT else "waits_for_outcome"
    return f"（{'、'.join(one.organ for one in measure.referrals.all() if getattr(one, waits))}）"
