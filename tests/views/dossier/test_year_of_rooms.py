"""What a dossier has of reports, letters received, assessments and rounds: no more than whoever reads may see there."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from pypdf import PdfReader

from tests import cast
from tests.assessment import assessment_of, presented, sheet_of
from tests.factories import later
from tests.received import LETTER, received, replied
from tests.refusals import appoint
from tests.reporting import TITLE, accepted, at, filled, report_of, scheme_of
from tests.restrictions import restricting
from tests.rounds import TITLE as ROUND
from tests.rounds import announced, concluded, found, informed, there, visit_of
from tests.web import Visitor
from yuetan.actions.assessment.closing import close_assessment, publish_assessment
from yuetan.actions.received.letter import withdraw_received_letter
from yuetan.actions.reporting.periods import open_scheme
from yuetan.models import Post
from yuetan.rules.dates import clock
from yuetan.vocabulary import PostKind

pytestmark = pytest.mark.usefixtures("office")
HEAD, OTHER = f"head_{cast.TOWN}", f"head_{cast.DIVISION_TOWN}"


def of_unit(code=cast.TOWN):
    return f"/dossiers/units/{cast.unit(code).pk}/?year=2026"


def of_head():
    return f"/dossiers/people/{cast.head(cast.TOWN).pk}/?year=2026"


def page_of(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one.page


def test_reports_are_counted_by_scheme_as_they_came():
    scheme = scheme_of()
    accepted(report_of(scheme))
    with time_machine.travel(at(30, 9)):
        open_scheme(scheme, clock.today())
    with time_machine.travel(at(7, 9, month=12)):
        open_scheme(scheme, clock.today())
        assert f"{TITLE}：按时报送1份，未报1份" in page_of("director", of_unit())
        filled(scheme.periods.order_by("first")[1].reports.get(unit__code=cast.TOWN), by="head")
        line = f"{TITLE}：按时报送1份，逾期报送1份"
        for who, address in (("director", of_unit()), (HEAD, of_unit()), ("director", of_head()), (HEAD, of_head())):
            assert line in page_of(who, address)
        board = page_of("director", page_of("director", of_unit()).link(line))
        assert "蓬江区棠下镇" in board
        assert "新会区双水镇" not in board.shown_text
        assert "信息报送" in page_of(HEAD, page_of(HEAD, of_unit()).link(line))
        assert "按时报送" not in page_of("director", of_unit(cast.DIVISION_TOWN))
        assert f"{TITLE}：未报2份" in page_of("director", of_unit(cast.DIVISION_TOWN))
        assert TITLE not in page_of("director", f"{of_unit()[:-4]}2025")


def test_a_letter_is_listed_with_where_its_reply_stands():
    letter = received()
    line = f"{letter.received_on.month}月{letter.received_on.day}日　{letter}，{letter.matter}："
    assert f"{line}待回复" in page_of(HEAD, of_unit())
    with time_machine.travel(at(7, 9, month=12)):
        assert f"{line}待回复，逾期 3 天未回复" in page_of("director", of_unit())
    replied(letter)
    page = page_of("director", of_head())
    assert f"{line}已回复，待办公室审阅" in page
    assert letter.asked in page_of("director", page.link(f"{line}已回复，待办公室审阅"))
    assert str(letter) not in page_of("director", of_unit(cast.DIVISION_TOWN))
    withdraw_received_letter(received(number="江检建〔2026〕9号"), by=cast.person("director"), reason="登记错了单位。")
    assert "江检建〔2026〕9号" not in page_of("director", of_unit())


def test_more_letters_than_are_listed_are_counted():
    for number in range(10, 32):
        received(number=f"江检建〔2026〕{number}号", matter=f"第{number}个事由")
    page = page_of("director", of_unit())
    assert sum(f"第{number}个事由" in page for number in range(10, 32)) == 20
    assert "另有 2 项未列出。" in page


def test_a_result_is_listed_once_it_is_published_and_to_who_was_in_office_then():
    assessment = assessment_of()
    line = "2026年度考核：镇（街）并列第1名，100.0分，优秀"
    presented(assessment)
    with later(days=20):
        close_assessment(assessment, by=cast.person("director"))
        for who in ("director", HEAD):
            assert "年度考核" not in page_of(who, of_unit())
        publish_assessment(assessment, by=cast.person("director"))
        for who in ("director", HEAD):
            for address in (of_unit(), of_head()):
                assert line in page_of(who, address)
        sheet = page_of(HEAD, page_of(HEAD, of_unit()).link(line))
        assert str(sheet_of(assessment)) in sheet
        Post.objects.filter(holder=cast.head(cast.TOWN)).update(ended_on=date(2026, 11, 22))
        assert line not in page_of("director", of_head())
        assert line in page_of("director", of_unit())


def test_a_visit_is_listed_once_its_opinion_is_issued():
    of_round = announced()
    found(visit_of(of_round))
    concluded(visit_of(of_round))
    line = f"11月25日　{ROUND}：发现问题1项，已反馈"
    with time_machine.travel(there(), tick=False):
        for who in ("director", HEAD):
            assert ROUND not in page_of(who, of_unit())
        informed(visit_of(of_round))
        for who in ("director", HEAD):
            for address in (of_unit(), of_head()):
                assert line in page_of(who, address)
        page = page_of(HEAD, page_of(HEAD, of_unit()).link(line))
        assert ROUND in page
        assert ROUND not in page_of("director", of_unit(cast.COUNTY))


def test_who_is_of_the_office_and_of_the_unit_reads_what_the_unit_does():
    letter = received()
    withdraw_received_letter(received(number="江检建〔2026〕9号"), by=cast.person("director"), reason="登记错了单位。")
    appoint(cast.person("officer"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    page = page_of("officer", of_unit())
    assert str(letter) in page
    assert "江检建〔2026〕9号" not in page


def test_all_of_it_is_printed():
    received()
    one = Visitor(cast.person("director"))
    printed = PdfReader(BytesIO(one.client.get(of_unit().replace("/?", "/pdf/?")).content))
    text = "".join("".join(page.extract_text() for page in printed.pages).split())
    assert "三书一函" in text
    assert LETTER["matter"] in text


def test_of_many_restrictions_the_first_are_listed_and_the_others_counted(monkeypatch):
    restricting()
    monkeypatch.setattr("yuetan.documents.content.dossier.MAX_RESTRICTIONS", 2)
    shown = page_of("director", of_unit())
    assert "另有 3 项，见" in shown
    assert any(url.endswith(f"/restrictions/?area={cast.TOWN}") for _, url in shown.links)
    monkeypatch.setattr("yuetan.documents.content.dossier.MAX_RESTRICTIONS", 5)
    assert "另有" not in page_of("director", of_unit())
