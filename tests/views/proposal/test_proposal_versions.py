"""Side by side what changed after a proposal was sent back: for the inner side alone."""

import re

import pytest

from tests import cast
from tests.factories import case_in, pdf, png, take
from tests.refusals import nothing_stored
from tests.steps import proposal, stated
from tests.web import Visitor
from yuetan.models import Case, Ground
from yuetan.vocabulary import CaseState, FilePurpose, Verb


def ground(unit, number):
    return next(each for each in Ground.objects.filter(number=number) if each.fits(unit.kind))


def marked(page, tag):
    """What is marked, without the words that say so to who cannot see it."""
    found = re.findall(rf"<{tag}>(.*?)</{tag}>", page.response.content.decode(), re.DOTALL)
    return [re.sub(r"<span.*?</span>|<br>|\n", "", words) for words in found]


@pytest.fixture
def returned(office, town):
    """Sent back once, revised: other words, one ground more, one file less and one more."""
    case = case_in(CaseState.IN_REVIEW, draft={"facts": "上报有效线索2条。", "evidence": [png("走访.png")]})
    case = take(Verb.RETURN_FOR_CHANGES, case)
    rows = [
        stated(
            ground(town, 2), facts="上报有效线索12条。", files=[pdf("台账.pdf")], removed=list(case.attachments.all())
        ),
        stated(ground(town, 3), facts="打击不力。"),
    ]
    return take(Verb.REVISE_DRAFT, case, **proposal(town, grounds=rows, distinct_from=[]))


def test_the_draft_is_compared_with_what_was_typed_back(returned, officer):
    visitor = Visitor(officer)
    assert "各稿对比" in visitor.open(f"/cases/{returned.pk}/")
    visitor.open(f"/cases/{returned.pk}/edit/")
    page = visitor.click("现稿与上一稿对比")
    assert "第 1 稿到现稿" in page
    assert marked(page, "del") == ["2", "走访.png"]
    assert marked(page, "ins")[:2] == ["12", "台账.pdf"]
    assert "打击不力。" in "".join(marked(page, "ins"))


def test_any_two_are_compared_the_last_two_first(returned, director):
    take(Verb.SUBMIT, returned)
    take(Verb.RETURN_FOR_CHANGES, returned)
    take(Verb.REVISE_DRAFT, returned, matter="第三稿的事由", distinct_from=[])
    take(Verb.SUBMIT, returned)
    visitor = Visitor(director)
    page = visitor.open(f"/cases/{returned.pk}/steps/endorse/")
    page = visitor.click("各稿对比")
    assert "第 2 稿到第 3 稿" in page
    page = visitor.press("对比", **{"from": "1", "to": "1"})
    assert "第 1 稿与第 1 稿相同" in page
    page = visitor.press("对比", **{"from": "1", "to": "2"})
    assert marked(page, "del") == ["2", "走访.png"]
    assert "第 2 稿到第 3 稿" in visitor.open(f"/cases/{returned.pk}/versions/?from=9&to=%00")


def test_a_leader_finds_it_on_the_page_of_the_decision(returned, group_leader):
    for verb in (Verb.SUBMIT, Verb.ENDORSE):
        take(verb, returned)
    visitor = Visitor(group_leader)
    visitor.open(f"/cases/{returned.pk}/steps/approve/")
    assert "第 1 稿到第 2 稿" in visitor.click("各稿对比")


def test_what_was_handed_in_once_has_nothing_to_compare(director):
    case = case_in(CaseState.IN_REVIEW)
    visitor = Visitor(director)
    assert "各稿对比" not in visitor.open(f"/cases/{case.pk}/")
    visitor.open(f"/cases/{case.pk}/versions/", expect=404)


def test_the_interviewed_side_never_finds_it(returned):
    for verb in (Verb.SUBMIT, Verb.ENDORSE, Verb.APPROVE, Verb.SERVE_NOTICE):
        take(verb, returned)
    for person in (cast.head(cast.TOWN), cast.liaison(cast.TOWN)):
        visitor = Visitor(person)
        assert "各稿对比" not in visitor.open(f"/cases/{returned.pk}/")
        visitor.open(f"/cases/{returned.pk}/versions/", expect=404)


def test_wicked_words_stay_words(office, director):
    wicked = "<script>alert(1)</script>"
    case = take(Verb.RETURN_FOR_CHANGES, case_in(CaseState.IN_REVIEW, draft={"facts": wicked}))
    page = Visitor(director).open(f"/cases/{case.pk}/versions/")
    assert wicked not in page.response.content.decode()
    assert wicked in page


def test_what_was_handed_in_stays_readable_from_its_version_and_what_never_was_goes(returned, officer, director, town):
    """The picture that was handed in is off the draft, not lost; a file of the draft alone is really deleted."""
    picture = returned.attachments.get(name="走访.png")
    assert (picture.purpose, picture.case_ground) == (FilePurpose.FORMER_EVIDENCE, None)
    draft_only = returned.attachments.get(name="台账.pdf")
    rows = [stated(ground(town, 2), facts="上报有效线索12条。", removed=[draft_only])]
    take(Verb.REVISE_DRAFT, returned, **proposal(town, grounds=rows, distinct_from=[]))
    assert [file.name for file in returned.attachments.all()] == ["走访.png"]
    take(Verb.SUBMIT, returned)
    for inner in (officer, director):
        visitor = Visitor(inner)
        page = visitor.open(f"/cases/{returned.pk}/versions/")
        assert f'href="/files/{picture.pk}/"' in page.response.content.decode()
        visitor.open(f"/files/{picture.pk}/view/")
    for verb in (Verb.ENDORSE, Verb.APPROVE, Verb.SERVE_NOTICE):
        take(verb, returned)
    Visitor(cast.head(cast.TOWN)).open(f"/files/{picture.pk}/", expect=404)


def test_who_endorses_another_text_than_was_shown_is_shown_it_first(office):
    case = case_in(CaseState.IN_REVIEW)
    director = Visitor(cast.person("director"))
    director.open(f"/cases/{case.pk}/steps/{Verb.ENDORSE}/")
    case = take(Verb.REVISE_DRAFT, take(Verb.RETURN_FOR_CHANGES, case), matter="线索办理不及时")
    take(Verb.SUBMIT, case)
    with nothing_stored():
        page = director.press("核稿同意，报审定", expect=422, opinion="属实。")
    assert "建议内容在您打开本页以后已有改动，请看过现在的内容再核稿。" in page
    assert "线索办理不及时" in page
    assert page.forms[-1].values["opinion"] == ["属实。"]
    director.press("核稿同意，报审定")
    assert Case.objects.get().state == CaseState.PROPOSED
