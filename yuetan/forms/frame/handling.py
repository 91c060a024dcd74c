"""What is chosen for a paper where it is issued: 密级, 紧急程度, 份号, 附注, 抄送, the lines of its title."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Unpack

from django import forms

from yuetan.documents.typesetting.title_breaking import MAX_LINES
from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, field_of, mark
from yuetan.forms.frame.step import StepForm
from yuetan.models import Unit
from yuetan.models.flow.recording import current_recording
from yuetan.models.papers.copies import usual_copies
from yuetan.rules.text.handling import Handling
from yuetan.vocabulary import Secrecy, Urgency

NOT_SHOWN = "抄送单位不因抄送而在系统里看到本事项，由办公室另行送达。"
NONE = ("", "不标注")
TITLE_BREAK, AUTOMATIC = "title_break", "title_break_automatic"
HANDLING = frozenset(field.name for field in dataclasses.fields(Handling))


class TitleBreakInput(forms.Textarea):
    """The lines of a title; as long as they are those that the system chose, nobody has chosen any."""

    def value_from_datadict(self, data: Mapping[str, str], files: object, name: str) -> str:
        """What was sent, or nothing where it was left as the preview had it."""
        sent = data.get(name, "")
        return "" if sent.split() == data.get(AUTOMATIC, "").split() else sent


class TitleBreakField(WordsField):
    """标题换行: the title, a line of it in each line."""

    def __init__(self, help_text: str) -> None:
        widget = TitleBreakInput(attrs={"rows": MAX_LINES})
        super().__init__(label="标题换行", needed=False, max_length=400, widget=widget, help_text=help_text)


class TitleBreakForm(forms.Form):
    """The lines of a title as the preview shows them, and as the system chose them."""

    title_break = TitleBreakField(
        help_text=f"想换个地方分行的，在这里改回车的位置，再点“按此分行预览”；不能改字，最多 {MAX_LINES} 行。"
    )
    title_break_automatic = forms.CharField(required=False, widget=forms.HiddenInput)


class HandlingFields(forms.Form):
    """What one or several papers may bear; folded up, for most bear nothing of it."""

    fold_label = "密级、紧急程度、附注、抄送等"
    secrecy = forms.ChoiceField(
        label="密级",
        choices=[NONE, *Secrecy.choices],
        required=False,
        help_text="本系统不办理涉密文书，最高只能标注“内部”。",
    )
    urgency = forms.ChoiceField(label="紧急程度", choices=[NONE, *Urgency.choices], required=False)
    note = WordsField(
        label="附注",
        needed=False,
        max_length=60,
        help_text="印在成文日期下一行的括号里，如“此件公开发布”，不必写括号。",
    )

    @property
    def has_fold(self) -> bool:
        """Whether anything of it is asked."""
        return "secrecy" in self.fields

    @property
    def is_fold_open(self) -> bool:
        """Whether anything of it is filled in or wrong."""
        return any(field.errors or field.value() for field in self if getattr(field.field, "folded", False))

    def fold_up(self, handling: Handling) -> None:
        """Let these fields stand last and folded, filled in as another paper was handled."""
        own = [name for name in self.fields if name in HANDLING]
        if current_recording():  # a paper of then bears what its original bears
            for name in own:
                del self.fields[name]
            return
        self.order_fields([name for name in self.fields if name not in own])
        mark(self, *own, folded=True)
        for name in own:
            self.fields[name].initial = getattr(handling, name) or self.fields[name].initial


class PaperHandlingFields(HandlingFields):
    """What one paper may bear."""

    copy_number = WordsField(
        label="份号",
        needed=False,
        max_length=6,
        help_text="系统里这一份的顺序号，六位数字，如 000001；另外印制的各份须另行编号。",
    )
    title_break = TitleBreakField(help_text="不填的由系统分行，下一步可以看着预览改；要自己分的，照标题原文填写。")


class CopiedFields(forms.Form):
    """Whom a letter is copied to: organs that are ticked, and others."""

    copied_lists = forms.MultipleChoiceField(
        label="抄送", required=False, widget=forms.CheckboxSelectMultiple, help_text=NOT_SHOWN
    )
    copied_to = WordsField(
        label="抄送其他单位",
        needed=False,
        max_length=300,
        help_text="写全称或者规范化简称；几个单位的，用顿号或者逗号隔开。",
    )

    def offer_copies(self, unit: Unit | None, *, by_group: bool = False, copied: Sequence[str] = ()) -> None:
        """Who is usually copied a letter to this unit, or to any where none is chosen yet.

        Whom an earlier text was copied to is ticked where offered, else filled in as others.
        """
        offered = usual_copies(unit, by_group=by_group)
        field_of(self, "copied_lists", forms.MultipleChoiceField).choices = [(name, name) for name in offered]
        self.fields["copied_lists"].initial = [name for name in copied if name in offered]
        self.fields["copied_to"].initial = "、".join(name for name in copied if name not in offered)


class PaperForm(PaperHandlingFields, StepForm):
    """A step that issues minutes, or a paper like another of its case."""

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        self.fold_up(self.handled_like())

    def handled_like(self) -> Handling:
        """How the paper is handled unless something else is chosen: as the one it takes the place of."""
        return Handling()


class LetterOfCaseForm(CopiedFields, PaperForm):
    """A step that issues a letter to the unit of its case."""

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        if "copied_lists" in self.fields:
            self.offer_copies(self.case.unit, copied=self.handled_like().copied_units)
