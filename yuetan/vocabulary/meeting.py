"""Words of meetings: their kinds, where one stands, and as what somebody sat there."""

from django.db.models import TextChoices

from yuetan.vocabulary.naming import in_names


class MeetingKind(TextChoices):
    """Meetings that the office calls."""

    JOINT = "joint", "联席会议"
    LEADING_GROUP = "leading_group", in_names("{the_group}会议")
    SPECIAL = "special", "专题会议"


class MeetingState(TextChoices):
    """Where a meeting stands."""

    PLANNED = "planned", "拟开，未通知"
    CONVENED = "convened", "已通知"
    HELD = "held", "已召开，待印发纪要"
    MINUTED = "minuted", "已印发纪要"
    CANCELLED = "cancelled", "已取消"


class Presence(TextChoices):
    """As what somebody who was convened took part."""

    ATTENDED = "attended", "出席"
    SAT_IN = "sat_in", "列席"
    ON_LEAVE = "on_leave", "请假"
    ABSENT = "absent", "缺席"

    @classmethod
    def there(cls) -> tuple[str, ...]:
        """Those who were in the room."""
        return (cls.ATTENDED.value, cls.SAT_IN.value)
