"""Lawful cases to be copied: each is told by real actions, read row by row, and undone again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import CharField, DateField, FileField, JSONField, Model, TextField

from yuetan import grants, pending_steps
from yuetan.actions.step import dry_run
from yuetan.models import Case, Document, Event, NumberEntry, ProposalVersion, Revisit
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.rules.text.canonical_text import canonical
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME, document_number
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.people import UnitSide
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.rows import Row, foreign_keys, rows_of
from yuetan.scenarios.bulk.shifts import WorkingDays
from yuetan.scenarios.bulk.stories import Story
from yuetan.scenarios.bulk.wording import Wording, places
from yuetan.vocabulary import CaseState, Verb

# The places of the arguments of format(): what the unit is, the matter, then what is drawn up for each copy.
UNIT_WORDS, MAX_PAPERS, MAX_VERSIONS = 9, 6, 4
MATTER = UNIT_WORDS + 1
NUMBERS = MATTER + 1
CODES, GROUPED_CODES = NUMBERS + MAX_PAPERS, NUMBERS + 2 * MAX_PAPERS
DIGESTS = NUMBERS + 3 * MAX_PAPERS
FIXED_PLACES = DIGESTS + MAX_VERSIONS - 1

TEXTS = (CharField, TextField, JSONField, FileField)
PICTURE_OF_CODE = re.compile(r'<img src="data:[^"]*" alt="查验码[^"]*">\s*')
DIGEST_OF_WORDING = re.compile(r"　内容校验 [0-9A-F-]+")
BEGINNINGS_TRIED = 40


@dataclass(frozen=True)
class Template:
    """The rows of one lawful case with patterns for texts and ordinals for keys; see `rows` in copies.py."""

    plan: Plan
    side: UnitSide
    rows: dict[type[Model], list[Row]]
    bound_texts: list[str]
    wording: Wording
    created_at: datetime
    weeks: list[int]


def template(plan: Plan, side: UnitSide, days: WorkingDays, seed: int) -> Template:
    """Tell a plan, keep what it left, and undo it; raises Refused or NotYours where the plan is not lawful."""
    with dry_run():
        case = Story(plan, side, days, _begins(plan, days, plan.lots(seed, "time")), seed).play()
        grants.follow(case)  # as they are today, not as they were at the time of the last step
        with clock.at(case.events.latest("pk").created_at):
            pending_steps.follow(case)  # with all that time will bring after the last step
        rows = rows_of(case)
    rows[Document].sort(key=lambda row: row["issued_at"])
    first, last = rows[Case][0]["created_at"].date(), max(_dates(rows))
    end = _in_china(rows[Event][-1]["created_at"])
    earliest = None if plan.max_days_since is None else days.ago(plan.max_days_since)
    weeks = days.weeks(first, max(last, end), days.ago(1), end, earliest)
    wording = Wording(_text_columns(side, rows), first - timedelta(days=60), last + timedelta(days=300), FIXED_PLACES)
    bound = [wording.pattern(canonical(row["text"]["bound"])) for row in rows[ProposalVersion]]
    encoded = _encoded(rows, side, wording)
    return Template(plan, side, encoded, bound, wording, rows[Case][0]["created_at"], weeks)


def _begins(plan: Plan, days: WorkingDays, lots: Random) -> int:
    """How many working days ago the first step is taken.

    Every other case that has ended begins where the calendar lets it be moved to many other weeks.
    """
    if plan.max_days_since is not None:
        return plan.offsets[-1] + lots.randint(1, plan.max_days_since)
    lowest, highest = plan.offsets[-1] + 1, days.count_until_today
    tried = [lots.randint(lowest, highest) for _ in range(1 if plan.variant % 2 else BEGINNINGS_TRIED)]
    return max(tried, key=lambda begins: _freedom(plan, days, begins))


def _freedom(plan: Plan, days: WorkingDays, begins: int) -> int:
    held = next(
        (offset for (verb, _), offset in zip(plan.steps, plan.offsets, strict=True) if verb == Verb.HOLD_INTERVIEW), 0
    )
    first, end = days.ago(begins), days.ago(begins - plan.offsets[-1])
    last = max(end, days.ago(begins - held - plan.due_days))
    return len(days.weeks(first, last, days.ago(1), end, None))


def _dates(rows: dict[type[Model], list[Row]]) -> Iterator[date]:
    """Every date that was counted in working days; a 回头看 is planned by the calendar alone."""
    closed = rows[Case][0]["state"] == CaseState.CLOSED
    for model, of_model in rows.items():
        dates = [field.attname for field in model._meta.concrete_fields if isinstance(field, DateField)]
        for row in of_model if model is not Revisit else ():
            known = [row[name] for name in dates if row[name] and not (closed and name == "due_on" and model is Case)]
            yield from (_in_china(value) if isinstance(value, datetime) else value for value in known)


def _in_china(moment: datetime) -> date:
    return moment.astimezone(CHINA_STANDARD_TIME).date()


def _text_columns(side: UnitSide, rows: dict[type[Model], list[Row]]) -> dict[str, int]:
    papers, versions = rows[Document], rows[ProposalVersion]
    assert len(papers) <= MAX_PAPERS, "more papers than places for them"
    assert len(versions) <= MAX_VERSIONS, "more versions than places for them"
    codes = [row["check_code"] for row in papers]
    return {
        **places([row["sha256"] for row in versions], DIGESTS),
        **places([check_code.grouped(code) for code in codes], GROUPED_CODES),
        **places(codes, CODES),
        **places([document_number(row["prefix"], row["year"], row["serial"]) for row in papers], NUMBERS),
        words.MATTER: MATTER,
        **places(side.words(), 1),
    }


def _encoded(rows: dict[type[Model], list[Row]], side: UnitSide, wording: Wording) -> dict[type[Model], list[Row]]:
    """The rows with keys as ordinals, texts as patterns, and in place of a number which of the papers it belongs to."""
    ordinals = {model: {row[model._meta.pk.attname]: n for n, row in enumerate(of)} for model, of in rows.items()}
    own = {(type(row), row.pk): -place for place, row in enumerate(side.own_rows(), start=1)}
    paper_of_entry = {row["entry_id"]: n for n, row in enumerate(rows[Document], start=1)}
    for n, row in enumerate(rows[Document], start=1):
        row["serial"], row["html"] = n, DIGEST_OF_WORDING.sub("", PICTURE_OF_CODE.sub("", row["html"]))
        row["wording_sha256"] = (
            ""  # each copy has another wording; it stands for a paper from before there were digests
        )
    for row in rows[NumberEntry]:
        row["serial"] = paper_of_entry[row["id"]]
    return {
        model: [{"ordinal": n, **_encoded_row(model, row, ordinals, own, wording)} for n, row in enumerate(of_model)]
        for model, of_model in rows.items()
    }


def _encoded_row(model: type[Model], row: Row, ordinals: Any, own: Any, wording: Wording) -> Row:
    encoded = dict(row)
    for column in foreign_keys(model):
        key, target = row[column.attname], column.related_model
        if target in ordinals:
            encoded[column.attname] = None if key is None else ordinals[target][key]
        else:
            encoded[column.attname] = own.get((target, key), key)
    for field in model._meta.concrete_fields:
        value = row[field.attname]
        if isinstance(field, TEXTS) and value is not None:
            text = json.dumps(value, ensure_ascii=False) if isinstance(field, JSONField) else str(value)
            encoded[field.attname] = wording.pattern(text, is_paper=(model, field.name) == (Document, "html"))
    return encoded
