"""What forms and fields are made from, by type; and a form's fields by name, each as the kind it is."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import TypedDict, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from yuetan.models import Case, User

FormData = Mapping[str, str] | None
FormFiles = MultiValueDict[str, UploadedFile] | None
Field = TypeVar("Field", bound=forms.Field)


class FormOptions(TypedDict, total=False):
    """How a form is made, beside what was sent."""

    initial: MutableMapping[str, object] | None
    prefix: str | None
    auto_id: bool | str


class StepOptions(FormOptions):
    """How the form of a step is made."""

    case: Case
    by: User


class FieldOptions(TypedDict, total=False):
    """How a field is made."""

    label: str
    help_text: str
    initial: object


class AnyFieldOptions(FieldOptions, total=False):
    """How a field is made that may be left empty without a word."""

    needed: bool


class TextOptions(FieldOptions, total=False):
    """How a field of text is made."""

    max_length: int
    min_length: int
    strip: bool
    widget: forms.Widget | type[forms.Widget]


class ParagraphOptions(AnyFieldOptions, total=False):
    """How a field of several lines is made."""

    max_length: int
    min_length: int
    printed: bool


def field_of(form: forms.BaseForm, name: str, kind: type[Field]) -> Field:
    """The field of that name; raises TypeError if it is of another kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(name)
    return field


def choice_of(form: forms.BaseForm, name: str) -> forms.ModelChoiceField:
    """The field of that name in which rows are chosen; raises TypeError if it is of another kind."""
    return field_of(form, name, forms.ModelChoiceField)


def mark(form: forms.BaseForm, *names: str, **marks: bool) -> None:
    """Say of these fields what our templates ask of them, and Django's own do not know."""
    for name in names:
        for attribute, value in marks.items():
            setattr(form.fields[name], attribute, value)


def mark_needed(form: forms.BaseForm, *names: str) -> None:
    """Say beside these fields that the action asks for them."""
    mark(form, *names, needed=True)
