"""补传来函扫描件: a further scan stands with the first; office and unit may add one until the letter is closed."""

import pytest

from tests import cast
from tests.factories import pdf
from tests.received import closed, received, replied, scanned_again
from tests.refusals import not_theirs, refused, refused_among
from tests.web import Visitor
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.received.scans import add_received_scan
from yuetan.models import Alert, Event

LIAISON = f"liaison_{cast.TOWN}"


@pytest.fixture
def letter(office):
    return received()


@pytest.mark.parametrize(("by", "alerts"), [("officer", 1), (LIAISON, 0)])
def test_it_stands_with_those_of_before(letter, by, alerts):
    before = Alert.objects.filter(recipient=cast.person(LIAISON)).count()
    scanned_again(letter, by=by)
    assert [paper.name for paper in letter.papers.order_by("uploaded_at", "pk")] == [
        "检察建议书.pdf",
        "检察建议书（全）.pdf",
    ]
    assert Event.objects.get(verb="add_received_scan").data["reason"] == "缺第2页。"
    assert Alert.objects.filter(recipient=cast.person(LIAISON)).count() == before + alerts
    page = Visitor(cast.person(LIAISON)).open(f"/received/letters/{letter.pk}/")
    assert "检察建议书（全）.pdf" in page


def test_not_without_reason_and_scan(letter):
    officer = cast.person("officer")
    with refused("补传还缺：来函扫描件。", field="scan"):
        add_received_scan(letter, by=officer, reason="缺第2页。", scan=[])
    with refused_among("尚未写明补传的原因"):
        add_received_scan(letter, by=officer, reason="无", scan=[pdf()])


def test_not_once_it_is_closed_or_withdrawn(letter):
    closed(replied(letter))
    with refused("办公室设定：这件来函已经办结，不能再办；办结有误的，请办公室主任先撤回办结。"):
        scanned_again(letter)
    other = received(number="江检建〔2026〕4号")
    withdraw_received_letter(other, by=cast.person("officer"), reason="误登。")
    with refused("这件来函的登记已由办公室撤销，不能再办。"):
        scanned_again(other)


def test_by_who_may_register_one_alone(letter):
    for username in (f"liaison_{cast.DIVISION_TOWN}", f"liaison_{cast.MEMBER_UNIT}"):
        with not_theirs():
            scanned_again(letter, by=username)
