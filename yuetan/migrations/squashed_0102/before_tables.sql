-- Written by script/squash_migrations.py; why each is there, the migrations say that are squashed.

CREATE FUNCTION yuetan_search_words(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(lower(normalize(words, NFKC)),
        '[ \t\r!-/:-@\[-`{-~[:punct:]　〔〕【】〖〗《》〈〉「」『』“”‘’、，。；：！？…—–·～×￥]', '', 'g')
$$;

CREATE FUNCTION yuetan_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT gram) FILTER (WHERE gram IS NOT NULL AND gram NOT LIKE E'%\n%'), '{}')
    FROM (
        SELECT unnest(ARRAY[sign, sign || lead(sign) OVER (ORDER BY place)]) AS gram
        FROM string_to_table(words, NULL) WITH ORDINALITY AS each (sign, place)
    ) AS signs
$$;

CREATE FUNCTION yuetan_matter_grams(grams text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT '=' || gram FROM unnest(grams) AS each (gram));

CREATE FUNCTION yuetan_search_grams(words text, letter uuid, measure_laid uuid, assignment uuid, is_inner boolean, unit bigint, id bigint)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
RETURN array_to_tsvector(yuetan_bigrams(words)
    || ARRAY[
        '@' || id / 4096,
        CASE WHEN letter IS NOT NULL THEN '#letter' WHEN measure_laid IS NOT NULL THEN '#measure_laid'
            WHEN assignment IS NOT NULL THEN '#assignment' ELSE '#case' END
            || CASE WHEN is_inner THEN '.inner' ELSE '.outer' END,
        '#unit' || unit
    ]
    || CASE WHEN letter IS NULL AND measure_laid IS NULL AND assignment IS NULL AND is_inner
        THEN yuetan_matter_grams(yuetan_bigrams(split_part(words, E'\n', 1)))
    END);

CREATE FUNCTION yuetan_key_by_time() RETURNS bigint LANGUAGE sql VOLATILE AS
$$ SELECT (((extract(epoch FROM clock_timestamp()) - 1577836800) * 1000000)::bigint << 12)
    | floor(random() * 4096)::bigint $$;
