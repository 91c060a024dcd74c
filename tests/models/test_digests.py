"""A digest by which a step names the text that was read: whatever is in that text changes it."""

import pytest

from yuetan.models import Letter, Minutes, MinutesCorrection

TEXTS = {
    Minutes: "problems statement discussion copied_to answer objection",
    MinutesCorrection: "problems statement discussion copied_to reason",
    Letter: "unit_id capacity lead_matter matter problems requirements",
}
EACH = [(kind, field) for kind, fields in TEXTS.items() for field in fields.split()]


def written(kind, **changed):
    """A text whose parts are its own, but for those that are changed."""
    return kind(**{field: 1 if field == "unit_id" else field for field in TEXTS[kind].split()} | changed)


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_each_part_of_a_text_counts(kind, field):
    other = 2 if field == "unit_id" else "另写"
    assert written(kind).digest == written(kind).digest != written(kind, **{field: other}).digest


@pytest.mark.parametrize(
    ("kind", "second"), [(Minutes, "statement"), (MinutesCorrection, "reason"), (Letter, "matter")]
)
def test_two_parts_that_change_places_are_another_text(kind, second):
    assert (
        written(kind, **{"problems": "甲", second: "乙"}).digest
        != written(kind, **{"problems": "乙", second: "甲"}).digest
    )
