"""One attempt at a step: its keywords, whole or spoilt; taken as an action or at a browser; and how it ended."""

from __future__ import annotations

import enum
import inspect
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import models
from django.urls import reverse
from django.utils import timezone

from tests.factories import png
from tests.steps import STEPS
from yuetan.actions.files.paper_filing import StatedPaper
from yuetan.actions.files.paper_receipt import StatedReceipt
from yuetan.models import Case, Chase, SupervisionLetter, Task, TaskReport
from yuetan.rules.dates import clock
from yuetan.vocabulary import InspectionConclusion, MinutesAnswer, ReportKind, Retention, RevisitOutcome

# How something needed is left out or put wrong.
WHOLE, BLANK, NOTHING, PAST, BAD_FILE, OVERLONG = "whole", "blank", "nothing", "past", "bad file", "overlong"
TWISTS = (WHOLE, BLANK, NOTHING, PAST, BAD_FILE, OVERLONG)
BY_BROWSER_ONLY = {OVERLONG}  # how long a text may be is for the form to say

# Texts that a step takes, and does not need.
MAY_BE_BLANK = {
    "draft": {"matter", "other_words", "door_words", "facts", "reference_number", "reference_summary"},
    "revise_draft": {"matter", "other_words", "door_words", "facts", "reference_number", "reference_summary"},
    "hold_interview": {"title", "absence_reason"},
    "prepare_submission": {"situation", "problems", "causes", "measures"},
    "prepare_report": {"text"},
    "prepare_progress": {"text"},
    "note_progress": {"note"},
    "revise_minutes": {"copied_to", "title", "absence_reason"},
    "correct_minutes": {"copied_to", "title", "absence_reason"},
    "issue_supervision_letter": {"reason"},
}
NOT_ENTERED = {"attended_by", "report_rhythm"}  # chosen from a list
NO_FIELD = {("objection_reply", ""), ("correction_reason", "")}  # where nobody has objected, nothing is to be corrected
SECTIONS = {"grounds", "reports"}
SEVERAL = {
    *("prepare_report", "hand_in_report", "prepare_progress", "hand_in_progress"),
    *("register_report", "register_progress"),
}
FILES = {"files", "evidence", "photos", "proof", "scan"}
NEEDED_LISTS = {"inspectors", "measures", "attendances", "tasks", "task_findings", "reports"}
DAYS = {
    "planned_on",
    "inspected_on",
    "visited_on",
    "planned_end_on",
    "decided_on",
    "scheduled_at",
    "new_due_on",
    "due_on",
    "signed_on",
    "received_at",
    "revisit_on",
    "given_on",
}


def keywords(verb: str, case: Case, task: int | None, **changed: Any) -> dict[str, Any]:
    """What the step is lawfully called with now; anything at all where it cannot be taken now."""
    try:
        hits = STEPS[verb][2](case)  # type: ignore[index]
    except (AssertionError, AttributeError, StopIteration, ObjectDoesNotExist, MultipleObjectsReturned):
        hits = _anything(verb)
    if task is not None:
        _about(hits, case.tasks.get(number=task), verb)
    elif "task" in hits and hits["task"] is None:
        hits["task"] = Task.objects.first() or Task(number=1)
    if verb == "chase":
        owed = [task for task in case.tasks.all() if task.is_unreported and task.effective_due_on]
        hits["tasks"] = owed[:1] or list(case.tasks.all())
    for name, model in (("report", TaskReport), ("chase", Chase)):
        if name in hits and hits[name] is None:
            hits[name] = model.objects.first() or model(pk=0, task=Task(number=1))
    if "supervision" in hits and hits["supervision"] is None:
        hits["supervision"] = SupervisionLetter.objects.first() or SupervisionLetter(pk=0)
    return hits | changed


def _about(hits: dict[str, Any], task: Task, verb: str) -> None:
    """The step is tried on this task, a step on several on this one alone."""
    if verb not in SEVERAL:
        hits["task"] = task
    if "tasks" in hits:
        hits["tasks"] = [task]
    for row in hits.get("reports", ()):
        row["task"] = task
    if "new_due_on" in hits:
        hits["new_due_on"] = max(task.effective_due_on or task.agreed_due_on, clock.today()) + timedelta(days=10)


def _anything(verb: str) -> dict[str, Any]:
    kinds = {"str": "某事", "bool": True, "date": clock.today() + timedelta(days=10), "Task": Task(number=1)}
    parameters = inspect.signature(STEPS[verb][0]).parameters.values()  # type: ignore[index]
    asked = [p for p in parameters if p.kind is p.KEYWORD_ONLY and p.name != "by" and p.default is p.empty]
    hits = {p.name: kinds.get(p.annotation, [] if "Sequence" in p.annotation else None) for p in asked}
    rest = next((str(p.annotation) for p in parameters if p.kind is p.VAR_KEYWORD), "")
    stated = next(
        (dict.fromkeys(kind.__annotations__) for kind in (StatedPaper, StatedReceipt) if kind.__name__ in rest), {}
    )
    brought = {"brought_by": "某人", "brought_by_title": "某职"}
    return hits | stated | {key: words for key, words in brought.items() if key in stated}


def with_files(hits: dict[str, Any]) -> dict[str, Any]:
    """With a file wherever files are taken."""
    return {key: _with_file(key, value) for key, value in hits.items()}


def _with_file(key: str, value: Any) -> Any:
    if key in SECTIONS:
        return [with_files(row) for row in value]
    return [png("照片.png")] if key in ("files", "photos") else value


def spoilt(verb: str, hits: dict[str, Any], twist: str, which: int) -> tuple[dict[str, Any], bool]:
    """The keywords with one thing left out or wrong; False where this verb asks for nothing of the kind."""
    optional = MAY_BE_BLANK.get(verb, set())
    candidates = [path for path in _paths(hits) if _fits(twist, path[-1], _at(hits, path), optional)]
    if twist == WHOLE or not candidates:
        return hits, False
    path = candidates[which % len(candidates)]
    return _changed(hits, path, _faults(twist, path[-1], _at(hits, path))), True


def _paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    parts: Mapping[Any, Any] = value if isinstance(value, dict) else {}
    if isinstance(value, list) and value and isinstance(value[0], dict):
        parts = dict(enumerate(value))
    inner = [path for key, one in parts.items() for path in _paths(one, (*before, key))]
    return [*([before] if before else []), *inner]


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = _changed(value[path[0]], path[1:], new)
    return copy


def _fits(twist: str, key: Any, value: Any, optional: set[str]) -> bool:
    typed = isinstance(value, str) and not isinstance(value, enum.Enum)
    return {
        BLANK: typed and key not in optional and value != "",
        OVERLONG: typed and key not in NOT_ENTERED and (key, value) not in NO_FIELD,
        NOTHING: key in NEEDED_LISTS and isinstance(value, list),
        PAST: key in DAYS and isinstance(value, date),
        BAD_FILE: key in FILES,
    }.get(twist, False)


def _faults(twist: str, key: Any, value: Any) -> Any:
    if twist == OVERLONG:
        return "长" * 20_001
    if twist == PAST:
        return value - timedelta(days=400)
    if twist == BAD_FILE:
        program = SimpleUploadedFile("程序.pdf", b"MZ\x90\x00" + bytes(100), "application/pdf")
        return program if key in ("proof", "scan") else [program]
    return [] if twist == NOTHING else ""


def posted(hits: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords as a browser sends them."""
    sent: dict[str, Any] = {}
    for name, value in hits.items():
        sent |= _rows(name, value) if _is_rows(value) else {name: _plain(name, value)}
    return {name: value for name, value in sent.items() if value is not None}


def standing_rows(verb: str, case: Case, task: int | None) -> dict[str, str]:
    """What the form of the drafts holds of the other tasks, which a browser sends along."""
    kind = {"prepare_report": ReportKind.COMPLETION, "prepare_progress": ReportKind.PROGRESS}.get(verb)
    rows = {}
    for other in case.tasks.exclude(number=task) if kind else ():
        begun = other.draft(kind) or (next(iter(other.handed_in(kind)), None) if verb == "prepare_report" else None)
        if begun is not None and other.is_unreported:
            rows[f"reports-{other.number}-text"] = begun.text
    return rows


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _rows(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    if name in SECTIONS:
        return {f"{name}-{_place(row)}-{key}": _plain(key, cell) for row in rows for key, cell in _ticked(row).items()}
    cells = {f"{name}-{i}-{key}": _plain(key, cell) for i, row in enumerate(rows) for key, cell in row.items()}
    return {f"{name}-count": str(len(rows)), **cells}


def _place(row: dict[str, Any]) -> str:
    return str(row["task"].number) if "task" in row else f"{row['ground'].article.number}_{row['ground'].number}"


def _ticked(row: dict[str, Any]) -> dict[str, Any]:
    return {"ticked": "on", **{key: cell for key, cell in row.items() if key not in ("ground", "task")}}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, bool):
        return {True: "yes", False: "no"}[value] if name == "granted" else ("on" if value else None)
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if name == "case" and isinstance(value, Case):
        return value.register_number  # as it is typed: a page holds no list of all cases
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list):
        return [_plain(name, one) for one in value]
    return value if isinstance(value, UploadedFile) or value is None else str(value)


def address(verb: str, pk: object) -> str:
    """Where a step is taken."""
    return reverse("revise_draft", args=[pk]) if verb == "revise_draft" else reverse("take_step", args=[pk, verb])


CHOICES: dict[str, list[dict[str, Any]]] = {
    "decide_extension": [{"granted": True}, {"granted": False}],
    "conclude_inspection": [
        {"conclusion": InspectionConclusion.RECTIFIED},
        {"conclusion": InspectionConclusion.NOT_RECTIFIED},
    ],
    "record_revisit": [{"outcome": RevisitOutcome.RELAPSED}, {"outcome": RevisitOutcome.HELD}],
    "decide_leave": [{"granted": True}, {"granted": False}],
    "set_retention": [{"retention": Retention.PERMANENT}, {"retention": Retention.TEN}],
    "answer_minutes": [
        {"answer": MinutesAnswer.AGREED, "objection": ""},
        {"answer": MinutesAnswer.OBJECTED, "objection": "第二项措施的时限过短。"},
    ],
}
