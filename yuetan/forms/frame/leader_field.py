"""The leader who decided something, as a form offers them."""

from __future__ import annotations

from django import forms

from yuetan.models import User


class LeaderField(forms.ModelChoiceField):
    """Leaders of the leading group by name and post."""

    def label_from_instance(self, user: User) -> str:
        """姓名（职务）."""
        return f"{user.name}（{user.title}）"
