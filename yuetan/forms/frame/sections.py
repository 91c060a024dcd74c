"""A list of small forms in a form, each about one thing the case has, with its texts and its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from typing import Generic, TypedDict, TypeVar, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from yuetan.forms.frame.options import FieldOptions, FormData, FormFiles, FormOptions, choice_of
from yuetan.models import Attachment
from yuetan.models.files.stored_file import which_of_its_name


class StoredFileField(forms.ModelMultipleChoiceField):
    """Files kept already, each ticked to be removed."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, file: Attachment) -> str:
        """撤下“走访.png”."""
        return f"撤下“{file.name}”"


def offer_removal(field: forms.ModelChoiceField, files: Sequence[Attachment]) -> None:
    """Let each of these files be ticked; two of one name can be told apart."""
    which = which_of_its_name(files)
    words = {file.pk: f"（{which[file.pk]}）" if file.pk in which else "" for file in files}
    field.choices = [(file.pk, f"{field.label_from_instance(file)}{words[file.pk]}") for file in files]


class SectionOptions(FormOptions, total=False):
    """How a section is made, beside what was sent."""

    kept: Iterable[Attachment]


class SectionForm(forms.Form):
    """The part of a form about one thing: what is named `about`, and the files kept with it."""

    use_required_attribute = False
    about = ""
    removed = StoredFileField(Attachment.objects.none(), label="撤下已有的文件", required=False)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        kept: Iterable[Attachment] = (),
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        self.kept = list(kept)
        removed = choice_of(self, "removed")
        removed.queryset = Attachment.objects.filter(pk__in=[file.pk for file in self.kept])
        offer_removal(removed, self.kept)

    def names_of(self, errors: ErrorDict) -> list[str]:
        """Each error with the thing and the field it is about."""
        return [
            f"{self.about}，{self.fields[name].label}：{' '.join(map(str, words))}" for name, words in errors.items()
        ]


class SectionData(TypedDict, total=False):
    """What was sent of a section, or else what it begins with."""

    data: Mapping[str, str]
    files: FormFiles
    initial: MutableMapping[str, object]


Section = TypeVar("Section", bound=SectionForm)


class SectionsWidget(forms.Widget, Generic[Section]):
    """The sections one after the other; which there are follows from the case."""

    section_form: type[Section]
    needs_multipart_form = True
    use_fieldset = True

    def untouched(self, name: str) -> list[Section]:
        """The sections as the case has them."""
        raise NotImplementedError

    def sent(self, name: str, data: Mapping[str, str], files: FormFiles) -> list[Section]:
        """The sections as they were sent."""
        raise NotImplementedError

    def value_from_datadict(self, data: Mapping[str, str], files: FormFiles, name: str) -> list[Section]:
        """The sections as they were sent."""
        return self.sent(name, data, files)

    def use_required_attribute(self, initial: object) -> bool:
        """Never: which sections are needed depends on what is in them."""
        return False

    def rows(self, name: str, value: list[Section] | None) -> list[Section]:
        """The sections as they were sent, or as the case has them."""
        return value or self.untouched(name)

    def get_context(self, name: str, value: list[Section] | None, attrs: dict[str, object] | None) -> dict[str, object]:
        """The sections to be shown."""
        return {**super().get_context(name, None, attrs), "rows": self.rows(name, value)}


class SectionsField(forms.Field, Generic[Section]):
    """A list of dicts, one for each section that counts."""

    widget: SectionsWidget[Section]
    widget_class: type[SectionsWidget[Section]]
    needed = True

    def __init__(self, **kwargs: Unpack[FieldOptions]) -> None:
        super().__init__(required=False, widget=self.widget_class(), **kwargs)

    def clean(self, value: list[Section]) -> list[dict[str, object]]:
        """Convert the sections that are filled in; each error is reported with the title of its section."""
        cleaned, problems = [], []
        for row in value:
            if self.counts(row):
                problems += row.names_of(row.errors)
                cleaned.append(self.row_data(row))
        if problems:
            raise ValidationError(problems)
        return cleaned

    def counts(self, row: Section) -> bool:
        """Whether a section says anything at all."""
        return True

    def row_data(self, row: Section) -> dict[str, object]:
        """What a section says."""
        return dict(row.cleaned_data)
