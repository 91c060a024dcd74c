"""What steps are taken on has its column in every table of what may be of it, and its page."""

from uuid import UUID

import pytest
from django.apps import apps
from django.urls import resolve, reverse

from yuetan.models.flow.step import HasSteps

SUBJECTS = [model for model in apps.get_app_config("yuetan").get_models() if issubclass(model, HasSteps)]
OF_A_SUBJECT = (
    *("alert", "attachment", "document", "draftfield", "event", "follow"),
    *("paperfiling", "pendingstep", "searchentry"),
)


@pytest.mark.parametrize("table", OF_A_SUBJECT)
def test_a_row_can_be_of_every_subject(table: str) -> None:
    model = apps.get_model("yuetan", table)
    leads = {subject.ABOUT: model._meta.get_field(subject.ABOUT).related_model for subject in SUBJECTS}
    assert leads == {subject.ABOUT: subject for subject in SUBJECTS}


def test_the_page_of_a_subject_is_found_by_the_same_name() -> None:
    key = UUID(int=1)
    assert len(SUBJECTS) >= 2
    for subject in SUBJECTS:
        assert resolve(reverse(subject.ABOUT, args=[key])).kwargs == {"pk": key}
