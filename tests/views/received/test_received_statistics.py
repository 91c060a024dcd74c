"""三书一函统计: each figure of each period is that of hand-written SQL and the length of its list; and its file."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from tests import cast
from tests.received import recalled, received, replied, several
from tests.web import Visitor, browser
from yuetan.actions.received.closing import close_unanswered
from yuetan.ledgers.received.received_statistics import received_statistics
from yuetan.models import Sight, Unit
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.vocabulary import ReceivedKind

STATISTICS = "/received/statistics/"
HEADS = [
    *("收到", "按期回复", "逾期回复", "未回复", "其中逾期"),
    *("不经回复办结", "来函机关撤回", "重复事项"),
]
GONE = cast.MEMBER_UNIT
PERIODS = [
    ("kind=year&year=2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ("kind=half&year=2026&number=1", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
    ("kind=half&year=2026&number=2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
    ("kind=quarter&year=2026&number=3", date(2026, 7, 1), date(2026, 9, 30), "2026年第3季度"),
    ("kind=quarter&year=2026&number=4", date(2026, 10, 1), date(2026, 12, 31), "2026年第4季度"),
]
HAND_WRITTEN = """
    SELECT count(*),
        count(*) FILTER (WHERE answered AND late = 0), count(*) FILTER (WHERE answered AND late > 0),
        count(*) FILTER (WHERE open), count(*) FILTER (WHERE open AND due_on < '2026-11-23'),
        count(*) FILTER (WHERE NOT answered AND closed_as = 'unit_ended'),
        count(*) FILTER (WHERE NOT answered AND closed_as = 'recalled'),
        count(*) FILTER (WHERE EXISTS (
            SELECT FROM yuetan_receivedletter AS before
            WHERE before.unit_id = all_of.unit_id AND before.withdrawn_at IS NULL
                AND NOT EXISTS (SELECT FROM yuetan_receivedclosing AS closing
                    WHERE closing.letter_id = before.id AND kind = 'recalled' AND closing.withdrawn_at IS NULL)
                AND before.received_on < all_of.received_on
                AND before.received_on >= all_of.received_on - interval '3 years'
                AND (before.matter LIKE '%%' || all_of.matter || '%%'
                    OR all_of.matter LIKE '%%' || before.matter || '%%')))
    FROM (
        SELECT *, NOT answered AND closed_as IS NULL AS open
        FROM (
            SELECT letter.*,
                EXISTS (SELECT FROM yuetan_receivedreply
                    WHERE letter_id = letter.id AND returned_at IS NULL) AS answered,
                (SELECT kind FROM yuetan_receivedclosing AS closing
                    WHERE letter_id = letter.id AND closing.withdrawn_at IS NULL) AS closed_as,
                (SELECT COALESCE(max(greatest(reply.replied_on - reply.due_on, 0)), 0)
                    FROM yuetan_receivedreply AS reply WHERE reply.letter_id = letter.id) AS late
            FROM yuetan_receivedletter AS letter
            WHERE withdrawn_at IS NULL AND received_on BETWEEN %s AND %s AND {condition}
        ) AS known
    ) AS all_of
"""


def counted_by_hand(condition, *values):
    with connection.cursor() as cursor:
        cursor.execute(HAND_WRITTEN.format(condition=condition), values)
        return list(cursor.fetchone())


def page_of(query, username="officer"):
    visitor = Visitor(cast.person(username))
    visitor.open(f"{STATISTICS}?{query}")
    return visitor.page


def figures_of(page, label):
    """The numbers of a line, and where each leads; nothing leads from a 0."""
    words = page.response.content.decode().split(f'<th scope="row">{label}</th>')[1].split("</tr>")[0]
    cells = words.split('<td class="number">')[1:]
    texts = [cell.split("</td>")[0] for cell in cells]
    urls = [text.split('href="')[1].split('"')[0].replace("&amp;", "&") if "href" in text else "" for text in texts]
    return [int(text.replace("</a>", "").split(">")[-1]) for text in texts], urls


def listed_at(url):
    """How many letters the list behind a figure shows."""
    return browser("officer").get(url).content.decode().count('<td data-label="来函">') if url else 0


def on_days_between_periods():
    """On the last day of a half year and on the first of the next one, and of a quarter; some ended unreplied."""
    days = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1))
    for serial, day in enumerate(days, 1):
        dated = {"dated_on": day, "received_on": day, "reply_due": day + timedelta(days=200)}
        received(number=f"江检建〔2026〕{serial}1号", matter=f"第{serial}处砂场扬尘", **dated)
        recalled(received(number=f"江检建〔2026〕{serial}2号", matter=f"第{serial}处码头冲洗", **dated))
        received(GONE, number=f"江检建〔2026〕{serial}3号", kind="judicial", matter=f"第{serial}处工地", **dated)
    answered = received(number="江检建〔2026〕51号", matter="渣土消纳")
    replied(answered)
    recalled(answered)  # after its reply, which counts
    Unit.objects.filter(code=GONE).update(retired_on=date(2026, 11, 20))
    for letter in Unit.objects.get(code=GONE).received_letters.exclude(received_on=days[-1]):
        close_unanswered(letter, by=cast.person("officer"), reason="单位已撤销，来函事项由办公室另行处理。")


@pytest.mark.parametrize(("query", "first", "last", "label"), PERIODS)
def test_each_figure_is_that_of_hand_written_sql_and_of_the_list_to_which_it_leads(office, query, first, last, label):
    several()
    on_days_between_periods()
    page = page_of(query)
    assert f"<title>三书一函统计：{label} ·" in page.response.content.decode()
    lines = {kind.label: ("kind = %s", kind.value) for kind in ReceivedKind} | {"合计": ("true",)}
    for code in (cast.TOWN, GONE):
        lines[cast.unit(code).full_name] = ("unit_id = %s", cast.unit(code).pk)
    for line, condition in lines.items():
        numbers, urls = figures_of(page, line)
        assert (line, numbers) == (line, counted_by_hand(condition[0], first, last, *condition[1:]))
        assert (line, [listed_at(url) for url in urls]) == (line, numbers)
        total, in_time, late, unreplied, _, ended, taken_back, _ = numbers
        assert (line, total) == (line, in_time + late + unreplied + ended + taken_back)


def test_periods_add_up_to_their_year(office):
    several()
    on_days_between_periods()
    year, first_half, second_half, third, fourth = (figures_of(page_of(query), "合计")[0] for query, *_ in PERIODS)
    assert year == [18, 2, 1, 8, 1, 3, 4, 1]
    assert [a + b for a, b in zip(first_half, second_half, strict=True)] == year
    assert [a + b for a, b in zip(third, fourth, strict=True)] == second_half


@pytest.mark.parametrize(
    "query",
    ["", "year=1999", "kind=week&year=2026&number=2", "kind=month&year=2026&number=11", "year=x&number=%00&kind=年"],
)
def test_what_is_no_period_is_answered_with_this_year(office, query):
    received()
    page = page_of(query)
    assert "<title>三书一函统计：2026年 ·" in page.response.content.decode()
    assert figures_of(page, "合计")[0][0] == 1
    links = dict(page.links)
    assert links["按半年"].endswith("?kind=half&year=2026&number=2")
    assert links["按季度"].endswith("?kind=quarter&year=2026&number=4")
    assert "按月" not in links


def test_statistics_read_what_is_kept_and_of_each_line_the_last_matters(office):
    for serial, matter in enumerate(("砂石堆场扬尘", "土方运输", "夜间营业场所", "农贸市场"), 1):
        received(number=f"江检建〔2026〕{serial}号", matter=matter, received_on=date(2026, 11, serial + 5))
    with CaptureQueriesContext(connection) as queries:
        page = page_of("kind=quarter&year=2026&number=4")
    for label in ("检察建议书", "蓬江区棠下镇"):
        line = page.response.content.decode().split(f'<th scope="row">{label}</th>')[1].split("</tr>")[0]
        matters = ("农贸市场", "夜间营业场所", "土方运输", "砂石堆场扬尘")
        assert [line.count(matter) for matter in matters] == [1, 1, 1, 0]
    counting = [each["sql"] for each in queries if "yuetan_receivedletter" in each["sql"]]
    assert len(counting) == 5  # figures and last matters, of kinds and of units; how those ended that are unreplied
    assert not any("STRPOS" in sql for sql in counting)  # no letter is compared with the others of its unit
    joined = [sql for sql in counting if "yuetan_receivedclosing" in sql]
    assert len(joined) == 1  # of the closings those alone are looked up that ended unreplied
    assert '"reply_id" IS NULL' in joined[0]


def rows_of_file(query, username="officer"):
    answer = browser(username).get(f"{STATISTICS}xlsx/?{query}")
    assert answer.status_code == 200
    whole = BytesIO(b"".join(answer.streaming_content))
    return answer, list(load_workbook(whole, read_only=True).active.iter_rows(values_only=True))


def test_the_file_says_what_the_page_shows_and_no_text_is_a_formula(office):
    several()
    received(number="江检建〔2026〕7号", matter="=HYPERLINK(1)货场围蔽", received_on=date(2026, 11, 20))
    query = "kind=quarter&year=2026&number=4"
    answer, (head, *rows) = rows_of_file(query)
    assert "2026%E5%B9%B4%E7%AC%AC4%E5%AD%A3%E5%BA%A6" in answer["Content-Disposition"]
    assert list(head) == ["分类", "种类、单位", *HEADS, "最近的事由"]
    page = page_of(query)
    assert [row[:2] for row in rows[:5]] == [("按种类", label) for label in [*ReceivedKind.labels, "合计"]]
    units = [cast.unit(code).full_name for code in (cast.TOWN, cast.DIVISION_TOWN)]
    assert [row[:2] for row in rows[5:]] == [("按单位", name) for name in units]
    for row in rows:
        assert (row[1], list(row[2:-1])) == (row[1], figures_of(page, row[1])[0])
    of_town = rows[5][-1]
    assert of_town.startswith("'=HYPERLINK(1)货场围蔽；")
    assert of_town.count("；") == 2
    assert Sight.objects.filter(page="received_statistics_file", by=cast.person("officer")).exists()


def test_the_file_holds_the_units_that_the_page_leaves_out(office):
    several()
    year = Period(PeriodKind.YEAR, 2026)
    shown = received_statistics(cast.person("officer"), year, most_units=1)
    assert (len(shown.units), shown.more_units, listed_at(shown.url)) == (1, 1, 6 - 1)
    assert [row[1] for row in rows_of_file("year=2026")[1][6:]] == [
        cast.unit(code).full_name for code in (cast.TOWN, cast.DIVISION_TOWN)
    ]


@pytest.mark.parametrize("who", [f"head_{cast.TOWN}", "auditor", "sysadmin"])
def test_the_file_is_for_who_may_read_the_page(office, who):
    received()
    answers = [browser(who).get(f"{STATISTICS}{rest}").status_code for rest in ("", "xlsx/")]
    assert answers == [403, 403]
