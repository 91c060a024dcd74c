"""Pages of what is decided together: departments asked, and a meeting whose record is cited and compared."""

from __future__ import annotations

from collections.abc import Mapping

from yuetan.actions.ladder import consultation, meeting_decision, paper_decision
from yuetan.forms.ladder import meeting_decision as forms
from yuetan.forms.ladder.paper_decision import RegisterMeasurePaperForm
from yuetan.models import AccountabilityMeasure, Document
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.ladder.measure_page import MeasurePage
from yuetan.vocabulary import DocumentKind, Verb


def _asked_last(measure: AccountabilityMeasure) -> Document:
    """The 商请函 that was made last."""
    last: Document = measure.documents.filter(kind=DocumentKind.CONSULTATION_LETTER).latest("issued_at", "serial")
    return last


MEETING_PAGES: Mapping[str, MeasurePage] = {
    Verb.ASK_CONSULTATION: MeasurePage(
        forms.AskConsultationForm,
        consultation.ask_consultation,
        "商请函已印发，请打印、盖章送达；收到意见后请逐个登记。",
        intro="会议研究决定以前，须商有关部门：印发一份商请函，主送所列各部门，写明现在这份文本的问题和条件。",
        consequences=(
            "取发文字号印发商请函，文字从此不能改动；送达后等待各部门答复。",
            "商请函和部门的意见，单位都看不到。",
            IRREVERSIBLE,
        ),
        prints=True,
        paper=_asked_last,
    ),
    Verb.RECORD_CONSULTATION: MeasurePage(
        forms.RecordConsultationForm,
        consultation.record_consultation,
        "已登记部门意见。",
        consequences=("意见登记后不能再改，印入呈批表；单位看不到。", IRREVERSIBLE),
    ),
    Verb.EXCUSE_CONSULTATION: MeasurePage(
        forms.ExcuseConsultationForm,
        consultation.excuse_consultation,
        "已记录未答复的原因，会议研究决定不再等待这个部门。",
        consequences=("记录后不再等待这个部门的意见。", IRREVERSIBLE),
    ),
    Verb.REGISTER_MEASURE_DECISION: MeasurePage(
        forms.RegisterMeasureDecisionForm,
        meeting_decision.register_measure_decision,
        "已登记会议审定，等待办公室另一人复核。",
        intro="会议对这项责任措施作出审定、登记结论以后，在这里引用；由办公室另一人对照会议记录复核后生效。",
    ),
    Verb.REGISTER_MEASURE_PAPER: MeasurePage(
        RegisterMeasurePaperForm,
        paper_decision.register_measure_paper,
        "已登记签批件，等待办公室另一人复核。",
        intro="领导在纸质签批件上审定的，在这里登记；由办公室另一人打开扫描件复核后生效，在此之前仍待审定。一票否决只能由会议研究决定。",
    ),
    Verb.CONFIRM_MEASURE_DECISION: MeasurePage(
        forms.ConfirmMeasureDecisionForm,
        meeting_decision.confirm_measure_decision,
        "已复核，审定生效，可以印发送达。",
        consequences=("审定的就是现在这份文本，从此不能改动；由承办人印发送达。", IRREVERSIBLE),
    ),
    Verb.CONFIRM_MEASURE_DECLINED: MeasurePage(
        forms.ConfirmMeasureDecisionForm,
        meeting_decision.confirm_measure_declined,
        "已复核，不予实施。",
        consequences=("这项责任措施就此结束；以后需要实施的，另行起草。", IRREVERSIBLE),
        danger=True,
    ),
    Verb.RETURN_MEASURE_REGISTRATION: MeasurePage(
        forms.ReturnMeasureRegistrationForm,
        meeting_decision.return_measure_registration,
        "已退回登记，核对后重新登记。",
    ),
}
