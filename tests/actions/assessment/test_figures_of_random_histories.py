"""Whatever a year was like, each figure of 考核 is the one that hand-written SQL counts, row by row.

One of every record is made by steps; then chance moves its days about the borders of the year and of today, and has
papers voided, measures and tasks revoked, reports returned, released and accepted, units merged in chains. What is read
is the row as it then stands. Of each figure a rule turned round must make a difference, or nobody would notice it.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from random import Random

from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import cast
from tests.actions.assessment.test_figures import hand_in_late, indicators, records_of_a_year
from tests.assessment import assessment_of
from tests.factories import later, take
from tests.past_triggers import past_triggers
from yuetan.models import Case, Unit
from yuetan.models.assessment.counting import Counting, CountingOfRecords
from yuetan.models.assessment.sources import parts_of
from yuetan.models.dossier.year_facts import ONE_DAY, Days
from yuetan.models.people.unit_change import former_units
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.vocabulary import RecordSource, Verb

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
EXAMPLES = 60
BORDERS = [date(2025, 12, 31), FIRST, LAST, date(2027, 1, 1)]
INSIDE = [date(2026, 7, 1), date(2026, 12, 30)]
HOURS = [time(0, 0), time(0, 0, 30), time(0, 1), time(12, 0), time(23, 59, 59)]
TABLES = (
    *("periodicreport", "reportmark", "task", "taskreport", "document", "numberentry", "letter", "receivedletter"),
    *("receivedreply", "case", "accountabilitymeasure", "commendation", "unitchange"),
)

# The first unit where the matter has gone over, the unit that has it now, and the day of the record.
LOCAL = "AT TIME ZONE 'Asia/Shanghai')::date"
STANDS = "JOIN yuetan_numberentry AS entry ON entry.id = paper.entry_id AND entry.voided_at IS NULL"
RETURNS = f"""
    SELECT NULL, unit_id, (due_at {LOCAL}, handed_in_at, due_at, CASE
        WHEN state = 'unit_ended' THEN handed_in_at IS NULL AND due_at < released_at
            OR accepted_id IS NULL AND again_by < (released_at {LOCAL}
        WHEN released_at IS NOT NULL THEN false
        ELSE handed_in_at IS NULL AND due_at < %(now)s OR accepted_id IS NULL AND again_by < %(today)s
    END AS missed FROM yuetan_periodicreport
"""
TASKS = """
    JOIN yuetan_task AS task ON task.id = report.task_id
    LEFT JOIN yuetan_accountabilitymeasure AS laid ON laid.id = task.measure_laid_id
    WHERE task.open_to_id IS NOT NULL AND task.state <> 'revoked' AND COALESCE(laid.state, '') <> 'revoked'
"""
LAID = f"""
    SELECT laid.first_unit_id, laid.unit_id, laid.served_on FROM yuetan_accountabilitymeasure AS laid
    JOIN yuetan_rung AS rung ON rung.id = laid.rung_id AND rung.kind = '{{kind}}'
    JOIN yuetan_document AS paper ON paper.id = laid.paper_id {STANDS}
    WHERE laid.state IN ('served', 'ended')
"""
LETTERS = f"""
    FROM yuetan_letter AS letter JOIN yuetan_document AS paper ON paper.letter_id = letter.id {STANDS}
    WHERE letter.state = 'issued' AND paper.open_to_id IS NOT NULL
"""
ROWS = {
    RecordSource.LATE_RETURNS: f"""
        SELECT * FROM ({RETURNS}) AS due (first, unit, day, came, due, missed)
        WHERE COALESCE(missed, false) = false AND came >= due + interval '60 seconds'""",
    RecordSource.MISSED_RETURNS: f"SELECT * FROM ({RETURNS}) AS due (first, unit, day, came, due, missed) WHERE missed",
    RecordSource.MARKED_RETURNS: f"""
        SELECT NULL, report.unit_id, (mark.marked_at {LOCAL} FROM yuetan_reportmark AS mark
        JOIN yuetan_periodicreport AS report ON report.id = mark.report_id WHERE mark.withdrawn_at IS NULL""",
    RecordSource.LATE_REPORTS: f"""
        SELECT task.first_unit_id, task.open_to_id, (report.handed_in_at {LOCAL}, report.due_on
        FROM yuetan_taskreport AS report {TASKS} AND report.kind = 'completion'
            AND (report.handed_in_at {LOCAL} > report.due_on AND (report.handed_in_at {LOCAL} <= %(last)s""",
    RecordSource.OVERDUE_TASKS: """
        SELECT task.first_unit_id, task.open_to_id, task.effective_due_on FROM yuetan_task AS task
        LEFT JOIN yuetan_accountabilitymeasure AS laid ON laid.id = task.measure_laid_id
        WHERE task.open_to_id IS NOT NULL AND task.effective_due_on < %(today)s
            AND COALESCE(laid.state, '') <> 'revoked'
            AND (task.state IN ('reported', 'accepted') OR task.runs AND task.state IN ('assigned', 'returned'))
            AND NOT EXISTS (
                SELECT FROM yuetan_taskreport AS report WHERE report.task_id = task.id AND report.kind = 'completion'
                    AND report.handed_in_at < %(over)s
                    AND NOT (report.outcome = 'returned' AND COALESCE(report.decided_at < %(over)s, false))
            )""",
    RecordSource.RETURNED_REPORTS: f"""
        SELECT task.first_unit_id, task.open_to_id, (report.decided_at {LOCAL} FROM yuetan_taskreport AS report {TASKS}
            AND report.outcome = 'returned'""",
    RecordSource.SUPERVISION_LETTERS: f"""
        SELECT COALESCE(of_case.first_unit_id, laid.first_unit_id, given.first_unit_id), paper.open_to_id,
            (paper.issued_at {LOCAL}
        FROM yuetan_document AS paper {STANDS}
        LEFT JOIN yuetan_case AS of_case ON of_case.id = paper.case_id
        LEFT JOIN yuetan_accountabilitymeasure AS laid ON laid.id = paper.measure_laid_id
        LEFT JOIN yuetan_assignment AS given ON given.id = paper.assignment_id
        WHERE paper.kind = 'supervision_letter' AND paper.open_to_id IS NOT NULL
            AND COALESCE(laid.state, '') <> 'revoked'""",
    RecordSource.REMINDER_LETTERS: f"SELECT letter.first_unit_id, letter.unit_id, (paper.issued_at {LOCAL} {LETTERS}",
    RecordSource.LATE_ANSWERS: f"""
        SELECT letter.first_unit_id, letter.unit_id, letter.answer_until {LETTERS}
            AND COALESCE((letter.answered_at {LOCAL}, %(today)s) > letter.answer_until""",
    RecordSource.LATE_REPLIES: """
        SELECT letter.first_unit_id, letter.unit_id, awaited.due_on FROM yuetan_receivedletter AS letter
        CROSS JOIN LATERAL (
            SELECT due_on, COALESCE(arrived_on, replied_on) AS came FROM yuetan_receivedreply
            WHERE letter_id = letter.id
            UNION ALL SELECT letter.due_on, %(today)s WHERE letter.reply_id IS NULL AND letter.closing_id IS NULL
        ) AS awaited WHERE letter.withdrawn_at IS NULL AND awaited.came > awaited.due_on""",
    RecordSource.INTERVIEWS: """
        SELECT first_unit_id, unit_id, interviewed_on FROM yuetan_case WHERE opened_on IS NOT NULL""",
    RecordSource.COMMENDATIONS: """
        SELECT NULL, unit_id, awarded_on FROM yuetan_commendation WHERE post_id IS NULL AND withdrawn_at IS NULL""",
    RecordSource.CIRCULARS: LAID.format(kind="circular"),
    RecordSource.LISTINGS: LAID.format(kind="listed_supervision"),
    RecordSource.VETOES: LAID.format(kind="veto"),
}
COUNTED_BY = {
    RecordSource.LATE_REPORTS: 3
}  # the column of the day by which a row is of the year; else that of the record


def by_hand(source, ends):
    """How many of a source each unit has: whoever had the matter on the day of the record, walking from end to end."""
    now, today = clock.now(), clock.today()
    last = min(LAST, today)
    over = datetime.combine(last + ONE_DAY, time.min, CHINA_STANDARD_TIME)
    with connection.cursor() as cursor:
        cursor.execute(ROWS[source], {"now": now, "today": today, "last": last, "over": over})
        rows = cursor.fetchall()
    counts = Counter()
    for row in rows:
        first, unit, day = row[:3]
        if row[COUNTED_BY.get(source, 2)] is None or not FIRST <= row[COUNTED_BY.get(source, 2)] <= last:
            continue
        had = first if first is not None else unit
        while first is not None and had in ends and ends[had][0] <= day:
            had = ends[had][1]
        counts[had] += 1
    return dict(counts)


class History:
    """One past of the rows, by chance; each is what a step of some day could have left."""

    def __init__(self, seed):
        self.chance = Random(seed)
        self.ends = {}

    def happens(self, odds=0.5):
        return self.chance.random() < odds

    def day(self):
        if self.happens(0.6):
            return self.chance.choice(BORDERS)
        return self.chance.choice([*INSIDE, *(clock.today() + timedelta(days=off) for off in (-1, 0, 1))])

    def moment(self):
        return datetime.combine(self.day(), self.chance.choice(HOURS), CHINA_STANDARD_TIME)

    def or_none(self, value, odds=0.5):
        return value if self.happens(odds) else None

    def each(self, table, values, odds=0.9):
        """Change rows of a table, each by what `values` gives for it."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM yuetan_{table} ORDER BY id")
            for (key,) in cursor.fetchall():
                if self.happens(odds):
                    given = values()
                    assigned = ", ".join(f"{column} = %s" for column in given)
                    cursor.execute(f"UPDATE yuetan_{table} SET {assigned} WHERE id = %s", [*given.values(), key])

    def play(self):
        self.returns()
        self.tasks()
        self.letters()
        self.rungs()
        self.merge()

    def returns(self):
        def report():
            due = self.moment()
            near = due + timedelta(seconds=self.chance.choice([-1, 0, 59, 60, 3600, 90000]))
            came, again = self.or_none(self.chance.choice([near, self.moment()]), 0.7), self.or_none(self.day(), 0.4)
            state = self.chance.choice(["returned", "returned", "unit_ended", "excused"])
            released = None if state == "returned" else self.moment()
            facts = {"due_at": due, "handed_in_at": came, "again_by": again, "state": state, "released_at": released}
            return facts | {"accepted_id": self.or_none(1, 0.3)}

        self.each("periodicreport", report, 0.15)
        self.each("reportmark", lambda: {"marked_at": self.moment(), "withdrawn_at": self.or_none(clock.now(), 0.3)})

    def tasks(self):
        states = ["assigned", "reported", "returned", "accepted", "revoked"]

        def task():
            facts = {"state": self.chance.choice(states), "runs": self.happens(0.8), "effective_due_on": self.day()}
            return facts | ({"open_to_id": None} if self.happens(0.1) else {})

        def report():
            due = self.day()
            near = datetime.combine(due, time(9, 0), CHINA_STANDARD_TIME) + self.chance.choice([0, 1, 5]) * ONE_DAY
            came = self.or_none(self.chance.choice([near, near, self.moment()]), 0.9)
            facts = {"due_on": due, "handed_in_at": came}
            facts |= {"kind": self.chance.choice(["completion", "completion", "progress"])}
            outcome = self.chance.choice(["returned", "accepted", ""])
            return facts | {"outcome": outcome, "decided_at": self.moment() if outcome else None}

        self.each("task", task)
        self.each("taskreport", report)

    def letters(self):
        self.each("document", lambda: {"issued_at": self.moment()})
        self.each("numberentry", lambda: {"voided_at": self.or_none(clock.now(), 0.2)})
        self.each("letter", lambda: {"answer_until": self.day(), "answered_at": self.or_none(self.moment())})
        self.each(
            "receivedletter",
            lambda: {"due_on": self.or_none(self.day(), 0.9), "withdrawn_at": self.or_none(clock.now(), 0.2)},
        )

        def reply():
            due, came = self.day(), self.day()
            arrived = self.or_none(self.day(), 0.4)
            late = max(((arrived or came) - due).days, 0)
            return {"due_on": due, "replied_on": came, "arrived_on": arrived, "late_days": late}

        self.each("receivedreply", reply)

    def rungs(self):
        states = ["served", "ended", "revoked", "served"]
        self.each("accountabilitymeasure", lambda: {"served_on": self.day(), "state": self.chance.choice(states)})
        self.each(
            "case",
            lambda: {"interviewed_on": self.or_none(self.day(), 0.9), "opened_on": self.or_none(self.day(), 0.9)},
        )
        self.each(
            "commendation",
            lambda: {"awarded_on": self.day(), "withdrawn_at": self.or_none(clock.now(), 0.2)},
        )

    def merge(self):
        """Up to three units end, one after the other or side by side, and what they had goes over to the last."""
        units = list(Unit.objects.filter(code__in=(cast.TOWN, cast.DIVISION_TOWN, cast.MEMBER_UNIT)).order_by("code"))
        others = list(Unit.objects.interviewed().order_by("-code").values_list("pk", flat=True)[:2])
        self.chance.shuffle(units)
        chain = [*(unit.pk for unit in units[: self.chance.randint(0, 3)]), *others[:1]]
        for unit, successor in pairwise(chain):
            self.ends[unit] = (self.day(), successor)
            self._end(unit, *self.ends[unit])
        for unit in chain[:-1]:
            for table in ("task", "letter", "receivedletter", "case", "accountabilitymeasure", "assignment"):
                self._go_over(table, unit, chain[-1])
            self._run("UPDATE yuetan_task SET open_to_id = %s WHERE open_to_id = %s", chain[-1], unit)
            self._run("UPDATE yuetan_document SET open_to_id = %s WHERE open_to_id = %s", chain[-1], unit)

    def _end(self, unit, day, successor):
        named = "unit_id, kind, former_name, new_name, successor_id, effective_on, paper_number"
        kept = "registered_by_id, registered_at, opinion"
        values = "%s, 'merged', '', '', %s, %s, '', 1, now(), ''"
        self._run(f"INSERT INTO yuetan_unitchange ({named}, {kept}) VALUES ({values})", unit, successor, day)

    def _go_over(self, table, unit, last):
        moved = "first_unit_id = COALESCE(first_unit_id, unit_id), unit_id = %s"
        self._run(f"UPDATE yuetan_{table} SET {moved} WHERE unit_id = %s", last, unit)

    def _run(self, statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def freed_of_checks():
    """The rows may say what versions of before left: the checks of single rows are no part of what is counted."""
    names = ", ".join(f"'yuetan_{table}'" for table in TABLES)
    of_these = f"conrelid::regclass::text IN ({names})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT conrelid::regclass, conname FROM pg_constraint WHERE contype = 'c' AND {of_these}")
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')


def more_reports():
    """Three further versions of each report on a task: chance has more to choose from."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_report_draft_a_task")
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'yuetan_taskreport'")
        names = [name for (name,) in cursor.fetchall() if name not in ("id", "version")]
        listed = ", ".join(f'"{name}"' for name in names)
        copies = f"SELECT {listed}, version + 100 * copy FROM yuetan_taskreport, generate_series(1, 3) AS copy"
        cursor.execute(f"INSERT INTO yuetan_taskreport ({listed}, version) {copies}")


def turned(source, days, former, noticed=()):
    """What the figure would be if it were counted over the next day too, or not the first, or nothing had gone over;
    but for what was `noticed` already."""
    parts = parts_of(source)
    for name, other, known in (
        ("last", Days(days.first, days.last + ONE_DAY), former),
        ("first", Days(days.first + ONE_DAY, days.last), former),
        ("gone over", days, ()),
    ):
        if name not in noticed and (name != "gone over" or any(part.first for part in parts)):
            counts = Counter()
            for part in parts:
                counts += Counter(part.counts(other, known))
            yield name, dict(counts)


def test_every_figure_is_what_is_counted_by_hand_whatever_the_year_was_like(office):
    scheme_of_reports = records_of_a_year()
    assert scheme_of_reports
    assessment = assessment_of(first_day=FIRST, last_day=LAST, indicators=indicators())
    with later(days=32):
        case = Case.objects.get(unit=cast.unit(cast.TOWN))
        take(Verb.ISSUE_SUPERVISION_LETTER, case)
        hand_in_late(case)
    noticed, seen = defaultdict(set), Counter()

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None)
    @given(seed=st.integers(0, 2**32))
    def play(seed):
        with transaction.atomic():
            history = History(seed)
            history.play()
            counting = Counting(assessment, assessment.newest_scheme())
            expected = {source.value: by_hand(source, history.ends) for source in RecordSource}
            assert counting.counts == expected, seed
            assert CountingOfRecords(assessment, assessment.newest_scheme()).counts == expected, seed
            for source in RecordSource:
                seen[source] += sum(expected[source].values())
                others = turned(source, counting.days, counting.former, noticed[source])
                noticed[source] |= {name for name, counts in others if counts != expected[source]}
            transaction.set_rollback(True)

    with later(days=42), past_triggers():
        freed_of_checks()
        more_reports()
        play()
    assert all(seen[source] for source in RecordSource), seen
    for source in RecordSource:
        wanted = {name for name, _ in turned(source, Days(FIRST, LAST), former_units(FIRST))}
        assert noticed[source] == wanted, (source, noticed[source])
