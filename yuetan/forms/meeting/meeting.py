"""Forms of a meeting until it is held: what is planned, its agenda, to whom the notice goes, why it is cancelled."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.actions.meeting.meetings import Planned, plan_shown
from yuetan.actions.seen import SEEN
from yuetan.forms.frame.begun_with import BegunWithField
from yuetan.forms.frame.fields import MomentField, ParagraphsField, SeveralFilesField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.forms.frame.units_field import UnitsField
from yuetan.models import AccountabilityMeasure, Case, Meeting, Post, Unit, User
from yuetan.models.meeting.agenda_item import cases_to_decide, measures_to_decide
from yuetan.models.people.unit import PostQuerySet
from yuetan.vocabulary import INTERVIEWED_UNIT_KINDS, SEPARATE_POSTS, MeetingKind, UnitKind

MAX_WAITING = 200
LEFT_OUT = "待审定的约谈建议或者责任措施超过 {most} 件，这里各列前 {most} 件；其余的，待这些审定以后再列入。"
PLANNED = ("kind", "topic", "begins_at", "place", "chair", "demands")


def _posts_at_the_table() -> PostQuerySet:
    """Posts of the leading group and its office, without those who only keep accounts."""
    posts = Post.objects.current().filter(unit__kind__in=(UnitKind.LEADING_GROUP, UnitKind.OFFICE))
    return posts.exclude(kind__in=SEPARATE_POSTS).select_related("holder", "unit__parent")


class MeetingForm(forms.Form):
    """召集会议, or change what is planned of one."""

    kind = forms.ChoiceField(label="会议类别", choices=MeetingKind.choices, widget=forms.RadioSelect, required=False)
    topic = WordsField(
        label="主题", max_length=60, needed=False, help_text="专题会议必须填写，印在会议名称后面的括号里。"
    )
    begins_at = MomentField(label="时间")
    place = WordsField(label="地点", max_length=100)
    chair = forms.ModelChoiceField(Post.objects.none(), label="主持人", required=False, empty_label="请选择")
    demands = ParagraphsField(
        printed=True, label="参会要求", rows=3, needed=False, help_text="印在会议通知上，如需携带的材料、能否委派他人。"
    )
    seen = BegunWithField()

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        meeting: Meeting | None = None,
        **options: Unpack[FormOptions],
    ) -> None:
        if meeting is not None:
            initial = {name: getattr(meeting, name) for name in PLANNED}
            options = {**options, "initial": {**initial, SEEN: plan_shown(meeting)}}
        super().__init__(data, files, **options)
        if meeting is None:
            del self.fields[SEEN]
        choice_of(self, "chair").queryset = _posts_at_the_table()
        mark_needed(self, "kind", "chair")

    def clean(self) -> dict[str, object]:
        """The keywords of the action that MeetingForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        seen = {SEEN: data[SEEN]} if SEEN in data else {}
        return {"planned": Planned(**{name: data[name] for name in PLANNED}), **seen}


class AgendaItemForm(forms.Form):
    """列入议题: something that waits for a decision, or what the words name."""

    waiting = forms.ChoiceField(label="待审定的事项", required=False)
    title = WordsField(
        printed=True,
        label="其他议题",
        max_length=120,
        needed=False,
        help_text="不是审定事项的写在这里；会印在会议通知上，参会、列席的单位都看得到，不写被约谈单位。",
    )
    presenter = WordsField(label="汇报人（单位）", max_length=60, needed=False)
    units = UnitsField(
        label="只列席这一议题的单位",
        help_text=(
            "一行一个全称或者代码。印发通知后，这些单位只打得开这一议题和它的材料，其他议题只看得到会议通知上的名称，"
            "以后增加的其他议题不告知；待审定的事项不填。"
        ),
    )

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, by: User, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        cases = list(cases_to_decide(by).select_related("unit__parent")[: MAX_WAITING + 1])
        measures = list(measures_to_decide(by).select_related("unit__parent", "rung", "plea")[: MAX_WAITING + 1])
        if max(len(cases), len(measures)) > MAX_WAITING:
            self.fields["waiting"].help_text = LEFT_OUT.format(most=MAX_WAITING)
        cases, measures = cases[:MAX_WAITING], measures[:MAX_WAITING]
        self.subjects: dict[str, Case | AccountabilityMeasure] = {str(one.pk): one for one in (*cases, *measures)}
        pleas = {one.pk for one in measures if one.plea_waiting is not None}
        named = [
            (str(one.pk), f"{one.unit.full_name}：{one.title}{'（申述）' if one.pk in pleas else ''}")
            for one in (*cases, *measures)
        ]
        self.fields["waiting"].choices = [("", "不选"), *named]  # type: ignore[attr-defined] # a field with choices

    def clean(self) -> dict[str, object]:
        """The keywords of the action that AgendaItemForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        chosen = self.subjects.get(data["waiting"])
        return {
            "title": data["title"],
            "presenter": data["presenter"],
            "units": data["units"],
            "case": chosen if isinstance(chosen, Case) else None,
            "measure": chosen if isinstance(chosen, AccountabilityMeasure) else None,
        }


class AgendaFilesForm(forms.Form):
    """上传议题材料."""

    papers = SeveralFilesField(label="议题材料", help_text="会前可以撤下，会议召开后不能撤下。")


class _PostsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, post: Post) -> str:
        """市领导小组组长赵四."""
        return str(post)


class ConveneForm(forms.Form):
    """印发会议通知: which people by their posts, and which units."""

    posts = _PostsField(Post.objects.none(), label="参会人员", required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(label="参会单位类别", required=False, widget=forms.CheckboxSelectMultiple)
    units = UnitsField(label="另行指定的单位", help_text="一行一个全称或者代码。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, meeting: Meeting, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        posts = _posts_at_the_table().exclude(pk=meeting.chair_id)
        self.fields["posts"].queryset = posts  # type: ignore[attr-defined] # a field of rows
        self.fields["posts"].help_text = f"主持人{meeting.chair}必定在内，不用选。"
        kinds = [(kind.value, f"全部{kind.label}") for kind in INTERVIEWED_UNIT_KINDS]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined] # a field with choices

    def clean(self) -> dict[str, object]:
        """The keywords of the action that ConveneForm is for."""
        data = self.cleaned_data
        if self.errors:
            return data
        of_kinds = Unit.objects.interviewed().in_use().filter(kind__in=data["kinds"]).select_related("parent")
        return {"posts": list(data["posts"]), "units": [*of_kinds, *data["units"]]}


class CancelMeetingForm(forms.Form):
    """取消会议: why."""

    reason = ParagraphsField(label="取消原因", rows=3)
