"""What stands half filled in when the demonstration begins: an interview that two recorders were writing down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Literal

from yuetan.actions.drafts.drafts import DraftCell, save_draft
from yuetan.models import CalendarDay, Case, DraftKey, User
from yuetan.rules.dates import clock
from yuetan.rules.dates.working_days import add_working_days
from yuetan.rules.three_way_merge import digest
from yuetan.scenarios.demo.matters import Matter, RecordWords
from yuetan.vocabulary import Verb

FIRST_ENTRY, LATER_ENTRY = timedelta(minutes=35), timedelta(minutes=50)


def fill_records(matters: Sequence[Matter], cases: Mapping[str, Case]) -> None:
    """One recorder has written down what was said first, another what came later; nothing is handed in."""
    for text in matters:
        if "interview_record" not in text:
            continue
        case, record = cases[text["key"]], text["interview_record"]
        assert case.scheduled_at is not None
        with clock.at(case.scheduled_at + FIRST_ENTRY):
            _type(case, "officer", {"interviewer_present": "on", **_words(record, "problems", "statement")})
        with clock.at(case.scheduled_at + LATER_ENTRY):
            _type(case, "second_officer", _words(record, "discussion") | _measures(record))


def _type(case: Case, username: str, words: Mapping[str, str]) -> None:
    by, nothing = User.objects.get(username=username), digest([])
    cells = {name: DraftCell([value], nothing) for name, value in words.items() if value}
    save_draft(DraftKey.of_step(case, Verb.HOLD_INTERVIEW, by=by), by=by, cells=cells, untouched=dict)


def _words(record: RecordWords, *names: Literal["problems", "statement", "discussion"]) -> dict[str, str]:
    return {name: record[name] for name in names}


def _measures(record: RecordWords) -> dict[str, str]:
    cells: dict[str, str] = {}
    for number, measure in enumerate(record["measures"]):
        days = measure["working_days"]
        due_on = add_working_days(clock.today(), days, CalendarDay.objects.calendar()).isoformat() if days else ""
        row = {"content": measure["content"], "responsible_person": measure["responsible"], "due_on": due_on}
        row["proof_required"], row["acceptance_standard"] = measure["proof"], measure["standard"]
        cells |= {f"measures-{number}-{name}": value for name, value in row.items()}
    return cells
