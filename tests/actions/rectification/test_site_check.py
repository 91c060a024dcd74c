"""现场核查: two persons or more, with pictures; nothing of it reaches the unit."""

from datetime import date

import pytest

from tests import cast
from tests.factories import case_in, png, take
from tests.refusals import by_the_office, not_theirs, refused
from tests.web import Visitor
from yuetan.models import Attachment, SiteCheck
from yuetan.vocabulary import CaseState, Verb


@pytest.fixture
def case(office):
    """Two tasks, neither reported."""
    return case_in(CaseState.RECTIFYING)


def test_the_record_and_its_pictures_are_the_inner_sides_alone(case, supervisor, head, officer):
    done = take(Verb.RECORD_SITE_CHECK, case, photos=[png()])
    check = SiteCheck.objects.get()
    assert (check.task.number, check.recorded_by, check.photos.count()) == (1, supervisor, 1)
    assert done.events.newest_first()[0].is_outer is False
    assert check.photos.get() in Attachment.objects.visible_to(officer)
    assert not Attachment.objects.visible_to(head).exists()
    assert "镇综治中心" in Visitor(officer).open(f"/cases/{case.pk}/")
    page = Visitor(cast.head(cast.TOWN)).open(f"/cases/{case.pk}/")
    assert "镇综治中心" not in page
    assert "台账与现场一致" not in page


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"visited_on": None}, "尚未填写现场核查的日期。", "visited_on"),
        ({"visited_on": date(2030, 1, 1)}, "现场核查的日期不得晚于今天。", "visited_on"),
        ({"place": ""}, "尚未填写现场核查的地点。", "place"),
        (
            {"inspectors": []},
            "督查、现场核查、回头看须由两人以上进行，请选定至少两人；同一人任两职的只算一人。",
            "inspectors",
        ),
        ({"findings": " "}, "尚未填写现场核查情况。", "findings"),
    ],
)
def test_what_a_site_check_lacks(case, changed, sentence, field):
    with refused(by_the_office(sentence), field=field):
        take(Verb.RECORD_SITE_CHECK, case, **changed)


@pytest.mark.parametrize("who", ["officer", "director", "head"])
def test_nobody_but_a_supervisor_records_it(case, request, who):
    with not_theirs():
        take(Verb.RECORD_SITE_CHECK, case, by=request.getfixturevalue(who))
