"""What can be brought in: the columns of each kind of table, and whose it is to bring in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuetan import permissions
from yuetan.imports import takes
from yuetan.imports.rows import Cells, FaultyCells
from yuetan.imports.table import Column
from yuetan.imports.takes import ANOTHER, KNOWN, Passwords
from yuetan.models import User
from yuetan.vocabulary import (
    INTERVIEWED_UNIT_KINDS,
    POSTS_OF_UNIT_KIND,
    ImportKind,
    Rank,
    Verb,
)

Take = Callable[[Cells, FaultyCells, User, Passwords], str]


@dataclass(frozen=True)
class TableKind:
    """One kind of table: its columns, what a row does, how many rows are taken while somebody waits, whose it is.

    Where rows hold matters, which somebody recused (回避) may not read, a table is open to who brought it in alone.
    """

    kind: ImportKind
    columns: tuple[Column, ...]
    take: Take
    at_once: int = 200
    permission: str = "keep_units"
    holds_matters: bool = False


_UNIT = Column(
    "unit",
    "单位",
    ("单位名称", "所在单位", "工作单位"),
    needed=True,
    hint="全称或者代码，如“蓬江区棠下镇”",
    example="蓬江区棠下镇",
)
_NAME = Column("name", "姓名", ("名字",), needed=True, hint="一行一个人", example="郑九")

KINDS: dict[ImportKind, TableKind] = {
    each.kind: each
    for each in (
        TableKind(
            ImportKind.UNITS,
            (
                Column(
                    "code",
                    "代码",
                    ("单位代码", "行政区划代码", "区划代码", "code"),
                    True,
                    "市（区）、镇（街）填行政区划代码",
                    "440703101",
                ),
                Column("name", "名称", ("单位", "单位名称", "name"), True, "镇（街）只写本名", "棠下镇"),
                Column(
                    "kind",
                    "类别",
                    ("单位类别", "单位类型", "kind"),
                    True,
                    "",
                    "镇（街）",
                    tuple(k.label for k in INTERVIEWED_UNIT_KINDS),
                ),
                Column(
                    "parent",
                    "所属市（区）",
                    ("上级单位", "所属县区", "parent_code"),
                    hint="镇（街）必须填，写名称或者代码",
                    example="蓬江区",
                ),
                Column(
                    "addressee",
                    "主送机关",
                    (),
                    hint="文书主送的机关；留空的照“棠下镇党委、镇政府”的样式",
                    example="蓬江区棠下镇党委、镇政府",
                ),
            ),
            takes.take_unit,
        ),
        TableKind(
            ImportKind.POSTS,
            (
                _UNIT,
                _NAME,
                Column(
                    "kind",
                    "职务类别",
                    ("类别", "岗位"),
                    True,
                    "",
                    "党委（党工委）书记",
                    tuple(dict.fromkeys(kind.label for kinds in POSTS_OF_UNIT_KIND.values() for kind in kinds)),
                ),
                Column("title", "职务名称", ("职务",), hint="文书上的写法；留空的照职务类别", example="党委书记"),
                Column(
                    "rank", "职级", (), hint="镇（街）党政主要领导必须填", example="处级", choices=tuple(Rank.labels)
                ),
                Column("began_on", "任职日期", ("任职时间", "到任日期"), True, "如 2026-03-05", "2026-03-05"),
                Column("same_name", "同名", ("同名处理",), hint="系统里已有同名的人才填", choices=(KNOWN, ANOTHER)),
            ),
            takes.take_post,
        ),
        TableKind(
            ImportKind.ACCOUNTS,
            (
                _UNIT,
                _NAME,
                Column("username", "账号", ("用户名", "登录名"), True, "汉字、字母、数字和 . @ + - _", "zhengjiu"),
            ),
            takes.take_account,
            at_once=20,
        ),
        TableKind(
            ImportKind.CONTACTS,
            (
                _UNIT,
                _NAME,
                Column(
                    "telephone",
                    "办公电话",
                    ("电话", "联系电话", "座机", "固定电话"),
                    hint="固定电话，几个号码用顿号隔开",
                    example="0750-3270000",
                ),
                Column(
                    "mobile",
                    "手机",
                    ("手机号", "手机号码", "移动电话"),
                    hint="工作联系用，只有约谈方看得到，不印在文书上",
                ),
                Column("email", "邮箱", ("电子邮箱", "电子邮件", "工作邮箱"), example="zhengjiu@example.gov.cn"),
            ),
            takes.take_contact,
        ),
        TableKind(
            ImportKind.EARLIER_CASES,
            (
                _UNIT,
                Column(
                    "drafted_on",
                    "提出建议的日期",
                    ("建议日期", "提出日期", "拟稿日期"),
                    True,
                    "当时的日期，如 2026-03-05",
                    "2026-03-05",
                ),
                Column("name", "拟稿人", ("承办人", "姓名"), True, "当日任承办人的一个人", "张一"),
                Column(
                    "reason",
                    "补录原因和原卷宗",
                    ("原因", "卷宗", "原卷宗", "备注"),
                    True,
                    "写明在哪一卷",
                    "系统启用前已约谈；纸质卷宗2026年第3卷",
                ),
            ),
            takes.take_earlier_case,
            at_once=20,
            permission=Verb.RECORD_EARLIER_CASE.value,
            holds_matters=True,
        ),
    )
}


def kinds_open_to(user: User) -> list[ImportKind]:
    """What this person may bring in."""
    return [kind for kind, each in KINDS.items() if user.has_perm(permissions.name(each.permission))]
