"""The form of 委托审定."""

from __future__ import annotations

from typing import Unpack

from django import forms

from yuetan.forms.frame.fields import DayField, WordsField
from yuetan.forms.frame.leader_field import LeaderField
from yuetan.forms.frame.options import FormData, FormFiles, FormOptions, choice_of, mark_needed
from yuetan.models import OfficeSetting, Post, User
from yuetan.models.people.delegation import LEADING_POSTS, MAX_DAYS
from yuetan.rules.dates import clock


class DelegationForm(forms.Form):
    """To whom, from when until when, and why."""

    delegate = LeaderField(User.objects.none(), label="受托人", required=False, empty_label="请选择")
    begins_on = DayField(label="开始日期")
    ends_on = DayField(label="结束日期（含当天）")
    reason = WordsField(label="委托原因", needed=False, help_text="如“外出学习”。")

    def __init__(
        self, data: FormData = None, files: FormFiles = None, *, by: User, **options: Unpack[FormOptions]
    ) -> None:
        super().__init__(data, files, **options)
        leaders = Post.objects.current().filter(kind__in=LEADING_POSTS).exclude(holder=by)
        choice_of(self, "delegate").queryset = User.objects.filter(pk__in=leaders.values("holder"))
        mark_needed(self, "delegate")
        self.fields["begins_on"].initial = clock.today()
        longest = OfficeSetting.objects.number(MAX_DAYS)
        if longest:
            self.fields["ends_on"].help_text = f"办公室设定：一次最长 {longest} 天。"
