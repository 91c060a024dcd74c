"""What can be brought in: the columns of each kind of table, and whose it is to bring in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from yuetan import permissions
from yuetan.imports import takes
from yuetan.imports.rows import Cells
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

Take = Callable[[Cells, User, Passwords], str]


@dataclass(frozen=True)
class TableKind:
    """One kind of table: its columns, what a row does, how many rows are taken while somebody waits, whose it is."""

    kind: ImportKind
    columns: tuple[Column, ...]
    take: Take
    at_once: int = 200
<<<<<<< HEAD
    permission: str = "keep_units"
=======


def _take_unit(cells: Cells, by: User, passwords: Passwords) -> str:
    kind = _unit_kind(cells)
    code = cells["code"]
    known = Unit.objects.filter(code=code).select_related("parent").first() if code else None
    parent = unit_in(cells, "parent", Unit.objects.filter(kind=UnitKind.COUNTY)) if kind == UnitKind.TOWN else None
    above = str(parent.pk) if parent else ""
    addressee = cells.get("addressee") or (known.addressee if known else "")
    form = UnitForm({"kind": kind, "name": cells["name"], "code": code, "parent": above, "addressee": addressee})
    values = _cleaned(form, {name: name for name in form.fields})
    if known is None:
        add_unit(by=by, **values)
        return NEW
    if known.retired_on is not None:
        fault("code", f"代码{code}是已停用的{known.name}，请核对后另填。")
    if known.kind != kind:
        fault("kind", f"{known.name}登记的类别是“{known.get_kind_display()}”，单位的类别不能改，请核对。")
    if known.name != values["name"]:
        fault(
            "name",
            f"该代码登记的名称是“{known.name}”：单位改了名的，请在单位页面办理“单位更名”；登记有误的，请在那里变更。",
        )
    if (known.parent == parent or kind != UnitKind.TOWN) and known.addressee == values["addressee"]:
        return SAME
    above_it = parent if kind == UnitKind.TOWN else known.parent
    change_unit(known, by=by, code=code, name=known.name, parent=above_it, addressee=values["addressee"])
    return CHANGED


def _unit_kind(cells: Cells) -> str:
    """By the label, by the code that tables of units use, or in short."""
    words = cells["kind"].replace("(", "（").replace(")", "）")
    known = {label: kind for kind in INTERVIEWED_UNIT_KINDS for label in (kind.label, kind.value)}
    known |= {
        "市区": UnitKind.COUNTY,
        "县": UnitKind.COUNTY,
        "镇": UnitKind.TOWN,
        "街道": UnitKind.TOWN,
        "镇街": UnitKind.TOWN,
    }
    if words not in known:
        fault("kind", f"类别写成{'、'.join(f'“{kind.label}”' for kind in INTERVIEWED_UNIT_KINDS)}中的一种。")
    return known[words]


def _take_post(cells: Cells, by: User, passwords: Passwords) -> str:
    unit = unit_in(cells, "unit", Unit.objects.in_use())
    kind = post_kind_in(cells, unit)
    began_on = day_in(cells, "began_on")
    name = name_in(cells)
    held = unit.posts.current().filter(kind=kind, holder__name=name).first()
    rank = _rank(cells)
    if held is not None:
        return _same_post(held, cells["title"], rank)
    holder = _known_person(cells, name)
    data = {
        "kind": kind.value,
        "title": cells["title"] or PostKind(kind).label,
        "rank": rank,
        "began_on": began_on.isoformat(),
        "name": "" if holder else name,
        "holder": str(holder.pk) if holder else "",
        "same_name": "on" if cells["same_name"] == ANOTHER else "",
    }
    begin_post(
        by=by, unit=unit, **_cleaned(PostForm(data, unit=unit), {**{key: key for key in data}, "holder": "name"})
    )
    return NEW


def _same_post(held: Post, title: str, rank: str) -> str:
    """A post that is registered already stays as it is; what is written otherwise is put right on its own page."""
    if title and held.title != title:
        fault("title", f"已登记的职务名称是“{held.title}”，不同的请在单位页面“更正”任职登记。")
    if rank and held.rank != rank:
        label = Rank(held.rank).label if held.rank else "不登记"
        fault("rank", f"已登记的职级是“{label}”，不同的请在单位页面“更正”任职登记。")
    return SAME


def _rank(cells: Cells) -> str:
    words = cells.get("rank", "")
    known = {"": "", "不登记": "", **{label: rank for rank in Rank for label in (rank.label, rank.value)}}
    if words not in known:
        fault("rank", f"职级写成{'、'.join(f'“{rank.label}”' for rank in Rank)}，不登记的留空。")
    return known[words]


def _known_person(cells: Cells, name: str) -> User | None:
    """Who is registered under the name already, if the row says that it is the same person."""
    answer = cells.get("same_name", "")
    if answer not in ("", KNOWN, ANOTHER):
        fault("same_name", f"同名的写“{KNOWN}”或者“{ANOTHER}”，没有同名的留空。")
    known = list(User.objects.filter(name=name)[:2])
    if answer != KNOWN:
        if known and not answer:
            title = known[0].title or "现无任职"
            fault("name", f"系统里已有{name}（{title}）：请在“同名”一列写“{KNOWN}”或者“{ANOTHER}”。")
        return None
    if len(known) != 1:
        fault("same_name", f"系统里{'没有' if not known else '有几个'}名叫{name}的人，请在单位页面登记。")
    return known[0]


def _take_account(cells: Cells, by: User, passwords: Passwords) -> str:
    person = person_in(cells)
    password = "".join(secrets.choice(PASSWORD_SIGNS) for _ in range(PASSWORD_LENGTH))
    form = AccountForm({"username": cells["username"], "password": password})
    values = _cleaned(form, {"username": "username", "password": "username"})
    if person.username == values["username"]:
        return SAME
    if person.username:
        fault("username", f"{person.name}已有账号“{person.username}”，要换的请在单位页面办理。")
    set_account(person, by=by, **values)
    passwords.append((values["username"], person.name, password))
    return NEW


def _take_contact(cells: Cells, by: User, passwords: Passwords) -> str:
    person = person_in(cells)
    given = {key: cells.get(key) or getattr(person, key) for key in ("telephone", "email")}
    values = _cleaned(ContactForm(given), {"telephone": "telephone", "email": "email"})
    if all(getattr(person, key) == value for key, value in values.items()):
        return SAME
    change_contact(person, by=by, **values)
    return CHANGED


def _cleaned(form: forms.Form, columns: Mapping[str, str]) -> dict[str, Any]:
    """What the form of the page makes of the cells. Raises Refused with its sentences, each at its column."""
    if not form.is_valid():
        raise Refused(
            *(Reason(str(each), columns.get(name, "")) for name, errors in form.errors.items() for each in errors)
        )
    return dict(form.cleaned_data)
>>>>>>> wt-wording


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
                    ("电话", "联系电话", "座机"),
                    hint="固定电话，几个号码用顿号隔开",
                    example="0750-3270000",
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
        ),
    )
}


def kinds_open_to(user: User) -> list[ImportKind]:
    """What this person may bring in."""
    return [kind for kind, each in KINDS.items() if user.has_perm(permissions.name(each.permission))]
