"""What an outsider types or hands over to learn whether a paper is genuine."""

from __future__ import annotations

import hashlib

from django import forms

from yuetan.forms.frame.fields import WordsField
from yuetan.rules import check_code

MEGABYTE = 1024 * 1024
MAX_PAPER_BYTES = 10 * MEGABYTE


class VerificationForm(forms.Form):
    """The check code, or the PDF itself."""

    code = WordsField(
        label="查验码",
        needed=False,
        max_length=60,
        help_text="印在文书末页页脚，共16位，不分大小写，可不输入连字符。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    paper = forms.FileField(
        label="或者选择文书的PDF文件",
        required=False,
        allow_empty_file=True,
        max_length=300,
        help_text="须是本系统印发的原文件，不超过10 MB；扫描、拍照、另存的文件请用查验码。文件只用来比对，不保存。",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean(self) -> dict[str, object]:
        """One of the two, and not both."""
        cleaned = super().clean() or self.cleaned_data
        if "code" in cleaned and "paper" in cleaned and bool(cleaned["code"]) == bool(cleaned["paper"]):
            self.add_error(None, "请输入查验码，或者选择PDF文件；两者任选其一。")
        return cleaned

    @property
    def question(self) -> dict[str, str]:
        """What the papers are looked up by; a code with a slip of the pen is looked up all the same, and not found."""
        paper = self.cleaned_data["paper"]
        if not paper:
            return {"check_code": check_code.normalise(self.cleaned_data["code"])}
        paper.seek(0)
        return {"pdf_sha256": hashlib.file_digest(paper.file, "sha256").hexdigest()}
