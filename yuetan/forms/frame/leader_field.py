"""The leader who decided something, as a form offers them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django import forms
from django.db.models import Q, QuerySet

from yuetan.models import Post, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date


class LeaderField(forms.ModelChoiceField):
    """Leaders of the leading group by name and post."""

    def label_from_instance(self, user: User) -> str:
        """Name and post of a leader: 姓名（职务）."""
        return f"{user.name}（{user.title}）"


def held_since(kinds: Iterable[str], since: date) -> QuerySet[Post]:
    """The posts of these kinds that somebody held on some day from that one to today."""
    held = Q(ended_on=None) | Q(ended_on__gt=since)
    return Post.objects.filter(held, kind__in=kinds, began_on__lte=clock.today())


def days_since(since: date) -> str:
    """On which days something may have been decided that was put forward on that one."""
    return f"在报审定之日（{chinese_date(since)}）到今天之间。"
