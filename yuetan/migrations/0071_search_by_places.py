"""The index by which words are found is read place by place, so that no word costs more because many rows hold it.

Beside the signs of its words a row bears marks, which no word can be mistaken for: its place in the order of rows, its
side and its unit. They stand in the index alone; the column of signs is no more.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# What is written in the matter of a case, its first line, is told from what is written anywhere in it.
MATTER = r"""
CREATE FUNCTION yuetan_matter_grams(grams text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT '=' || gram FROM unnest(grams) AS each (gram))
"""
GRAMS = r"""
CREATE FUNCTION yuetan_search_grams(words text, letter uuid, is_inner boolean, unit bigint, id bigint)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000
RETURN array_to_tsvector(yuetan_bigrams(words)
    || ARRAY[
        '@' || id / 4096,
        CASE WHEN letter IS NULL THEN '#case' ELSE '#letter' END || CASE WHEN is_inner THEN '.inner' ELSE '.outer' END,
        '#unit' || unit
    ]
    || CASE WHEN letter IS NULL AND is_inner
        THEN yuetan_matter_grams(yuetan_bigrams(split_part(words, E'\n', 1)))
    END)
"""
# All of these; without any of them, nothing is asked.
QUERY = r"""
CREATE FUNCTION yuetan_grams_query(grams text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce((SELECT string_agg(quote_literal(gram), ' & ') FROM unnest(grams) AS each (gram)), '')::tsquery
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0070_what_must_never_be'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='searchentry',
            name='search_by_bigrams',
        ),
        migrations.RemoveField(
            model_name='searchentry',
            name='bigrams',
        ),
        migrations.RunSQL(MATTER, 'DROP FUNCTION yuetan_matter_grams'),
        migrations.RunSQL(QUERY, 'DROP FUNCTION yuetan_grams_query'),
        migrations.RunSQL(GRAMS, 'DROP FUNCTION yuetan_search_grams'),
        migrations.AddIndex(
            model_name='searchentry',
            index=django.contrib.postgres.indexes.GinIndex(models.Func(models.F('words'), models.F('letter'), models.F('is_inner'), models.F('unit'), models.F('id'), function='yuetan_search_grams', output_field=django.contrib.postgres.search.SearchVectorField()), name='search_by_grams'),
        ),
    ]
