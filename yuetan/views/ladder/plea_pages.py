"""Pages of a plea (申述) and of its answer, each with what follows; and what the page of a measure shows of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from yuetan.actions.ladder import plea as actions
from yuetan.actions.ladder import plea_answer
from yuetan.forms.ladder import plea as forms
from yuetan.ledgers.deadline_lights import DeadlineLights
from yuetan.models import AccountabilityMeasure, Attachment, Document, Plea, User
from yuetan.rules.text.official_text import chinese_date
from yuetan.templatetags.official import moment
from yuetan.views.case.available_steps import AvailableStep
from yuetan.views.case.case_files import visible_files
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.frame.section import Section, SummaryRow, row
from yuetan.views.ladder.measure_page import MeasurePage
from yuetan.vocabulary import FilePurpose, Verb

STANDS_MEANWHILE = "每项责任措施只申述一次；申述期间措施照常执行，整改期限不变（办公室设定，责任制未作规定）。"
ANSWER_ISSUED = "取发文字号印发申述答复，文字从此不能改动；单位即可看到、签收。"


def _answer_paper(measure: AccountabilityMeasure) -> Document:
    """The paper that was just issued."""
    paper: Document = Plea.objects.select_related("document").get(measure_laid=measure).document  # type: ignore[assignment]
    return paper


PLEA_PAGES: Mapping[str, MeasurePage] = {
    Verb.PREPARE_PLEA: MeasurePage(
        forms.PleaForm,
        actions.prepare_plea,
        "申述草稿已保存，由主要领导提出。",
        intro=f"草稿只有本单位看得到，由主要领导提出后办公室才看得到。{STANDS_MEANWHILE}",
    ),
    Verb.STATE_PLEA: MeasurePage(
        forms.PleaForm,
        actions.state_plea,
        "已提出申述，等待答复。",
        intro=STANDS_MEANWHILE,
        consequences=("申述送办公室，由审定该措施的一方决定维持或者撤销，书面答复；提出后不能改动，答复前可以撤回。",),
    ),
    Verb.REGISTER_PLEA: MeasurePage(
        forms.RegisterPleaForm,
        actions.register_plea,
        "纸质申述已代录。",
        intro="单位在纸上申述的，由办公室代录；是否逾期以收到时间为准。",
        consequences=("即为单位已申述，申述意见、签字人和扫描件单位看得到；登记后不能改动。",),
    ),
    Verb.WITHDRAW_PLEA: MeasurePage(
        forms.WithdrawPleaForm,
        actions.withdraw_plea,
        "已撤回申述。",
        consequences=("申述不再答复，也不能再次申述；措施照常执行。", IRREVERSIBLE),
        danger=True,
    ),
    Verb.DRAFT_PLEA_ANSWER: MeasurePage(
        forms.DraftPleaAnswerForm,
        plea_answer.draft_plea_answer,
        "申述答复已拟写，等待决定。",
        intro="答复由审定该措施的一方决定；拟写人和决定人不是同一人。决定以前可以重新拟写。",
    ),
    Verb.RETURN_PLEA_ANSWER: MeasurePage(
        forms.ReturnPleaAnswerForm, plea_answer.return_plea_answer, "已退回，由承办人重新拟写。"
    ),
    Verb.UPHOLD_MEASURE: MeasurePage(
        forms.DecidePleaForm,
        plea_answer.uphold_measure,
        "已决定维持，申述答复已印发。",
        consequences=(ANSWER_ISSUED, "措施不变，单位不能再次申述。", IRREVERSIBLE),
        prints=True,
        paper=_answer_paper,
    ),
    Verb.REVOKE_MEASURE: MeasurePage(
        forms.DecidePleaForm,
        plea_answer.revoke_measure,
        "已决定撤销，申述答复已印发。",
        consequences=(
            ANSWER_ISSUED,
            "措施自今日起不再执行：没有销号的整改任务撤销，取消的资格不再限制，不能再据以采取下一档措施，统计、考核不再计入。",
            "已经据以提出的约谈和采取的下一档措施不随之撤销，请另行处理。",
            IRREVERSIBLE,
        ),
        prints=True,
        danger=True,
        paper=_answer_paper,
    ),
}


def without_preparing(steps: list[AvailableStep]) -> list[AvailableStep]:
    """What may be done; who states the plea is not asked to prepare it too."""
    states = any(step.verb == Verb.STATE_PLEA for step in steps)
    return [step for step in steps if not (states and step.verb == Verb.PREPARE_PLEA)]


def plea_rows(measure: AccountabilityMeasure, user: User, verb: str) -> list[SummaryRow]:
    """What was stated, beside a step by which it is answered or withdrawn."""
    plea = measure.plea_waiting
    return _stated(measure, plea, user, DeadlineLights.now()) if plea is not None and verb in PLEA_PAGES else []


def plea_sections(measure: AccountabilityMeasure, user: User, lights: DeadlineLights) -> list[Section]:
    """The card of the plea, for both sides once it is stated; of an undecided answer the unit sees nothing.

    Before that the unit reads until which day it may state it, and its own draft.
    """
    plea = measure.plea_or_none
    if plea is None or plea.stated_at is None:
        rows = [] if measure.is_inner_to(user) else _may_be_stated(measure, plea)
    else:
        rows = _stated(measure, plea, user, lights)
    return [Section("申述", rows)] if rows else []


def _may_be_stated(measure: AccountabilityMeasure, plea: Plea | None) -> list[SummaryRow]:
    if measure.plea_until is None or not measure.is_in_force:
        return []
    rows = [row("申述期限", f"{chinese_date(measure.plea_until)}。{STANDS_MEANWHILE}")]
    if plea is not None and plea.draft.strip():
        rows.append(row("草稿", f"{plea.draft}\n（只有本单位看得到，由主要领导提出）"))
    return rows


def _stated(measure: AccountabilityMeasure, plea: Plea, user: User, lights: DeadlineLights) -> list[SummaryRow]:
    inner = measure.is_inner_to(user)
    files = [file for file in visible_files(measure, user) if file.purpose == FilePurpose.PLEA]
    who = f"{plea.stated_by.name}，{moment(plea.stated_at)}" if plea.stated_by else ""
    filed = f"\n{plea.filing.words_for(inner=inner)}" if plea.filing else ""
    rows = [row("申述意见", f"{plea.words}\n{who}{filed}", [*files, *_scan(measure, plea, user)])]
    standing = plea.standing
    rows.append(row("答复情况", f"{standing.label if standing else ''}{_due(plea.answer_due_on, lights, plea)}"))
    if plea.withdrawn_at is not None:
        rows.append(row("撤回原因", f"{plea.withdrawal_reason}\n{moment(plea.withdrawn_at)}"))
    if plea.drafted_at is not None and (inner or plea.decided_at is not None):
        rows.append(row("答复理由" if plea.decided_at else "拟写的答复", _answer_words(plea, inner=inner)))
    return rows


def _scan(measure: AccountabilityMeasure, plea: Plea, user: User) -> list[Attachment]:
    filing = plea.filing
    return [file for file in visible_files(measure, user) if filing is not None and file.pk == filing.scan_id]


def _due(due_on: date | None, lights: DeadlineLights, plea: Plea) -> str:
    light = lights.of(due_on) if plea.is_waiting else None
    return f"，答复期限{chinese_date(due_on)}（{light.words}）" if light and due_on else ""


def _answer_words(plea: Plea, *, inner: bool) -> str:
    words = plea.grounds if plea.decided_at else f"{plea.get_outcome_display()}。{plea.grounds}"
    if not inner or plea.drafted_by is None:
        return words
    people = f"{plea.drafted_by.name}于{moment(plea.drafted_at)}拟写"
    if plea.decided_by is not None:
        people = f"{people}，{plea.decided_by.name}于{moment(plea.decided_at)}决定"
    meeting = f"；依据{plea.decision_item.meeting.title}的结论" if plea.decision_item else ""
    return f"{words}\n{people}{meeting}"
