"""Forms of what is written down of a meeting: who came, what was concluded of an item, what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Unpack

from django import forms
from django.forms.boundfield import BoundField

from yuetan.actions.meeting.attendance import Came, attendance_shown
from yuetan.actions.meeting.conclusions import conclusion_shown
from yuetan.actions.meeting.resolutions import Agreed, resolutions_shown, seen_by
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import DayField, ParagraphsField, RowsField, SeenField, SeveralFilesField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark, mark_needed
from yuetan.forms.frame.units_field import RowOfUnits, UnitField, keep_units
from yuetan.models import AgendaItem, Invitation, Meeting, User
from yuetan.models.meeting.invitation import person_named
from yuetan.models.meeting.presence_rules import approvers_there, least_in_conclusion
from yuetan.vocabulary import Presence

ROWS_SHOWN = 3
MAX_INVITED = 50  # of those convened on a page
REGISTER_TOO = "会议审定的，须再在该事项、该责任措施的页面登记审定，引用这次会议记录，由另一人复核后生效。"


class AttendanceForm(forms.Form):
    """登记到会情况: for each of those `shown` as what they took part, and who came in their stead.

    Of many who were convened a page is shown at a time, the first where none is named; the others stay as they are.
    """

    observers = ParagraphsField(
        printed=True,
        label="其他列席人员",
        rows=2,
        needed=False,
        help_text="没有收到会议通知的，一行一人，写单位、职务、姓名。",
    )
    presided = forms.ChoiceField(
        label="实际主持人",
        required=False,
        help_text="原定主持人到会主持的不用选；没有到会的，选由谁主持；在后面页上的，登记那一页时再选。",
    )
    seen = BegunWithField()

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        meeting: Meeting,
        shown: Sequence[Invitation] | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        of_meeting = Invitation.objects.of_meeting(meeting)
        self.invitations = list(of_meeting[:MAX_INVITED] if shown is None else shown)
        self._offer_presiders(meeting, of_meeting.filter(presence__in=Presence.there()))
        self.fields["observers"].initial = meeting.observers
        self.fields["seen"].initial = attendance_shown(meeting, [one.pk for one in self.invitations])
        for one in self.invitations:
            self._add_fields(one)

    def _offer_presiders(self, meeting: Meeting, there: Iterable[Invitation]) -> None:
        """Whoever is shown, and of the other pages who came; who was to chair stands first and need not be chosen."""
        offered = {one.pk: one for one in (*self.invitations, *there)}
        others = [one for one in offered.values() if one.post_id != meeting.chair_id]
        choices = [("", f"{meeting.chair}（原定主持人）"), *((str(one.pk), one.label) for one in others)]
        self.fields["presided"].choices = choices  # type: ignore[attr-defined] # a field with choices
        self.fields["presided"].initial = next((str(one.pk) for one in others if one.presided), "")

    def _add_fields(self, one: Invitation) -> None:
        labels = {"presence": "到会情况", "name": "到会人", "title": "职务"}
        marks = {what: {"aria-label": f"{one.label}：{label}"} for what, label in labels.items()}
        self.fields[f"presence_{one.pk}"] = forms.ChoiceField(
            label=f"{one.label}的到会情况",
            choices=[("", "请选择"), *Presence.choices],
            required=False,
            initial=one.presence,
            widget=forms.Select(attrs=marks["presence"]),
        )
        for what, length in (("name", 40), ("title", 100)):
            widget = forms.TextInput(attrs=marks[what])
            field = WordsField(label=f"{one.label}的{labels[what]}", max_length=length, needed=False, widget=widget)
            field.initial = getattr(one, f"attended_{what}")
            self.fields[f"{what}_{one.pk}"] = field

    @property
    def lines(self) -> list[tuple[Invitation, BoundField, BoundField, BoundField]]:
        """A line for each invitation with its three fields."""
        return [
            (one, self[f"presence_{one.pk}"], self[f"name_{one.pk}"], self[f"title_{one.pk}"])
            for one in self.invitations
        ]

    def clean(self) -> dict[str, object]:
        """The keywords of the action that AttendanceForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        came = {
            one.pk: Came(data[f"presence_{one.pk}"], data[f"name_{one.pk}"], data[f"title_{one.pk}"])
            for one in self.invitations
        }
        presided = int(data["presided"]) if data["presided"] else None
        return {"came": came, "observers": data["observers"], "presided": presided, "seen": data["seen"]}


class _CameField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, one: Invitation) -> str:
        """棠下镇党委书记冯十."""
        return one.came


class ConclusionForm(forms.Form):
    """登记结论 of one item."""

    conclusion = ParagraphsField(printed=True, label="结论", rows=4, help_text="照会议决定的文字填写，印在会议纪要上。")
    decision = forms.ChoiceField(label="审定结果", required=False, widget=forms.RadioSelect, help_text=REGISTER_TOO)
    decided_by = forms.ModelChoiceField(
        User.objects.none(), label="作出审定的领导", required=False, empty_label="请选择"
    )
    is_collective = forms.BooleanField(label="集体结论，参加讨论的人员列名负责", required=False)
    people = _CameField(
        Invitation.objects.none(), label="列名的人员", required=False, widget=forms.CheckboxSelectMultiple
    )
    discussion = ParagraphsField(
        label="讨论过程",
        rows=5,
        needed=False,
        help_text="集体结论必须填写：谁提出什么意见、怎样形成结论；只有办公室和领导看得到，不给单位看。",
    )
    scan = SeveralFilesField(
        label="签名页扫描件", help_text="集体结论必须上传，更正时重新上传：列名人员签名的记录，PDF、JPG、PNG。"
    )
    seen = BegunWithField()

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, item: AgendaItem, **options: Unpack[FormOptions]
    ) -> None:
        options = {**options, "initial": _concluded(item)}
        super().__init__(data, files, **options)
        there = Invitation.objects.of_meeting(item.meeting).filter(presence__in=Presence.there())
        self.fields["people"].queryset = there  # type: ignore[attr-defined] # a field of rows
        self.fields["people"].help_text = f"集体结论至少 {least_in_conclusion()} 人；任职于所议单位的须回避，不列名。"
        if item.must_be_collective:
            mark_needed(self, "people", "discussion", "scan")
        if not item.decision_choices:
            del self.fields["decision"], self.fields["decided_by"]
            return
        keys = [person.pk for person in approvers_there(item)]
        choice_of(self, "decided_by").queryset = User.objects.filter(pk__in=keys)
        self.fields["decided_by"].help_text = "只列本人出席、当日有权审定的领导。"
        choices = [("", "会上没有审定"), *item.decision_choices]
        self.fields["decision"].choices = choices  # type: ignore[attr-defined] # a field with choices
        mark(self, "decision", needed=True)

    def clean(self) -> dict[str, object]:
        """The keywords of the action; of an item in words alone nothing is decided."""
        data = self.cleaned_data
        if self.errors:
            return data
        decided = {"decision": data.get("decision", ""), "decided_by": data.get("decided_by")}
        return {**data, **decided, "people": list(data["people"])}


def _concluded(item: AgendaItem) -> dict[str, object]:
    named = {person_named(*each) for each in item.concluded_by}
    return {
        "conclusion": item.conclusion,
        "decision": item.decision,
        "decided_by": item.decided_by,
        "is_collective": item.is_collective,
        "discussion": item.discussion,
        "people": [one.pk for one in item.meeting.invitations.all() if one.person in named],
        "seen": conclusion_shown(item),
    }


class ResolutionRowForm(RowOfUnits):
    """One thing agreed."""

    text = WordsField(printed=True, label="议定事项", max_length=500)
    unit = UnitField(label="承办单位", help_text="全称或者代码。")
    due_on = DayField(label="完成时限")


class ResolutionsForm(forms.Form):
    """登记议定事项: the whole list."""

    agreed = RowsField(
        ResolutionRowForm,
        rows=ROWS_SHOWN,
        label="议定事项",
        help_text="每项写明内容、承办单位和完成时限；印发纪要后只能另行更正。",
    )
    seen = BegunWithField()

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        meeting: Meeting,
        by: User,
        **options: Unpack[FormOptions],
    ) -> None:
        known = seen_by(by, meeting).select_related("unit__parent").order_by("number")
        rows = [{"text": one.text, "unit": one.unit.full_name, "due_on": one.due_on} for one in known]
        super().__init__(data, files, **options)
        self.fields["agreed"].initial = rows or None
        keep_units(self, "agreed", {one.unit_id for one in known})
        self.fields["seen"].initial = resolutions_shown(meeting, by)
        self.fields["agreed"].widget.add_label = "增加一项"

    def clean(self) -> dict[str, object]:
        """The keyword of the action that ResolutionsForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        agreed = [Agreed(row["text"], row["unit"], row["due_on"]) for row in data["agreed"]]
        return {"agreed": agreed, "seen": data["seen"]}


class MinutesOfMeetingForm(forms.Form):
    """印发会议纪要 as it was looked at."""

    seen = SeenField()
