"""并列: a rank that units share is called the same on every page, on the sheet and in the papers."""

import re
from decimal import Decimal

from django.urls import reverse

from tests import cast
from tests.assessment import (
    RESULTS,
    assessment_of,
    closed_assessment,
    correction_decided,
    correction_proposed,
    presented,
    published_assessment,
    scored,
    sheet_of,
)
from tests.factories import later
from tests.views.assessment.test_pages import HEAD, LIST, OTHER, url_of, visitor
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.assessment.closing import close_assessment
from yuetan.actions.assessment.corrections import CorrectedLine
from yuetan.documents.content.assessment_sheet import sheet_facts
from yuetan.documents.content.year_of_rooms import rooms_of_year
from yuetan.forms.frame.sheets import SheetsField
from yuetan.models import AssessmentCorrection, AssessmentSheet
from yuetan.models.assessment.offered import offered_by_sheet
from yuetan.models.assessment.ties import note_ties
from yuetan.models.dossier.year_facts import Days

TWO = (cast.TOWN, cast.DIVISION_TOWN)


def stated_by(paper):
    return re.sub(r"<[^>]+>|\s", "", paper.html)


def tied_at_the_end(*codes):
    """Closed, with the points for results of these units at 10."""
    assessment = assessment_of()
    for code in codes:
        scored(assessment, code, points=Decimal(10))
    presented(assessment)
    with later(days=10):
        return close_assessment(assessment, by=cast.person("director"))


def test_a_shared_rank_has_one_wording_wherever_it_is_named(office):
    published = published_assessment(tied_at_the_end(*TWO))
    last = sheet_of(published).rank
    words = f"并列第{last}名"
    with later(days=10):
        sheet = sheet_of(published)
        assert f"{words}：蓬江区棠下镇，70.0分，不合格。" in stated_by(published.result_paper)
        for url in (LIST, url_of(published), f"{LIST}sheets/{sheet.pk}/"):
            assert f"{words}，不合格" in visitor(HEAD, url).page, url
        assert f"{last}（并列）" in visitor(HEAD, f"{LIST}ranking/?grade=unqualified").page
        assert f"列{words}，不合格" in str(sheet_facts(sheet))
        offered = offered_by_sheet(sheet)
        assert f"列{words}，" in offered.facts
        assert f"列{words}，不合格" not in offered.facts
        assert SheetsField().label_from_instance(sheet) == f"2026年度考核得分表（70.0分，{words}，不合格）"
        (room,) = rooms_of_year(sheet.unit, Days.of_year(2026), cast.person("officer"))
        assert room.lines[0].words == f"2026年度考核：镇（街）{words}，70.0分，不合格"


def test_a_rank_of_one_unit_is_not_called_shared(office):
    published = published_assessment(tied_at_the_end(cast.TOWN))
    with later(days=10):
        sheet = sheet_of(published)
        assert sheet.rank_words == f"第{sheet.rank}名"
        assert "（并列）" not in visitor(HEAD, f"{LIST}ranking/?grade=unqualified").page
        members = AssessmentSheet.objects.filter(group_name="成员单位", rank=1)
        assert members.count() > 1
        assert {one.rank_words for one in note_ties(members)} == {"并列第1名"}


def test_a_correction_names_the_ranks_as_they_were_shared_then(office):
    published = published_assessment(tied_at_the_end(*TWO))
    last = sheet_of(published).rank
    with later(days=11):
        first = correction_decided(correction_proposed(sheet_of(published)))
    with later(days=12):
        lines = [CorrectedLine(RESULTS, Decimal(40))]
        second = correction_decided(correction_proposed(sheet_of(published, cast.DIVISION_TOWN), lines=lines))
    with later(days=13):
        third = correction_decided(
            correction_proposed(sheet_of(published), lines=[CorrectedLine(RESULTS, Decimal(20))])
        )
        said = [
            (f"70.0分，并列第{last}名，不合格", "100.0分，并列第1名，优秀"),
            (f"70.0分，第{last + 1}名，不合格", "100.0分，并列第1名，优秀"),
            ("100.0分，并列第1名，优秀", f"80.0分，第{last + 1}名，合格"),
        ]
        keys = [one.pk for one in (first, second, third)]
        read = {one.pk: one for one in AssessmentCorrection.objects.with_ties()}
        for key, made, words in zip(keys, (first, second, third), said, strict=True):
            alone = AssessmentCorrection.objects.get(pk=key)
            for one in (made, alone, read[key]):
                assert (one.former_words, one.result_words) == words
            assert f"由{words[0]}，更正为{words[1]}。" in stated_by(made.document)
            assert f"由{words[0]}，更正为{words[1]}（" in visitor(OTHER, url_of(published)).page
        moved = f"第{last + 1}名：{sheet_of(published, cast.DIVISION_TOWN).unit_name}（原并列第{last}名）。"
        assert moved in stated_by(first.document)
        assert sheet_of(published).published_words == f"70.0分，并列第{last}名，不合格"
        assert f"公布的是70.0分，并列第{last}名，不合格" in visitor(OTHER, f"{LIST}ranking/?q=棠下镇").page


def test_ranks_in_words_cost_the_same_for_any_number_of_sheets_and_corrections(office):
    published = published_assessment(closed_assessment())
    addresses = [url_of(published), f"{reverse('assessment_ranking')}?year=2026"]
    with later(days=11):
        correction_decided(correction_proposed(sheet_of(published)))
    with later(days=14):
        client = browser("officer")
        for address in addresses:
            queries_of(client, address)  # the first look keeps what all later ones use
        few = [queries_of(client, address) for address in addresses]
        lines = [CorrectedLine(RESULTS, Decimal(20))]
        correction_decided(correction_proposed(sheet_of(published, cast.DIVISION_TOWN), lines=lines))
        correction_decided(correction_proposed(sheet_of(published, cast.MEMBER_UNIT), lines=lines))
        assert [queries_of(client, address) for address in addresses] == few
