"""What the page of one step is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yuetan.forms.frame.step import StepForm
from yuetan.models import User
from yuetan.models.rectification.task_origin import HandsOutTasks
from yuetan.views.case import page_context
from yuetan.views.case.page_parts import Parts, make_parts, nothing

FROM_PAPER = "各处标明“纸质代录”，该单位看得到、可以核对；代录的人不得再审批、核查这份材料。代录后不能撤销。"
CONFIRM_HERE = "请看清“确认后”各条，勾选“确认办理”后再提交；上传文件的，文件须重新选择。"
IRREVERSIBLE = "办理后不能撤销，办理情况记入日志。"

# What every step's page has a place for; a step puts into it what its own parts of the same name show.
EVERY_STEP: Parts = {
    "facts": page_context.summary,
    "before_form": nothing,
    "form_sidebar": nothing,
    "other_steps": nothing,
}


@dataclass(frozen=True)
class StepPage:
    """The page of one step: its form and action, the template it is shown in, and the parts shown around the form.

    One of a `draft` only saves; `next_task` is the step whose page follows for the next task, while there is one.
    """

    form: type[StepForm]
    action: Callable[..., HandsOutTasks]
    consequences: tuple[str, ...] = ()
    prints: bool = False
    danger: bool = False
    intro: str = ""
    template: str = "cases/step.html"
    parts: Parts = field(default_factory=dict)
    draft: bool = False
    next_task: str = ""

    def make_parts(self, case: HandsOutTasks, user: User, instead: Parts) -> dict[str, object]:
        """All that the page shows around its form; `instead` are parts of what is no case."""
        return make_parts({**EVERY_STEP, **self.parts, **instead}, case, user)

    def sections_to_confirm(self, case: HandsOutTasks, user: User) -> object:
        """The sections shown with the form, repeated on the page that asks for a confirmation."""
        parts = {**EVERY_STEP, **self.parts}
        return parts["form_sidebar"](case, user) or parts["before_form"](case, user)
