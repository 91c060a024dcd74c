"""The forms of the register of restrictions: a leader added by name, and one that ends early."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import DayField, ParagraphsField, WordsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.models import AccountabilityMeasure, Post
from yuetan.models.ladder.restricted import named_posts
from yuetan.models.ladder.text_rows import effects_of
from yuetan.vocabulary import RestrictedSubject
from yuetan.vocabulary.restriction import REGISTERED_ENDS


class AddLeaderForm(forms.Form):
    """补列受限制的领导: by a post on record, or by kind, name and post."""

    post = forms.ModelChoiceField(
        Post.objects.none(),
        label="任职登记",
        required=False,
        empty_label="没有任职登记的，不选",
        help_text="作出决定之日任受限制的职务、还没有列入的领导。",
    )
    subject = forms.ChoiceField(label="类别", required=False, help_text="没有任职登记的才填类别、姓名、职务。")
    name = WordsField(label="姓名", needed=False, max_length=40)
    title = WordsField(label="作出决定时的职务", needed=False, max_length=200, help_text="写单位和职务的全称。")
    reason = ParagraphsField(label="补列的理由", rows=3, help_text="写明作出决定时的任职以何文件为准。")
    proof = forms.FileField(
        label="任职凭据",
        required=False,
        allow_empty_file=True,
        help_text="没有任职登记的须附：任免文件等的扫描件，PDF、OFD、JPG、PNG，须看得清；单位和本人看不到。",
    )

    def __init__(
        self,
        data: FormData = None,
        files: FormFiles = None,
        *,
        measure: AccountabilityMeasure,
        **options: Unpack[FormOptions],
    ) -> None:
        super().__init__(data, files, **options)
        listed = set(measure.restrictions.exclude(person=None).values_list("person", flat=True))
        keys = [post.pk for post in named_posts(measure) if post.holder_id not in listed]
        related = Post.objects.filter(pk__in=keys).select_related("unit__parent", "holder")
        choice_of(self, "post").queryset = related
        kinds = dict.fromkeys(effect.subject for effect in effects_of(measure))
        kinds.pop(RestrictedSubject.UNIT.value, None)
        self.fields["subject"].choices = [  # type: ignore[attr-defined] # of a ChoiceField
            ("", "请选择"),
            *((kind, RestrictedSubject(kind).label) for kind in kinds),
        ]


class EndRestrictionForm(forms.Form):
    """提前解除: by which decision of whom, from which day on, and why."""

    kind = forms.ChoiceField(
        label="情形",
        required=False,
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in REGISTERED_ENDS],
    )
    paper = WordsField(label="决定的机关和文号", max_length=200, help_text="如“某某市委政法委员会某政法〔2026〕3号”。")
    decided_on = DayField(label="决定的日期", help_text="从这一天起不再受限制。")
    reason = ParagraphsField(label="理由", rows=3, help_text="照决定写；印在复函里的只有情形和文书。")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        mark_needed(self, "kind")
