"""Forms for what a unit without login sends back on paper: the receipt of a 提醒函, and its answer."""

from __future__ import annotations

from typing import Unpack

from yuetan.forms.frame.fields import ParagraphsField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.forms.frame.paper_filing import PaperFields
from yuetan.forms.frame.paper_receipt import ReceiptFields
from yuetan.models import Letter


class RegisterLetterReceiptForm(ReceiptFields):
    """登记提醒函纸质回执."""

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, letter: Letter, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)


class RegisterLetterAnswerForm(PaperFields):
    """代录提醒函答复."""

    answer = ParagraphsField(label="答复内容", rows=8, help_text="照纸质答复录入，不得增减意思；全文以扫描件为准。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, letter: Letter, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        self.offer_signers(letter)
