"""How a person in office is reached: the telephone of the office, a mobile number, the address of mail."""

from __future__ import annotations

import re
import unicodedata
from typing import Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from yuetan.forms.frame.fields import WordsField
from yuetan.forms.frame.options import AnyFieldOptions
from yuetan.rules.text.personal_data import is_mobile, mobile_digits


class TelephoneField(WordsField):
    """Telephones of an office, several parted by 、; they stand on papers, and a mobile number in its own field."""

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
        if any(map(is_mobile, value.split("、"))):
            raise ValidationError("手机号码请填在“手机”一栏：办公电话印在文书上，手机不印。")
        super().validate(value)
        if value and not all(self.NUMBER.fullmatch(number) for number in value.split("、")):
            raise ValidationError("电话写成“0750-3270000”，分机写“转801”，几个号码用顿号隔开，请照此改写。")


class MobileField(WordsField):
    """The mobile number of an official in their post; the one text in which such a number may stand."""

    may_hold_numbers = True

    def __init__(self, **kwargs: Unpack[AnyFieldOptions]) -> None:
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: object) -> str:
        """Its eleven digits."""
        return mobile_digits(super().to_python(value))

    def validate(self, value: str) -> None:
        """One number of a mobile telephone, and nothing else."""
        super().validate(value)
        if value and not is_mobile(value):
            raise ValidationError("手机写一个 11 位的手机号码，固定电话请填在“办公电话”一栏。")


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
    mobile = MobileField(
        label="手机",
        needed=False,
        help_text="工作联系用的手机号码，可以不填。只有约谈方看得到，用来催办签收、通知改期；不印在文书上，离任后删除。",
    )
    email = MailField(
        label="邮箱", needed=False, help_text="工作邮箱。填了以后，启用邮件投送的，站内消息同时发到这里。"
    )
