"""The process in words, for 办法 and 帮助: read off the machines and the table of permissions, never told twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from yuetan import permissions
from yuetan.models import Case, Task
from yuetan.models.case_acts import ACTS
from yuetan.models.case_flow import machine
from yuetan.permissions import Permission
from yuetan.vocabulary import STAGE_OF_STATE, CaseState, Party, Role, Stage, TaskState, Verb

DIRECTIONS = {"return": "退回", "end": "终止"}
TASK_VERBS = {"report": Verb.HAND_IN_REPORT, "accept": Verb.ACCEPT_TASK, "return_report": Verb.RETURN_TASK}
SUBJECTS = {
    "case": "约谈事项",
    "letter": "提醒函",
    "document": "文书",
    "numberentry": "文号簿",
    "unit": "单位与领导",
    "officesetting": "办公室设定",
    "scan": "盖章扫描件",
    "printing": "打印与下载",
    "standardparagraph": "标准段落",
    "event": "操作日志",
}


@dataclass(frozen=True)
class Way:
    """One step or act: who takes it, and where it leads."""

    label: str
    who: str
    source: str = ""
    target: str = ""
    direction: str = ""


def holders(permission: Permission) -> str:
    """承办人、办公室主任: everybody to whom the table gives it."""
    roles = [Role(role).label for role in permission.roles]
    return "、".join([*roles, *(Party(party).label for party in permission.parties)])


def permissions_for(verb: str) -> list[Permission]:
    """What a step asks for: as many permissions as the machine has ways of that name, else the one of the same name."""
    names = dict.fromkeys(way.permission for way in machine(Case) if way.name == verb)
    if not names:
        return [permissions.BY_CODENAME[verb]]
    return [_permission(name) for name in names]


def who_may(verb: str) -> list[Way]:
    """A step in the words of the table."""
    return [Way(permission.label, holders(permission)) for permission in permissions_for(verb)]


def stages(*, of_parties: tuple[Party, ...] = ()) -> list[dict[str, Any]]:
    """The seven steps with the ways out of each, then the acts beside; of some parties, or of everybody."""
    ways: dict[Stage, list[Way]] = {stage: [] for stage in Stage}
    for way in machine(Case):
        if _concerns(way.permission, of_parties):
            ways[STAGE_OF_STATE[CaseState(way.source)]].append(_main_way(way))
    for act in ACTS.values():
        if _concerns(act.permission, of_parties):
            ways[STAGE_OF_STATE[act.states[0]]].append(Way(act.verb.label, holders(_permission(act.permission))))
    return [{"label": stage.label, "ways": ways[stage]} for stage in Stage]


def _main_way(way: Any) -> Way:
    return Way(
        label=Verb(way.name).label,
        who=holders(_permission(way.permission)),
        source=CaseState(way.source).label,
        target=CaseState(way.target).label,
        direction=DIRECTIONS.get(way.custom["direction"], ""),
    )


def _permission(name: str) -> Permission:
    return permissions.BY_CODENAME[name.removeprefix(f"{permissions.APP}.")]


def _concerns(name: str, parties: tuple[Party, ...]) -> bool:
    return not parties or any(party in _permission(name).parties for party in parties)


def task_ways() -> list[Way]:
    """The small machine of one rectification task."""
    transitions = Task._meta.get_field("state").get_all_transitions(Task)
    order = list(TASK_VERBS)
    return [
        Way(
            label=TASK_VERBS[way.name].label,
            who=holders(permissions.BY_CODENAME[TASK_VERBS[way.name]]),
            source=TaskState(way.source).label,
            target=TaskState(way.target).label,
        )
        for way in sorted(transitions, key=lambda way: (order.index(way.name), TaskState.values.index(way.source)))
    ]


def matrix() -> list[dict[str, Any]]:
    """Who may do what: the table of permissions as it stands, in its own order."""
    return [
        {
            "subject": SUBJECTS[permission.model],
            "label": permission.label,
            "cells": [
                *((role.label, role in permission.roles) for role in Role),
                *((party.label, party in permission.parties) for party in Party),
            ],
        }
        for permission in permissions.PERMISSIONS
    ]
