"""The form of 知悉范围."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of
from yuetan.forms.frame.step import StepForm
from yuetan.models import Post, User
from yuetan.vocabulary import NARROWED_POSTS
from yuetan.vocabulary.naming import in_names

WHO = in_names(
    "只有选中的承办人、督查员可以查看和办理这件事项；办公室主任、{the_leaders}不用选，始终可以。一个都不选，就是办公室"
    "全体办案人员都可以查看。办公室设定，《{procedure}》未作规定。"
)


class ReaderField(forms.ModelMultipleChoiceField):
    """People of the office, each with the posts of today."""

    def label_from_instance(self, person: User) -> str:
        """Name and post of who may know of the case: 姓名（职务）."""
        return f"{person.name}（{person.short_title}）"


class ReadersForm(StepForm):
    """设定知悉范围: whom of the office the case is narrowed to; nobody chosen is everybody."""

    people = ReaderField(
        User.objects.none(), label="知悉范围", required=False, widget=forms.CheckboxSelectMultiple, help_text=WHO
    )
    reason = ParagraphsField(label="原因", rows=3, help_text="记入办理记录，范围内的人员可以看到。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        held = Post.objects.current().filter(kind__in=NARROWED_POSTS).exclude(holder__posts__in=self._of_the_unit())
        chosen = User.objects.filter(pk__in=held.values("holder"))
        choice_of(self, "people").queryset = chosen | User.objects.filter(pk__in=self.case.readers or [])

    def _of_the_unit(self) -> list[int]:
        return list(Post.objects.current().filter(unit=self.case.unit_id).values_list("pk", flat=True))

    def prefilled(self) -> dict[str, object]:
        """As it is now."""
        return {"people": self.case.readers or []}
