"""Words of 三书一函: letters that a unit got from another organ about its work."""

from django.db.models import TextChoices


class ReceivedKind(TextChoices):
    """Which of the four it is."""

    SUPERVISORY = "supervisory", "监察建议书"
    JUDICIAL = "judicial", "司法建议书"
    PROCURATORIAL = "procuratorial", "检察建议书"
    POLICE = "police", "公安提示函"


class ReceivedClosingKind(TextChoices):
    """Why nothing more is done about it."""

    REPLIED = "replied", "回复以后办结"
    UNIT_ENDED = "unit_ended", "单位已经停用、没有承接单位"
    RECALLED = "recalled", "来函机关撤回"


class ReceivedStanding(TextChoices):
    """Where the unit's reply to it stands."""

    OPEN = "open", "待回复"
    RETURNED = "returned", "回复已退回，待重新回复"
    REPLIED = "replied", "已回复，待办公室审阅"
    RECTIFYING = "rectifying", "已回复，整改中"
    CLOSED = "closed", "已办结"
    RECALLED = "recalled", "来函机关已撤回"
    WITHDRAWN = "withdrawn", "登记已撤销"
