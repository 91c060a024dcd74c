"""How a row of each kind of table becomes one of the actions of the pages."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms

from yuetan.actions.people.account import change_contact, set_account
from yuetan.actions.people.unit import add_unit, begin_post, change_unit
from yuetan.actions.rectification.earlier_case import record_earlier_case
from yuetan.errors import Reason, Refused
from yuetan.forms.people.account import AccountForm
from yuetan.forms.people.contact import ContactForm
from yuetan.forms.people.unit import PostForm, UnitForm
from yuetan.forms.rectification.earlier import EarlierCaseForm
from yuetan.imports.rows import Cells, FaultyCells, day_in, fault, name_in, person_in, post_kind_in, unit_in
from yuetan.models import Case, Post, Unit, User
from yuetan.models.record.occasions import at_moments
from yuetan.vocabulary import (
    INTERVIEWED_UNIT_KINDS,
    EarlierState,
    PostKind,
    Rank,
    UnitKind,
    Verb,
)

NEW, CHANGED, SAME = "new", "changed", "same"
KNOWN, ANOTHER = "同一人", "另一人"
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read for something else
PASSWORD_LENGTH = 12

Passwords = list[tuple[str, str, str]]


def take_unit(cells: Cells, faults: FaultyCells, by: User, passwords: Passwords) -> str:
    """A unit is added, or one that is registered goes to another 市（区）. Raises Refused: every fault."""
    kind = faults.read(_unit_kind, cells)
    code = cells["code"]
    known = Unit.objects.filter(code=code).select_related("parent").first() if code else None
    is_town = kind == UnitKind.TOWN
    parent = faults.read(unit_in, cells, "parent", Unit.objects.filter(kind=UnitKind.COUNTY)) if is_town else None
    above = str(parent.pk) if parent else ""
    addressee = cells.get("addressee") or (known.addressee if known else "")
    form = UnitForm({"kind": kind or "", "name": cells["name"], "code": code, "parent": above, "addressee": addressee})
    values = _cleaned(faults, form, {name: name for name in form.fields})
    if known is not None:
        faults.add(_differences(known, kind, values.get("name")))
    faults.refuse_if_any()
    if known is None:
        add_unit(by=by, **values)
        return NEW
    if (known.parent == parent or not is_town) and known.addressee == values["addressee"]:
        return SAME
    above_it = parent if is_town else known.parent
    kept = {"addressee": values["addressee"], "superior": known.superior, "began_on": known.began_on}
    change_unit(known, by=by, code=code, name=known.name, parent=above_it, **kept)
    return CHANGED


def _differences(known: Unit, kind: str | None, name: str | None) -> Iterator[Reason]:
    """In what a row says otherwise than the unit is registered, where a table does not change that."""
    if known.retired_on is not None:
        yield Reason(f"代码{known.code}是已停用的{known.name}，请核对后另填。", "code")
        return
    if kind and known.kind != kind:
        registered = known.get_kind_display()
        yield Reason(f"{known.name}登记的类别是“{registered}”，单位的类别不能改，请核对。", "kind")
    if name and known.name != name:
        registered = f"该代码登记的名称是“{known.name}”"
        yield Reason(f"{registered}：单位改了名的，请在单位页面办理“单位更名”；登记有误的，请在那里变更。", "name")


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


def take_post(cells: Cells, faults: FaultyCells, by: User, passwords: Passwords) -> str:
    """A post begins, of somebody new or known. Raises Refused: every fault."""
    unit = faults.read(unit_in, cells, "unit", Unit.objects.in_use())
    kind = faults.read(post_kind_in, cells, unit) if unit else None
    began_on = faults.read(day_in, cells, "began_on")
    name = faults.read(name_in, cells)
    rank = faults.read(_rank, cells) or ""
    held = unit.posts.current().filter(kind=kind, holder__name=name).first() if unit and kind and name else None
    if held is not None:
        faults.add(_same_post(held, cells["title"], rank))
        faults.refuse_if_any()
        return SAME
    holder = faults.read(_known_person, cells, name)
    if unit is None:
        faults.refuse_if_any()
    assert unit is not None
    data = {
        **_post_data(cells, kind, rank),
        "began_on": began_on.isoformat() if began_on else "",
        "name": "" if holder else name or "",
        "holder": str(holder.pk) if holder else "",
    }
    values = _cleaned(faults, PostForm(data, unit=unit), {**{key: key for key in data}, "holder": "name"})
    faults.refuse_if_any()
    begin_post(by=by, unit=unit, **values)
    return NEW


def _post_data(cells: Cells, kind: PostKind | None, rank: str) -> dict[str, str]:
    return {
        "kind": kind.value if kind else "",
        "title": cells["title"] or (kind.label if kind else ""),
        "rank": rank,
        "same_name": "on" if cells["same_name"] == ANOTHER else "",
    }


def _same_post(held: Post, title: str, rank: str) -> Iterator[Reason]:
    """A post that is registered already stays as it is; what is written otherwise is put right on its own page."""
    if title and held.title != title:
        yield Reason(f"已登记的职务名称是“{held.title}”，不同的请在单位页面“更正”任职登记。", "title")
    if rank and held.rank != rank:
        label = Rank(held.rank).label if held.rank else "不登记"
        yield Reason(f"已登记的职级是“{label}”，不同的请在单位页面“更正”任职登记。", "rank")


def _rank(cells: Cells) -> str:
    words = cells.get("rank", "")
    known = {"": "", "不登记": "", **{label: rank for rank in Rank for label in (rank.label, rank.value)}}
    if words not in known:
        fault("rank", f"职级写成{'、'.join(f'“{rank.label}”' for rank in Rank)}，不登记的留空。")
    return known[words]


def _known_person(cells: Cells, name: str | None) -> User | None:
    """Who is registered under the name already, if the row says that it is the same person; None is no name at all."""
    answer = cells.get("same_name", "")
    if answer not in ("", KNOWN, ANOTHER):
        fault("same_name", f"同名的写“{KNOWN}”或者“{ANOTHER}”，没有同名的留空。")
    if name is None:
        return None
    known = list(User.objects.filter(name=name)[:2])
    if answer != KNOWN:
        if known and not answer:
            title = known[0].title or "现无任职"
            fault("name", f"系统里已有{name}（{title}）：请在“同名”一列写“{KNOWN}”或者“{ANOTHER}”。")
        return None
    if len(known) != 1:
        fault("same_name", f"系统里{'没有' if not known else '有几个'}名叫{name}的人，请在单位页面登记。")
    return known[0]


def take_account(cells: Cells, faults: FaultyCells, by: User, passwords: Passwords) -> str:
    """An account is opened with a password that is made here. Raises Refused: every fault."""
    person = person_in(cells, faults)
    password = "".join(secrets.choice(PASSWORD_SIGNS) for _ in range(PASSWORD_LENGTH))
    form = AccountForm({"username": cells["username"], "password": password})
    values = _cleaned(faults, form, {"username": "username", "password": "username"})
    if person and person.username and person.username != values.get("username"):
        sentence = f"{person.name}已有账号“{person.username}”，要换的请在单位页面办理。"
        faults.add([Reason(sentence, "username")])
    faults.refuse_if_any()
    assert person is not None
    if person.username == values["username"]:
        return SAME
    set_account(person, by=by, **values)
    passwords.append((values["username"], person.name, password))
    return NEW


def take_contact(cells: Cells, faults: FaultyCells, by: User, passwords: Passwords) -> str:
    """The telephones and the e-mail of somebody in office. Raises Refused: every fault."""
    person = person_in(cells, faults)
    given = {key: cells.get(key) or getattr(person, key, "") for key in ContactForm.base_fields}
    values = _cleaned(faults, ContactForm(given), {key: key for key in given})
    faults.refuse_if_any()
    assert person is not None
    if all(getattr(person, key) == value for key, value in values.items()):
        return SAME
    change_contact(person, by=by, **values)
    return CHANGED


def take_earlier_case(cells: Cells, faults: FaultyCells, by: User, passwords: Passwords) -> str:
    """The beginning of a 补录 alone; its steps follow by hand, each from its original (0033). Raises Refused."""
    unit = faults.read(unit_in, cells, "unit", Unit.objects.interviewed())
    drafted_on, reason = faults.read(day_in, cells, "drafted_on"), cells["reason"].strip()
    if unit and drafted_on and _is_begun(unit, drafted_on, reason):
        return SAME
    officer = faults.read(_officer, cells)
    data = {
        "unit": str(unit.pk) if unit else "",
        "drafted_on": drafted_on.isoformat() if drafted_on else "",
        "drafter": str(officer.pk) if officer else "",
        "reason": reason,
    }
    columns = {"unit": "unit", "drafted_on": "drafted_on", "drafter": "name", "reason": "reason"}
    values = _cleaned(faults, EarlierCaseForm(data), columns)
    faults.refuse_if_any()
    try:
        record_earlier_case(by=by, **values)
    except Refused as refused:
        raise Refused(*(Reason(each.text, columns.get(each.field, "")) for each in refused.reasons)) from refused
    return NEW


def _officer(cells: Cells) -> User:
    """The one person of this name who has ever been 承办人."""
    name = name_in(cells)
    officers = User.objects.filter(name=name, posts__kind=PostKind.CASE_OFFICER).distinct()
    if len(officers) != 1:
        how_many = "没有" if not officers else "有几个"
        fault("name", f"{how_many}名叫{name}的承办人，请核对，或者请系统管理员登记当时的任职。")
    return officers[0]


def _is_begun(unit: Unit, drafted_on: date, reason: str) -> bool:
    """Whether it was begun from the same row before, and not discarded since."""
    same = {"verb": Verb.RECORD_EARLIER_CASE, "opinion": reason, **at_moments("created_at", drafted_on, drafted_on)}
    begun = Case.objects.filter(unit=unit, **{f"events__{name}": value for name, value in same.items()})
    return begun.exclude(earlier=EarlierState.DISCARDED).exists()


def _cleaned(faults: FaultyCells, form: forms.Form, columns: Mapping[str, str]) -> dict[str, Any]:
    """What the form of the page makes of the cells; each of its sentences is kept at the column of its field."""
    form.is_valid()
    for name, errors in form.errors.items():
        faults.add([Reason(str(each), columns.get(name, "")) for each in errors])
    return dict(form.cleaned_data)
