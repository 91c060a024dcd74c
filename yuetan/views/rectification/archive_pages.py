"""The pages of the steps of the archive of a closed case."""

from __future__ import annotations

from yuetan.actions.rectification import retention
from yuetan.forms.rectification import retention as forms
from yuetan.views.case.step_config import IRREVERSIBLE, StepPage
from yuetan.vocabulary import Verb
from yuetan.vocabulary.naming import in_names

ARCHIVE_PAGES: dict[str, StepPage] = {
    Verb.SET_RETENTION: StepPage(
        forms.SetRetentionForm,
        retention.set_retention,
        intro="办公室设定：办结时按“卷宗的保管期限”确定，自办结次年1月1日起算；只对这一件调整，须写明原因。",
    ),
    Verb.PLACE_HOLD: StepPage(
        forms.PlaceHoldForm,
        retention.place_hold,
        intro="冻结的卷宗，保管期满也继续保管，直到由另一人解除；可以因不同的事分别冻结。不影响查看和取卷宗。",
        consequences=(in_names("卷宗冻结，由冻结人以外的主任或者{the_leaders}解除。"), IRREVERSIBLE),
    ),
    Verb.LIFT_HOLD: StepPage(
        forms.LiftHoldForm,
        retention.lift_hold,
        intro="冻结的事由已经了结的，由冻结人以外的人解除；还有其他冻结的，卷宗仍然冻结。",
        consequences=("所选的冻结解除，原来的原因、冻结人和时间保留。", IRREVERSIBLE),
    ),
}
