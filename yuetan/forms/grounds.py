"""The grounds of a proposal in a form: a row for each one the law offers, ticked and filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from yuetan.forms.fields import ParagraphsField, SeveralFilesField, WordsField
from yuetan.forms.step import FILE_WORDS
from yuetan.models import Attachment, Case, CaseGround, Ground

GROUNDS_HELP = (
    "勾选情形，逐项写明事实和依据。依据是文件，或者文号（线索编号）加摘要，至少一种。只写单位履职情况，"
    "不写群众、举报人、涉案人员的姓名、公民身份号码、电话等个人信息。"
)


class KeptFileField(forms.ModelMultipleChoiceField):
    """Files kept already, each ticked to be removed."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file: Attachment) -> str:
        """撤下“走访.png”."""
        return f"撤下“{file.name}”"


class GroundRowForm(forms.Form):
    """One ground: whether it holds, its facts, and its evidence of one kind or the other."""

    use_required_attribute = False
    ticked = forms.BooleanField(
        label="勾选", required=False, widget=forms.CheckboxInput(attrs={"class": "ground-tick"})
    )
    facts = ParagraphsField(label="存在问题的事实", rows=4)
    files = SeveralFilesField(label="依据材料", help_text=FILE_WORDS)
    reference_number = WordsField(label="或者：文号、线索编号", max_length=100, needed=False)
    reference_summary = ParagraphsField(label="文号、线索的摘要", rows=2, max_length=2000, needed=False)
    removed = KeptFileField(Attachment.objects.none(), label="撤下依据材料", required=False)

    def __init__(self, *args: Any, ground: Ground, kept: Iterable[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground, self.kept = ground, list(kept)
        self.fields["removed"].queryset = Attachment.objects.filter(pk__in=[file.pk for file in self.kept])
        self.fields["removed"].choices = [
            (file.pk, self.fields["removed"].label_from_instance(file)) for file in self.kept
        ]

    def names_of(self, errors: Mapping[str, Any]) -> list[str]:
        """Each error with the ground and the field it is about."""
        where = self.ground.citation
        return [f"{where}，{self.fields[name].label}：{' '.join(told)}" for name, told in errors.items()]


class GroundsWidget(forms.Widget):
    """Every lawful ground with its law in full; what stands under one that is not ticked is folded and ignored."""

    template_name = "components/grounds.html"
    needs_multipart_form = True
    use_fieldset = True

    def __init__(self) -> None:
        super().__init__()
        self.offered: list[Ground] = []
        self.kept: dict[int, CaseGround] = {}
        self.other_words: Any = None  # the bound field that belongs to 其他情形

    def row(self, name: str, ground: Ground, **given: Any) -> GroundRowForm:
        """The small form of one ground; its name says the ground's place in the law, whatever the order."""
        kept = self.kept[ground.pk].evidence.all() if ground.pk in self.kept else ()
        prefix = f"{name}-{ground.article.number}_{ground.number}"
        return GroundRowForm(prefix=prefix, ground=ground, kept=kept, **given)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[GroundRowForm]:
        """The rows as they were sent."""
        return [self.row(name, ground, data=data, files=files) for ground in self.offered]

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: which rows are needed depends on what is in them."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows as sent, or as they are stored."""
        context = super().get_context(name, None, attrs)
        return {**context, "rows": self.rows(name, value), "other_words": self.other_words}

    def rows(self, name: str, value: list[GroundRowForm] | None) -> list[GroundRowForm]:
        """The small forms as they were sent, or as the case says."""
        return value or [self.row(name, ground, initial=self._stored(ground)) for ground in self.offered]

    def _stored(self, ground: Ground) -> dict[str, Any]:
        known = self.kept.get(ground.pk)
        if known is None:
            return {}
        texts = ("facts", "reference_number", "reference_summary")
        return {"ticked": True, **{name: getattr(known, name) for name in texts}}


class GroundsField(forms.Field):
    """A list of the ticked grounds, each a dict as `actions.grounds.state_grounds` takes it."""

    widget: GroundsWidget
    needed = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=GroundsWidget(), **kwargs)

    def offer(self, grounds: Iterable[Ground], case: Case | None) -> None:
        """The grounds of the unit's kind, and what the case says of them already."""
        self.widget.offered = list(grounds)
        rows = case.case_grounds.prefetch_related("evidence") if case else ()
        self.widget.kept = {row.ground_id: row for row in rows}

    def clean(self, value: list[GroundRowForm]) -> list[dict[str, Any]]:
        """What is ticked."""
        cleaned, problems = [], []
        for row in value:
            if row["ticked"].value():
                problems += row.names_of(row.errors)
                told = {key: told for key, told in row.cleaned_data.items() if key != "ticked"}
                cleaned.append({"ground": row.ground, **told})
        if problems:
            raise ValidationError(problems)
        return cleaned
