"""Forms of accounts: logging in, one's own password, and an account that the administrator opens."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from yuetan.forms import NOT_FILLED_IN
from yuetan.forms.frame.fields import UsernameField

REJECTED = "账号或者密码不对，请核对后重新输入；密码区分大小写。"


class LoginForm(AuthenticationForm):
    """登录: says nothing of which of the two is wrong."""

    error_messages = {"invalid_login": REJECTED, "inactive": REJECTED}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NOT_FILLED_IN


class OwnPasswordForm(PasswordChangeForm):
    """修改密码: by whose it is."""

    error_messages = {
        "password_incorrect": "旧密码不对，请重新输入。",
        "password_mismatch": "两次输入的新密码不一致，请重新输入。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = NOT_FILLED_IN


class AccountForm(forms.Form):
    """开设账号、重设密码."""

    username = UsernameField(label="账号")
    password = forms.CharField(
        label="新密码",
        required=False,
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能全是数字。请当面交给本人，并请本人登录后点姓名修改。",
    )
