"""The process in words, for 办法 and 帮助: read off the machines and the table of permissions, never told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yuetan import permissions
from yuetan.models import OfficeSetting
from yuetan.models.machine import described
from yuetan.models.typed import NO_PERSONAL_NUMBERS, SHARED_FORMS
from yuetan.permissions import Permission
from yuetan.vocabulary import Party, Role, Stage, Verb

SUBJECTS = {
    "case": "约谈事项",
    "letter": "提醒函",
    "document": "文书",
    "numberentry": "文号簿",
    "unit": "单位与领导",
    "officesetting": "办公室设定",
    "calendarday": "工作日历",
    "delivery": "消息投送",
    "scan": "盖章扫描件",
    "printing": "打印与下载",
    "standardparagraph": "标准段落",
    "delegation": "审定委托",
    "event": "操作日志",
}


@dataclass(frozen=True)
class Way:
    """One step or act: who takes it, and where it leads."""

    label: str
    who: str
    source: str = ""
    target: str = ""


def holders(permission: Permission) -> str:
    """承办人、办公室主任: everybody to whom the table gives it."""
    roles = [Role(role).label for role in permission.roles]
    return "、".join([*roles, *(Party(party).label for party in permission.parties)])


def _permission(name: str) -> Permission:
    return permissions.BY_CODENAME[name.removeprefix(f"{permissions.APP}.")]


def permissions_of_verbs() -> dict[str, list[Permission]]:
    """What each step asks for: as many permissions as the machine has ways of that name, else the one of its name."""
    found: dict[str, list[Permission]] = {}
    for way in described()["case"]["transitions"]:
        held = found.setdefault(way["verb"], [])
        if _permission(way["permission"]) not in held:
            held.append(_permission(way["permission"]))
    return {**{name: [permission] for name, permission in permissions.BY_CODENAME.items()}, **found}


def stages(*, of_parties: tuple[Party, ...] = ()) -> list[dict[str, Any]]:
    """The seven steps, each with the ways out of it and the acts beside; of some parties, or of everybody."""
    case = described()["case"]
    # What is done after the end, such as 回头看, belongs to the last of the seven.
    stage_of = {state["name"]: state["stage"] or Stage.INSPECT.label for state in case["states"]}
    ways: dict[str, list[Way]] = {stage.label: [] for stage in Stage}
    if not of_parties:  # a case comes into the machine by being drafted
        begin = permissions.BY_CODENAME[Verb.DRAFT]
        ways[Stage.PROPOSE.label].append(Way(begin.label, holders(begin)))
    for way in _ways(case):
        if _concerns(way, of_parties):
            ways[stage_of[way["from"]]].append(_told(way, case))
    for act in case["acts"]:
        if _concerns(act, of_parties):
            ways[stage_of[act["states"][0]]].append(Way(act["label"], holders(_permission(act["permission"]))))
    return [{"label": label, "ways": found} for label, found in ways.items()]


def task_ways() -> list[Way]:
    """The small machine of one rectification task."""
    task = described()["task"]
    return [_told(way, task) for way in _ways(task)]


def typing(*, inner: bool) -> dict[str, Any]:
    """What is kept while it is typed: which forms a side fills in together, which hold no numbers of persons."""
    shared = [verb for verb in Verb if verb in SHARED_FORMS]
    return {
        "shared": [verb.label for verb in shared if bool(permissions.BY_CODENAME[verb].roles) == inner],
        "personal": [verb.label for verb in Verb if verb in NO_PERSONAL_NUMBERS] if inner else [],
        "days": OfficeSetting.objects.number("typed_text_days"),
    }


def _ways(part: dict[str, Any]) -> list[dict[str, Any]]:
    order = [state["name"] for state in part["states"]]
    return sorted(part["transitions"], key=lambda way: order.index(way["from"]))


def _told(way: dict[str, Any], part: dict[str, Any]) -> Way:
    labels = {state["name"]: state["label"] for state in part["states"]}
    who = holders(_permission(way["permission"]))
    return Way(way["label"], who, labels[way["from"]], labels[way["to"]])


def _concerns(way: dict[str, Any], parties: tuple[Party, ...]) -> bool:
    return not parties or any(party in _permission(way["permission"]).parties for party in parties)


def matrix() -> list[dict[str, str]]:
    """Who may do what: the table of permissions as it stands, in its own order."""
    return [
        {
            "subject": SUBJECTS[permission.model],
            "label": permission.label,
            "roles": "、".join(Role(role).label for role in permission.roles),
            "parties": "、".join(Party(party).label for party in permission.parties),
        }
        for permission in permissions.PERMISSIONS
    ]
