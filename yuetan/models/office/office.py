"""What the office itself decides (办公室设定) and the calendar it works by."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from yuetan import permissions
from yuetan.models.office.kept_rules import kept
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import Calendar
from yuetan.rules.text.correction_words import NOTHING
from yuetan.vocabulary import PostKind, SettingOutcome

NO_ACCOUNTABILITY = "不执行责任制，各文本只供参考"
DECEMBER = 12  # from its first day the next year's arrangement is asked for


class OfficeSettingQuerySet(models.QuerySet["OfficeSetting"]):
    """Questions about all settings."""

    def number(self, key: str) -> int:
        """A number of days or megabytes; raises DoesNotExist for a key that was not loaded."""
        return int(self._value_of(key))

    def numbers(self, *keys: str) -> list[int]:
        """Several numbers in one query, in the order of the keys; raises KeyError for a key that was not loaded."""
        values = self._every_value()
        return [int(values[key]) for key in keys]

    def words(self, key: str) -> str:
        """A piece of text."""
        return str(self._value_of(key))

    def flag(self, key: str) -> bool:
        """Whether something is allowed."""
        return self._value_of(key) is True

    def posts(self, key: str) -> list[PostKind]:
        """A list of posts."""
        return [PostKind(value) for value in self._value_of(key)]

    def post_lists(self, *keys: str) -> dict[str, list[PostKind]]:
        """Several lists of posts in one query, by key; a key that was not loaded is left out."""
        values = self._every_value()
        return {key: [PostKind(value) for value in values[key]] for key in keys if key in values}

    def _every_value(self) -> dict[str, Any]:
        """Every setting, read together, because who asks for one soon asks for another."""
        return kept("office settings", lambda: dict(self.order_by().values_list("key", "value")))

    def _value_of(self, key: str) -> Any:
        if self.query.select_for_update:
            return self.get(key=key).value
        values = self._every_value()
        if key not in values:
            raise self.model.DoesNotExist(key)
        return values[key]


class OfficeSetting(models.Model):
    """One rule of the office's own, where the 办法 is silent."""

    class Kind(models.TextChoices):
        """What the value is."""

        NUMBER = "number", "数字"
        TEXT = "text", "文字"
        POSTS = "posts", "职务"
        FLAG = "flag", "是否"
        LAW = "law", "责任制文本"

    key = models.SlugField(max_length=40, primary_key=True)
    label = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    value = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    needs_leader = models.BooleanField("须由领导确认", default=False)

    objects = OfficeSettingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("officesetting")
        ordering = ("key",)

    def __str__(self) -> str:
        return self.label

    @property
    def guards_accounts(self) -> bool:
        """Whether it says how accounts are guarded."""
        return str(self.key).startswith(("login_", "password_", "session_", "second_factor_", "reauthentication_"))

    @property
    def shown(self) -> str:
        """The value as a page shows it."""
        return self.shown_as(self.value)

    def shown_as(self, value: object) -> str:
        """Any value of this setting as a page shows it."""
        if self.kind == self.Kind.POSTS and isinstance(value, list):
            return "、".join(PostKind(one).label for one in value) or "无"
        if self.kind == self.Kind.FLAG:
            return "是" if value else "否"
        if self.kind == self.Kind.LAW:
            return f"《{value}》" if value else NO_ACCOUNTABILITY
        return str(value) or NOTHING


class SettingChangeQuerySet(models.QuerySet["SettingChange"]):
    """Questions about many changes."""

    def pending(self) -> "SettingChangeQuerySet":
        """Those that wait for a leader."""
        return self.filter(outcome=SettingOutcome.PENDING)

    def newest_first(self) -> "SettingChangeQuerySet":
        """As a history shows them."""
        return self.select_related("setting", "proposed_by", "decided_by").order_by("-proposed_at", "-pk")


class SettingChange(models.Model):
    """One change of a setting: who proposed it and when, and, where a leader must confirm it, who decided and when."""

    setting = models.ForeignKey(OfficeSetting, models.PROTECT, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    proposed_by = models.ForeignKey("yuetan.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    outcome = models.CharField(max_length=12, choices=SettingOutcome.choices)
    decided_by = models.ForeignKey("yuetan.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SettingChangeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ("-proposed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("setting",), condition=Q(outcome=SettingOutcome.PENDING), name="one_pending_change_per_setting"
            ),
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="two_persons_change_a_setting"),
            models.CheckConstraint(
                condition=Q(outcome__in=SettingOutcome.undecided(), decided_by=None, decided_at=None)
                | (~Q(outcome__in=SettingOutcome.undecided()) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="a_setting_is_decided_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.setting.label}：{self.words}"

    @property
    def words(self) -> str:
        """由“3”改为“5”."""
        return f"由“{self.setting.shown_as(self.before)}”改为“{self.setting.shown_as(self.after)}”"


class CalendarDayQuerySet(models.QuerySet["CalendarDay"]):
    """Questions about the whole calendar."""

    def calendar(self) -> Calendar:
        """The calendar the rules count by."""
        return kept("calendar", self._read_calendar)

    def _read_calendar(self) -> Calendar:
        days = list(self.values_list("day", "is_working"))
        return Calendar(
            holidays=frozenset(day for day, works in days if not works),
            workdays=frozenset(day for day, works in days if works),
            years=frozenset(CalendarYear.objects.values_list("year", flat=True)),
        )


class CalendarYear(models.Model):
    """A year whose arrangement (国务院办公厅放假安排) is published and entered; no other year is counted silently."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField("依据", max_length=120)
    published_on = models.DateField("通知印发日期", null=True, blank=True)
    text = models.TextField("通知中的安排", blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("year",)

    def __str__(self) -> str:
        return f"{self.year}年放假安排"

    @classmethod
    def awaited(cls) -> list[int]:
        """The years to be entered by now: this one, and from 1 December the next, as far as they are not there."""
        return [year for year in cls.enterable() if year == clock.today().year or clock.today().month == DECEMBER]

    @classmethod
    def enterable(cls) -> list[int]:
        """The years that may be entered now: this one and the next, as far as they are not there."""
        years = [clock.today().year, clock.today().year + 1]
        known = set(cls.objects.filter(year__in=years).values_list("year", flat=True))
        return [year for year in years if year not in known]


class CalendarDay(models.Model):
    """A day on which the State Council's arrangement differs from the plain week: 放假 or 调休上班."""

    day = models.DateField(primary_key=True)
    is_working = models.BooleanField()
    name = models.CharField(max_length=60)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = permissions.of_model("calendarday")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"


def years_without_arrangement(*days: date) -> tuple[int, ...]:
    """Years among these days for which no arrangement is loaded, so that a page can warn."""
    known = set(CalendarYear.objects.values_list("year", flat=True))
    return tuple(sorted({day.year for day in days} - known))
