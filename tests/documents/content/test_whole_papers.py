"""Every paper of the later rooms begins and ends with its standard paragraphs, and numbers its parts without a gap."""

import re

import pytest
import time_machine

from tests import cast
from tests.assessment import closed_assessment
from tests.factories import later
from tests.ladder import checked, listed_in, measure_in, take
from tests.meetings import AFTER, minuted
from tests.pleas import revoked
from tests.reporting import analysed, at, issued, scheme_of
from tests.restrictions import inquired, restricting
from tests.rounds import informed_visit
from tests.vetoes import stationed, veto_in
from yuetan.actions.assessment.closing import publish_assessment
from yuetan.actions.ladder.inquiries import digest_of_answer, reply_to_inquiry
from yuetan.models import Document, StandardParagraph
from yuetan.vocabulary import SLOTS, DocumentKind, MeasureState, Verb

NUMERALS = "一二三四五六七八九"


def an_assessment():
    with later(days=10):
        publish_assessment(closed_assessment(), by=cast.person("director"))


def an_analysis():
    period = scheme_of().periods.get()
    with time_machine.travel(at(27, 9), tick=False):
        issued(analysed(period))


def an_answer_about_restrictions():
    inquiry = inquired(restricting())
    reply_to_inquiry(inquiry, by=cast.person("director"), seen=digest_of_answer(inquiry))


def a_listing_with_a_team():
    listed = take(Verb.SET_WORK_TEAM, listed_in(MeasureState.DECIDED))
    served = take(Verb.SERVE_MEASURE, listed)
    take(Verb.GRANT_DELISTING, take(Verb.ASK_DELISTING, checked(served)))


def a_veto_proposed():
    decided = stationed()
    with time_machine.travel(AFTER, tick=False):
        take(Verb.PROPOSE_VETO, decided)


MADE = [
    (an_assessment, {DocumentKind.ASSESSMENT_CIRCULAR}),
    (an_analysis, {DocumentKind.REPORT_ANALYSIS}),
    (an_answer_about_restrictions, {DocumentKind.RESTRICTION_REPLY}),
    (a_listing_with_a_team, {DocumentKind.LISTED_SUPERVISION, DocumentKind.DELISTING}),
    (a_veto_proposed, {DocumentKind.VETO_PROPOSAL}),
    (minuted, {DocumentKind.MEETING_NOTICE, DocumentKind.MEETING_MINUTES}),
    (informed_visit, {DocumentKind.ROUND_NOTICE, DocumentKind.ROUND_OPINION}),
    (lambda: veto_in(MeasureState.SERVED), {DocumentKind.VETO_DECISION, DocumentKind.CONSULTATION_LETTER}),
    (lambda: take(Verb.REFER_MEASURE, measure_in(MeasureState.SERVED)), {DocumentKind.REFERRAL_LETTER}),
    (revoked, {DocumentKind.PLEA_ANSWER}),
]


def plain(html):
    return re.sub(r"<[^>]*>|\s", "", html)


def fixed_part(slot):
    """The longest part of a standard paragraph that is the same in every paper."""
    text = StandardParagraph.objects.of(slot)[0].text
    return max((re.sub(r"\s", "", part) for part in re.split(r"\{[^}]*\}", text)), key=len)


@pytest.mark.parametrize(("make", "kinds"), MADE)
def test_a_paper_is_whole(office, make, kinds):
    make()
    papers = list(Document.objects.all())
    assert kinds <= {paper.kind for paper in papers}
    for paper in papers:
        words = plain(paper.html)
        for place in ("opening", "closing"):
            parts = [fixed_part(slot) for slot in SLOTS if slot.kind == paper.kind and slot.key.startswith(place)]
            assert not parts or any(part in words for part in parts), (paper.title, place)
        numbered = re.findall(rf">\s*([{NUMERALS}])、", paper.html)
        assert "".join(numbered) == NUMERALS[: len(numbered)], paper.title
