"""Words of tables that are brought in."""

from django.db.models import TextChoices


class ImportKind(TextChoices):
    """What a table that is brought in holds."""

    UNITS = "units", "单位"
    POSTS = "posts", "人员和任职"
    ACCOUNTS = "accounts", "账号"
    CONTACTS = "contacts", "联系方式"
    EARLIER_CASES = "earlier", "补录的约谈事项"


class ImportState(TextChoices):
    """Where a table that is brought in stands."""

    WAITING = "waiting", "等待核对"
    CHECKED = "checked", "已核对，待确认"
    CONFIRMED = "confirmed", "正在导入"
    IMPORTED = "imported", "已导入"
    DROPPED = "dropped", "已放弃"
    FAILED = "failed", "出错，没有导入"
