"""Words of rounds of 督导: their kinds, where one stands, and where what it does about one unit stands."""

from django.db.models import TextChoices


class RoundKind(TextChoices):
    """In which form a round goes to units."""

    LINKED = "linked", "联动督导"
    DISPATCHED = "dispatched", "特派督导"
    FOLLOW_UP = "follow_up", "跟踪督查"
    JOINT = "joint", "联合督查"
    UNANNOUNCED = "unannounced", "明察暗访"


class RoundState(TextChoices):
    """Where a round stands."""

    PLANNED = "planned", "筹备中"
    RUNNING = "running", "督导中"
    ENDED = "ended", "已结束"
    CANCELLED = "cancelled", "已取消"


class VisitState(TextChoices):
    """Where a round stands with one of its units."""

    PLANNED = "planned", "待督导"
    RECORDED = "recorded", "已登记情况，待结论"
    CONCLUDED = "concluded", "已有结论，待反馈"
    INFORMED = "informed", "已反馈"
    DROPPED = "dropped", "不再督导"
