"""Pages of what is put before other bodies about a measure, each with what follows."""

from __future__ import annotations

from collections.abc import Mapping

from yuetan.actions.ladder import referral
from yuetan.forms.ladder import referral as forms
from yuetan.models import AccountabilityMeasure, Document, Referral
from yuetan.views.case.step_config import IRREVERSIBLE
from yuetan.views.ladder.measure_page import MeasurePage
from yuetan.vocabulary import Verb

NOT_THE_UNITS = "这份文书和此后的签收、办理结果，单位都看不到。"


def _handed_over_last(measure: AccountabilityMeasure) -> Document:
    """The paper that was handed over last."""
    last: Referral = measure.referrals.order_by("-referred_at", "-pk").select_related("document")[0]
    paper: Document = last.document
    return paper


REFERRAL_PAGES: Mapping[str, MeasurePage] = {
    Verb.PROPOSE_VETO: MeasurePage(
        forms.ProposeVetoForm,
        referral.propose_veto,
        "已提出书面建议，请分别登记上级主管单位、上级综治委的签收和处理结果。",
        intro="中央和省、市驻本地的单位，不在本地作出决定，向其上级主管单位和上级综治委提出书面建议，两处分别登记签收和结果。",
        consequences=(
            "取发文字号印发，文字从此不能改动；这项责任措施到此为止。",
            NOT_THE_UNITS,
            IRREVERSIBLE,
        ),
        prints=True,
        paper=_handed_over_last,
    ),
    Verb.REFER_MEASURE: MeasurePage(
        forms.ReferMeasureForm,
        referral.refer_measure,
        "已移送，请登记签收和办理结果。",
        intro="需要追究领导干部责任的，移送有权机关；引咎辞职、责令辞职、免职和处分由有权机关决定，这里只登记结果。",
        consequences=("取发文字号印发移送函，文字从此不能改动。", NOT_THE_UNITS, IRREVERSIBLE),
        prints=True,
        paper=_handed_over_last,
    ),
    Verb.RECORD_REFERRAL_RECEIPT: MeasurePage(
        forms.RecordReferralReceiptForm, referral.record_referral_receipt, "已登记签收，等待办理结果。"
    ),
    Verb.RECORD_REFERRAL_OUTCOME: MeasurePage(
        forms.RecordReferralOutcomeForm,
        referral.record_referral_outcome,
        "已登记办理结果。",
        intro="照有权机关的文书登记；结果由该机关作出，本系统不作这些决定。",
    ),
}
