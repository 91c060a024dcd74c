"""Returns of 信息报送 by the million: every unit of every period, each on one of a few lawful drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from yuetan import report_sums
from yuetan.actions.reporting.acceptance import accept_report, return_report
from yuetan.actions.reporting.confirmation import confirm_report, send_back_report
from yuetan.actions.reporting.periods import begin_period
from yuetan.actions.reporting.reports import fill_report, report_zero
from yuetan.actions.reporting.schemes import Asked, create_scheme
from yuetan.actions.step import dry_run
from yuetan.database.statements import execute
from yuetan.models import PeriodicReport, ReportPeriod, ReportScheme, ReportVersion
from yuetan.rules.dates import clock
from yuetan.rules.reporting.form_fields import FieldRow
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import drawing, people, wide_country
from yuetan.scenarios.bulk.copies import tables_of, write_copies
from yuetan.scenarios.bulk.people import UnitSide
from yuetan.scenarios.bulk.plan import Plan
from yuetan.scenarios.bulk.room import Room
from yuetan.scenarios.bulk.rows import rows_of
from yuetan.scenarios.bulk.story import Story
from yuetan.scenarios.bulk.templates import Template, encoded
from yuetan.scenarios.bulk.temporary_tables import drop_tables, make_table
from yuetan.scenarios.bulk.unchecked import write_batches
from yuetan.scenarios.bulk.wording import nothing_worded
from yuetan.vocabulary import DayCount, ReportFieldCheck, ReportFieldKind, ReportingRhythm, UnitKind, Weekday

Progress = Callable[[str, int], None]

TITLE = "每周线索摸排情况（测速）"
WEEK, OPEN_DAYS, NOON = timedelta(days=7), 6, time(12)
SETTLED = timedelta(days=2)  # after its moment nothing more happens to what is played here
COUNT = ReportFieldKind.COUNT
FIELDS = (
    FieldRow("摸排场所", COUNT, "处", True, ReportFieldCheck.SUM, "其中娱乐场所、其中其他场所"),
    FieldRow("其中娱乐场所", COUNT, "处"),
    FieldRow("其中其他场所", COUNT, "处"),
    FieldRow("新移交线索", COUNT, "条"),
    FieldRow("情况说明", ReportFieldKind.TEXT, needed=False),
)
AGAIN_DAYS = 5  # in which what was returned is to be put right
RETURNED = "“其中娱乐场所”与上周相差较大，请核对。"
Played = Callable[["ReturnStory", PeriodicReport], None]


class ReturnStory:
    """What one unit does about one period that is due at a moment."""

    def __init__(self, side: UnitSide, due: datetime) -> None:
        self.side, self.due = side, due

    def filled(self, report: PeriodicReport, before: timedelta, places: int) -> ReportVersion:
        """By the liaison, so long before the moment."""
        values: dict[str, Any] = {"f1": places + 5, "f2": places, "f3": 5, "f4": places % 3, "f5": ""}
        with clock.at(self.due - before):
            return fill_report(report, by=self.side.liaison.holder, values=values, files={}, reason="", after=0)

    def handed_in(self, version: ReportVersion, before: timedelta) -> ReportVersion:
        """By the head."""
        with clock.at(self.due - before):
            return confirm_report(version, by=self.side.head.holder)

    def accepted(self, version: ReportVersion) -> None:
        """By the office, the day after."""
        with clock.at(self.due + timedelta(hours=21)):
            accept_report(version, by=in_office("officer"))


def _in_time(places: int) -> Played:
    def play(story: ReturnStory, report: PeriodicReport) -> None:
        version = story.filled(report, timedelta(hours=21), places)
        story.accepted(story.handed_in(version, timedelta(hours=20)))

    return play


def _late(story: ReturnStory, report: PeriodicReport) -> None:
    version = story.filled(report, -timedelta(hours=2), 4)
    story.accepted(story.handed_in(version, -timedelta(hours=3)))


def _nothing_to_report(story: ReturnStory, report: PeriodicReport) -> None:
    with clock.at(story.due - timedelta(hours=21)):
        version = report_zero(report, by=story.side.liaison.holder, after=0)
    story.accepted(story.handed_in(version, timedelta(hours=20)))


def _returned(story: ReturnStory, report: PeriodicReport) -> None:
    version = story.handed_in(story.filled(report, timedelta(hours=21), 7), timedelta(hours=20))
    with clock.at(story.due + timedelta(hours=21)):
        again_by = clock.today() + timedelta(days=AGAIN_DAYS)
        return_report(version, by=in_office("officer"), reason=RETURNED, again_by=again_by)


def _waiting(story: ReturnStory, report: PeriodicReport) -> None:
    story.handed_in(story.filled(report, timedelta(hours=21), 6), timedelta(hours=20))


def _sent_back(story: ReturnStory, report: PeriodicReport) -> None:
    version = story.filled(report, timedelta(hours=21), 5)
    with clock.at(story.due - timedelta(hours=20)):
        send_back_report(version, by=story.side.head.holder, reason="请补充情况说明。")


def _missed(story: ReturnStory, report: PeriodicReport) -> None:
    pass


# Of a hundred returns of a period that is past; of one that is not, nothing has come yet.
ROUTES: tuple[tuple[int, Played], ...] = (
    *((20, _in_time(places)) for places in (3, 6, 9, 12)),
    (5, _late),
    (4, _nothing_to_report),
    (1, _returned),
    (2, _waiting),
    (1, _sent_back),
    (7, _missed),
)
MISSED = len(ROUTES) - 1
ROOM = Room(PeriodicReport, 0, {}, lambda seed, days, rows: [], Story, lambda played: None)
FILLED = """
    CREATE TEMP TABLE bulk_filled ON COMMIT DROP AS
    SELECT (period.place - 1) * {units} + unit.place AS place, period.weeks, unit.keys || period.key AS keys,
        '{{}}'::text[] AS words, md5({seed} || ':' || period.place || ':' || unit.place)::uuid AS id,
        CASE WHEN period.is_past THEN route.template ELSE {missed} END AS template
    FROM bulk_period AS period CROSS JOIN bulk_unit AS unit JOIN bulk_route AS route
        ON pg_temp.bulk_draw({seed}, period.place * {units} + unit.place, 'way') % 100
        BETWEEN route.since AND route.until - 1
    WHERE period.place = {place}
"""
# The keys as UnitSide.own_rows has them.
UNITS = """
    CREATE TEMP TABLE bulk_unit ON COMMIT DROP AS
    SELECT row_number() OVER (ORDER BY unit.id) AS place, ARRAY[unit.id, head.id, liaison.id, head.holder_id,
        liaison.holder_id, heads.id, liaisons.id] AS keys
    FROM yuetan_unit AS unit
    CROSS JOIN LATERAL (SELECT id, holder_id FROM yuetan_post WHERE unit_id = unit.id AND ended_on IS NULL
        AND kind IN ('party_secretary', 'government_head') ORDER BY kind DESC, id LIMIT 1) AS head
    CROSS JOIN LATERAL (SELECT id, holder_id FROM yuetan_post WHERE unit_id = unit.id AND ended_on IS NULL
        AND kind = 'liaison' ORDER BY id LIMIT 1) AS liaison
    JOIN auth_group AS heads ON heads.name = 'unit:' || unit.id || ':unit_head'
    JOIN auth_group AS liaisons ON liaisons.name = 'unit:' || unit.id || ':unit_liaison'
    WHERE unit.kind = 'town' AND unit.retired_on IS NULL
"""


@transaction.atomic
def load_returns(
    units: int,
    periods: int,
    seed: int,
    *,
    is_checked: bool = True,
    progress: Progress = lambda name, written: None,
) -> ReportScheme:
    """Let so many units report each week for so many weeks, all or none; of the first week nothing came.

    Without `is_checked` triggers and foreign keys are asked of the first week that is copied alone.
    """
    drop_tables()
    drawing.make_functions()
    people.engage_everybody()
    first_due = _thursday() - (periods - 1) * WEEK
    templates = list(_templates(first_due))
    scheme, reporting = _reporting(units, periods, first_due)
    tables = tables_of(ROOM, templates, reporting * (periods - 1))

    def write(place: int) -> None:
        execute("DROP TABLE IF EXISTS bulk_filled")
        execute(FILLED, units=reporting, seed=str(seed), missed=MISSED, place=place)
        write_copies(tables, is_first=place == 1)
        progress(ROOM.name, place * reporting)

    write_batches([table.name for table in tables.values()], range(1, periods), write, is_checked=is_checked)
    execute("SET CONSTRAINTS ALL DEFERRED")
    execute("ANALYZE")
    if not is_checked:  # no trigger has added them up
        report_sums.rebuild()
    return scheme


def _reporting(units: int, periods: int, first_due: datetime) -> tuple[ReportScheme, int]:
    """The scheme with its periods begun for so many units, everything drawn for them; and how many report."""
    wide_country.settle(units)
    people.engage_everybody()
    scheme = _scheme(first_due, [UnitKind.TOWN], [])
    rows = _periods_begun(scheme, periods)
    _draw(rows, first_due)
    execute(UNITS)
    ((reporting,),) = execute("SELECT count(*) FROM bulk_unit")
    assert reporting == rows[0].unit_count, "a unit has no head or no liaison"
    return scheme, reporting


def _periods_begun(scheme: ReportScheme, periods: int) -> list[ReportPeriod]:
    """So many periods of a scheme, of which the first has begun; what the units owe of the others is not written."""
    version, rows = scheme.newest_version(), list(scheme.periods.all())
    while len(rows) < periods:
        rows.append(begin_period(scheme, version, version.span_around(rows[-1].last + timedelta(days=1))))
    return rows


def _thursday() -> datetime:
    """Noon of the Thursday with which the running week ends."""
    today = clock.today()
    last = today + timedelta(days=(Weekday.THURSDAY.number - today.weekday()) % 7)
    return datetime.combine(last, NOON, CHINA_STANDARD_TIME)


def _scheme(first_due: datetime, kinds: list[str], named: list[Any]) -> ReportScheme:
    asked = Asked(
        source="每周四12:00前上报摸排情况",
        receiver="",
        kinds=kinds,
        area=None,
        named_units=named,
        rhythm=ReportingRhythm.WEEKLY,
        weekday=Weekday.THURSDAY,
        due_days=0,
        day_count=DayCount.CALENDAR,
        due_time=NOON,
        open_days=OPEN_DAYS,
        first_day=first_due.date(),
        last_day=None,
        fields=FIELDS,
    )
    with clock.at(first_due - timedelta(days=OPEN_DAYS)):
        return create_scheme(by=in_office("director"), title=TITLE, asked=asked)


def _templates(first_due: datetime) -> Iterator[Template]:
    """Each way played for one unit in the first week, and undone."""
    towns = [alike for (kind, _), alike in people.unit_sides().items() if kind == UnitKind.TOWN]
    side = people.unmistakable(towns[0])
    for number, (_, play) in enumerate(ROUTES):
        with dry_run():
            period = _scheme(first_due, [], [side.unit]).periods.get()
            report = PeriodicReport.objects.with_relations().get(period=period)
            play(ReturnStory(side, first_due), report)
            rows = rows_of(PeriodicReport.objects.get(pk=report.pk))
            plan = Plan(number, "", number, 0, [], [], 0, 0, None)
            patterns = encoded(rows, [*side.own_rows(), period], nothing_worded())
        yield Template(plan, side, patterns, [], nothing_worded(), first_due, [0])


def _draw(rows: list[ReportPeriod], first_due: datetime) -> None:
    """The periods after the first, and how many of a hundred go which route."""
    settled = clock.now() - SETTLED
    columns = {"place": "int", "key": "bigint", "weeks": "int", "is_past": "boolean"}
    periods = [
        {"place": place, "key": row.pk, "weeks": _weeks(first_due.date(), row.last), "is_past": _due(row) < settled}
        for place, row in enumerate(rows)
        if place
    ]
    make_table("bulk_period", columns, periods)
    drawn, since = [], 0
    for template, (share, _) in enumerate(ROUTES):
        drawn.append({"template": template, "since": since, "until": since + share})
        since += share
    make_table("bulk_route", {"template": "int", "since": "int", "until": "int"}, drawn)


def _due(row: ReportPeriod) -> datetime:
    assert row.due_at is not None
    return row.due_at


def _weeks(first: date, last: date) -> int:
    return (last - first) // WEEK
