"""统计: each number is what its address lists, for each who may read it; nothing of a unit one keeps away from."""

from datetime import date
from io import BytesIO
from itertools import product

import pytest
from openpyxl import load_workbook

from tests import cast
from tests.factories import appoint, begin, case_after, case_in, later, take
from tests.figures import assert_each_is_a_list_counted, numbers_with_addresses
from tests.nothing_sent_twice import run_or_copy
from tests.views.queries import queries_of
from tests.web import browser
from yuetan.actions.office.office import change_office_setting
from yuetan.ledgers.export import LEDGERS
from yuetan.models import Case, OfficeSetting, OfficeWait, PreparedFile, TaskReport
from yuetan.rules.dates.periods import Period, PeriodKind
from yuetan.views.home.statistics import KINDS
from yuetan.vocabulary import CaseState, PostKind, PreparedKind, Verb

INNER = ("officer", "second_officer", "director", "group_leader", "first_deputy", "deputy", "supervisor")
OUTER = ("sysadmin", "auditor", f"head_{cast.TOWN}", f"liaison_{cast.TOWN}")
RECUSED = "second_officer"
YEAR = {"kind": "year", "year": "2026", "number": "1"}


@pytest.fixture
def full(office):
    def history():
        for code in (cast.TOWN, cast.DIVISION_TOWN, cast.COUNTY, cast.MEMBER_UNIT):
            case_in(CaseState.RECTIFYING, unit=cast.unit(code))
        for state in (CaseState.DRAFTED, CaseState.PROPOSED, CaseState.NOTIFIED, CaseState.CLOSED, CaseState.DECLINED):
            case_in(state, unit=cast.unit(cast.TOWN))
        case_after(Verb.HAND_IN_REPORT, unit=cast.unit(cast.TOWN))
        begin(cast.unit(cast.COUNTY), date(2025, 3, 3))
        return list(Case.objects.all())

    cases = run_or_copy(history, __name__)
    appoint(cast.person(RECUSED), cast.unit(cast.TOWN), PostKind.LIAISON, "联络员")
    return cases


def _tables(username, **asked):
    page = browser(username).get("/statistics/", asked)
    assert page.status_code == 200
    return {table.key: table for table, _ in page.context["tables"]}


def _count(table, label):
    return next(line.numbers[0].count for line in table.lines if line.label == label)


@pytest.mark.parametrize(
    ("username", "kind"),
    [*product(("officer", RECUSED), KINDS), *product(INNER[2:], [PeriodKind.YEAR])],
)
def test_each_number_is_how_many_its_address_lists(full, username, kind):
    assert_each_is_a_list_counted(cast.person(username), Period.around(kind, date(2026, 12, 1)))


@pytest.mark.parametrize("username", ["officer", RECUSED])
def test_the_page_behind_a_number_shows_so_many_rows(full, username):
    client = browser(username)
    tables = _tables(username, **YEAR).values()
    numbers = [(label, number) for label, number in numbers_with_addresses(tables) if number.count]
    assert len(numbers) > 20
    for label, number in numbers:
        assert len(client.get(number.url).context["rows"]) == number.count, label


def test_the_year_counts_what_happened_in_it(full):
    tables = _tables("officer", **YEAR)
    counted = [case for case in full if case.earlier == ""]
    assert _count(tables["cases"], "建档") == len(counted) == len(full) - 1
    assert _count(tables["cases"], "审定同意") == sum(case.approved_on is not None for case in counted)
    assert _count(tables["cases"], "已约谈") == sum(case.interviewed_on is not None for case in counted) == 6
    assert _count(tables["cases"], "办结（销号）") == 1
    assert sum(line.numbers[0].count for line in tables["areas"].lines) == 6
    assert sum(line.numbers[0].count for line in tables["leaders"].lines) == 6
    assert sum(line.numbers[1].count for line in tables["months"].lines) == 6
    reported = TaskReport.objects.exclude(handed_in_at=None).values_list("task").distinct().count()
    assert _count(tables["tasks"], "按期报送整改报告") == reported > 0
    assert _count(tables["tasks"], "逾期报送整改报告") == 0


def test_a_report_after_its_limit_is_late(office):
    case = case_in(CaseState.RECTIFYING)
    task = case.tasks.first()
    with later(days=(task.effective_due_on - task.assigned_on).days + 30):
        take(Verb.PREPARE_REPORT, case)
        take(Verb.HAND_IN_REPORT, Case.objects.get(pk=case.pk))
        tables = _tables("officer")
    counts = _count(tables["tasks"], "逾期报送整改报告"), _count(tables["tasks"], "按期报送整改报告")
    assert sum(counts) == TaskReport.objects.exclude(handed_in_at=None).count() == counts[0] > 0


def test_a_period_before_stands_beside_it(full):
    this = _tables("officer", **YEAR)["cases"]
    following = _tables("officer", kind="year", year="2027", number="1")["cases"]
    assert [line.numbers[0].count for line in this.lines] == [line.numbers[1].count for line in following.lines]
    assert following.lines[0].change == f"-{this.lines[0].numbers[0].count}"


def test_who_keeps_away_from_a_unit_learns_nothing_inner_of_it(full):
    town = {case.pk for case in full if case.unit.code == cast.TOWN}
    own, all_of_them = _tables(RECUSED, **YEAR), _tables("officer", **YEAR)
    others = [case for case in full if case.pk not in town and case.earlier == ""]
    assert _count(own["cases"], "建档") == len(others)
    assert _count(own["cases"], "审定同意") == sum(case.approved_on is not None for case in others)
    grounds = {line.label: line.numbers[0].count for line in own["grounds"].lines}
    wanted = {}
    for case in others:
        for ground in case.grounds.all() if case.interviewed_on else []:
            label = f"{ground.citation} {ground.text}"
            wanted[label] = wanted.get(label, 0) + 1
    assert grounds == wanted
    assert sum(grounds.values()) < sum(line.numbers[0].count for line in all_of_them["grounds"].lines)


def test_the_time_of_each_stage_is_counted_and_what_waits(full):
    stages = _tables("officer", **YEAR)["stages"]
    waits = list(OfficeWait.objects.all())
    for line in stages.lines:
        own = [wait for wait in waits if wait.get_stage_display() == line.label]
        ended = {wait.task_id or wait.case_id for wait in own if wait.ended_at}
        waiting = {wait.task_id or wait.case_id for wait in own if not wait.ended_at}
        assert [line.numbers[0].count, line.numbers[3].count] == [len(ended), len(waiting)]
        assert line.numbers[2].shown != "—" or not ended
    assert [line.numbers[0].count > 0 for line in stages.lines] == [True] * 5


def test_what_waited_longer_than_the_office_allows_is_late(office):
    case = case_in(CaseState.IN_REVIEW)
    with later(days=6):
        stages = _tables("officer")["stages"]
        assert [number.count for number in stages.lines[0].numbers] == [0, 0, 0, 1, 0, 1]
        listed = browser("officer").get("/cases/?office=red").content.decode()
        assert "逾期 " in listed
        take(Verb.ENDORSE, case)
        stages = _tables("officer")["stages"]
        assert [number.shown for number in stages.lines[0].numbers] == [1, 1, "6.0", 0, 0, 0]
    assert _tables("officer")["stages"].lines[1].numbers[3].count == 1


def test_a_limit_stays_as_it_was_when_it_began(office):
    first = case_in(CaseState.IN_REVIEW)
    change_office_setting(OfficeSetting.objects.get(key="office_in_review_days"), by=cast.person("director"), value=0)
    second = case_in(CaseState.IN_REVIEW, unit=cast.unit(cast.COUNTY))
    assert first.office_waits.get(ended_at=None).due_on == date(2026, 11, 24)
    assert second.office_waits.get(ended_at=None).due_on is None


def test_who_keeps_away_learns_nothing_of_how_long_a_stage_took(full):
    town = Case.objects.filter(unit__code=cast.TOWN)
    others = OfficeWait.objects.exclude(case__in=town).exclude(ended_at=None)
    for line in _tables(RECUSED, **YEAR)["stages"].lines:
        wanted = {wait.task_id or wait.case_id for wait in others if wait.get_stage_display() == line.label}
        assert line.numbers[0].count == len(wanted)
        assert (line.numbers[2].shown == "—") == (not wanted)
    assert browser(RECUSED).get("/cases/?office=red").status_code == 200
    assert not LEDGERS["cases"].filtered(cast.person(RECUSED), {"office": "red"}).qs.filter(pk__in=town).exists()


def test_the_interviewed_side_is_not_asked_how_the_office_works(full):
    page = browser(f"head_{cast.TOWN}").get("/cases/").content.decode()
    assert "办公室办理" not in page
    assert "核稿" not in page


@pytest.mark.parametrize("username", OUTER)
def test_the_other_side_has_no_statistics(office, username):
    client = browser(username)
    assert client.get("/statistics/").status_code == client.post("/statistics/file/").status_code == 403
    assert "/statistics/" not in client.get("/").content.decode()


def test_the_interviewed_side_is_not_asked_for_inner_days(full):
    head = cast.person(f"head_{cast.TOWN}")
    own = set(Case.objects.visible_to(head))
    for key in ("registered", "approved"):
        asked = LEDGERS["cases"].filtered(head, {"dated": key, "begin": "2026-11-23", "end": "2026-11-23"})
        assert not asked.is_valid()
    page = browser(head.username).get("/cases/").content.decode()
    assert "按约谈时间" in page
    assert "审定</option>" not in page
    assert set(LEDGERS["cases"].filtered(head, {"dated": "closed"}).qs) == {case for case in own if case.closed_on}


@pytest.mark.parametrize("asked", [{"kind": "x", "year": "0"}, {"kind": "month", "year": "²", "number": "13"}, {}])
def test_a_strange_period_is_the_present_one(office, asked):
    page = browser("officer").get("/statistics/", asked)
    assert page.context["period"].first <= date(2026, 11, 23) <= page.context["period"].last


def test_the_file_holds_the_numbers_of_the_page(full):
    answer = browser("officer").post("/statistics/file/?kind=year&year=2026&number=1")
    assert answer.status_code == 200
    whole = BytesIO(b"".join(answer.streaming_content))
    _, *rows = load_workbook(whole, read_only=True).active.iter_rows(values_only=True)
    tables = _tables("officer", **YEAR)
    assert [row[3] for row in rows if row[0] == tables["areas"].title] == [
        line.numbers[0].count for line in tables["areas"].lines
    ]
    written = sum(1 if table.compared else len(line.numbers) for table in tables.values() for line in table.lines)
    assert len(rows) == written
    kept = PreparedFile.objects.get()
    assert (kept.kind, kept.asked_by.username) == (PreparedKind.STATISTICS, "officer")
    page = browser("officer").get(f"/prepared/{kept.pk}/").content.decode()
    assert "/statistics/?kind=year&amp;year=2026&amp;number=1" in page


def test_a_chart_is_named_and_says_its_numbers(full):
    page = browser("officer").get("/statistics/", YEAR).content.decode()
    assert page.count('role="img"') == page.count("<desc ") >= 5
    assert '<title id="areas-title">各地、各单位被约谈（件）</title>' in page


def test_more_cases_cost_no_more_queries(office):
    client = browser("officer")
    case_in(CaseState.CLOSED, unit=cast.unit(cast.TOWN))
    client.get("/statistics/")
    one = queries_of(client, "/statistics/")
    case_in(CaseState.CLOSED, unit=cast.unit(cast.TOWN))
    case_in(CaseState.CLOSED, unit=cast.unit(cast.MEMBER_UNIT))
    assert queries_of(client, "/statistics/") == one


def test_the_counters_know_no_half_year(full):
    """A row that happened twice counts once in a year and in a quarter: of a half year nothing is kept."""
    page = browser("officer").get("/statistics/?kind=half&year=2026&number=2").content.decode()
    assert "<title>统计：2026年 ·" in page
    assert "按半年" not in page
