"""The form of one standard paragraph."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.db.models import QuerySet

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of
from yuetan.models import Document
from yuetan.rules.text.variables import MAX_CHARACTERS
from yuetan.vocabulary import StandardSlot


class WordingForm(forms.Form):
    """The text of a paragraph."""

    text = ParagraphsField(printed=True, label="文字", rows=6, max_length=MAX_CHARACTERS * 2)

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, slot: StandardSlot, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        names = "、".join(f"{{{name}}}" for name in slot.variables)
        self.fields["text"].help_text = f"只写一段。可用的变量：{names}。"
        if slot.needed:
            needed = "、".join(f"{{{name}}}" for name in slot.needed)
            self.fields["text"].help_text += f"其中必须写明：{needed}。"


class PreviewForm(forms.Form):
    """On which issued paper a paragraph is tried."""

    document = forms.ModelChoiceField(Document.objects.none(), label="用哪一份文书预览（最近印发的）", empty_label=None)

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        slot: StandardSlot,
        papers: QuerySet[Document],
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        choice_of(self, "document").queryset = papers.filter(kind=slot.kind)
