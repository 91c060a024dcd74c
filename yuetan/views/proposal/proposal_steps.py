"""The pages of the steps from a proposal to its decision, or to its withdrawal."""

from __future__ import annotations

from yuetan.actions.proposal import decision, proposal
from yuetan.forms.frame.step import StepForm
from yuetan.forms.proposal import decision as decision_forms
from yuetan.forms.proposal import returns as forms
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.views.people.unit_history import unit_history_of_case
from yuetan.vocabulary import Verb

PROPOSAL_AND_OPINIONS = sections(SectionKey.PROPOSAL, SectionKey.APPROVAL)

PROPOSAL_PAGES: dict[str, StepPage] = {
    Verb.SUBMIT: StepPage(
        StepForm,
        proposal.submit,
        intro="报核后不能直接修改；审定以前可以“取回修改”，改好后重新报核。",
        parts={"before_form": sections(SectionKey.PROPOSAL)},
    ),
    Verb.RETURN_FOR_CHANGES: StepPage(
        forms.ReturnForm,
        proposal.return_for_changes,
        intro="退回后由拟稿人修改，再次报核。",
        parts={"before_form": PROPOSAL_AND_OPINIONS},
    ),
    Verb.TAKE_BACK: StepPage(
        forms.TakeBackForm,
        proposal.take_back,
        intro="取回后回到拟稿，可以修改、重新报核；已经核稿的须重新核稿。办公室主任收到消息。",
        parts={"before_form": PROPOSAL_AND_OPINIONS},
    ),
    Verb.ENDORSE: StepPage(
        forms.EndorseForm,
        proposal.endorse,
        parts={
            "before_form": sections(SectionKey.PROPOSAL),
            "history": unit_history_of_case,
            "other_steps": other_steps(Verb.RETURN_FOR_CHANGES),
        },
    ),
    Verb.APPROVE: StepPage(
        decision_forms.ApproveForm,
        decision.approve,
        parts={
            "before_form": PROPOSAL_AND_OPINIONS,
            "history": unit_history_of_case,
            "other_steps": other_steps(Verb.RETURN_FOR_CHANGES, Verb.DECLINE),
        },
    ),
    Verb.DECLINE: StepPage(
        decision_forms.DeclineForm,
        decision.decline,
        consequences=("本事项就此结束，不再约谈；同一单位再有问题的，须另行提出建议。", IRREVERSIBLE),
        danger=True,
        parts={"before_form": PROPOSAL_AND_OPINIONS},
    ),
    Verb.WITHDRAW: StepPage(
        forms.WithdrawForm,
        proposal.withdraw,
        consequences=(IRREVERSIBLE, "已通知的，同时向被约谈单位发出撤销约谈的函，原通知书标为“已被替代”。"),
        prints=True,
        danger=True,
    ),
}
