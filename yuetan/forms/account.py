"""The form of an account: a user name and a password that its owner changes at once."""

from django import forms

from yuetan.forms.fields import WordsField


class AccountForm(forms.Form):
    """开设账号、重设密码."""

    username = WordsField(label="账号", max_length=60)
    password = forms.CharField(
        label="新密码",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 个字符，不能全是数字。请当面交给本人，并请本人登录后点姓名修改。",
    )
