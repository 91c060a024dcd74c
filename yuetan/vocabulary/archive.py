"""Words of what is kept for good and taken out as a whole."""

from django.db.models import TextChoices


class Retention(TextChoices):
    """保管期限 of a closed case, as 国家档案局令第8号 knows them."""

    PERMANENT = "permanent", "永久"
    THIRTY = "thirty", "30年"
    TEN = "ten", "10年"

    @property
    def years(self) -> int | None:
        """For how many years; None for ever."""
        return {Retention.THIRTY: 30, Retention.TEN: 10}.get(self)


class CaseFileSheet(TextChoices):
    """Sheets of a 卷宗, made of what is kept when somebody takes it: no number, nothing frozen."""

    CONTENTS = "case_file_contents", "卷内目录"
    TEXT = "case_file_text", "卷内材料"
    RECORD = "case_file_record", "办理过程记录"


class PreparedKind(TextChoices):
    """What is made in the background for one person to fetch."""

    LEDGER = "ledger", "导出 Excel"
    STATISTICS = "statistics", "导出统计"
    MERGED = "merged", "合并为一个 PDF"
    ARCHIVE = "archive", "打包下载"
    CASE_FILE = "case_file", "卷宗数据包"
    BOUND_CASE_FILE = "bound_case_file", "卷宗 PDF"


class DestructionStanding(TextChoices):
    """How far a 销毁清册 has come."""

    DRAWN_UP = "drawn_up", "待批准"
    APPROVED = "approved", "已批准，待销毁"
    REFUSED = "refused", "不予批准"
    WITHDRAWN = "withdrawn", "已撤销"
    CARRIED_OUT = "carried_out", "已销毁"
