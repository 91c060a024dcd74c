"""The record: who did something, as each side reads it."""

from yuetan.models import Event
from yuetan.models.record.event import OUTER_BODY


def test_what_nobody_did_is_of_the_system():
    event = Event(verb="quarantine_file", actor=None, actor_title="系统")
    assert (event.who(inner=True), event.who(inner=False)) == ("系统", OUTER_BODY)
