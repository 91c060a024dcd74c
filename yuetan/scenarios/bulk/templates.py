"""What is lawful to be copied: played by real actions, read row by row, and undone again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db.models import CharField, DateField, FileField, JSONField, Model, TextField

from yuetan.actions.step import dry_run
from yuetan.models import Case, Document, Meeting, NumberEntry, Restriction, Revisit
from yuetan.rules import check_code
from yuetan.rules.dates import clock
from yuetan.rules.dates.month_periods import same_day_after
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME, document_number
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.people import UNIT_KEY, UnitSide
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.room import Room, RowsOf
from yuetan.scenarios.bulk.rows import Row, foreign_keys, rows_of
from yuetan.scenarios.bulk.shifts import WEEK, WorkingDays
from yuetan.scenarios.bulk.wording import Wording, places
from yuetan.vocabulary import CaseState

# The places of the arguments of format(): what the unit is, the matter, then what is drawn up for each copy.
UNIT_WORDS, MAX_PAPERS, MAX_VERSIONS, MAX_MEETINGS = 10, 10, 4, 2
MATTER = UNIT_WORDS + 1
NUMBERS = MATTER + 1
CODES, GROUPED_CODES = NUMBERS + MAX_PAPERS, NUMBERS + 2 * MAX_PAPERS
DIGESTS = NUMBERS + 3 * MAX_PAPERS
MEETINGS = DIGESTS + MAX_VERSIONS
FIXED_PLACES = MEETINGS + MAX_MEETINGS - 1

TEXTS = (CharField, TextField, JSONField, FileField)
PICTURE_OF_CODE = re.compile(r'<img src="data:[^"]*" alt="查验码[^"]*">\s*')
DIGEST_OF_WORDING = re.compile(r"　内容校验 [0-9A-F-]+")
BEGINNINGS_TRIED = 40
BY_CALENDAR = (Revisit, Restriction)


@dataclass(frozen=True)
class Template:
    """The rows of one lawful thing with patterns for texts and ordinals for keys; see `rows` in copies.py."""

    plan: Plan
    side: UnitSide
    rows: RowsOf
    bound_texts: list[str]
    wording: Wording
    created_at: datetime
    weeks: list[int]


def template(room: Room, plan: Plan, side: UnitSide, days: WorkingDays, seed: int) -> Template:
    """Tell a plan, keep what it left, and undo it; raises Refused or NotYours where the plan is not lawful."""
    story = room.story(plan, side, days, _begins(plan, days, plan.lots(seed, "time")), seed)
    with dry_run():
        played = story.play()
        assert story.first_moment is not None
        assert story.last_moment is not None
        with clock.at(story.last_moment):
            room.settle(played)
        rows = rows_of(played, room.companions)
        bound = room.bound(played, rows)
    rows.get(Document, []).sort(key=lambda row: row["issued_at"])
    rows.get(Meeting, []).sort(key=lambda row: row["called_at"])
    begun_on, last, end = _in_china(story.first_moment), max(_dates(rows)), _in_china(story.last_moment)
    earliest = None if plan.max_days_since is None else days.ago(plan.max_days_since)
    weeks = days.weeks(begun_on, max(last, end), days.ago(1), end, earliest)
    words = _text_columns(side, rows, [digest for digest, _ in bound])
    wording = Wording(words, begun_on - timedelta(days=60), last + timedelta(days=300), FIXED_PLACES)
    texts = [_bound_pattern(wording, text) for _, text in bound]
    patterns = encoded(rows, side.own_rows(), wording)
    return Template(plan, side, patterns, texts, wording, story.first_moment, _with_equal_months(rows, weeks))


def _bound_pattern(wording: Wording, text: str) -> str:
    """The pattern of a text that is bound by its digest; the key of a unit is a word of it."""
    return wording.pattern(text).replace(UNIT_KEY, f"%{UNIT_WORDS}$s")


def _with_equal_months(rows: RowsOf, weeks: list[int]) -> list[int]:
    """The shifts by which what lasts so many calendar months lasts as many days."""
    lasting = [(row["first_day"], row["last_day"]) for row in rows.get(Restriction, [])]
    return [each for each in weeks if all(_lasts_as_long(*days, timedelta(days=WEEK * each)) for days in set(lasting))]


def _lasts_as_long(first: date, last: date, later: timedelta) -> bool:
    months = (last.year - first.year) * 12 + last.month - first.month
    return same_day_after(first + later, months) == last + later


def _begins(plan: Plan, days: WorkingDays, lots: Random) -> int:
    """How many working days ago the first step is taken.

    Every other one that has ended begins where the calendar lets it be moved to many other weeks.
    """
    if plan.max_days_since is not None:
        return plan.offsets[-1] + lots.randint(1, plan.max_days_since)
    lowest, highest = plan.offsets[-1] + 1, days.count_until_today
    tried = [lots.randint(lowest, highest) for _ in range(1 if plan.variant % 2 else BEGINNINGS_TRIED)]
    return max(tried, key=lambda begins: _freedom(plan, days, begins))


def _freedom(plan: Plan, days: WorkingDays, begins: int) -> int:
    first, end = days.ago(begins), days.ago(begins - plan.offsets[-1])
    last = max(end, days.ago(begins - plan.due_from - plan.due_days))
    return len(days.weeks(first, last, days.ago(1), end, None))


def _dates(rows: RowsOf) -> Iterator[date]:
    """Every date that was counted in working days; a 回头看 and a 资格限制 follow the calendar alone."""
    closed = any(row["state"] == CaseState.CLOSED for row in rows.get(Case, []))
    for model, of_model in rows.items():
        dates = [field.attname for field in model._meta.concrete_fields if isinstance(field, DateField)]
        for row in of_model if model not in BY_CALENDAR else ():
            known = [row[name] for name in dates if row[name] and not (closed and name == "due_on" and model is Case)]
            yield from (_in_china(value) if isinstance(value, datetime) else value for value in known)


def _in_china(moment: datetime) -> date:
    return moment.astimezone(CHINA_STANDARD_TIME).date()


def _text_columns(side: UnitSide, rows: RowsOf, digests: list[str]) -> dict[str, int]:
    papers, meetings = rows.get(Document, []), rows.get(Meeting, [])
    assert len(papers) <= MAX_PAPERS, "more papers than places for them"
    assert len(digests) <= MAX_VERSIONS, "more digests than places for them"
    assert len(meetings) <= MAX_MEETINGS, "more meetings than places for them"
    codes = [row["check_code"] for row in papers]
    return {
        **places([numbered_meeting(row) for row in meetings], MEETINGS),
        **places(digests, DIGESTS),
        **places([check_code.grouped(code) for code in codes], GROUPED_CODES),
        **places(codes, CODES),
        **places([document_number(row["prefix"], row["year"], row["serial"]) for row in papers], NUMBERS),
        words.MATTER: MATTER,
        **places(side.words(), 1),
    }


def numbered_meeting(row: Row) -> str:
    """How it is called in texts, without its kind: 2026年第3次."""
    return f"{row['year']}年第{row['serial']}次"


def encoded(rows: RowsOf, own_rows: Sequence[Model], wording: Wording) -> RowsOf:
    """The rows with keys as ordinals, texts as patterns, and in place of a number which of the papers it belongs to."""
    ordinals = {model: {row[model._meta.pk.attname]: n for n, row in enumerate(of)} for model, of in rows.items()}
    own = {(type(row), row.pk): -place for place, row in enumerate(own_rows, start=1)}
    paper_of_entry = {row["entry_id"]: n for n, row in enumerate(rows.get(Document, []), start=1)}
    for n, row in enumerate(rows.get(Document, []), start=1):
        row["serial"], row["html"] = n, DIGEST_OF_WORDING.sub("", PICTURE_OF_CODE.sub("", row["html"]))
        row["wording_sha256"] = (
            ""  # each copy has another wording; it stands for a paper from before there were digests
        )
    for row in rows.get(NumberEntry, []):
        row["serial"] = paper_of_entry[row["id"]]
    for n, row in enumerate(rows.get(Meeting, []), start=1):
        row["serial"] = n
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
