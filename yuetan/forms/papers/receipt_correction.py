"""What is asked of a correction of a receipt of paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Unpack

from django import forms
from django.utils import timezone

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.forms.frame.paper_receipt import SignerFields
from yuetan.models.flow.signed_for import SignedFor


class CorrectReceiptForm(SignerFields):
    """更正纸质回执: begun with what is registered."""

    hints: ClassVar[Mapping[str, str]] = {}

    scan = forms.FileField(
        label="新的回执扫描件",
        required=False,
        allow_empty_file=True,
        help_text="扫描件没有错的不用上传。换下的原扫描件保留，只有办公室看得到。",
    )
    never_signed = forms.BooleanField(
        label="登记错了文书，本文书实际还没有签收",
        required=False,
        help_text="撤销这次签收的登记，文书恢复为未签收；以上各项不再看。已经答复或者已经约谈的不能撤销。",
    )
    reason = ParagraphsField(label="更正原因", rows=3, help_text="写明原来为什么登记错；被约谈单位看不到原因。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, stands: SignedFor, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        registered = {
            "signer_name": stands.name,
            "signer_title": stands.title,
            "signed_on": timezone.localtime(stands.at).date(),
        }
        for name, value in registered.items():
            self.fields[name].initial = value
        for name, words in self.hints.items():
            self.fields[name].help_text = words


class CorrectNoticeReceiptForm(CorrectReceiptForm):
    """The same of a 会议通知."""

    hints: ClassVar[Mapping[str, str]] = {
        "never_signed": "撤销这次签收的登记，通知恢复为未签收；以上各项不再看。印发会议纪要、取消会议以后不能撤销。",
        "reason": "写明原来为什么登记错；受通知的单位、人员看不到原因。",
    }


class CorrectRoundReceiptForm(CorrectReceiptForm):
    """The same of a 督导通知书 or 督导意见书."""

    hints: ClassVar[Mapping[str, str]] = {
        "never_signed": "撤销这次签收的登记，文书恢复为未签收；以上各项不再看。"
        "督导通知书在印发督导意见书以后不能撤销，督导意见书在结束督导以后不能撤销。",
        "reason": "写明原来为什么登记错；单位看不到原因。",
    }
