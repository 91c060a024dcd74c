"""The fields for who inspects, and the form by which they sign."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import RowsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import InspectionTeam, Post
from yuetan.models.rectification.team import possible_inspectors
from yuetan.vocabulary import UnitKind
from yuetan.vocabulary.naming import in_names

TWO_AT_LEAST = in_names(
    "两人以上，从{the_office}和{member_units}的人员中选；该单位的人员应当回避。不在名单上的，请系统管理员登记任职。"
)
ROWS = 2


class InspectorField(forms.ModelChoiceField):
    """One person by name and post; the office's own without its long name."""

    def label_from_instance(self, post: Post) -> str:
        """Name and post of who may inspect: 姓名（职务）."""
        title = post.title if post.unit.kind == UnitKind.OFFICE else post.full_title
        return f"{post.holder.name}（{title}）"


class InspectorRowForm(forms.Form):
    """One person."""

    use_required_attribute = False
    post = InspectorField(Post.objects.select_related("holder", "unit"), label="姓名和职务", empty_label="请选择")


class InspectorsField(RowsField):
    """The persons, at least two, each on a row."""

    def __init__(self, *, label: str) -> None:
        super().__init__(InspectorRowForm, rows=ROWS, label=label, help_text=TWO_AT_LEAST)
        self.widget.add_label = "增加一人"


class SheetField(forms.FileField):
    """The sheet that everybody signed by hand, where they do not sign here."""

    def __init__(self) -> None:
        words = "全体人员在纸质记录上签字的，上传扫描件；否则其他人员须登录后逐一“签认督查记录”。PDF、OFD、JPG、PNG。"
        super().__init__(label="签字的记录扫描件", required=False, allow_empty_file=True, help_text=words)


class TeamForm(StepForm):
    """A form that asks who went: the rows offer those who may inspect this case."""

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        possible = possible_inspectors(self.case)

        class RowForm(InspectorRowForm):
            post = InspectorField(possible, label="姓名和职务", empty_label="请选择")

        self.fields["inspectors"].widget.row_form = RowForm


class TeamField(forms.ModelChoiceField):
    """One record that waits for signatures."""

    def label_from_instance(self, team: InspectionTeam) -> str:
        """第 2 次督查（2026年11月23日）：周七（督查员）、张一（承办人），待张一签认."""
        return f"{team}，{team.signature_words}"


class SignInspectionForm(StepForm):
    """签认督查记录."""

    team = TeamField(
        InspectionTeam.objects.none(),
        label="签认哪一份记录",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
    )
    scan = SheetField()

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        waiting = [team.pk for team in self.case.unsigned_teams]
        own = [team.pk for team in self.case.unsigned_teams if self._is_in(team)]
        choice_of(self, "team").queryset = InspectionTeam.objects.filter(pk__in=waiting)
        self.fields["team"].initial = next(iter(own or waiting), None)
        self.fields["scan"].help_text = "本人签认的不必上传；上传全体签字的扫描件的，即为全体签认。PDF、OFD、JPG、PNG。"
        mark_needed(self, "team")

    def _is_in(self, team: InspectionTeam) -> bool:
        return any(member.person_id == self.by.pk for member in team.unsigned)
