"""The process in words, for 办法 and 帮助: derived from the machines and the table of permissions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from yuetan import permissions
from yuetan.models import Accountability, OfficeSetting, Rung
from yuetan.models.drafts.draft import SHARED_FORMS
from yuetan.models.process import MachineData, SideStepData, TransitionData, as_data
from yuetan.permissions import Permission
from yuetan.vocabulary import Party, Role, Stage, Verb

SUBJECTS = {
    "case": "约谈事项",
    "letter": "提醒函",
    "accountabilitymeasure": "责任措施",
    "assignment": "交办事项",
    "restriction": "资格限制",
    "restrictioninquiry": "资格限制查询",
    "document": "文书",
    "numberentry": "文号簿",
    "dossierentry": "实绩档案",
    "commendation": "表彰奖励",
    "meeting": "会议",
    "reportscheme": "报送事项",
    "periodicreport": "报表",
    "reportanalysis": "分析报告",
    "reportmark": "瞒报、谎报标记",
    "receivedletter": "三书一函",
    "supervisionround": "督导",
    "assessment": "年度考核",
    "destruction": "销毁清册",
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
class ProcessLine:
    """One step: who takes it, its source and target."""

    label: str
    who: str
    source: str = ""
    target: str = ""


class StageOverview(TypedDict):
    """One of the seven steps, with its transitions."""

    label: str
    transitions: list[ProcessLine]


class DraftOverview(TypedDict):
    """What is kept while it is typed, and for how many days."""

    shared: list[str]
    days: int


def holders(permission: Permission) -> str:
    """承办人、办公室主任: everybody to whom the table gives it."""
    roles = [Role(role).label for role in permission.roles]
    return "、".join([*roles, *(Party(party).label for party in permission.parties)])


def _permission(name: str) -> Permission:
    return permissions.BY_CODENAME[name.removeprefix(f"{permissions.APP}.")]


def permissions_of_verbs() -> dict[str, list[Permission]]:
    """The permissions of each verb: one for each of its transitions, else the one of its name."""
    by_verb: dict[str, list[Permission]] = {}
    for transition in (each for machine in as_data().values() for each in machine["transitions"]):
        held = by_verb.setdefault(transition["verb"], [])
        if _permission(transition["permission"]) not in held:
            held.append(_permission(transition["permission"]))
    return {**{name: [permission] for name, permission in permissions.BY_CODENAME.items()}, **by_verb}


def stages(*, of_parties: tuple[Party, ...] = ()) -> list[StageOverview]:
    """The seven stages, each with its transitions and side steps; for some parties, or for everybody."""
    case = as_data()["case"]
    # What is done after the end, such as 回头看, belongs to the last of the seven.
    stage_of = {state["name"]: state["stage"] or Stage.INSPECT.label for state in case["states"]}
    transitions: dict[str, list[ProcessLine]] = {stage.label: [] for stage in Stage}
    if not of_parties:  # a case comes into the machine by being drafted
        begin = permissions.BY_CODENAME[Verb.DRAFT]
        transitions[Stage.PROPOSE.label].append(ProcessLine(begin.label, holders(begin)))
    for transition in _ordered_transitions(case):
        if _concerns(transition, of_parties):
            transitions[stage_of[transition["from"]]].append(_process_line(transition, case))
    for side_step in case["side_steps"]:
        if _concerns(side_step, of_parties):
            transitions[stage_of[side_step["states"][0]]].append(
                ProcessLine(side_step["label"], holders(_permission(side_step["permission"])))
            )
    return [{"label": label, "transitions": lines} for label, lines in transitions.items()]


def task_transitions() -> list[ProcessLine]:
    """The small machine of one rectification task."""
    task = as_data()["task"]
    return [_process_line(transition, task) for transition in _ordered_transitions(task)]


def steps_of_measure(*, of_parties: tuple[Party, ...] = ()) -> list[ProcessLine]:
    """The steps of a measure of a 责任制, those that leave its state as it is last; for some parties, or everybody."""
    measure = as_data()["measure"]
    labels = {state["name"]: state["label"] for state in measure["states"]}
    lines = [_process_line(each, measure) for each in _ordered_transitions(measure) if _concerns(each, of_parties)]
    for step in measure["side_steps"]:
        if _concerns(step, of_parties):
            source = "、".join(labels[state] for state in step["states"])
            lines.append(ProcessLine(step["label"], holders(_permission(step["permission"])), source))
    return lines


def rungs(text: Accountability) -> list[Rung]:
    """Its rungs from the lightest on, each with its doors and with what it closes."""
    return list(text.rungs.select_related("article").prefetch_related("doors__article", "effects"))


def typing(*, inner: bool) -> DraftOverview:
    """What is kept while it is typed: which forms a side fills in together."""
    shared = [verb for verb in Verb if verb in SHARED_FORMS]
    return {
        "shared": [verb.label for verb in shared if bool(permissions.BY_CODENAME[verb].roles) == inner],
        "days": OfficeSetting.objects.number("draft_days"),
    }


def _ordered_transitions(part: MachineData) -> list[TransitionData]:
    order = [state["name"] for state in part["states"]]
    return sorted(part["transitions"], key=lambda transition: order.index(transition["from"]))


def _process_line(transition: TransitionData, part: MachineData) -> ProcessLine:
    labels = {state["name"]: state["label"] for state in part["states"]}
    who = holders(_permission(transition["permission"]))
    return ProcessLine(transition["label"], who, labels[transition["from"]], labels[transition["to"]])


def _concerns(transition: TransitionData | SideStepData, parties: tuple[Party, ...]) -> bool:
    return not parties or any(party in _permission(transition["permission"]).parties for party in parties)


def matrix() -> list[dict[str, str]]:
    """Who may do what: the table of permissions as it stands, in its own order."""
    return [
        {
            "subject": "、".join(SUBJECTS[model] for model in permission.models),
            "label": permission.label,
            "roles": "、".join(Role(role).label for role in permission.roles),
            "parties": "、".join(Party(party).label for party in permission.parties),
        }
        for permission in permissions.PERMISSIONS
    ]
