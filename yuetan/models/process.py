"""The whole process as data: what `manage.py process` prints, the help page draws and a test holds to a literal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from yuetan import permissions
from yuetan.models.case.case import Case
from yuetan.models.case.flow import machine
from yuetan.models.case.side_steps import SIDE_STEPS
from yuetan.models.letter.letter import Letter
from yuetan.models.rectification.task import Task
from yuetan.vocabulary import STAGE_OF_STATE, CaseState, LetterState, TaskState, Verb

# A task's own transitions by what a person does to make them happen.
TASK_VERBS = {
    "report": Verb.HAND_IN_REPORT,
    "accept": Verb.ACCEPT_TASK,
    "return_report": Verb.RETURN_TASK,
    "relapse": Verb.REOPEN,
}


def as_data() -> dict[str, Any]:
    """The machines of cases, tasks and letters, and the acts beside the main line."""
    return {
        "case": {
            "states": [state | {"stage": _stage(state["name"])} for state in _states(CaseState)],
            "transitions": [_transition_data(each, Verb(each.name)) for each in machine(Case)],
            "acts": [_side_step_data(side_step) for side_step in SIDE_STEPS.values()],
        },
        "task": {
            "states": _states(TaskState),
            "transitions": [_transition_data(each, TASK_VERBS[each.name]) for each in _all(Task)],
        },
        "letter": {
            "states": _states(LetterState),
            "transitions": [_transition_data(each, Verb(each.name)) for each in _all(Letter)],
        },
    }


def as_dot() -> str:
    """The same as one graph in the dot language."""
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


def _states(states: type[models.TextChoices]) -> list[dict[str, str]]:
    return [{"name": state.value, "label": state.label} for state in states]


def _stage(state: str) -> str:
    stage = STAGE_OF_STATE.get(CaseState(state))
    return stage.label if stage else ""


def _all(model: Any) -> list[Any]:
    order = list(Verb.values)
    transitions = model.state.field.get_all_transitions(model)
    return sorted(transitions, key=lambda each: (order.index(TASK_VERBS.get(each.name, each.name)), each.source))


def _transition_data(each: Any, verb: Verb) -> dict[str, Any]:
    return {
        "from": str(each.source),
        "verb": verb.value,
        "label": verb.label,
        "to": str(each.target),
        "permission": each.permission or permissions.name(verb),
        "conditions": _names([*each.conditions, *_personal_requirements(each.custom)]),
    }


def _side_step_data(side_step: Any) -> dict[str, Any]:
    return {
        "verb": side_step.verb.value,
        "label": side_step.verb.label,
        "states": [state.value for state in side_step.states],
        "permission": side_step.permission,
        "conditions": _names(side_step.conditions),
    }


def _personal_requirements(custom: dict[str, Any]) -> list[Any]:
    decides = custom.get("decides")
    return [*custom.get("personal", ()), *([decides] if decides else [])]


def _names(conditions: Iterable[Any]) -> list[str]:
    return [condition.__name__ for condition in conditions]
