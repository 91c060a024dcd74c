"""Forms of accounts: logging in, one's own password, and an account that the administrator opens."""

from typing import Any, Unpack

import django_filters
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_text_html, password_validators_help_texts
from django.db.models import QuerySet

from yuetan.forms import NOT_FILLED_IN
from yuetan.forms.frame.fields import UsernameField, WordsField
from yuetan.forms.frame.filters import WordsFilter
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions
from yuetan.models import User
from yuetan.models.people.user import MAX_USERNAME_LENGTH
from yuetan.rules.text.person_names import person_name
from yuetan.vocabulary import DisabledFor

NO_ANSWER = "浏览器没有给出通行密钥，请再试一次。"
REJECTED = "账号或者密码不对，请核对后重新输入；密码区分大小写。"


class LoginForm(AuthenticationForm):
    """登录: says nothing of which of the two is wrong."""

    error_messages = {"invalid_login": REJECTED, "inactive": REJECTED}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NOT_FILLED_IN

    def clean_username(self) -> str:
        """Longer than any account is none; raises ValidationError."""
        username = str(self.cleaned_data["username"])
        if len(username) > MAX_USERNAME_LENGTH:
            raise self.get_invalid_login_error()
        return username


def _password_field(label: str, autocomplete: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": NOT_FILLED_IN},
    )


class OwnPasswordForm(forms.Form):
    """修改密码: by whose it is; the rules of the office are said beforehand."""

    old_password = _password_field("旧密码", "current-password")
    new_password1 = _password_field("新密码", "new-password")
    new_password2 = _password_field("再输一次新密码", "new-password")

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        self.fields["new_password1"].help_text = password_validators_help_text_html()


class AccountForm(forms.Form):
    """开设账号、重设密码."""

    username = UsernameField(label="账号")
    password = forms.CharField(
        label="新密码",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data: FormData = None, files: FormFiles = None, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, files, **options)
        rules = "".join(password_validators_help_texts())
        self.fields["password"].help_text = f"{rules}请当面交给本人；它只能登录一次，本人登录后须先改成自己的密码。"


class SecondStepForm(forms.Form):
    """第二重验证: a code that an app shows, a recovery code, or what a passkey answered."""

    code = forms.CharField(
        label="动态口令或者备用码",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )
    answer = forms.CharField(label="通行密钥", required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """One of the two."""
        cleaned: dict[str, object] = super().clean() or {}
        if not cleaned.get("code") and not cleaned.get("answer"):
            self.add_error("code", NOT_FILLED_IN)
        return cleaned


class TotpForm(forms.Form):
    """设置动态口令: the code that the app shows."""

    code = forms.CharField(
        label="应用显示的六位数字",
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": NOT_FILLED_IN},
    )


class PasskeyForm(forms.Form):
    """设置通行密钥: what its owner calls it, and what the browser made."""

    name = WordsField(label="名称", max_length=40, help_text="如“办公室电脑”“手机”，便于以后辨认。")
    answer = forms.CharField(
        label="通行密钥", max_length=20_000, widget=forms.HiddenInput, error_messages={"required": NO_ANSWER}
    )

    def clean_name(self) -> str:
        """Raises ValidationError for a key without a name."""
        name: str = self.cleaned_data["name"]
        if not name:
            raise forms.ValidationError(NOT_FILLED_IN)
        return name


class DisableForm(forms.Form):
    """停用账号: why."""

    reason = WordsField(label="停用原因", max_length=200)


class AccountFilter(django_filters.FilterSet):
    """账号: by name, and whether one can log in."""

    person = WordsFilter("姓名", "by_person")
    state = django_filters.ChoiceFilter(
        choices=DisabledFor.choices, label="状态", empty_label="全部", method="by_state"
    )

    class Meta:
        model = User
        fields = ("person", "state")

    def by_person(self, rows: QuerySet[User], name: str, wanted: str) -> QuerySet[User]:
        """By a part of the name."""
        return rows.filter(name__contains=person_name(wanted))

    def by_state(self, rows: QuerySet[User], name: str, wanted: str) -> QuerySet[User]:
        """Those that are disabled for this."""
        return rows.filter(disabled_for=wanted)
