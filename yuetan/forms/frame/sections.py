"""A list of small forms in a form, each about one thing the case has, with its texts and its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from yuetan.models import Attachment


class StoredFileField(forms.ModelMultipleChoiceField):
    """Files kept already, each ticked to be removed."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file: Attachment) -> str:
        """撤下“走访.png”."""
        return f"撤下“{file.name}”"


class SectionForm(forms.Form):
    """The part of a form about one thing: what is named `about`, and the files kept with it."""

    use_required_attribute = False
    about = ""
    removed = StoredFileField(Attachment.objects.none(), label="撤下已有的文件", required=False)

    def __init__(self, *args: Any, kept: Iterable[Attachment] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(kept)
        removed = self.fields["removed"]
        removed.queryset = Attachment.objects.filter(pk__in=[file.pk for file in self.kept])
        removed.choices = [(file.pk, removed.label_from_instance(file)) for file in self.kept]

    def names_of(self, errors: Mapping[str, Any]) -> list[str]:
        """Each error with the thing and the field it is about."""
        return [f"{self.about}，{self.fields[name].label}：{' '.join(row_data)}" for name, row_data in errors.items()]


class SectionsWidget(forms.Widget):
    """The sections one after the other; which there are follows from the case."""

    section_form: type[SectionForm]
    needs_multipart_form = True
    use_fieldset = True

    def untouched(self, name: str) -> list[Any]:
        """The sections as the case has them."""
        raise NotImplementedError

    def sent(self, name: str, data: Any, files: Any) -> list[Any]:
        """The sections as they were sent."""
        raise NotImplementedError

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """The sections as they were sent."""
        return self.sent(name, data, files)

    def use_required_attribute(self, initial: Any) -> bool:
        """Never: which sections are needed depends on what is in them."""
        return False

    def rows(self, name: str, value: list[Any] | None) -> list[Any]:
        """The sections as they were sent, or as the case has them."""
        return value or self.untouched(name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The sections to be shown."""
        return {**super().get_context(name, None, attrs), "rows": self.rows(name, value)}


class SectionsField(forms.Field):
    """A list of dicts, one for each section that counts."""

    widget: SectionsWidget
    needed = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=self.widget(), **kwargs)

    def clean(self, value: list[Any]) -> list[dict[str, Any]]:
        """What stands in the sections that count; what is wrong is told with the thing it is about."""
        cleaned, problems = [], []
        for row in value:
            if self.counts(row):
                problems += row.names_of(row.errors)
                cleaned.append(self.row_data(row))
        if problems:
            raise ValidationError(problems)
        return cleaned

    def counts(self, row: Any) -> bool:
        """Whether a section says anything at all."""
        return True

    def row_data(self, row: Any) -> dict[str, Any]:
        """What a section says."""
        return dict(row.cleaned_data)
