"""Words of 信息报送: how often units report, what a form asks, where a report stands."""

from django.db.models import TextChoices


class ReportingRhythm(TextChoices):
    """How often a report is due."""

    WEEKLY = "weekly", "每周"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half_yearly", "每半年"
    YEARLY = "yearly", "每年"
    ONCE = "once", "一次性"
    ANY_TIME = "any_time", "随时"


class Weekday(TextChoices):
    """The day on which a week of reporting ends."""

    MONDAY = "monday", "周一"
    TUESDAY = "tuesday", "周二"
    WEDNESDAY = "wednesday", "周三"
    THURSDAY = "thursday", "周四"
    FRIDAY = "friday", "周五"
    SATURDAY = "saturday", "周六"
    SUNDAY = "sunday", "周日"

    @property
    def number(self) -> int:
        """As Python counts the days of a week: 0 for 周一."""
        return list(Weekday).index(self)


class DayCount(TextChoices):
    """Which days are counted after the end of a period."""

    WORKING = "working", "工作日"
    CALENDAR = "calendar", "自然日"


class ReportFieldKind(TextChoices):
    """What a field of a form takes."""

    COUNT = "count", "数字"
    TEXT = "text", "文字"
    FLAG = "flag", "是否"
    FILE = "file", "文件"


class ReportFieldCheck(TextChoices):
    """What must hold of a number."""

    SUM = "sum", "等于所列各项之和"
    AT_LEAST = "at_least", "不小于所列一项"
    AT_LEAST_BEFORE = "at_least_before", "不小于上一期（累计数）"
    AT_LEAST_IN_YEAR = "at_least_in_year", "不小于当年上一期（当年累计数）"

    @property
    def is_running_total(self) -> bool:
        """Whether the number is added up over the periods, and so never less than what was reported before."""
        return self in (ReportFieldCheck.AT_LEAST_BEFORE, ReportFieldCheck.AT_LEAST_IN_YEAR)


class ReportState(TextChoices):
    """Where the newest version of a report stands."""

    AWAITED = "awaited", "待填报"
    AWAITS_CONFIRMATION = "awaits_confirmation", "待本单位确认"
    SENT_BACK = "sent_back", "本单位退回修改"
    HANDED_IN = "handed_in", "已报送"
    RETURNED = "returned", "办公室退回"
    ACCEPTED = "accepted", "已收"
    EXCUSED = "excused", "本期不报"
    STOPPED = "stopped", "已停止报送"
    UNIT_ENDED = "unit_ended", "已撤并，不再报送"

    @classmethod
    def released(cls) -> tuple["ReportState", ...]:
        """The states in which the unit owes it no more."""
        return (cls.EXCUSED, cls.STOPPED, cls.UNIT_ENDED)

    @classmethod
    def unfinished(cls) -> tuple["ReportState", ...]:
        """The states in which the unit has something to do."""
        return (cls.AWAITED, cls.AWAITS_CONFIRMATION, cls.SENT_BACK, cls.RETURNED)


class AnalysisState(TextChoices):
    """Where the analysis of a period stands."""

    DRAFTED = "drafted", "拟稿"
    ENDORSED = "endorsed", "已核稿"
    ISSUED = "issued", "已印发"
    WITHDRAWN = "withdrawn", "已撤销"


class ReportMarkKind(TextChoices):
    """What an officer has marked of a report, with proof."""

    CONCEALED = "concealed", "瞒报"
    FALSE = "false", "谎报"
