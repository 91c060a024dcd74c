"""Forms of the case's steps: the fields of each are exactly the keywords of its action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from yuetan.forms.fields import (
    DayField,
    MomentField,
    ParagraphsField,
    SeveralFilesField,
    WordsField,
)
from yuetan.models import Case, Extension, OfficeSetting, Task, User
from yuetan.vocabulary import (
    ApprovalMethod,
    ConsequenceKind,
    InspectionConclusion,
    MinutesAnswer,
    PostKind,
    SubmissionPart,
    TaskState,
)

FILE_WORDS = "PDF、OFD、DOCX、XLSX、JPG、PNG，可一次选多个文件；不得上传涉密材料。"


class StepForm(forms.Form):
    """A step's form knows the case and the person; by itself it asks for nothing but a confirmation."""

    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.by = case, by
        for name, value in self.prefilled().items():
            self.fields[name].initial = value

    def prefilled(self) -> dict[str, Any]:
        """What the case already knows."""
        return {}

    def as_typed(self) -> StepForm:
        """The form as it was sent, without judging it."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self


class ReturnForm(StepForm):
    """退回修改."""

    reason = ParagraphsField(label="退回原因", help_text="写明要改什么，拟稿人会原样看到。")


class EndorseForm(StepForm):
    """核稿."""

    opinion = ParagraphsField(label="核稿意见", rows=3, initial="同意，报领导小组审定。")


class LeaderField(forms.ModelChoiceField):
    """Leaders of the leading group by name and post."""

    def label_from_instance(self, user: User) -> str:
        """姓名（职务）."""
        return f"{user.name}（{user.title}）"


class ApproveForm(StepForm):
    """审定: a leader writes an opinion; the office registers a meeting or a signed paper."""

    method = forms.ChoiceField(
        label="审定方式",
        required=False,
        widget=forms.RadioSelect,
        choices=[(m.value, m.label) for m in ApprovalMethod if m != ApprovalMethod.ONLINE],
    )
    approver = LeaderField(User.objects.none(), label="作出审定的领导", required=False)
    given_on = DayField(label="审定日期")
    opinion = ParagraphsField(label="审定意见", rows=3, initial="同意。")
    proof = forms.FileField(
        label="会议纪录或签批件扫描件", required=False, allow_empty_file=True, help_text="PDF、OFD、JPG、PNG。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.by.holds(PostKind.OFFICE_DIRECTOR):
            posts = OfficeSetting.objects.posts("approving_posts")
            leaders = User.objects.filter(posts__kind__in=posts, posts__ended_on=None).distinct()
            self.fields["approver"].queryset = leaders
            for name in ("method", "approver", "proof"):
                self.fields[name].needed = True
            return
        for name in ("method", "approver", "given_on", "proof"):
            del self.fields[name]


class DeclineForm(ApproveForm):
    """不予约谈."""

    opinion = ParagraphsField(label="不予约谈的原因", rows=3)


class WithdrawForm(StepForm):
    """撤回."""

    reason = ParagraphsField(label="撤回原因", rows=3)


class NoticeForm(StepForm):
    """The six elements of a notice, prefilled where the case knows them."""

    matter = ParagraphsField(label="事由", rows=3)
    scheduled_at = MomentField(label="时间")
    place = WordsField(label="地点")
    procedure = ParagraphsField(label="程序", rows=5)
    participants = ParagraphsField(label="参加人员", rows=3)
    required_materials = ParagraphsField(label="需提交的材料", rows=4)

    def prefilled(self) -> dict[str, Any]:
        """事由, 程序, 参加人员 and 材料 follow from the case and from the office's standard wording."""
        heads = [f"{post.full_title}{post.holder.name}" for post in self.case.interviewees.all()]
        interviewer = self.case.interviewer
        assert interviewer is not None
        words = OfficeSetting.objects.words
        return {
            "matter": f"{self.case.matter}。",
            "place": words("interview_place"),
            "procedure": words("interview_procedure"),
            "participants": f"约谈方：{interviewer.title}{interviewer.holder.name}，市扫黑办有关人员。\n"
            f"被约谈方：{'、'.join(heads)}。",
            "required_materials": words("required_materials"),
        }


class RescheduleForm(NoticeForm):
    """改期: the six elements again, and why."""

    reason = ParagraphsField(label="改期原因", rows=3)
    field_order = ("reason",)

    def prefilled(self) -> dict[str, Any]:
        """As the notice that holds now."""
        case = self.case
        return {
            "matter": case.notice_matter,
            "place": case.place,
            "procedure": case.procedure,
            "participants": case.participants,
            "required_materials": case.required_materials,
        }


class SubmissionForm(StepForm):
    """书面材料 under its four headings."""

    situation = ParagraphsField(label=SubmissionPart.SITUATION.label, rows=6)
    problems = ParagraphsField(label=SubmissionPart.PROBLEMS.label, rows=6)
    causes = ParagraphsField(label=SubmissionPart.CAUSES.label, rows=6)
    measures = ParagraphsField(label=SubmissionPart.MEASURES.label, rows=6)
    files = SeveralFilesField(label="附件", help_text=FILE_WORDS)

    def prefilled(self) -> dict[str, Any]:
        """The draft, or the version handed in last."""
        known = self.case.submissions.order_by("-version").first()
        return {part.value: known.part(part) for part in SubmissionPart} if known else {}


class MinutesForm(StepForm):
    """纪要 as text; measures stand as they were fixed in the interview."""

    problems = ParagraphsField(label="约谈事由、目的和通报的问题", rows=7)
    statement = ParagraphsField(label="被约谈方陈述说明和拟采取的整改措施", rows=7)
    discussion = ParagraphsField(label="讨论分析", rows=7)
    copied_to = WordsField(label="抄送", needed=False, max_length=300)

    def prefilled(self) -> dict[str, Any]:
        """The text as it stands."""
        return {name: getattr(self.case.minutes, name) for name in self.base_fields}


class MinutesAnswerForm(StepForm):
    """反馈纪要意见."""

    answer = forms.ChoiceField(label="意见", widget=forms.RadioSelect, choices=MinutesAnswer.choices)
    objection = ParagraphsField(
        label="异议内容", needed=False, help_text="选择“有异议”时必须填写，将随纪要一并印发。"
    )


class TaskField(forms.ModelChoiceField):
    """One task of the case."""

    def label_from_instance(self, task: Task) -> str:
        """第1项　……（状态）."""
        return f"第 {task.number} 项　{task.content}（{task.get_state_display()}）"


class TaskForm(StepForm):
    """A step on one task."""

    states: tuple[TaskState, ...] = (TaskState.ASSIGNED, TaskState.RETURNED)
    task = TaskField(Task.objects.none(), label="整改任务", empty_label=None, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["task"].queryset = self.tasks()

    def tasks(self) -> Any:
        """The tasks that can take this step now."""
        return self.case.tasks.filter(state__in=self.states)


class PrepareReportForm(TaskForm):
    """填写整改报告."""

    text = ParagraphsField(label="落实情况", rows=7)
    files = SeveralFilesField(label="佐证材料", help_text=FILE_WORDS)


class HandInReportForm(TaskForm):
    """报送整改报告."""


class AcceptTaskForm(TaskForm):
    """销号."""

    states = (TaskState.REPORTED,)
    note = ParagraphsField(label="核查意见", needed=False, rows=3, initial="经核查，已落实，予以销号。")


class ReturnTaskForm(TaskForm):
    """退回整改报告."""

    states = (TaskState.REPORTED,)
    note = ParagraphsField(label="退回原因", rows=3, help_text="写明缺什么，被约谈方会原样看到。")


class AskExtensionForm(TaskForm):
    """申请延期."""

    new_due_on = forms.DateField(
        label="申请延至", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = ParagraphsField(label="延期理由")


class DecideExtensionForm(TaskForm):
    """审批延期."""

    granted = forms.TypedChoiceField(
        label="决定",
        widget=forms.RadioSelect,
        choices=(("yes", "同意延期"), ("no", "不同意延期")),
        coerce=lambda value: value == "yes",
    )
    opinion = ParagraphsField(label="审批意见", rows=3)

    def tasks(self) -> Any:
        """Tasks with a request waiting."""
        return self.case.tasks.filter(extensions__in=Extension.objects.filter(decided_at=None))


class ConcludeInspectionForm(StepForm):
    """记录督查情况."""

    inspectors = WordsField(label="督查人员", needed=False)
    findings = ParagraphsField(label="督查情况", rows=6)
    conclusion = forms.ChoiceField(
        label="督查结论", widget=forms.RadioSelect, choices=InspectionConclusion.choices
    )
    basis = ParagraphsField(label="结论依据", rows=4, help_text="查实有据、查否有据：写明看了什么、核了什么。")


class SeveralTasksField(forms.ModelMultipleChoiceField):
    """Several tasks of the case."""

    label_from_instance = TaskField.label_from_instance  # type: ignore[assignment]


class SendBackForm(StepForm):
    """退回整改."""

    tasks = SeveralTasksField(
        Task.objects.none(), label="退回的整改任务", required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = ParagraphsField(label="退回原因")
    new_due_on = DayField(label="新的时限")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tasks"].queryset = self.case.tasks.exclude(state=TaskState.ACCEPTED)
        self.fields["tasks"].needed = True


class ConsequenceForm(StepForm):
    """记录问责处理."""

    kind = forms.ChoiceField(label="处理方式", widget=forms.RadioSelect, choices=ConsequenceKind.choices)
    basis = ParagraphsField(label="依据文书及内容", help_text="写明作出决定的机关、文书名称和文号。")


class CloseForm(StepForm):
    """办结销号."""

    opinion = ParagraphsField(label="办结意见", rows=3, initial="同意办结销号。")
