"""The door of the rooms of the year: asked of the held row, whole or not at all, and read by page and action alike."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests import cast
from tests.factories import pdf
from tests.received import received
from tests.refusals import appoint, not_theirs, nothing_stored, refused_among
from yuetan.actions.received.closing import RECORDING_RECALL
from yuetan.actions.received.hand_out_tasks import HANDING_OUT
from yuetan.actions.received.reply import REPLYING
from yuetan.actions.room_step import room_step
from yuetan.models import ReceivedLetter, ReceivedPaper
from yuetan.rules.refusals import finding
from yuetan.vocabulary import PostKind

CLOSED = finding("received_closed")


@pytest.fixture
def letter(office) -> ReceivedLetter:
    return received()


def test_of_a_step_that_fails_no_row_no_line_and_no_file_stays(letter, settings):
    def files():
        return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}

    def fails():
        with room_step(REPLYING, letter, by=cast.person("officer"), scan=[pdf("回复.pdf")]) as held:
            held.keep("scan", ReceivedPaper, letter=held.row)
            held.row.late_days = 3
            held.row.save()
            held.log()
            assert files() > before  # the file had been stored by then
            raise ConnectionError

    before = files()
    with nothing_stored(), pytest.raises(ConnectionError):
        fails()


def test_the_right_is_asked_again_of_the_row_once_it_is_held(letter):
    """The letter has gone over to a unit of the person's own while it was waited for."""
    officer = cast.person("officer")
    appoint(officer, cast.unit(cast.DIVISION_TOWN), PostKind.LIAISON, "联络员")

    def hold(row):
        row = RECORDING_RECALL.rows.hold(row)
        row.unit = cast.unit(cast.DIVISION_TOWN)
        return row

    step = replace(RECORDING_RECALL, rows=replace(RECORDING_RECALL.rows, hold=hold))
    assert step.may_take(letter, officer)
    with not_theirs(), room_step(step, letter, by=officer):
        pytest.fail("the step was taken")


def test_of_a_step_that_is_not_theirs_no_file_is_examined(letter, monkeypatch):
    monkeypatch.setattr("yuetan.actions.room_step.examine_loose", lambda *_: pytest.fail("examined"))
    stranger = cast.person(f"liaison_{cast.DIVISION_TOWN}")
    with not_theirs(), room_step(REPLYING, letter, by=stranger, scan=[pdf("回复.pdf")]):
        pytest.fail("the step was taken")


@pytest.mark.parametrize(("part", "is_offered"), [("against", False), ("explained", True)])
def test_what_is_against_hides_a_step_and_what_is_explained_refuses_it_too(letter, part, is_offered):
    officer, closed = cast.person("officer"), (lambda *_: [CLOSED],)
    step = replace(HANDING_OUT, **{"against": (), "explained": (), part: closed})
    assert (step.is_offered(letter, officer), step.problems(letter, officer)) == (is_offered, [CLOSED])
    with refused_among(CLOSED.sentence()), room_step(step, letter, by=officer):
        pytest.fail("the step was taken")


def test_what_one_thing_says_is_said_before_the_next_is_asked(letter):
    step = replace(HANDING_OUT, against=(lambda *_: [CLOSED], lambda *_: pytest.fail("asked")), explained=())
    assert step.problems(letter, cast.person("officer")) == [CLOSED]


def test_nobody_is_offered_what_is_not_theirs(letter):
    assert HANDING_OUT.is_offered(letter, cast.person("officer"))
    assert not HANDING_OUT.is_offered(letter, cast.person(f"liaison_{cast.DIVISION_TOWN}"))
