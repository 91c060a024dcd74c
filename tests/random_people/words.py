"""Marked words: every text somebody types carries a mark of its own, so that any page tells whose words it shows."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.files.uploadedfile import UploadedFile
from django.db import connection

from tests.random_people.expected import WHOSE

MARK = re.compile(r"记(\d+)终")
# Names, in which no mark can stand: the interviewee's own, and others'; what stands for the text that was read.
NOT_ENTERED = {"attended_by", "asked_by", "name", "signer_name", "brought_by", "seen"}

# Who may read a text, until something happens to it.
INNER = "inner"  # the office alone
UNIT = "unit"  # the office and the unit of the case
DRAFT = "draft"  # the unit alone, until its head hands it in
MEANWHILE = "beside"  # of a step that the papers of the process do not know: the office, perhaps the unit, nobody else

PAPER = ("brought_by_title", "scan")
# Texts that both sides read from the moment they are handed in; what is not here stays with the office.
FOR_BOTH = {
    "serve_notice": {"matter_facts", "place", "procedure", "required_materials", "name", "title"},
    "reschedule": {"matter_facts", "place", "procedure", "required_materials", "name", "title", "reason"},
    "register_receipt": {"signer_name", "signer_title", "scan"},
    "ask_leave": {"reason"},
    "decide_leave": {"opinion"},
    "chase": {"words"},
    "answer_chase": {"reply"},
    "pause_task": {"reason"},
    "resume_task": {"reason"},
    "hold_interview": {
        *("name", "title", "absence_reason"),
        *("content", "responsible_person", "proof_required", "acceptance_standard"),
    },
    "revise_minutes": {
        *("name", "title", "absence_reason"),
        *("content", "responsible_person", "proof_required", "acceptance_standard"),
    },
    "correct_minutes": {"name", "title", "absence_reason"},
    "note_progress": {"note"},
    "answer_minutes": {"objection"},
    "issue_minutes": {"objection_reply"},
    "accept_task": {"note"},
    "return_task": {"note"},
    "ask_extension": {"reason"},
    "decide_extension": {"opinion"},
    "issue_supervision_letter": {"reason"},
    "answer_supervision": {"answer"},
    "conclude_inspection": {"basis"},
    "send_back": {"opinion"},
    "reopen": {"opinion"},
    "answer_letter": {"answer"},
    # What the office registers of paper: the unit may compare it.
    "register_submission": {"situation", "problems", "causes", "measures", "files", *PAPER},
    "register_leave": {"reason", *PAPER},
    "register_minutes_answer": {"objection", *PAPER},
    "register_report": {"text", "files", *PAPER},
    "register_progress": {"text", "files", *PAPER},
    "register_extension": {"reason", *PAPER},
    "register_chase_answer": {"reply", *PAPER},
    "register_supervision_receipt": {"signer_title", "scan"},
    "register_supervision_answer": {"answer", *PAPER},
    "register_letter_receipt": {"signer_title", "scan"},
    "register_letter_answer": {"answer", *PAPER},
}
KNOWN = {
    *WHOSE,
    "draft",
    "answer_letter",
    "register_letter_receipt",
    "register_letter_answer",
    "draft_letter",
    "reserve_number",
    "use_number",
    "void_number",
    "void_document",
}
OWN_DRAFTS = {"prepare_submission", "prepare_report", "prepare_progress"}


@dataclass
class Word:
    """One text that was typed: where, and who may read it now."""

    number: int
    matter: object
    verb: str
    key: str
    readers: str
    kept: bool
    task: int | None
    replaced: bool = False

    def __str__(self) -> str:
        return f"{self.verb}.{self.key} (记{self.number}终, {self.readers})"


@dataclass
class Words:
    """All that was typed so far."""

    by_number: dict[int, Word] = field(default_factory=dict)
    last: int = 0

    def plant(self, keywords: dict[str, Any]) -> tuple[dict[str, Any], dict[int, str]]:
        """The keywords with a mark in every text and file name; which mark stands under which key."""
        planted: dict[int, str] = {}
        return {key: self._marked(key, value, planted) for key, value in keywords.items()}, planted

    def _marked(self, key: str, value: Any, planted: dict[int, str]) -> Any:
        if isinstance(value, UploadedFile):
            value.name = f"{self._next(key, planted)}{value.name}"
            return value
        if isinstance(value, str) and not isinstance(value, enum.Enum) and key not in NOT_ENTERED and value.strip():
            return f"{value}{self._next(key, planted)}"
        if isinstance(value, list):
            return [self._marked(key, one, planted) for one in value]
        if isinstance(value, dict):
            return {name: self._marked(name, one, planted) for name, one in value.items()}
        return value

    def _next(self, key: str, planted: dict[int, str]) -> str:
        self.last += 1
        planted[self.last] = key
        return f"记{self.last}终"

    def entered(
        self, planted: dict[int, str], keywords: dict[str, Any], *, matter: object, verb: str, task: int | None
    ) -> None:
        """Remember texts that were taken; they stand in the place of earlier ones still being written."""
        for word in self.of(matter, *GROUPS.get(verb, ()), task=task):
            word.replaced = word.replaced or (word.key in keywords and word.key not in FILES)
        for number, key in planted.items():
            readers = _readers(verb, key)
            kept = verb not in REWRITTEN or key in FILES or (verb, key) == ("correct_minutes", "reason")
            self.by_number[number] = Word(number, matter, verb, key, readers, kept, task)

    def of(self, matter: object, *verbs: str, task: int | None = None) -> Iterator[Word]:
        """The words of some steps of a case that stand."""
        for word in self.by_number.values():
            if word.matter == matter and word.verb in verbs and word.task == task and not word.replaced:
                yield word


def _readers(verb: str, key: str) -> str:
    if verb in OWN_DRAFTS:
        return DRAFT
    if key in FOR_BOTH.get(verb, ()):
        return UNIT
    return INNER if verb in KNOWN else MEANWHILE


FILES = ("evidence", "files", "proof", "scan", "photos")
# Texts that may still be changed by who writes them: a later text takes the place of an earlier one.
PROPOSAL, MINUTES = ("draft", "revise_draft"), ("hold_interview", "revise_minutes")
GROUPS = {
    "revise_draft": PROPOSAL,
    "revise_minutes": MINUTES,
    "correct_minutes": ("correct_minutes",),
    "prepare_submission": ("prepare_submission",),
    "prepare_report": ("prepare_report",),
    "prepare_progress": ("prepare_progress",),
}
REWRITTEN = {"draft", *GROUPS}
MINUTES_TEXTS = ("problems", "statement", "discussion", "copied_to")


def follow(words: Words, matter: object, verb: str, task: int | None) -> None:
    """What a step does to words typed before: handed in, they are kept for good; sent, the unit may read them."""
    FOLLOW.get(verb, lambda *_: None)(words, matter, task)


def _keep_proposal(words: Words, matter: object, task: int | None) -> None:
    for word in words.of(matter, *PROPOSAL):
        word.kept = True


def _open_matter(words: Words, matter: object, task: int | None) -> None:
    for word in words.of(matter, *PROPOSAL):
        word.readers = UNIT if word.key == "matter" else word.readers


def _open_minutes(words: Words, matter: object, task: int | None) -> None:
    for word in words.of(matter, *MINUTES):
        if word.key in MINUTES_TEXTS:
            word.kept, word.readers = True, UNIT


def _open_correction(words: Words, matter: object, task: int | None) -> None:
    for word in words.of(matter, "correct_minutes"):
        word.kept, word.readers = True, UNIT


def _drop_correction(words: Words, matter: object, task: int | None) -> None:
    """A draft that was given up stays with the office, and no later one takes its place."""
    for word in list(words.of(matter, "correct_minutes")):
        word.kept = word.replaced = True


def _hand_in(prepared: str) -> Callable[[Words, object, int | None], None]:
    def follow_it(words: Words, matter: object, task: int | None) -> None:
        for word in words.of(matter, prepared, task=task):
            word.kept, word.readers = True, UNIT

    return follow_it


def _open_rework(words: Words, matter: object, task: int | None) -> None:
    """The unit reads why its tasks are to be done again once the director has granted it."""
    for word in words.of(matter, "request_send_back", "request_reopening"):
        word.readers = UNIT


def _open_consequence(words: Words, matter: object, task: int | None) -> None:
    """The unit reads what was decided once a second person has found it as its paper says; never the paper."""
    for word in words.of(matter, "record_consequence"):
        if word.key not in FILES:
            word.readers = UNIT


FOLLOW: dict[str, Callable[[Words, object, int | None], None]] = {
    "submit": _keep_proposal,
    "serve_notice": _open_matter,
    "send_minutes": _open_minutes,
    "issue_minutes": _open_minutes,
    "confirm_correction": _open_correction,
    "drop_correction": _drop_correction,
    "confirm_consequence": _open_consequence,
    "send_back": _open_rework,
    "reopen": _open_rework,
    "hand_in_submission": _hand_in("prepare_submission"),
    "hand_in_report": _hand_in("prepare_report"),
    "hand_in_progress": _hand_in("prepare_progress"),
}

# Reference data, what is typed and not handed in, and messages: a text that stands there alone is not in the record.
ELSEWHERE = {
    "typedtext",
    "alert",
    "calendarday",
    "unit",
    "regulation",
    "article",
    "ground",
    "citation",
    "interviewerrule",
    "post",
}


def recorded() -> set[int]:
    """Every mark that stands anywhere in the tables."""
    models = apps.get_app_config("yuetan").get_models(include_auto_created=True)
    tables = [model._meta.db_table for model in models if model._meta.model_name not in ELSEWHERE]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT string_agg(r::text, ' ') FROM {table} r" for table in tables))
        return {int(number) for (text,) in cursor.fetchall() for number in MARK.findall(text or "")}
