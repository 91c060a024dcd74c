"""What is done about an assessment: the page of each step on a year, a score, a sheet, an objection, a correction."""

from __future__ import annotations

from typing import TypedDict

from django.urls import reverse

from yuetan.actions.assessment import closing, corrections, objections, schemes, scores, sheets
from yuetan.forms.assessment import steps as forms
from yuetan.forms.assessment.scheme import AssessmentSchemeForm
from yuetan.models import (
    Assessment,
    AssessmentCorrection,
    AssessmentObjection,
    AssessmentScore,
    AssessmentSheet,
    User,
)
from yuetan.views.frame.room_step_page import Paged, RoomStepPage, by_name, offered_steps, only_changes

SCHEME_NOTE = (
    "按记录计数的指标由系统从记录里数，随时可以预览。"
    "保存后不能改，只能以新的版本写明原因修改；得分送单位核对以后方案不能再改。"
)
CORRECTION_NOTE = "公布的通报保留不变；经另一人审定后印发更正通报，本组的名次、等次随之更正，并告知有关单位。"


def _granted_words(correction: AssessmentCorrection) -> str:
    """Of one that was granted that its paper is issued."""
    return f"已印发更正通报（{correction.document.number}），并已告知。" if correction.document else ""


SET_UP = RoomStepPage[None](
    "create_assessment",
    schemes.SETTING_UP,
    "设立年度考核",
    SCHEME_NOTE,
    "已设立{}，随时可以预览各单位的得分。",
    AssessmentSchemeForm,
    schemes.create_assessment,
    button="保存",
)
SCORE = RoomStepPage[Assessment](
    "score_assessment",
    scores.SCORING,
    "人工评分",
    "保存后不能修改，评错的写明原因撤销以后重评。单位核对得分时看得到理由和依据。",
    "已评分。",
    forms.ScoreForm,
    scores.score_unit,
    lambda assessment: {"assessment": assessment},
    lambda score: score.papers.all(),
)
REVISE = RoomStepPage[Assessment](
    "revise_assessment_scheme",
    schemes.REVISING,
    "修改方案",
    SCHEME_NOTE,
    "已保存第{.version}版方案。",
    AssessmentSchemeForm,
    schemes.revise_assessment_scheme,
    lambda assessment: {"former": assessment.newest_scheme()},
    button="保存",
    is_next=only_changes,
)
# Those after which its page is shown again.
OF_ASSESSMENT = by_name(
    (
        RoomStepPage(
            "present_assessment",
            sheets.PRESENTING,
            "送单位核对",
            "各单位的得分和每一分的来源从此固定，单位各看各的，在异议期限内可以提出异议；方案和评分不能再改。",
            "已送各单位核对，并已告知。",
            forms.ConfirmForm,
            sheets.present_assessment,
        ),
        RoomStepPage(
            "close_assessment",
            closing.CLOSING,
            "关闭考核",
            "总分计入异议处理的结果，确定名次（同分的名次相同）和等次；关闭以后什么都不能再改，"
            "期限内收到的书面异议还没有代录的，请先代录。",
            "已关闭，名次和等次已确定。",
            forms.ConfirmForm,
            closing.close_assessment,
        ),
        RoomStepPage(
            "publish_assessment",
            closing.PUBLISHING,
            "印发考核结果通报",
            "取文号，各单位从此看得到全部单位的总分、名次和等次，看不到别的单位的各项得分。",
            "已印发考核结果通报，并已告知各单位。",
            forms.ConfirmForm,
            closing.publish_assessment,
        ),
        RoomStepPage(
            "withdraw_assessment_sheets",
            sheets.TAKING_BACK,
            "撤回送核",
            "方案或者记录有误时用：撤回以后可以改方案、改评分，再重新送核；这一次的得分表和异议保留，"
            "单位不再看到；重新送核时没有处理的异议转到新的得分表，已处理的在记录和得分不变的项目上沿用。",
            "已撤回，并已告知各单位。",
            forms.WithdrawSheetsForm,
            sheets.withdraw_assessment_sheets,
            is_next=only_changes,
        ),
    )
)
WITHDRAW_SCORE = RoomStepPage[AssessmentScore](
    "withdraw_score",
    scores.WITHDRAWING,
    "撤销评分",
    "",
    "已撤销评分，可以重新评分。",
    forms.WithdrawScoreForm,
    scores.withdraw_score,
)
RAISE = RoomStepPage[AssessmentSheet](
    "raise_assessment_objection",
    objections.OBJECTING,
    "提出异议",
    "提出以后不能修改，由办公室主任处理并书面答复；一项得分同时只有一件异议。",
    "已提出异议，等办公室处理。",
    forms.ObjectionForm,
    objections.raise_objection,
    lambda sheet: {"sheet": sheet},
    lambda objection: objection.papers.all(),
    is_of_reader=True,
)
DECIDE = RoomStepPage[AssessmentObjection](
    "decide_assessment_objection",
    objections.DECIDING,
    "处理异议",
    "",
    "已处理异议，并已告知单位。",
    forms.DecideObjectionForm,
    objections.decide_objection,
    lambda objection: {"is_failing": objections.is_of_failing_line(objection)},
)
CORRECT = RoomStepPage[AssessmentSheet](
    "propose_assessment_correction",
    corrections.PROPOSING,
    "提出更正",
    CORRECTION_NOTE,
    "已提出更正，等另一人审定。",
    forms.CorrectionForm,
    corrections.propose_correction,
    lambda sheet: {"sheet": sheet},
    lambda correction: correction.papers.all(),
)
DECIDE_CORRECTION = RoomStepPage[AssessmentCorrection](
    "decide_assessment_correction",
    corrections.DECIDING,
    "审定更正",
    CORRECTION_NOTE,
    "已退回，公布的结果不变，并已告知。",
    forms.DecideCorrectionForm,
    corrections.decide_correction,
    done_instead=_granted_words,
)


def steps_of(assessment: Assessment, user: User) -> list[dict[str, str]]:
    """What the person may do with it now, with its address."""
    return offered_steps([SCORE, *OF_ASSESSMENT.values(), REVISE], assessment, user)


class Asked(TypedDict):
    """Where a person takes a step that waits for one of several, or why this one does not."""

    decide_url: str
    barred: list[str]


def asked_of(page: RoomStepPage[Paged], row: Paged, user: User) -> Asked:
    """Of a step that is offered its address, or the sentences that its page says in place of its form."""
    if not page.step.is_offered(row, user):
        return {"decide_url": "", "barred": []}
    barred = [problem.sentence_with_article() for problem in page.step.problems(row, user)]
    return {"decide_url": "" if barred else reverse(page.name, args=[row.pk]), "barred": barred}
