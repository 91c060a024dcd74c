"""The pages of the steps by which a 补录 is handed in, checked, returned or discarded."""

from __future__ import annotations

from yuetan.actions.rectification import earlier_case
from yuetan.forms.frame.step import StepForm
from yuetan.forms.rectification import earlier as forms
from yuetan.views.case.available_steps import other_steps
from yuetan.views.case.case_sections import all_sections
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.vocabulary import Verb

EARLIER_PAGES: dict[str, StepPage] = {
    Verb.HAND_IN_EARLIER_CASE: StepPage(
        StepForm,
        earlier_case.hand_in_earlier_case,
        intro="当时办到哪一步，就补录到哪一步；送复核后由办公室主任对照原件复核。",
        parts={"before_form": all_sections},
    ),
    Verb.CONFIRM_EARLIER_CASE: StepPage(
        forms.ConfirmEarlierForm,
        earlier_case.confirm_earlier_case,
        intro="请打开下列各份原件，与补录的内容逐项核对；不符的，请“退回补录”。",
        consequences=(
            "补录生效：本事项从现在的状态起在系统中办理，整改时限照原定继续计算。",
            "被约谈单位主要领导和联络员即可看到本事项（不含建议、依据和内部意见）。",
            IRREVERSIBLE,
        ),
        parts={"before_form": all_sections, "other_steps": other_steps(Verb.RETURN_EARLIER_CASE)},
    ),
    Verb.RETURN_EARLIER_CASE: StepPage(
        forms.ReturnEarlierForm,
        earlier_case.return_earlier_case,
        intro="退回后由承办人接着补录；已录的步骤有误、不能用后面的步骤改正的，作废后重新补录。",
        parts={"before_form": all_sections},
    ),
    Verb.DISCARD_EARLIER_CASE: StepPage(
        forms.DiscardEarlierForm,
        earlier_case.discard_earlier_case,
        consequences=(
            "本次补录不算数，已录的内容和原件保留、标明“补录作废”；原件的文号可以重新补录。",
            IRREVERSIBLE,
        ),
        danger=True,
    ),
}
