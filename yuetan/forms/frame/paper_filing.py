"""What every form of 纸质代录 asks of the paper itself: who signed it, who brought it and when, and its scan."""

from __future__ import annotations

from typing import Unpack

from django import forms
from django.db.models import Q
from django.utils import timezone

from yuetan.forms.frame.fields import MomentField, NameField, NeededFileField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, StepOptions, choice_of, mark_needed
from yuetan.forms.frame.step import StepForm
from yuetan.models import Post
from yuetan.vocabulary import HEAD_POSTS

PAPER_FIELDS = ("signer", "brought_by", "brought_by_title", "received_at", "scan")


class SignerField(forms.ModelChoiceField):
    """One head of the unit by name and post."""

    def label_from_instance(self, post: Post) -> str:
        """姓名（职务）, with 已离任 for who has left since."""
        return f"{post.holder.name}（{post.full_title}{'' if post.is_current else '，已离任'}）"


class PaperFilingForm(StepForm):
    """The paper; a form of its own adds what the paper says."""

    signer = SignerField(
        Post.objects.none(),
        label="签字的主要领导",
        required=False,
        empty_label=None,
        widget=forms.RadioSelect,
        help_text="纸质材料由被约谈单位主要领导签字；收到之日须在任。",
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
        help_text="PDF、JPG、PNG，须看得清；被约谈单位也看得到，可以核对代录的内容。",
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[StepOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "signer")
        since = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate(self.case.created_at))
        heads = (
            self.case.unit.posts.filter(since, kind__in=HEAD_POSTS).as_named().select_related("holder", "unit__parent")
        )
        field = choice_of(self, "signer")
        field.queryset = heads
        field.initial = heads[0].pk if len(heads) == 1 else None
