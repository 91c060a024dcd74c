"""The filter of 站内消息."""

import django_filters
from django.db.models import QuerySet

from yuetan.forms.frame.filters import DayOfMomentFilter, WordsFilter
from yuetan.models import Alert


class AlertFilter(django_filters.FilterSet):
    """Unread or read, days, and words of the message."""

    standing = django_filters.ChoiceFilter(
        choices=(("unread", "未读"), ("read", "已读")), label="状态", empty_label="全部", method="by_standing"
    )
    begin = DayOfMomentFilter("从", "created_at", "gte")
    end = DayOfMomentFilter("到", "created_at", "lte")
    q = WordsFilter("内容", "by_words")

    class Meta:
        model = Alert
        fields = ("standing", "begin", "end", "q")

    def by_standing(self, alerts: QuerySet[Alert], name: str, wanted: str) -> QuerySet[Alert]:
        """Opened already, or not yet."""
        return alerts.filter(read_at__isnull=wanted == "unread")

    def by_words(self, alerts: QuerySet[Alert], name: str, wanted: str) -> QuerySet[Alert]:
        """Every word stands in the message."""
        for word in wanted.split():
            alerts = alerts.filter(text__contains=word)
        return alerts
