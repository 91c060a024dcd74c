-- Written by hand: what an empty database begins with.

-- One row. Its value is random, so that none ever comes back: not after a rollback, and not in a copy of the database.
INSERT INTO yuetan_ruleversion VALUES (gen_random_uuid());

SELECT yuetan_make_sight_month((date_trunc('month', now()) + make_interval(months => ahead))::date)
FROM generate_series(0, 2) AS ahead;
