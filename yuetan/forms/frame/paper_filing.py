"""What every form of 纸质代录 asks of the paper itself: who signed it, who brought it and when, and its scan."""

from __future__ import annotations

from datetime import date
from typing import Unpack

from django import forms
from django.db.models import Q
from django.utils import timezone

from yuetan.forms.frame.fields import MomentField, NameField, NeededFileField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import Post, Subject, Unit
from yuetan.vocabulary import HEAD_POSTS

PAPER_FIELDS = ("signer", "brought_by", "brought_by_title", "received_at", "scan")


class SignerField(forms.ModelChoiceField):
    """One head of the unit by name and post."""

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务）, with 已离任 for who has left since."""
        return f"{post.holder.name}（{post.full_title}{'' if post.is_current else '，已离任'}）"


class PaperFields(forms.Form):
    """What is asked of the paper, of a case or of a letter."""

    signer = SignerField(
        Post.objects.none(),
        label="签字的主要领导",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="纸质材料由该单位主要领导签字；收到之日须在任。",
    )
    brought_by = NameField(label="送交人姓名", max_length=40)
    brought_by_title = WordsField(label="送交人单位和职务", help_text="如“棠下镇党政办主任”。")
    received_at = MomentField(
        label="收到时间", help_text="办公室收到纸质材料的时间，是否逾期以此为准，不以代录时间为准。"
    )
    scan = NeededFileField(
        label="签字盖章的扫描件",
        required=False,
        allow_empty_file=True,
        help_text="PDF、JPG、PNG，须看得清；该单位也看得到，可以核对代录的内容。",
    )

    def offer_signers(self, subject: Subject) -> None:
        """The heads of the unit since the case or the letter began."""
        self.offer_heads(subject.unit, timezone.localdate(subject.created_at))

    def offer_heads(self, unit: Unit, since: date) -> None:
        """The heads of a unit since a day."""
        mark_needed(self, "signer")
        heads = unit.posts.filter(Q(ended_on=None) | Q(ended_on__gte=since), kind__in=HEAD_POSTS)
        field = choice_of(self, "signer")
        field.queryset = named = heads.as_named().select_related("holder", "unit__parent")
        field.initial = named[0].pk if len(named) == 1 else None


class PaperFilingForm(PaperFields, StepForm):
    """The paper of a case; a form of its own adds what the paper says."""

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        self.offer_signers(self.case)
