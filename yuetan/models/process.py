"""The whole process as data: what `manage.py process` prints, the help page draws and a test holds to a literal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NotRequired, TypedDict

from django.db import models
from django_fsm import Transition

from yuetan import permissions
from yuetan.models.assignment.steps import ASSIGNMENT_STEPS
from yuetan.models.case.steps import CASE_STEPS
from yuetan.models.flow.step import Step, transitions
from yuetan.models.ladder.steps import MEASURE_STEPS
from yuetan.models.letter.steps import LETTER_STEPS
from yuetan.models.rectification.task import Task
from yuetan.vocabulary import STAGE_OF_STATE, AssignmentState, CaseState, LetterState, MeasureState, TaskState, Verb

# A task's own transitions by what a person does to make them happen.
TASK_VERBS = {
    "report": (Verb.HAND_IN_REPORT,),
    "accept": (Verb.ACCEPT_TASK,),
    "return_report": (Verb.RETURN_TASK,),
    "relapse": (Verb.REOPEN,),
    "revoke_acceptance": (Verb.SEND_BACK,),
    "revoke": (Verb.REVOKE_ASSIGNMENT, Verb.VOID_DOCUMENT),
}


class StateData(TypedDict):
    """One state of a machine; a state of a case has its stage."""

    name: str
    label: str
    stage: NotRequired[str]


TransitionData = TypedDict(
    "TransitionData",
    {"from": str, "verb": str, "label": str, "to": str, "permission": str, "conditions": list[str]},
)


class SideStepData(TypedDict):
    """One step that leaves the state as it is."""

    verb: str
    label: str
    states: list[str]
    permission: str
    conditions: list[str]


class MachineData(TypedDict):
    """One machine: its states, what leads from one to another, and what is done beside them."""

    states: list[StateData]
    transitions: list[TransitionData]
    side_steps: NotRequired[list[SideStepData]]


def as_data() -> dict[str, MachineData]:
    """The machines of everything on which steps are taken, and of tasks; the side steps of all but tasks."""
    return {
        "case": {**_machine(CaseState, CASE_STEPS), "states": [_with_stage(state) for state in _states(CaseState)]},
        "task": {
            "states": _states(TaskState),
            "transitions": [_task_transition(each, verb) for each, verb in _task_transitions()],
        },
        "letter": _machine(LetterState, LETTER_STEPS),
        "measure": _machine(MeasureState, MEASURE_STEPS),
        "assignment": _machine(AssignmentState, ASSIGNMENT_STEPS),
    }


def _machine(states: type[models.TextChoices], steps: Sequence[Step]) -> MachineData:
    return {
        "states": _states(states),
        "transitions": _transitions(steps, list(states)),
        "side_steps": [_side_step(step) for step in steps if step.is_side_step],
    }


def as_dot() -> str:
    """The states and steps of every process as one graph in the dot language."""
    lines = ["digraph process {", "  rankdir=LR;", '  node [shape=box, fontname="Noto Sans CJK SC"];']
    lines.append('  edge [fontname="Noto Sans CJK SC", fontsize=10];')
    for name, part in as_data().items():
        lines.append(f"  subgraph cluster_{name} {{")
        lines += [f'    {name}_{state["name"]} [label="{state["label"]}"];' for state in part["states"]]
        lines += [
            f'    {name}_{each["from"]} -> {name}_{each["to"]} [label="{each["label"]}"];'
            for each in part["transitions"]
        ]
        lines.append("  }")
    return "\n".join([*lines, "}"])


def _states(states: type[models.TextChoices]) -> list[StateData]:
    return [{"name": state.value, "label": state.label} for state in states]


def _with_stage(state: StateData) -> StateData:
    stage = STAGE_OF_STATE.get(CaseState(state["name"]))
    return {**state, "stage": stage.label if stage else ""}


def _transitions(steps: Iterable[Step], states: Sequence[str]) -> list[TransitionData]:
    """By the state they lead out of, then in the order of the table."""
    rows = sorted(transitions(steps), key=lambda row: states.index(row[0]))
    return [
        {
            "from": str(source),
            "verb": step.verb.value,
            "label": step.verb.label,
            "to": str(step.target),
            "permission": step.permission,
            "conditions": _names(step),
        }
        for source, step in rows
    ]


def _side_step(step: Step) -> SideStepData:
    return {
        "verb": step.verb.value,
        "label": step.verb.label,
        "states": [str(state) for state in step.sources],
        "permission": step.permission,
        "conditions": _names(step),
    }


def _names(step: Step) -> list[str]:
    return [each.__name__ for each in step.requirements] + [each.__name__ for each in step.personal]


def _task_transitions() -> list[tuple[Transition, Verb]]:
    """Tasks move by steps of what handed them over: each transition in the order of the verb that moves it."""
    order, moves = list(Verb), Task._meta.get_field("state").get_all_transitions(Task)
    pairs = ((each, verb) for each in moves for verb in TASK_VERBS[each.name])
    return sorted(pairs, key=lambda pair: (order.index(pair[1]), pair[0].source))


def _task_transition(each: Transition, verb: Verb) -> TransitionData:
    return {
        "from": str(each.source),
        "verb": verb.value,
        "label": verb.label,
        "to": str(each.target),
        "permission": permissions.name(verb),
        "conditions": [],
    }
