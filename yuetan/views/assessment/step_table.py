"""What is done about an assessment as a whole: one table of who, with which form, in which words, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from yuetan import permissions
from yuetan.actions.assessment.assessment_rows import CLOSE, KEEP, PRESENT, PUBLISH, SCORE, TAKE_BACK
from yuetan.actions.assessment.closing import close_assessment, closing_problems, publish_assessment
from yuetan.actions.assessment.scores import score_unit
from yuetan.actions.assessment.sheets import present_assessment, presenting_problems, withdraw_assessment_sheets
from yuetan.forms.assessment.steps import ConfirmForm, ScoreForm, WithdrawSheetsForm
from yuetan.models import Assessment, User
from yuetan.rules.refusals import Finding
from yuetan.views.frame.reasons import nothing_against
from yuetan.vocabulary import AssessmentStanding

RUNNING, PRESENTED, OVER, CLOSED, PUBLISHED = AssessmentStanding


@dataclass(frozen=True)
class AssessmentStep:
    """One thing that may be done: its address, right, form and action, where the assessment stands then, its words.

    `against` is what refuses it as things stand, shown in place of the form.
    """

    name: str
    codename: str
    title: str
    note: str
    done: str
    form: type[forms.Form]
    action: Callable[..., object]
    standings: tuple[AssessmentStanding, ...]
    against: Callable[[Assessment, User], Iterable[Finding]] = nothing_against


STEPS = {
    step.name: step
    for step in (
        AssessmentStep(
            "score_assessment",
            SCORE,
            "人工评分",
            "保存后不能修改，评错的写明原因撤销以后重评。单位核对得分时看得到理由和依据。",
            "已评分。",
            ScoreForm,
            score_unit,
            (RUNNING,),
        ),
        AssessmentStep(
            "present_assessment",
            PRESENT,
            "送单位核对",
            "各单位的得分和每一分的来源从此固定，单位各看各的，在异议期限内可以提出异议；方案和评分不能再改。",
            "已送各单位核对，并已告知。",
            ConfirmForm,
            present_assessment,
            (RUNNING,),
            lambda assessment, by: presenting_problems(assessment),
        ),
        AssessmentStep(
            "close_assessment",
            CLOSE,
            "关闭考核",
            "总分计入异议处理的结果，确定名次（同分的名次相同）和等次；关闭以后什么都不能再改。",
            "已关闭，名次和等次已确定。",
            ConfirmForm,
            close_assessment,
            (OVER,),
            closing_problems,
        ),
        AssessmentStep(
            "publish_assessment",
            PUBLISH,
            "印发考核结果通报",
            "取文号，各单位从此看得到全部单位的总分、名次和等次，看不到别的单位的各项得分。",
            "已印发考核结果通报，并已告知各单位。",
            ConfirmForm,
            publish_assessment,
            (CLOSED,),
        ),
        AssessmentStep(
            "withdraw_assessment_sheets",
            TAKE_BACK,
            "撤回送核",
            "方案或者记录有误时用：撤回以后可以改方案、改评分，再重新送核；这一次的得分表和异议保留，"
            "单位不再看到；重新送核时没有处理的异议转到新的得分表，已处理的在记录和得分不变的项目上沿用。",
            "已撤回，并已告知各单位。",
            WithdrawSheetsForm,
            withdraw_assessment_sheets,
            (PRESENTED, OVER),
        ),
    )
}


def steps_of(assessment: Assessment, user: User) -> list[dict[str, str]]:
    """What the person may do with it now, with its address."""
    steps = [
        {"title": step.title, "url": reverse(name, args=[assessment.pk])}
        for name, step in STEPS.items()
        if assessment.standing in step.standings and user.has_perm(permissions.name(step.codename))
    ]
    if assessment.standing == RUNNING and user.has_perm(permissions.name(KEEP)):
        steps.append({"title": "修改方案", "url": reverse("revise_assessment_scheme", args=[assessment.pk])})
    return steps
