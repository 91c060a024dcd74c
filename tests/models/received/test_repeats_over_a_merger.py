"""A matter repeats what came to a unit before it went on in another; the page and the facts name who got it first."""

from datetime import date

from tests import cast
from tests.factories import pdf
from tests.mergers import merged_and_decided
from tests.received import LETTER, MATTER, recalled, received
from tests.web import Visitor
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.record.checks.check_received import check_received
from yuetan.models import ReceivedLetter
from yuetan.models.received.offered import alike, earlier_of, offered_by_letter

TOWN, NEIGHBOUR, THIRD = cast.TOWN, cast.DIVISION_TOWN, "440703102"
BEFORE = {"number": "江检建〔2026〕1号", "received_on": date(2026, 11, 3)}
OF_TOWN = "2026年11月3日的检察建议书（江门市人民检察院江检建〔2026〕1号）（原由蓬江区棠下镇收到）"


def fresh(letter):
    return ReceivedLetter.objects.with_relations().get(pk=letter.pk)


def name_of(code):
    return cast.unit(code).full_name


def merged():
    return merged_and_decided(cast.unit(TOWN), cast.unit(NEIGHBOUR))


def page_of(letter):
    return Visitor(cast.person("officer")).open(f"/received/letters/{letter.pk}/")


def test_the_facts_and_the_page_name_the_unit_that_got_the_earlier_letter(office):
    first, own = received(**BEFORE), received(NEIGHBOUR)
    assert offered_by_letter(fresh(own)) is None
    merged()
    facts = offered_by_letter(fresh(own)).facts
    assert facts.startswith(f"{name_of(NEIGHBOUR)}2026年11月4日收到检察建议书（")
    assert f"{name_of(NEIGHBOUR)}及其承接的单位近3年内已就同类事项收到{OF_TOWN}，问题重复发生。" in facts
    assert f"{first}，2026年11月3日由蓬江区棠下镇收到：{MATTER}" in page_of(own)
    shown = page_of(first)
    assert f"{own}，2026年11月4日收到：{MATTER}" in shown
    assert "原由" not in shown  # nothing came before the first


def test_what_came_to_the_former_unit_later_repeats_what_came_to_the_successor(office):
    own = received(NEIGHBOUR, **BEFORE)
    later = received(received_on=date(2026, 11, 10))
    merged()
    assert list(ReceivedLetter.objects.repeating()) == [later]
    facts = offered_by_letter(fresh(later)).facts
    assert facts.startswith(f"蓬江区棠下镇（现由{name_of(NEIGHBOUR)}承接）2026年11月10日收到检察建议书（")
    assert f"{name_of(NEIGHBOUR)}及其承接的单位近3年内已就同类事项收到2026年11月3日的{own}，问题重复发生。" in facts


def test_without_a_merger_no_other_unit_is_named(office):
    received(**BEFORE)
    own = received()
    facts = offered_by_letter(fresh(own)).facts
    assert "该单位近3年内已就同类事项收到2026年11月3日的检察建议书（江门市人民检察院江检建〔2026〕1号），问题" in facts
    assert "由蓬江区棠下镇收到" not in page_of(own)


def test_one_paper_that_came_to_both_repeats_nothing(office):
    """What comes to the successor afterwards repeats it once more, whichever unit had got it."""
    of_town, own = received(), received(NEIGHBOUR)
    assert of_town.paper_key == own.paper_key
    merged()
    assert not ReceivedLetter.objects.repeating().exists()
    for each in (of_town, own):
        assert (list(alike(fresh(each))), offered_by_letter(fresh(each))) == ([], None)
    assert list(check_received()) == []
    new = received(NEIGHBOUR, number="江检建〔2026〕9号", received_on=date(2026, 11, 20))
    assert list(ReceivedLetter.objects.repeating()) == [new]
    assert set(earlier_of(fresh(new))) == {of_town, own}


def test_a_letter_reaches_over_two_mergers_and_keeps_its_first_unit(office):
    first = received(**BEFORE)
    merged()
    merged_and_decided(cast.unit(NEIGHBOUR), cast.unit(THIRD))
    new = received(THIRD)
    assert list(ReceivedLetter.objects.repeating()) == [new]
    assert earlier_of(fresh(new)) == [first]
    assert OF_TOWN in offered_by_letter(fresh(new)).facts


def test_what_is_withdrawn_or_taken_back_after_the_merger_is_repeated_no_longer(office):
    first, own = received(**BEFORE), received(NEIGHBOUR)
    merged()
    assert fresh(own).repeats_on == date(2026, 11, 3)
    withdraw_received_letter(fresh(first), by=cast.person("officer"), reason="误登。")
    assert fresh(own).repeats_on is None
    assert list(check_received()) == []


def test_before_registering_the_successor_is_shown_what_the_former_unit_got_but_nothing_taken_back(office):
    received(**BEFORE)
    recalled(received(number="江检建〔2026〕2号"))
    merged()
    officer = Visitor(cast.person("officer"))
    officer.open("/received/new/")
    facts = {name: str(value) for name, value in LETTER.items()} | {"scan": [pdf("来函.pdf")]}
    page = officer.press("先查重复事项", **facts | {"unit": str(cast.unit(NEIGHBOUR).pk), "scan": []})
    assert f"江检建〔2026〕1号），2026年11月3日由蓬江区棠下镇收到：{MATTER}" in page
    assert "江检建〔2026〕2号" not in page
