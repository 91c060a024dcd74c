"""How a person in office is reached: the telephone of the office and the address of mail."""

from __future__ import annotations

import re
import unicodedata
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.options import AnyFieldOptions


class TelephoneField(WordsField):
    """Telephones of an office, several parted by 、; a mobile number is refused like everywhere."""

    NUMBER = re.compile(r"(\d{3,4}-)?\d{4,8}(转\d{1,6})?")

    def __init__(self, **kwargs: Unpack[AnyFieldOptions]) -> None:
        super().__init__(max_length=60, **kwargs)

    def to_python(self, value: object) -> str:
        """In half width, without blanks, with one kind of hyphen and of comma."""
        plain = unicodedata.normalize("NFKC", super().to_python(value))
        plain = re.sub(r"[‐-―−ー]", "-", re.sub(r"\s+", "", plain))
        return re.sub(r"[,;/]", "、", plain)

    def validate(self, value: str) -> None:
        """Only what can be dialled."""
        super().validate(value)
        if value and not all(self.NUMBER.fullmatch(number) for number in value.split("、")):
            raise ValidationError("电话写成“0750-3270000”，分机写“转801”，几个号码用顿号隔开，请照此改写。")


class MailField(WordsField):
    """An e-mail address."""

    may_hold_numbers = True

    def __init__(self, **kwargs: Unpack[AnyFieldOptions]) -> None:
        super().__init__(max_length=254, **kwargs)

    def to_python(self, value: object) -> str:
        """In half width."""
        return unicodedata.normalize("NFKC", super().to_python(value))

    def validate(self, value: str) -> None:
        """Only what mail can be sent to."""
        super().validate(value)
        if value:
            EmailValidator("邮箱地址不完整或者不止一个，请核对后只写一个。")(value)


class ContactForm(forms.Form):
    """修改联系方式."""

    telephone = TelephoneField(
        label="办公电话",
        needed=False,
        help_text="写单位的固定电话，如“0750-3270000”，分机写“转801”，几个号码用顿号隔开。",
    )
    email = MailField(
        label="邮箱", needed=False, help_text="工作邮箱。填了以后，启用邮件投送的，站内消息同时发到这里。"
    )
