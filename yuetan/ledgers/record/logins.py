"""登录记录: who logged in, when and from which address; and who tried to and was refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from axes.models import AccessFailureLog, AccessLog

from yuetan.forms.frame.options import FormData
from yuetan.forms.office.office import LoginFilter
from yuetan.ledgers.ledger import Column, Ledger, Line
from yuetan.models import User
from yuetan.templatetags.official import moment

UNKNOWN = "（没有这个账号）"  # what was typed may be a password in the wrong field


class LoginLedger(Ledger[AccessLog]):
    """Every log-in, the newest first, and when it was ended by logging out."""

    key, title, list_url, permission = "logins", "登录记录", "login_list", "see_log"
    columns = (
        Column("登录时间", 20, lambda line: moment(line["when"])),
        Column("姓名", 10, lambda line: line["name"]),
        Column("账号", 24, lambda line: line["account"]),
        Column("地址", 20, lambda line: line["address"]),
        Column("退出时间", 20, lambda line: moment(line["until"]) if line["until"] else ""),
    )

    def unlimited(self, user: User, data: FormData) -> LoginFilter:
        """By days, person and address."""
        return LoginFilter(data, AccessLog.objects.order_by("-attempt_time", "-id"))

    def lines(self, rows: Sequence[AccessLog], user: User) -> list[Line]:
        """What the auditor reads of some log-ins."""
        names = _account_names(rows)
        return [{**_attempt(row, names), "account": row.username, "until": row.logout_time} for row in rows]


class FailedLoginLedger(Ledger[AccessFailureLog]):
    """Every refused log-in, the newest first."""

    key, title, list_url, permission = "failed_logins", "未成功的登录", "login_list", "see_log"
    columns = (
        Column("时间", 20, lambda line: moment(line["when"])),
        Column("姓名", 10, lambda line: line["name"]),
        Column("账号", 24, lambda line: line["account"]),
        Column("地址", 20, lambda line: line["address"]),
        Column("结果", 16, lambda line: line["outcome"]),
    )

    def unlimited(self, user: User, data: FormData) -> LoginFilter:
        """By days, person and address."""
        return LoginFilter(data, AccessFailureLog.objects.order_by("-attempt_time", "-id"))

    def lines(self, rows: Sequence[AccessFailureLog], user: User) -> list[Line]:
        """What the auditor reads of some refused log-ins; never what was typed where there is no such account."""
        names = _account_names(rows)
        return [
            {
                **_attempt(row, names),
                "account": row.username if row.username in names else UNKNOWN,
                "outcome": "账号锁定" if row.locked_out else "密码不符",
            }
            for row in rows
        ]


def _attempt(row: AccessLog | AccessFailureLog, names: Mapping[str, str]) -> Line:
    """When it was, whose account it is and from where."""
    return {"when": row.attempt_time, "name": names.get(row.username, ""), "address": row.ip_address}


def _account_names(rows: Sequence[AccessLog] | Sequence[AccessFailureLog]) -> dict[str, str]:
    """The names of those whose accounts these are."""
    people = User.objects.filter(username__in={row.username for row in rows})
    return {str(person.username): person.name for person in people.only("username", "name")}
