"""A history that is copied reads as the one that was told, and is copied only where it would be told the same."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from tests import nothing_sent_twice, office_database
from tests.factories import case_in, later, letter_in, png
from tests.refusals import everything
from yuetan.actions.step import dry_run
from yuetan.vocabulary import CaseState, LetterState

ONLY_HERE = {"draft": {"matter": "只在这里讲述的事项"}}


def _closed_case() -> tuple[Any, dict[str, Any]]:
    """Its key, which is drawn anew whenever the case is told anew, and all that is stored."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)  # what is undone leaves its files
    with dry_run(), nothing_sent_twice.watching():
        return case_in(CaseState.CLOSED, **ONLY_HERE).pk, everything()


def test_a_copy_holds_the_same_rows(office):
    assert _closed_case() == _closed_case()


def test_what_might_come_out_otherwise_is_done_anew(office, settings):
    first, _ = _closed_case()
    with dry_run(), nothing_sent_twice.watching():
        letter_in(LetterState.DRAFTED)
        assert case_in(CaseState.CLOSED, **ONLY_HERE).pk != first
    with later(days=1):
        assert _closed_case()[0] != first
    settings.PUBLIC_URL = "https://yuetan.example"
    assert _closed_case()[0] != first


def test_models_and_files_are_copied_as_they_were(office, settings):
    def run_history():
        case = case_in(CaseState.DRAFTED, draft={"evidence": [png("证据.png")]})
        return {"case": case, "files": list(case.attachments.all())}

    def found():
        with dry_run(), nothing_sent_twice.watching():
            begun = nothing_sent_twice.run_or_copy(run_history, "with a file")
            return (
                begun["case"].pk,
                [(file.pk, Path(file.file.path).read_bytes()) for file in begun["files"]],
                everything(),
            )

    first = found()
    shutil.rmtree(settings.MEDIA_ROOT)
    assert found() == first
    assert first[1][0][1] == png().read()


@pytest.mark.django_db(transaction=True)
def test_no_id_is_given_a_second_time_when_the_tables_are_filled_again(office):
    def next_id():
        return case_in(CaseState.DRAFTED).events.get().pk

    first = next_id()
    office_database.copy_again()
    assert next_id() > first
