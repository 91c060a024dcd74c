"""A history that is copied reads as the one that was told, and is copied only where it would be told the same."""

import shutil
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import nothing_sent_twice, office_database
from tests.factories import case_in, later, letter_in, pdf, png, take
from tests.refusals import everything
from tests.web import browser
from yuetan.actions.step import dry_run
from yuetan.vocabulary import CaseState, LetterState, Verb

ONLY_HERE = {"draft": {"matter": "只在这里讲述的事项"}}


def _closed_case(patches: pytest.MonkeyPatch) -> tuple[Any, dict[str, Any]]:
    """Its key, which is drawn anew whenever the case is told anew, and all that is stored."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)  # what is undone leaves its files
    with dry_run(), nothing_sent_twice.watching(patches):
        return case_in(CaseState.CLOSED, **ONLY_HERE).pk, everything()


def test_a_copy_holds_the_same_rows(office, monkeypatch):
    assert _closed_case(monkeypatch) == _closed_case(monkeypatch)


def test_what_might_come_out_otherwise_is_done_anew(office, settings, monkeypatch):
    first, _ = _closed_case(monkeypatch)
    with dry_run(), nothing_sent_twice.watching(monkeypatch):
        letter_in(LetterState.DRAFTED)
        assert case_in(CaseState.CLOSED, **ONLY_HERE).pk != first
    with later(days=1):
        assert _closed_case(monkeypatch)[0] != first
    settings.PUBLIC_URL = "https://yuetan.example"
    assert _closed_case(monkeypatch)[0] != first


def _several(patches: pytest.MonkeyPatch) -> tuple[list[Any], dict[str, Any]]:
    """A step and two cases after one case, on two days, and all that is stored: counters and states have changed."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    with dry_run(), nothing_sent_twice.watching(patches):
        case = take(Verb.RESCHEDULE, case_in(CaseState.NOTIFIED, **ONLY_HERE))
        letter = letter_in(LetterState.ISSUED)
        with later(days=1):
            other = case_in(CaseState.NOTIFIED)
            take(Verb.WITHDRAW, case)
        return [case.pk, letter.pk, other.pk, other.register_number], everything()


def test_what_is_done_after_a_history_is_copied_too(office, monkeypatch):
    seen = [_several(monkeypatch) for _ in range(3)]
    assert seen[-1] == seen[-2]
    assert seen[-1][0][0] == seen[0][0][0]
    assert {name for name, rows in seen[0][1].items() if rows} == {name for name, rows in seen[-1][1].items() if rows}


def test_a_step_is_done_anew_where_somebody_looks_on(office, monkeypatch):
    def performed():
        with dry_run(), nothing_sent_twice.watching(monkeypatch):
            case = case_in(CaseState.NOTIFIED, **ONLY_HERE)
            with look():
                take(Verb.RESCHEDULE, case, reason="只在这里改期。")
            return case.events.latest("pk").pk

    look = nullcontext
    assert len({performed() for _ in range(3)}) == 2
    look = partial(CaptureQueriesContext, connection)
    assert len({performed() for _ in range(2)}) == 2
    look = nullcontext
    monkeypatch.setattr(nothing_sent_twice, "around", nullcontext)
    assert len({performed() for _ in range(2)}) == 2


def test_models_and_files_are_copied_as_they_were(office, settings, monkeypatch):
    def run_history():
        case = case_in(CaseState.DRAFTED, draft={"evidence": [png("证据.png")]})
        return {"case": case, "files": list(case.attachments.all())}

    def hits():
        with dry_run(), nothing_sent_twice.watching(monkeypatch):
            begun = nothing_sent_twice.run_or_copy(run_history, "with a file")
            return (
                begun["case"].pk,
                [(file.pk, Path(file.file.path).read_bytes()) for file in begun["files"]],
                everything(),
            )

    first = hits()
    shutil.rmtree(settings.MEDIA_ROOT)
    assert hits() == first
    assert first[1][0][1] == png().read()


def test_a_step_with_a_file_is_copied_for_the_same_bytes_alone(office, monkeypatch):
    def drafted(width):
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
        with dry_run(), nothing_sent_twice.watching(monkeypatch):
            case = case_in(CaseState.DRAFTED, draft={"evidence": [pdf("只在这里.pdf", width=width)]})
            return case.pk, Path(case.attachments.get().file.path).read_bytes()

    first = drafted(595)
    assert drafted(595) == first == (first[0], pdf(width=595).read())
    assert drafted(600)[0] != first[0]


def test_who_comes_in_meanwhile_hinders_no_copy(office, monkeypatch):
    first, _ = _closed_case(monkeypatch)
    shutil.rmtree(settings.MEDIA_ROOT)
    with dry_run(), nothing_sent_twice.watching(monkeypatch):
        browser("officer")
        assert case_in(CaseState.CLOSED, **ONLY_HERE).pk == first


@pytest.mark.django_db(transaction=True)
def test_no_id_is_given_a_second_time_when_the_tables_are_filled_again(office):
    def next_id():
        return case_in(CaseState.DRAFTED).events.get().pk

    first = next_id()
    office_database.copy_again()
    assert next_id() > first
