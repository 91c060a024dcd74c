"""The pages of the steps from a proposal to its decision, or to its withdrawal."""

from __future__ import annotations

from yuetan.actions.proposal import decision, proposal, readers, registration
from yuetan.forms.frame.step import StepForm
from yuetan.forms.proposal import decision as decision_forms
from yuetan.forms.proposal import registration as registration_forms
from yuetan.forms.proposal import returns as forms
from yuetan.forms.proposal.readers import ReadersForm
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.case_sections import SectionKey, sections
from yuetan.views.case.page_parts import Parts
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.views.people.unit_history import unit_history_of_case
from yuetan.views.proposal.decision_page import DECISION_PAGE
from yuetan.vocabulary import Verb

PROPOSAL_AND_OPINIONS = sections(SectionKey.PROPOSAL, SectionKey.APPROVAL)

UNDER_REVIEW: Parts = {
    "before_form": PROPOSAL_AND_OPINIONS,
    "other_steps": other_steps(Verb.RETURN_REGISTRATION),
}

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
    Verb.APPROVE: DECISION_PAGE,
    Verb.DECLINE: StepPage(
        decision_forms.DeclineForm,
        decision.decline,
        consequences=("本事项就此结束，不再约谈；同一单位再有问题的，须另行提出建议。", IRREVERSIBLE),
        danger=True,
        parts={"before_form": PROPOSAL_AND_OPINIONS},
    ),
    Verb.REGISTER_DECISION: StepPage(
        registration_forms.RegisterDecisionForm,
        registration.register_decision,
        intro="登记会议审定或者签批件；由办公室另一人打开扫描件（会议记录）复核后，审定才生效，事项在此之前仍待审定。",
        parts={"before_form": PROPOSAL_AND_OPINIONS, "history": unit_history_of_case},
    ),
    Verb.CONFIRM_APPROVAL: StepPage(
        registration_forms.ConfirmRegistrationForm,
        registration.confirm_approval,
        consequences=("审定同意即生效，可以办理书面通知。", IRREVERSIBLE),
        parts=UNDER_REVIEW,
    ),
    Verb.CONFIRM_DECLINE: StepPage(
        registration_forms.ConfirmRegistrationForm,
        registration.confirm_decline,
        consequences=("不予约谈即生效，本事项就此结束。", IRREVERSIBLE),
        danger=True,
        parts=UNDER_REVIEW,
    ),
    Verb.RETURN_REGISTRATION: StepPage(
        registration_forms.ReturnRegistrationForm,
        registration.return_registration,
        intro="退回后登记不算数，可以重新登记；登记人自己也可以收回。",
        parts=UNDER_REVIEW,
    ),
    Verb.SET_READERS: StepPage(
        ReadersForm,
        readers.set_readers,
        intro="范围外的承办人、督查员从此看不到这件事项：页面、台账、查找、统计、日程、消息、文件都没有它。",
    ),
    Verb.WITHDRAW: StepPage(
        forms.WithdrawForm,
        proposal.withdraw,
        consequences=(IRREVERSIBLE, "已通知的，同时向被约谈单位发出取消约谈的通知，原通知书标为“已被替代”。"),
        prints=True,
        danger=True,
    ),
}
