"""Who uploads a file of 信息报送 reads under which name it is kept, and that it waits for the scanner."""

import pytest
import time_machine

from tests import cast
from tests.factories import pdf, png
from tests.reporting import COUNT, FILE, TEXT, at, filled, report_of, scheme_of
from tests.web import Visitor
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.vocabulary import ReportingRhythm

LIST = "/reporting/"
FIELDS = (FieldRow("场所", COUNT, "处"), FieldRow("明细表", FILE), FieldRow("说明", TEXT, needed=False))
RENAMED = "“{0}.png”已收下：上传时名为“{0}.jpg”，按内容保存为 PNG。"
NO_SCANNER = "unix:/nowhere/clamd.sock"
PAPER = {"brought_by": "褚十二", "brought_by_title": "棠下镇联络员", "received_at": "2026-11-26T11:30"}
NUMBERS = {"f1": "5", "f2": "3", "f3": "2", "f4": "1"}


@pytest.fixture
def incidents(office):
    return scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME)


def visitor(username, url):
    one = Visitor(cast.person(username))
    one.open(url)
    return one


def url_of(report, part=""):
    return f"{LIST}reports/{report.public_id}/{part}"


def signer():
    return str(cast.head(cast.TOWN).posts.get().pk)


def test_after_filling_in_a_renamed_file_is_said(office):
    """Of the files of this version alone: those of the version before were said then."""
    report = report_of(scheme_of(fields=FIELDS))
    head = visitor(f"head_{cast.TOWN}", url_of(report, "fill/"))
    page = head.press("提交", f1="5", f2=[png("现场.jpg")])
    assert "已报送（第1版）。" in page
    assert RENAMED.format("现场") in page
    head.open(url_of(report, "fill/"))
    page = head.press("提交", f1="5", f2=[png("又一张.jpg")], reason="漏报一处。")
    assert RENAMED.format("又一张") in page
    assert RENAMED.format("现场") not in page
    head.open(url_of(report, "fill/"))
    page = head.press("提交", f1="6", reason="漏报一处。")
    assert "已报送（第3版）。" in page
    assert "已收下" not in page


def test_after_reporting_at_any_time(office):
    scheme = scheme_of("重大情况报告", rhythm=ReportingRhythm.ANY_TIME, fields=FIELDS)
    liaison = visitor(f"liaison_{cast.TOWN}", f"{LIST}schemes/{scheme.pk}/report/{cast.unit(cast.TOWN).pk}/")
    page = liaison.press("提交", f1="5", f2=[png("现场.jpg")])
    assert "已填报第1版，请本单位主要领导确认报送。" in page
    assert RENAMED.format("现场") in page


def test_after_a_mark_each_file_of_its_proof(office):
    report = report_of(scheme_of())
    filled(report, by="head")
    officer = visitor("officer", url_of(report, "mark/"))
    page = officer.press("标记", kind="false", words="核查场所9处。", proof=[png("现场.jpg"), png("台账.jpg")])
    assert "已标记谎报，并已告知本单位。" in page
    for name in ("现场", "台账"):
        assert RENAMED.format(name) in page


def test_after_a_mark_of_what_was_not_reported(incidents):
    officer = visitor("officer", f"{LIST}schemes/{incidents.pk}/")
    officer.click("标记瞒报（没有报送的）")
    facts = {"unit": cast.TOWN, "occurred_on": "2026-11-23", "words": "辖区发生一起事件，没有报送。"}
    assert RENAMED.format("现场") in officer.press("标记瞒报", **facts, proof=[png("现场.jpg")])


def test_after_a_paper_return_its_scan(office):
    report = report_of(scheme_of())
    with time_machine.travel(at(27, 9), tick=False):
        officer = visitor("officer", url_of(report, "paper/"))
        page = officer.press("代录纸质报表", **NUMBERS, **PAPER, signer=signer(), scan=png("报表.jpg"))
    assert "已代录，请由另一人收下或者退回。" in page
    assert RENAMED.format("报表") in page


def test_after_a_paper_of_what_came_at_any_time(incidents):
    with time_machine.travel(at(27, 9), tick=False):
        officer = visitor("officer", f"{LIST}schemes/{incidents.pk}/paper/?unit={cast.TOWN}")
        page = officer.press("代录", **NUMBERS, **PAPER, signer=signer(), scan=png("报表.jpg"))
    assert RENAMED.format("报表") in page


def test_what_waits_for_the_scanner_is_said(office, settings):
    settings.CLAMD = NO_SCANNER
    report = report_of(scheme_of())
    filled(report, by="head")
    officer = visitor("officer", url_of(report, "mark/"))
    page = officer.press("标记", kind="false", words="核查场所9处。", proof=[pdf("核查记录.pdf")])
    assert "“核查记录.pdf”已收下，" in page
    assert "查毒通过以前都打不开，无须重新上传。" in page
