"""查阅记录: who saw, took out or was refused what; of cases and papers the numbers alone, as in 操作日志."""

from __future__ import annotations

import re
from collections.abc import Sequence

from yuetan.forms.frame.options import FormData
from yuetan.forms.office.sights import PrintedFilter, SightFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.ledgers.record.seen_names import OF_NUMBER, Words, beginning_of, names_of_seen
from yuetan.models import Printing, Sight, User
from yuetan.models.record.sight import FAILED
from yuetan.templatetags.official import moment
from yuetan.vocabulary import FILE_LABELS, SIGHT_LABELS, Verb

RESULTS = {
    200: "成功",
    403: "无权，被拒绝",
    404: "不存在或无权查看",
    409: "情况已变，没有办理",
    413: "超过限额，被拒绝",
    422: "不符合条件，被拒绝",
    429: "过于频繁，被拒绝",
}
SAMPLE = "查看样稿"  # a file that a form answers, of a paper that is not issued yet
REFUSED_WORDS, FAILED_WORDS = "被拒绝", "系统出错"
UNKNOWN_PAGE = "（没有这个地址）"


class SightLedger(Ledger[Sight]):
    """Every sight and every refusal, the newest first."""

    key, title, list_url, permission = "sights", "查阅记录", "sight_list", "see_log"
    columns = (
        Column("时间", 20, lambda line: moment(line["when"])),
        Column("姓名", 10, lambda line: line["name"]),
        Column("当时职务", 40, lambda line: line["title"]),
        Column("操作", 24, lambda line: line["operation"]),
        Column("对象", 40, lambda line: line["subject"]),
        Column("结果", 20, lambda line: line["result"]),
        Column("来源地址", 20, lambda line: line["address"]),
    )

    def unlimited(self, user: User, data: FormData) -> SightFilter:
        """By days, person, act, number, result and address."""
        return SightFilter(data, Sight.objects.select_related("by").only(*LOGGED, "by__name").newest_first())

    def lines(self, rows: Sequence[Sight], user: User) -> list[Line]:
        """What the auditor reads of some sights."""
        named = names_of_seen(rows)
        return [
            {
                "when": row.at,
                "name": row.by.name,
                "title": row.by_title,
                "operation": _operation(row),
                "subject": _subject(row, named),
                "result": _result(row.status),
                "address": row.address or "",
            }
            for row in rows
        ]


LOGGED = ("at", "by_title", "address", "page", "key", "path", "posted", "status")


class PrintedLedger(Ledger[Printing]):
    """Every paper that was printed or taken out, the newest first; the number, never the title."""

    key, title, list_url, permission = "printed", "文书打印下载记录", "sight_list", "see_log"
    columns = (
        *SightLedger.columns[:5],
        Column("来源地址", 20, lambda line: line["address"]),
    )

    def unlimited(self, user: User, data: FormData) -> PrintedFilter:
        """By days, person, number and address."""
        needed = ("at", "by_title", "address", "method", "by__name", *(f"document__{each}" for each in OF_NUMBER))
        rows = Printing.objects.select_related("by", "document").only(*needed)
        return PrintedFilter(data, rows.order_by("-at", "-id"))

    def lines(self, rows: Sequence[Printing], user: User) -> list[Line]:
        """What the auditor reads of some of them."""
        return [
            {
                "when": row.at,
                "name": row.by.name,
                "title": row.by_title,
                "operation": row.get_method_display(),
                "subject": row.document.number,
                "address": row.address or "",
            }
            for row in rows
        ]


def _operation(row: Sight) -> str:
    """What the person did or tried to do."""
    step = re.fullmatch(r"/cases/[^/]+/(?:steps|earlier)/([a-z_]+)/(?:autosave/)?", row.path)
    label = Verb(step[1]).label if step and step[1] in Verb.values else ""
    if row.posted and row.page not in FILE_LABELS:
        done = f"办理“{label}”" if label else "提交"
        return done if row.was_refused else SAMPLE
    words = SIGHT_LABELS.get(row.page, "打开页面")
    return f"{words}：{label}" if label else words


def _subject(row: Sight, named: Words) -> str:
    number = re.search(r"/pages/(\d+)/$", row.path)
    page = f"　第 {number[1]} 页" if number else ""
    if row.page == "export_ledger":
        return {ledger.key: ledger.title for ledger in Ledger.__subclasses__()}.get(row.key, row.path)
    name = named.get(f"{beginning_of(row.path)}{row.key}")
    return f"{name or row.path or UNKNOWN_PAGE}{page}"


def _result(status: int) -> str:
    return RESULTS.get(status) or (FAILED_WORDS if status >= FAILED else REFUSED_WORDS)
