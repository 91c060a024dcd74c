"""A log-in that lasts: whose it is, from where and by which browser, so that its owner sees it and can end it."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from yuetan.models.people.user import User
from yuetan.rules.dates import clock
from yuetan.rules.text.browser_names import browser_name


class SessionQuerySet(models.QuerySet["Session"]):
    """Questions about many sessions."""

    def of(self, person: User) -> SessionQuerySet:
        """Those of one person that have not ended, the newest first."""
        return self.filter(person=person, expire_date__gt=clock.now()).order_by("-started_at", "public_id")

    def ended(self) -> SessionQuerySet:
        """Those whose time is over."""
        return self.filter(expire_date__lte=clock.now())


class Session(AbstractBaseSession):
    """One session; `public_id` names it on pages, for who knows the key of a session has the session."""

    public_id = models.UUIDField(default=uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="sessions")
    started_at = models.DateTimeField("登录时间", default=clock.now)
    idle_seconds = models.PositiveIntegerField("不操作可以保持的秒数", default=0)
    ends_at_latest = models.DateTimeField("最迟结束", default=clock.now)
    address = models.CharField("来源地址", max_length=45, blank=True)
    browser = models.CharField("浏览器", max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()  # type: ignore[assignment,misc] # Django's own only encodes

    class Meta:
        default_permissions = ()
        ordering = ("-started_at",)
        indexes = (
            models.Index(fields=("person", "-started_at"), condition=Q(person__isnull=False), name="session_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @property
    def browser_words(self) -> str:
        """The browser as its owner knows it; empty where none is noted."""
        return browser_name(self.browser)
