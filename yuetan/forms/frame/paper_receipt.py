"""What is asked of a receipt that was signed by hand."""

from __future__ import annotations

from django import forms

from yuetan.forms.frame.fields import DayField, NameField, NeededFileField, WordsField
from yuetan.forms.frame.step import StepForm


class SignerFields(forms.Form):
    """Who signed by hand, in which post, on which day."""

    signer_name = NameField(label="签收人姓名", max_length=40)
    signer_title = WordsField(label="签收人职务", help_text="回执上写的单位和职务。")
    signed_on = DayField(label="签收日期")


class ReceiptFields(SignerFields):
    """纸质回执: who signed, and its scan."""

    scan = NeededFileField(
        label="回执扫描件", required=False, allow_empty_file=True, help_text="PDF、OFD、JPG、PNG；签收的一方也看得到。"
    )


class PaperReceiptForm(ReceiptFields, StepForm):
    """The receipt of a paper of a case."""
