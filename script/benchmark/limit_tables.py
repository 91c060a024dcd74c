"""What the limits are read from: narrow copies of our tables, each with the one index a question asks for."""

CASES = """
    CREATE TABLE by_hand.cases AS SELECT one.id, register_year, register_serial, matter, one.state, one.due_on,
        one.unit_id, unit.name AS unit, person.name AS interviewer, EXISTS (
            SELECT FROM yuetan_casegrouppermission AS given
            JOIN auth_group AS side ON side.id = given.group_id AND starts_with(side.name, 'unit:')
            WHERE given.content_object_id = one.id) AS announced
        FROM yuetan_case AS one JOIN yuetan_unit AS unit ON unit.id = one.unit_id
        LEFT JOIN yuetan_post AS post ON post.id = one.interviewer_id
        LEFT JOIN yuetan_user AS person ON person.id = post.holder_id;
    CREATE UNIQUE INDEX ON by_hand.cases (id);
    CREATE INDEX ON by_hand.cases (register_year DESC, register_serial DESC);
    CREATE INDEX ON by_hand.cases (unit_id, register_year DESC, register_serial DESC) WHERE announced;
    CREATE INDEX ON by_hand.cases (due_on) WHERE state NOT IN ('closed', 'declined', 'withdrawn');
    CREATE INDEX ON by_hand.cases (state, register_year DESC, register_serial DESC);
    CREATE TABLE by_hand.tasks AS SELECT task.id, effective_due_on, task.state, number, content,
        one.unit, one.matter, one.unit_id, one.id AS case_id
        FROM yuetan_task AS task JOIN by_hand.cases AS one ON one.id = task.case_id;
    CREATE INDEX ON by_hand.tasks (effective_due_on, id) WHERE state <> 'accepted';
    CREATE INDEX ON by_hand.tasks (unit_id, effective_due_on, id) WHERE state <> 'accepted';
    CREATE INDEX ON by_hand.tasks (case_id);
    CREATE TABLE by_hand.papers AS SELECT paper.id, prefix, year, serial, title, kind, issued_at, one.unit,
        one.unit_id, one.id AS case_id
        FROM yuetan_document AS paper JOIN by_hand.cases AS one ON one.id = paper.case_id;
    CREATE INDEX ON by_hand.papers (issued_at DESC, id);
    CREATE INDEX ON by_hand.papers (unit_id, issued_at DESC, id);
    CREATE INDEX ON by_hand.papers (case_id);
    CREATE INDEX ON by_hand.papers (year DESC, prefix, serial DESC);
"""
MEASURES = """
    CREATE TABLE by_hand.measures AS SELECT one.id, one.created_at, rung.kind, one.matter, one.state, one.served_on,
        one."limit" AS due_on, unit.name AS unit, one.unit_id, paper.prefix, paper.year, paper.serial
        FROM yuetan_accountabilitymeasure AS one JOIN yuetan_rung AS rung ON rung.id = one.rung_id
        JOIN yuetan_unit AS unit ON unit.id = one.unit_id
        LEFT JOIN yuetan_document AS paper ON paper.id = one.paper_id;
    CREATE UNIQUE INDEX ON by_hand.measures (id);
    CREATE INDEX ON by_hand.measures (created_at DESC, id DESC);
    CREATE INDEX ON by_hand.measures (kind, created_at DESC, id DESC);
    CREATE INDEX ON by_hand.measures (due_on, id) WHERE state = 'served';
    CREATE INDEX ON by_hand.measures (unit_id, created_at DESC, id DESC) WHERE served_on IS NOT NULL;
    CREATE TABLE by_hand.measure_tasks AS SELECT measure_laid_id, number, content, effective_due_on, state
        FROM yuetan_task WHERE measure_laid_id IS NOT NULL;
    CREATE INDEX ON by_hand.measure_tasks (measure_laid_id);
    CREATE TABLE by_hand.restrictions AS SELECT one.id, unit.name AS unit, one.unit_id, person_name, person_title,
        effect.closed, first_day, last_day, until, paper.prefix, paper.year, paper.serial
        FROM yuetan_restriction AS one JOIN yuetan_unit AS unit ON unit.id = one.unit_id
        JOIN yuetan_effect AS effect ON effect.id = one.effect_id
        JOIN yuetan_accountabilitymeasure AS laid ON laid.id = one.measure_laid_id
        JOIN yuetan_document AS paper ON paper.id = laid.paper_id;
    CREATE INDEX ON by_hand.restrictions (first_day DESC, id DESC);
    CREATE INDEX ON by_hand.restrictions (until, id);
    CREATE INDEX ON by_hand.restrictions (unit_id, first_day DESC, id DESC);
"""
REPORTS = """
    CREATE TABLE by_hand.reports AS SELECT report.id, report.period_id, report.unit_id, unit.name AS unit,
        report.state, report.handed_in_at, report.due_at, newest.version, newest.is_zero, report.figures
        FROM yuetan_periodicreport AS report JOIN yuetan_unit AS unit ON unit.id = report.unit_id
        LEFT JOIN yuetan_reportversion AS newest ON newest.id = report.newest_id;
    CREATE UNIQUE INDEX ON by_hand.reports (period_id, unit_id);
    CREATE INDEX ON by_hand.reports (unit_id, id DESC);
    CREATE TABLE by_hand.missed AS SELECT period_id, unit_id, unit FROM by_hand.reports
        WHERE handed_in_at IS NULL AND due_at < now();
    CREATE INDEX ON by_hand.missed (period_id, unit_id);
    CREATE TABLE by_hand.sums AS SELECT report.period_id, unit.parent_id, sum((figures->>'f1')::int) AS places,
        sum((figures->>'f5')::int) AS handed_over, count(*) AS owed, count(handed_in_at) AS handed_in
        FROM by_hand.reports AS report JOIN yuetan_unit AS unit ON unit.id = report.unit_id
        GROUP BY report.period_id, unit.parent_id;
    CREATE INDEX ON by_hand.sums (period_id, parent_id);
"""
YEAR = """
    CREATE TABLE by_hand.letters AS SELECT one.id, unit.name AS unit, one.unit_id, one.kind, organ, number, matter,
        received_on, due_on, reply_id IS NOT NULL AS replied, closing_id IS NOT NULL AS closed
        FROM yuetan_receivedletter AS one JOIN yuetan_unit AS unit ON unit.id = one.unit_id;
    CREATE UNIQUE INDEX ON by_hand.letters (id);
    CREATE INDEX ON by_hand.letters (received_on DESC, id DESC);
    CREATE INDEX ON by_hand.letters (unit_id, received_on DESC, id DESC);
    CREATE INDEX ON by_hand.letters (due_on) WHERE NOT replied;
    CREATE TABLE by_hand.rounds AS SELECT id, kind, title, begins_on, ends_on, ended_at FROM yuetan_supervisionround;
    CREATE INDEX ON by_hand.rounds (begins_on DESC, id DESC);
    CREATE TABLE by_hand.visits AS SELECT round_id, unit.name AS unit, day, points, finding_count, problem_count
        FROM yuetan_roundvisit AS one JOIN yuetan_unit AS unit ON unit.id = one.unit_id;
    CREATE INDEX ON by_hand.visits (round_id);
"""
LIMIT_TABLES = f"DROP SCHEMA IF EXISTS by_hand CASCADE; CREATE SCHEMA by_hand; {CASES} {MEASURES} {REPORTS} {YEAR}"
