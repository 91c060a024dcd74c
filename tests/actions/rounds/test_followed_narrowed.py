"""知悉范围 set once a 跟踪督查 is planned: what it follows is named nowhere any more to who may not know of it."""

from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from tests import cast
from tests.documents.builders import plain
from tests.factories import case_after, take
from tests.followed_rounds import DONE, STILL, following
from tests.refusals import refused_among
from tests.rounds import concluded, found, informed, there, visit_of
from tests.web import Visitor
from yuetan.actions.rounds.announcing import announce_round
from yuetan.actions.rounds.closing import cancel_round, drop_visit
from yuetan.actions.rounds.conclusion import digest_of_visit, issue_opinion
from yuetan.documents.case_file.piece import Piece
from yuetan.documents.case_file.round_pieces import pieces_of_round
from yuetan.models import Case, Document, RoundVisit, SupervisionRound, User
from yuetan.models.rounds.offered import offered_by_visit
from yuetan.vocabulary import DocumentKind, Verb

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def planned_visit() -> RoundVisit:
    """Of a 跟踪督查 that follows the minutes of a case."""
    case = case_after(Verb.ASSIGN)
    number = Document.objects.get(case=case, kind=DocumentKind.MINUTES).number
    return following(number, case.unit.code)


def announced(of_visit: RoundVisit) -> RoundVisit:
    announce_round(of_visit.round, by=cast.person("officer"))
    return visit_of(of_visit.round, of_visit.unit.code)


def narrowed(of_visit: RoundVisit) -> RoundVisit:
    case = Document.objects.get(pk=of_visit.followed["paper"]).case
    assert case is not None
    take(Verb.SET_READERS, Case.objects.get(pk=case.pk))
    return visit_of(of_visit.round, of_visit.unit.code)


def page_of(user: User, of_visit: RoundVisit) -> Any:
    return Visitor(user).open(reverse("round_visit", args=[of_visit.pk]))


def quoted(of_visit: RoundVisit) -> list[str]:
    """Whatever names the matter."""
    return [*(one["words"] for one in of_visit.points_followed), of_visit.followed_words]


def test_who_may_not_know_of_it_reads_no_point(planned_visit: RoundVisit) -> None:
    left_out = cast.person("second_officer")
    assert all(words in page_of(left_out, planned_visit) for words in quoted(planned_visit))
    after = narrowed(planned_visit)
    page = page_of(left_out, after)
    assert not any(words in page for words in quoted(after))
    assert "跟踪的文书不对您开放" in page
    page = page_of(cast.person("officer"), after)
    assert all(words in page for words in quoted(after))
    assert "跟踪的文书不对您开放" not in page


def test_its_unit_reads_them_as_before(planned_visit: RoundVisit) -> None:
    after = narrowed(announced(planned_visit))
    page = page_of(cast.head(after.unit.code), after)
    assert all(words in page for words in quoted(after))


def test_no_notice_is_issued_of_it_until_the_plan_is_changed(planned_visit: RoundVisit) -> None:
    after, officer = narrowed(planned_visit), cast.person("officer")
    with refused_among(f"对{after.unit.full_name}跟踪的事项在制定方案以后设定了知悉范围"):
        announce_round(after.round, by=officer)
    page = Visitor(officer).open(reverse("announce_round", args=[after.round_id]))
    assert "设定了知悉范围，不能印发督导通知书" in page
    assert not any(words in page for words in quoted(after))
    values = Visitor(officer).open(reverse("revise_round", args=[after.round_id])).forms[-1].values
    assert values["visits-0-follows"] in ([], [""])
    drop_visit(after, by=officer, reason="在原事项中督查。")
    with refused_among("没有单位可以通知"):
        announce_round(SupervisionRound.objects.get(pk=after.round_id), by=officer)


def answered(of_visit: RoundVisit) -> RoundVisit:
    """Of each point something was seen: the first is a problem still."""
    for place in range(1, len(of_visit.points_followed) + 1):
        found(of_visit, answers=place, words=STILL if place == 1 else DONE, is_problem=place == 1)
    return visit_of(of_visit.round, of_visit.unit.code)


def test_an_opinion_and_what_follows_name_a_point_by_its_place(planned_visit: RoundVisit) -> None:
    after = narrowed(announced(planned_visit))
    with time_machine.travel(there(), tick=False):
        page = Visitor(cast.person("officer")).open(reverse("record_round_finding", args=[after.pk]))
    assert "第1项问题" in page
    assert not any(words in page for words in quoted(after))
    informed(concluded(answered(after)))
    after = visit_of(after.round, after.unit.code)
    assert after.opinion is not None
    offered = offered_by_visit(after)
    assert offered is not None
    for text in (plain(Document.objects.get(pk=after.opinion.pk).html), offered.facts):
        assert f"针对跟踪的第1项问题，未整改：{STILL}" in text
        assert not any(words in text for words in quoted(after))


def test_an_opinion_is_read_again_once_it_quotes_no_more(planned_visit: RoundVisit) -> None:
    before = concluded(answered(announced(planned_visit)))
    seen = digest_of_visit(before)
    after = narrowed(before)
    with time_machine.travel(there(), tick=False):
        with refused_among("请看过现在的文稿再印发"):
            issue_opinion(after, by=cast.person("director"), seen=seen)
        issue_opinion(after, by=cast.person("director"), seen=digest_of_visit(after))


def words_of(pieces: list[Piece]) -> str:
    """What is printed of the plan and of what was seen, without spaces and line ends."""
    sheets = [BytesIO() for _ in pieces]
    for piece, sheet in zip(pieces, sheets, strict=True):
        if piece.title.endswith(("方案", "督导情况")):
            piece.parts[0].write(sheet)
    pages = [page for sheet in sheets if sheet.getvalue() for page in PdfReader(sheet).pages]
    return "".join("".join(page.extract_text() for page in pages).split())


def test_the_archive_of_the_round_quotes_them_to_who_may_know_of_it(planned_visit: RoundVisit) -> None:
    after = answered(narrowed(announced(planned_visit)))
    cancel_round(after.round, by=cast.person("officer"), reason="不再开展。")
    of_round = SupervisionRound.objects.with_people().get(pk=after.round_id)
    words = words_of(pieces_of_round(of_round, cast.person("officer")))
    assert all(text in words for text in quoted(after))
    words = words_of(pieces_of_round(of_round, cast.person("second_officer")))
    assert not any(text in words for text in quoted(after))
    assert f"针对跟踪的第1项问题，未整改：{STILL}" in words
