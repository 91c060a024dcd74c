"""事由 is a part of a title and of sentences: whatever mark is typed after it is not kept."""

import pytest

from yuetan.forms.frame.matter_field import MatterField
from yuetan.forms.ladder.measure import MeasureForm
from yuetan.forms.letter.letter import LetterForm
from yuetan.forms.proposal.proposal import ProposalForm
from yuetan.forms.received.letter import RegisterReceivedForm


@pytest.mark.parametrize("form", [ProposalForm, MeasureForm, LetterForm, RegisterReceivedForm])
@pytest.mark.parametrize("entered", ["打击整治不力", "打击整治不力。", " 打击整治不力 。；", "打击整治不力."])
def test_a_matter_ends_without_a_mark(form: type, entered: str) -> None:
    field = form.base_fields["matter"]
    assert isinstance(field, MatterField)
    assert field.clean(entered) == "打击整治不力"


def test_what_a_unit_leads_is_a_part_of_a_sentence_too() -> None:
    assert LetterForm.base_fields["lead_matter"].clean("砂石行业乱象。") == "砂石行业乱象"


def test_marks_inside_it_stay_and_marks_alone_are_nothing() -> None:
    field = MatterField()
    assert field.clean("不扎实、不深入，（见附件）") == "不扎实、不深入，（见附件）"
    assert field.clean("。") == ""
