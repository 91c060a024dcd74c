"""A digest by which a step names the text that was read: whatever is in that text changes it."""

import pytest

from tests.factories import case_in
from yuetan.models import Letter, Minutes, MinutesCorrection
from yuetan.vocabulary import CaseState

TEXTS = {
    Minutes: "problems statement discussion copied_to answer objection",
    MinutesCorrection: "problems statement discussion copied_to reason",
    Letter: "unit_id capacity lead_matter matter problems requirements",
}
EACH = [(kind, field) for kind, fields in TEXTS.items() for field in fields.split()]


@pytest.fixture
def case(office):
    """An interview was held, and its minutes are being written."""
    return case_in(CaseState.INTERVIEWED)


def written(kind, case, **changed):
    """A text whose parts are its own, but for those that are changed."""
    parts = {field: 1 if field == "unit_id" else field for field in TEXTS[kind].split()}
    return kind(**parts | changed, **({} if kind is Letter else {"case": case})).digest


@pytest.mark.parametrize(("kind", "field"), EACH)
def test_each_part_of_a_text_counts(case, kind, field):
    other = 2 if field == "unit_id" else "另写"
    assert written(kind, case) == written(kind, case) != written(kind, case, **{field: other})


@pytest.mark.parametrize("field", ["content", "due_on", "responsible_person", "proof_required"])
def test_each_part_of_a_measure_counts(case, field):
    before = case.minutes.digest
    case.interview.measures.filter(number=2).update(**{field: "2027-01-04" if field == "due_on" else "另写"})
    assert before != Minutes.objects.get(case=case).digest


@pytest.mark.parametrize(
    ("kind", "second"), [(Minutes, "statement"), (MinutesCorrection, "reason"), (Letter, "matter")]
)
def test_two_parts_that_change_places_are_another_text(case, kind, second):
    one, other = ({"problems": first, second: then} for first, then in ("甲乙", "乙甲"))
    assert written(kind, case, **one) != written(kind, case, **other)
