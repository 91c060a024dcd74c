"""约谈工作统计表: what the page shows is frozen with a number; who may issue and read it, and how it is put right."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from tests import cast
from tests.factories import appoint, case_in, later
from tests.nothing_sent_twice import run_or_copy
from tests.web import browser
from yuetan.actions.papers.statistics_sheet import issue_statistics
from yuetan.errors import Refused
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Alert, Document, NumberEntry, StatisticsSheet, User
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import CaseState, DocumentKind, PostKind

QUARTER = "/statistics/sheet/?kind=quarter&year=2026&number=4"
PERIOD = Period(PeriodKind.QUARTER, 2026, 4)
# What the office counts, by hand.
BY_HAND = """
    SELECT count(*) FILTER (WHERE created_at >= %(first)s AND created_at < %(after)s),
        count(*) FILTER (WHERE approved_on >= %(first)s AND approved_on < %(after)s),
        count(*) FILTER (WHERE interviewed_on >= %(first)s AND interviewed_on < %(after)s),
        count(*) FILTER (WHERE closed_on >= %(first)s AND closed_on < %(after)s)
    FROM yuetan_case WHERE earlier IN ('', 'confirmed')
"""


@pytest.fixture
def full(office):
    def history():
        for state in (CaseState.CLOSED, CaseState.RECTIFYING, CaseState.NOTIFIED, CaseState.DRAFTED):
            case_in(state, unit=cast.unit(cast.TOWN))
        case_in(CaseState.RECTIFYING, unit=cast.unit(cast.COUNTY))
        return []

    run_or_copy(history, __name__)


def _issue(username="director", url=QUARTER, **sent):
    client = browser(username)
    shown = client.post(url, sent) if sent else client.get(url)
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', shown.content.decode())
    assert seen, shown.content.decode()[:3000]
    return client.post(url, {**sent, "seen": seen[1], "confirmed": "1"}, follow=True)


def _by_hand(period):
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"first": f"{period.first} +08", "after": f"{period.moved(1).first} +08"})
        return [str(number) for number in cursor.fetchone()]


def test_what_is_issued_are_the_figures_of_the_page_and_those_counted_by_hand(full):
    page = browser("director").get("/statistics/?kind=quarter&year=2026&number=4")
    answer = _issue()
    sheet, paper = StatisticsSheet.objects.get(), Document.objects.get(kind=DocumentKind.STATISTICS)
    assert answer.redirect_chain[-1][0] == f"/documents/{paper.pk}/"
    frozen = {table["title"]: table for table in sheet.figures}
    assert len(frozen) == len(page.context["tables"])
    for table, _ in page.context["tables"]:
        shown = [[line.label, *(str(number.shown) for number in line.numbers)] for line in table.lines]
        assert [line[: len(table.columns) + 1] for line in frozen[table.title]["lines"]] == shown
    totals = frozen["约谈事项（件）"]["lines"]
    assert [line[1] for line in totals] == _by_hand(PERIOD)
    assert [line[2] for line in totals] == _by_hand(PERIOD.moved(-1))
    words = re.sub(r"<[^>]+>", "", paper.html)
    assert paper.title == "2026年第4季度约谈工作统计表（截至11月23日）"
    assert all(table["title"] in words for table in sheet.figures)
    assert paper.number in words


def test_the_figures_stay_when_more_is_done(full):
    _issue()
    before = Document.objects.get(kind=DocumentKind.STATISTICS)
    case_in(CaseState.CLOSED, unit=cast.unit(cast.COUNTY))
    after = Document.objects.get(pk=before.pk)
    assert (after.html, after.sheet.figures) == (before.html, before.sheet.figures)


def test_it_is_a_paper_like_others(full):
    """In 文书 and 文号簿, printed, and found genuine by who has the paper."""
    _issue()
    paper = Document.objects.get(kind=DocumentKind.STATISTICS)
    for username in ("officer", "supervisor", "group_leader"):
        assert paper in LEDGERS["documents"].filtered(cast.person(username), {"kind": "statistics"}).qs
    page = browser("officer").get(f"/documents/{paper.pk}/").content.decode()
    assert "2026年第4季度的统计" in page
    assert "作废这份文书" not in page
    assert "上传扫描件" not in page
    assert browser("officer").get(f"/documents/{paper.pk}.pdf")["Content-Type"] == "application/pdf"
    assert paper.number in browser("officer").get("/documents/numbers/").content.decode()
    answer = Client().post("/verify/", {"code": paper.check_code}).content.decode()
    assert paper.number in answer
    assert "约谈工作统计" not in answer
    assert browser("director").post(f"/documents/{paper.pk}/void/", {"reason": "写错"}).status_code == 403
    assert browser("officer").post(f"/documents/{paper.pk}/").status_code == 403
    assert paper.number in browser("officer").get("/statistics/?kind=quarter&year=2026&number=4").content.decode()


def test_the_leaders_get_a_message(full):
    _issue()
    sent = Alert.objects.filter(key__startswith="statistics:")
    assert {one.recipient.username for one in sent} == {"group_leader", "first_deputy", "deputy"}


def test_a_draft_takes_no_number(full):
    given = NumberEntry.objects.count()
    assert "印出来" not in browser("director").get(QUARTER).content.decode()
    sample = browser("director").post(QUARTER, {"sample": "1"})
    assert sample["Content-Type"] == "application/pdf"
    assert (NumberEntry.objects.count(), StatisticsSheet.objects.count()) == (given, 0)


def test_a_second_edition_says_why_and_replaces_the_first(full):
    _issue()
    client = browser("director")
    assert "再印发的用新的文号" in client.get(QUARTER).content.decode()
    refused = client.post(QUARTER, {"reason": ""})
    assert refused.status_code == 422
    assert "请写明更正原因" in refused.content.decode()
    _issue(reason="漏计一件补录。")
    first, second = Document.objects.filter(kind=DocumentKind.STATISTICS).order_by("serial")
    assert (first.replaced_by, second.sheet.edition, second.sheet.reason) == (second, 2, "漏计一件补录。")
    why = f"《{first.title}》（{first.number}）因漏计一件补录，现予更正重印，由本表替代。"
    assert why in re.sub(r"<[^>]+>", "", second.html)


def test_figures_that_changed_after_they_were_shown_are_not_issued(full):
    client = browser("director")
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', client.get(QUARTER).content.decode())[1]
    case_in(CaseState.DRAFTED, unit=cast.unit(cast.COUNTY))
    answer = client.post(QUARTER, {"seen": seen, "confirmed": "1"})
    assert answer.status_code == 422
    assert "数字有变动，没有印发" in answer.content.decode()
    assert not StatisticsSheet.objects.exists()


@pytest.mark.parametrize("username", ["officer", "supervisor", "group_leader", "sysadmin", f"head_{cast.TOWN}"])
def test_it_is_the_director_who_issues(full, username):
    assert browser(username).get(QUARTER).status_code == 403
    assert "印发统计表" not in browser("officer").get("/statistics/?kind=year").content.decode()
    assert "印发统计表" in browser("director").get("/statistics/?kind=year").content.decode()


def test_who_keeps_away_from_a_unit_neither_issues_nor_reads_it(full):
    """The sums would tell what is inner of that unit; somebody acts for the director by the office's rule."""
    appoint(cast.person("director"), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    appoint(cast.person("second_officer"), cast.unit(cast.COUNTY), PostKind.LIAISON, "联络员")
    refused = browser("director").get(QUARTER).content.decode()
    assert f"请由{cast.person('officer').name}印发" in refused
    assert browser("second_officer").get(QUARTER).status_code == 403
    assert _issue("officer").status_code == 200
    paper = Document.objects.get(kind=DocumentKind.STATISTICS)
    for username in ("director", "second_officer", f"head_{cast.TOWN}"):
        assert browser(username).get(f"/documents/{paper.pk}/").status_code == 404
        assert paper not in Document.objects.visible_to(cast.person(username))
    page = browser("second_officer").get("/statistics/?kind=quarter&year=2026&number=4").content.decode()
    assert paper.number not in page
    book = LEDGERS["numbers"].all_lines(cast.person("second_officer"), {"kind": "statistics"})
    assert [line["subject"] for line in book] == ["（回避事项，不显示）"]
    assert not Alert.objects.filter(key__startswith="statistics:", recipient__username="director").exists()


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (Period(PeriodKind.MONTH, 2026, 11), "按季度、年度印发"),
        (Period(PeriodKind.QUARTER, 2027, 1), "从2027年1月1日开始"),
    ],
)
def test_what_is_no_quarter_or_year_that_began_is_refused(office, period, words):
    with pytest.raises(Refused, match=words):
        issue_statistics(by=cast.person("director"), period=period, count=list)
    assert words in browser("director").get(f"/statistics/sheet/?{period.query}").content.decode()


def test_a_period_that_has_ended_is_named_without_a_day(office):
    with later(days=60):
        paper = issue_statistics(by=User.objects.get(username="director"), period=PERIOD, count=list)
    assert paper.title == "2026年第4季度约谈工作统计表"
    assert date(2026, 12, 31) == paper.sheet.period.last
