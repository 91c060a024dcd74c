-- Written by script/squash_migrations.py; why each is there, the migrations say that are squashed.

CREATE FUNCTION yuetan_event_is_of_now(event_xmin xid) RETURNS boolean LANGUAGE sql AS $$
    -- Written by this transaction, or by one of its savepoints, whose numbers are higher.
    SELECT age(event_xmin) <= age(pg_current_xact_id()::xid)
$$;

CREATE FUNCTION yuetan_state_has_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_now text;
    led_to text;
    is_of_now boolean;
BEGIN
    EXECUTE format('SELECT state FROM %I WHERE id = $1', TG_TABLE_NAME) INTO is_now USING NEW.id;
    EXECUTE format(
        'SELECT to_state, yuetan_event_is_of_now(xmin) FROM yuetan_event WHERE %I = $1 ORDER BY id DESC LIMIT 1',
        TG_ARGV[0]
    ) INTO led_to, is_of_now USING NEW.id;
    IF is_now IS NOT NULL AND (led_to IS DISTINCT FROM is_now OR is_of_now IS DISTINCT FROM true)
    THEN RAISE EXCEPTION 'a state changes by an event alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_text_has_an_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case uuid;
    is_of_now boolean;
BEGIN
    IF TG_TABLE_NAME = 'yuetan_minutes' THEN of_case := NEW.case_id;
    ELSE SELECT case_id INTO of_case FROM yuetan_interview WHERE id = NEW.interview_id;
    END IF;
    SELECT yuetan_event_is_of_now(xmin) INTO is_of_now
        FROM yuetan_event WHERE case_id = of_case ORDER BY id DESC LIMIT 1;
    IF is_of_now IS DISTINCT FROM true
    THEN RAISE EXCEPTION 'minutes and measures change by an event alone' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_new_rule_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE yuetan_ruleversion SET version = gen_random_uuid();
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_note_changed_but() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The same where more was changed than the columns of the third argument.
    EXECUTE format(
        'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
        'SELECT pg_current_xact_id()::text::bigint, %L, changed.%I::text FROM changed JOIN before USING (%2$I) '
        'WHERE to_jsonb(changed) - %3$L::text[] IS DISTINCT FROM to_jsonb(before) - %3$L::text[]',
        TG_ARGV[0], TG_ARGV[1], TG_ARGV[2]
    );
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_case_has_what_leads_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    is_now text;
BEGIN
    SELECT state INTO is_now FROM yuetan_case WHERE id = NEW.id;
    IF is_now = 'notified'
        AND NOT EXISTS (SELECT FROM yuetan_document WHERE case_id = NEW.id AND kind = 'interview_notice')
    THEN RAISE EXCEPTION 'no case is notified without a notice' USING ERRCODE = 'restrict_violation';
    END IF;
    IF is_now = 'closed' AND EXISTS (SELECT FROM yuetan_task WHERE case_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no case is closed with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_task_has_its_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_task WHERE id = NEW.id) = 'accepted' AND NOT EXISTS (
        SELECT FROM yuetan_taskreport WHERE task_id = NEW.id AND kind = 'completion' AND handed_in_at IS NOT NULL
    ) THEN RAISE EXCEPTION 'no task is accepted without a report' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_changed_by_an_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The argument: the verbs, one of which is recorded in this transaction.
    IF NOT EXISTS (
        SELECT FROM yuetan_event
        WHERE verb = ANY (string_to_array(TG_ARGV[0], ' ')) AND yuetan_event_is_of_now(xmin)
    ) THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[0]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_grams_query(grams text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((SELECT string_agg(quote_literal(gram), ' & ') FROM unnest(grams) AS each (gram)), '')::tsquery;

-- Whether it made the table; another session may have been faster.
CREATE FUNCTION yuetan_make_sight_month(day date) RETURNS boolean LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    first timestamp := date_trunc('month', day::timestamp);
    of_month text := 'yuetan_sight_' || to_char(first, 'YYYY_MM');
BEGIN
    IF to_regclass(of_month) IS NOT NULL THEN
        RETURN false;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('yuetan_sight'));
    IF to_regclass(of_month) IS NOT NULL THEN
        RETURN false;
    END IF;
    -- Attached after it was made: whoever is recording meanwhile does not wait.
    EXECUTE format('CREATE TABLE %I (LIKE yuetan_sight INCLUDING CONSTRAINTS)', of_month);
    EXECUTE format(
        'ALTER TABLE yuetan_sight ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', of_month,
        first AT TIME ZONE 'Asia/Shanghai', (first + interval '1 month') AT TIME ZONE 'Asia/Shanghai'
    );
    RETURN true;
END $$;

CREATE FUNCTION yuetan_record_sight(
    at timestamptz, by_id bigint, by_title text, address inet, page text, key text, path text, posted boolean,
    status integer
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO yuetan_sight (at, by_id, by_title, address, page, key, path, posted, status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
EXCEPTION WHEN check_violation THEN -- the month has no table yet
    PERFORM yuetan_make_sight_month(($1 AT TIME ZONE 'Asia/Shanghai')::date);
    INSERT INTO yuetan_sight (at, by_id, by_title, address, page, key, path, posted, status)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);
END $$;

CREATE FUNCTION yuetan_note_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The arguments: the name of the table in the record, and its key, which for a few is no id.
    IF TG_ARGV[1] = 'id' THEN
        INSERT INTO yuetan_changedrow (transaction, table_name, row_key)
        SELECT pg_current_xact_id()::text::bigint, TG_ARGV[0], id::text FROM changed;
    ELSE
        EXECUTE format(
            'INSERT INTO yuetan_changedrow (transaction, table_name, row_key) '
            'SELECT pg_current_xact_id()::text::bigint, %L, %I::text FROM changed', TG_ARGV[0], TG_ARGV[1]
        );
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_is_destroying() RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM yuetan_destroying WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint
    )
$$;

CREATE FUNCTION yuetan_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_TABLE_NAME = 'yuetan_numberentry' AND yuetan_is_destroying() THEN RETURN NEW; -- its case is taken out
    END IF;
    RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION yuetan_keep_scan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    virus_check CONSTANT text[] := ARRAY['check_state', 'checked_at', 'threat'];
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - virus_check IS DISTINCT FROM to_jsonb(OLD) - virus_check
    THEN RAISE EXCEPTION '% rows are kept as written', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_keep_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.prefix, NEW.year, NEW.serial, NEW.kind, NEW.purpose, NEW.given_by_id, NEW.given_at)
       IS DISTINCT FROM
       (OLD.prefix, OLD.year, OLD.serial, OLD.kind, OLD.purpose, OLD.given_by_id, OLD.given_at)
       OR (NEW.case_id IS DISTINCT FROM OLD.case_id AND NOT yuetan_is_destroying())
       OR (OLD.used_at IS NOT NULL AND (NEW.used_at, NEW.used_by_id, NEW.used_for)
           IS DISTINCT FROM (OLD.used_at, OLD.used_by_id, OLD.used_for))
       OR (OLD.voided_at IS NOT NULL AND (NEW.voided_at, NEW.voided_by_id, NEW.void_reason)
           IS DISTINCT FROM (OLD.voided_at, OLD.voided_by_id, OLD.void_reason))
    THEN RAISE EXCEPTION 'a number that was given stays as it was written' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_measure_is_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_measure uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN of_measure := NEW.measure_laid_id; ELSE of_measure := OLD.measure_laid_id; END IF;
    IF (SELECT state FROM yuetan_accountabilitymeasure WHERE id = of_measure) <> 'drafted'
    THEN RAISE EXCEPTION 'a measure changes as a draft alone' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_keep_minuted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_meeting uuid;
BEGIN
    IF TG_OP = 'DELETE' AND yuetan_is_destroying() THEN RETURN OLD;
    END IF;
    IF TG_OP = 'INSERT' THEN of_meeting := NEW.meeting_id; ELSE of_meeting := OLD.meeting_id;
    END IF;
    IF EXISTS (SELECT FROM yuetan_meeting WHERE id = of_meeting AND minuted_at IS NOT NULL)
    THEN RAISE EXCEPTION '% rows stay as the minutes have them', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_measure_has_no_open_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_accountabilitymeasure WHERE id = NEW.id) = 'ended'
        AND EXISTS (SELECT FROM yuetan_task WHERE measure_laid_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no measure is found met with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_search_text()
RETURNS TABLE (case_id uuid, letter_id uuid, measure_laid_id uuid, assignment_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT one.id, NULL::uuid, NULL::uuid, NULL::uuid, one.unit_id, side.is_inner, one.created_at, concat_ws(E'\n',
        one.matter,
        (SELECT string_agg(person.name, E'\n' ORDER BY person.id) FROM yuetan_case_interviewees AS named
            JOIN yuetan_post AS post ON post.id = named.post_id
            JOIN yuetan_user AS person ON person.id = post.holder_id WHERE named.case_id = one.id),
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.case_id = one.id),
        CASE WHEN side.is_inner THEN '约谈〔' || one.register_year || '〕' || one.register_serial || '号' END,
        CASE WHEN side.is_inner THEN (
            SELECT string_agg(concat_ws(E'\n', stated.facts, stated.reference_number, stated.reference_summary), E'\n'
                ORDER BY stated.id) FROM yuetan_caseground AS stated WHERE stated.case_id = one.id) END,
        CASE WHEN side.is_inner OR minutes_issued.yes THEN (
            SELECT concat_ws(E'\n', text.problems, text.statement, text.discussion)
            FROM yuetan_minutes AS text WHERE text.case_id = one.id) END,
        CASE WHEN side.is_inner OR minutes_issued.yes THEN (
            SELECT string_agg(concat_ws(E'\n', measure.content, measure.responsible_person), E'\n'
                ORDER BY measure.number)
            FROM yuetan_measure AS measure JOIN yuetan_interview AS held ON held.id = measure.interview_id
            WHERE held.case_id = one.id) END
    )
    FROM yuetan_case AS one
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id AND paper.kind = 'minutes') AS yes
    ) AS minutes_issued
    WHERE side.is_inner OR EXISTS (SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id)
    UNION ALL
    SELECT NULL::uuid, letter.id, NULL::uuid, NULL::uuid, letter.unit_id, side.is_inner, letter.created_at, concat_ws(E'\n',
        letter.matter, letter.lead_matter, letter.problems, letter.requirements,
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.letter_id = letter.id))
    FROM yuetan_letter AS letter
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR letter.state = 'issued'
    UNION ALL
    SELECT NULL::uuid, NULL::uuid, laid.id, NULL::uuid, laid.unit_id, side.is_inner, laid.created_at, concat_ws(E'\n',
        laid.matter, laid.facts, laid.demands, CASE WHEN side.is_inner THEN laid.door_words END,
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.measure_laid_id = laid.id))
    FROM yuetan_accountabilitymeasure AS laid
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR laid.served_on IS NOT NULL
    UNION ALL
    SELECT NULL::uuid, NULL::uuid, NULL::uuid, given.id, given.unit_id, side.is_inner, given.created_at, concat_ws(E'\n',
        given.matter, given.source_number,
        (SELECT string_agg(task.content, E'\n' ORDER BY task.number) FROM yuetan_task AS task WHERE task.assignment_id = given.id))
    FROM yuetan_assignment AS given
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
$$;

CREATE FUNCTION yuetan_search_source()
RETURNS TABLE (case_id uuid, letter_id uuid, measure_laid_id uuid, assignment_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT case_id, letter_id, measure_laid_id, assignment_id, unit_id, is_inner, created_at, yuetan_search_words(words) FROM yuetan_search_text()
$$;

CREATE FUNCTION yuetan_event_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before timestamptz;
BEGIN
    IF NEW.data ? 'recorded_on' THEN RETURN NEW; END IF;
    IF NEW.case_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE case_id = NEW.case_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.letter_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE letter_id = NEW.letter_id ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.measure_laid_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE measure_laid_id = NEW.measure_laid_id
        ORDER BY created_at DESC LIMIT 1;
    ELSIF NEW.assignment_id IS NOT NULL THEN
        SELECT created_at INTO before FROM yuetan_event WHERE assignment_id = NEW.assignment_id
        ORDER BY created_at DESC LIMIT 1;
    END IF;
    IF before > NEW.created_at THEN
        -- What was done while the clock was wrong, and noticed to be, bears a time to come: that keeps nobody waiting.
        IF before - NEW.created_at > interval '1 minute' AND NOT EXISTS (
            SELECT 1 FROM yuetan_clockjump WHERE ended_at IS NOT NULL AND known_at <= before
        ) THEN
            RAISE EXCEPTION 'an event of % would lie before the one it follows, of %', NEW.created_at, before
                USING ERRCODE = 'YT001';
        END IF;
        NEW.created_at := before;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_receipt_is_corrected() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_document AS paper
        JOIN yuetan_event AS event ON event.case_id = paper.case_id OR event.letter_id = paper.letter_id
            OR event.measure_laid_id = paper.measure_laid_id OR event.assignment_id = paper.assignment_id
        WHERE paper.id = OLD.document_id AND event.verb = 'correct_receipt' AND yuetan_event_is_of_now(event.xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION 'receipt changes by an event alone: correct_receipt' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_assignment_has_no_open_task() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM yuetan_assignment WHERE id = NEW.id) = 'concluded'
        AND EXISTS (SELECT FROM yuetan_task WHERE assignment_id = NEW.id AND state <> 'accepted')
    THEN RAISE EXCEPTION 'no assignment is concluded with an open task' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_changed_by_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
    of_case uuid;
    of_measure uuid;
    of_assignment uuid;
BEGIN
    -- The arguments: the column that leads to the case, and the verbs, one of which is taken in this transaction.
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_ARGV[0] = 'interview_id'
    THEN SELECT case_id INTO of_case FROM yuetan_interview WHERE id = changed.interview_id;
    ELSE of_case := to_jsonb(changed) ->> TG_ARGV[0];
    END IF;
    IF of_case IS NULL THEN of_measure := to_jsonb(changed) ->> 'measure_laid_id'; END IF;
    IF of_case IS NULL THEN of_assignment := to_jsonb(changed) ->> 'assignment_id'; END IF;
    IF NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE case_id = of_case AND verb = ANY (string_to_array(TG_ARGV[1], ' ')) AND yuetan_event_is_of_now(xmin)
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE measure_laid_id = of_measure AND verb = ANY (string_to_array(TG_ARGV[1], ' '))
            AND yuetan_event_is_of_now(xmin)
    ) AND NOT EXISTS (
        SELECT 1 FROM yuetan_event
        WHERE assignment_id = of_assignment AND verb = ANY (string_to_array(TG_ARGV[1], ' '))
            AND yuetan_event_is_of_now(xmin)
    ) AND NOT (TG_OP = 'DELETE' AND yuetan_is_destroying())
    THEN RAISE EXCEPTION '% changes by an event alone: %', TG_TABLE_NAME, TG_ARGV[1]
        USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_measure_is_revoked_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM yuetan_plea WHERE measure_laid_id = NEW.id AND decided_at IS NOT NULL
        AND outcome = 'revoked')
    THEN RAISE EXCEPTION 'a measure is revoked by what was decided on its plea' USING ERRCODE = 'restrict_violation';
    END IF;
    IF EXISTS (SELECT FROM yuetan_task WHERE measure_laid_id = NEW.id AND state NOT IN ('accepted', 'revoked'))
        OR EXISTS (SELECT FROM yuetan_restriction WHERE measure_laid_id = NEW.id AND ended_on IS NULL
            AND until >= (SELECT (decided_at AT TIME ZONE 'Asia/Shanghai')::date FROM yuetan_plea
                WHERE measure_laid_id = NEW.id))
    THEN RAISE EXCEPTION 'nothing of a revoked measure is in force' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION yuetan_round_is_planned() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE of_round uuid;
BEGIN
    IF TG_OP = 'INSERT' THEN of_round := NEW.round_id; ELSE of_round := OLD.round_id; END IF;
    IF EXISTS (
        SELECT FROM yuetan_supervisionround WHERE id = of_round
            AND (announced_at IS NOT NULL OR ended_at IS NOT NULL OR cancelled_at IS NOT NULL)
    ) OR EXISTS (
        SELECT FROM yuetan_roundfinding AS found JOIN yuetan_roundvisit AS visit ON visit.id = found.visit_id
        WHERE visit.round_id = of_round
    )
    THEN RAISE EXCEPTION 'who goes where is not changed once a round has begun' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_visit_is_not_informed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM yuetan_roundvisit WHERE id = NEW.visit_id AND (informed_at IS NOT NULL OR dropped_at IS NOT NULL))
    THEN RAISE EXCEPTION 'nothing is found once a unit was told' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION yuetan_keep_document() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW."html", NEW."sha256", NEW."prefix", NEW."year", NEW."serial", NEW."kind", NEW."issued_at", NEW."entry_id", NEW."check_code", NEW."title", NEW."addressee", NEW."issued_by_id", NEW."case_id", NEW."letter_id", NEW."measure_laid_id", NEW."wording_sha256", NEW."sheet_id", NEW."meeting_id", NEW."assignment_id", NEW."inquiry_id", NEW."assessment_id", NEW."visit_id", NEW."analysis_id") IS DISTINCT FROM (OLD."html", OLD."sha256", OLD."prefix", OLD."year", OLD."serial", OLD."kind", OLD."issued_at", OLD."entry_id", OLD."check_code", OLD."title", OLD."addressee", OLD."issued_by_id", OLD."case_id", OLD."letter_id", OLD."measure_laid_id", OLD."wording_sha256", OLD."sheet_id", OLD."meeting_id", OLD."assignment_id", OLD."inquiry_id", OLD."assessment_id", OLD."visit_id", OLD."analysis_id")
            OR (OLD.pdf_sha256 <> '' AND NEW.pdf_sha256 IS DISTINCT FROM OLD.pdf_sha256)
            OR (NEW.page_count IS DISTINCT FROM OLD.page_count AND (OLD.pdf_sha256 <> '' OR NEW.pdf_sha256 = ''))
            OR (OLD.pdf <> '' AND NEW.pdf IS DISTINCT FROM OLD.pdf)
        THEN RAISE EXCEPTION 'an issued paper is not changed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END $$;
