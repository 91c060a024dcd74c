"""Password validators with Chinese sentences; how long and of how many kinds of signs, the office sets."""

from __future__ import annotations

import string

from django.contrib.auth import password_validation
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.kept_password import KeptPassword

# Also in docs/security.md, where ASVS wants them written down.
WORDS_OF_THE_OFFICE = (
    "yuetan",
    "saohei",
    "chue",
    "jiangmen",
    "zhengfa",
    "bangongshi",
    "lingdao",
    "password",
    "mima",
    "admin",
    "约谈",
    "扫黑",
    "除恶",
    "江门",
    "政法",
    "密码",
)
FOUR = "大写字母、小写字母、数字、符号"


class LongEnough:
    """Not too short."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError with the number that is set."""
        least = _least_length()
        if len(password) < least:
            raise ValidationError(f"密码至少 {least} 个字符，请加长。", code="password_too_short")

    def get_help_text(self) -> str:
        """What is asked of a password: the least length; said beside its field."""
        return f"密码至少 {_least_length()} 个字符。"


def _least_length() -> int:
    return OfficeSetting.objects.number("password_length")


class OfSeveralKinds:
    """Not of one kind of signs alone."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError with the number that is set."""
        least = OfficeSetting.objects.number("password_kinds")
        if not password.isdigit() and kinds_of_signs(password) < least:  # of digits alone, another rule says so
            raise ValidationError(f"密码须含{FOUR}中的至少 {least} 种，请加上。", code="password_too_plain")

    def get_help_text(self) -> str:
        """What is asked of a password: how many kinds of signs; said beside its field."""
        return f"密码须含{FOUR}中的至少 {OfficeSetting.objects.number('password_kinds')} 种。"


def kinds_of_signs(password: str) -> int:
    """How many of the four kinds are there: capital and small letters, digits, and all other signs."""
    known = (string.ascii_uppercase, string.ascii_lowercase, string.digits)
    others = any(not any(sign in kind for kind in known) for sign in password)
    return sum(any(sign in kind for sign in password) for kind in known) + others


class UnlikeTheName(password_validation.UserAttributeSimilarityValidator):
    """Not made of what everybody knows of the person."""

    def get_error_message(self) -> str:
        """The sentence that says what the password is too much like."""
        return "密码与%(verbose_name)s太相近，请另换一个。"

    def get_help_text(self) -> str:
        """What is asked of a password: that nothing of the name is in it; said beside its field."""
        return "密码不能与账号、姓名相近。"


class Uncommon(password_validation.CommonPasswordValidator):
    """Not one of those that are tried first."""

    def get_error_message(self) -> str:
        """The sentence that says what password to take instead."""
        return "密码太常见，容易被猜中，请另换一个。"

    def get_help_text(self) -> str:
        """What is asked of a password: that it is no common one; said beside its field."""
        return "密码不能是常见的密码。"


class NoWordOfTheOffice:
    """Not made of what everybody tries first in this office."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError with the word."""
        folded = password.casefold()
        word = next((word for word in WORDS_OF_THE_OFFICE if word in folded), None)
        if word:
            raise ValidationError(f"密码中不能有“{word}”，容易被猜中，请另换一个。", code="password_of_the_office")

    def get_help_text(self) -> str:
        """What is asked of a password: that it is none tried first in this office; said beside its field."""
        return "密码中不能有本系统、本单位、本地的名称（如 yuetan、jiangmen）。"


class NotDigitsAlone(password_validation.NumericPasswordValidator):
    """Not a number."""

    def get_error_message(self) -> str:
        """The sentence that says what password to take instead."""
        return "密码不能全是数字，请加上字母或者符号。"

    def get_help_text(self) -> str:
        """What is asked of a password: that it is no number; said beside its field."""
        return "密码不能全是数字。"


class NotUsedOfLate:
    """Not one of the last that the person has had; each that is compared takes as long as a log-in."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Raises ValidationError with the number that is set."""
        number = OfficeSetting.objects.number("password_history")
        if user is None or user.pk is None:
            return
        kept = KeptPassword.objects.filter(person_id=user.pk).values_list("encoded", flat=True)[:number]
        if any(check_password(password, encoded) for encoded in dict.fromkeys([user.password, *kept]) if encoded):
            raise ValidationError("这个密码不久前用过，请另换一个。", code="password_used")

    def get_help_text(self) -> str:
        """Beforehand."""
        number = OfficeSetting.objects.number("password_history")
        return f"密码不能与最近 {number} 次用过的相同。" if number else "密码不能与现在的相同。"
