"""The search index: what is in it, its bigrams, its rows."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# Letters and digits alone, small and of one width: what anybody types without looking at brackets and blanks.
WORDS = r"""
CREATE FUNCTION yuetan_search_words(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(lower(normalize(words, NFKC)),
        '[ \t\r!-/:-@\[-`{-~[:punct:]　〔〕【】〖〗《》〈〉「」『』“”‘’、，。；：！？…—–·～×￥]', '', 'g')
$$
"""
BIGRAMS = r"""
CREATE FUNCTION yuetan_bigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT gram) FILTER (WHERE gram IS NOT NULL AND gram NOT LIKE E'%\n%'), '{}')
    FROM (
        SELECT unnest(ARRAY[sign, sign || lead(sign) OVER (ORDER BY place)]) AS gram
        FROM string_to_table(words, NULL) WITH ORDINALITY AS each (sign, place)
    ) AS signs
$$
"""
# The one list of what can be found. Outer: what the unit reads, and only once it is a party.
SOURCE = r"""
CREATE FUNCTION yuetan_search_source()
RETURNS TABLE (case_id uuid, letter_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT one.id, NULL::uuid, one.unit_id, side.is_inner, one.created_at, yuetan_search_words(concat_ws(E'\n',
        one.matter,
        (SELECT string_agg(person.name, E'\n' ORDER BY person.id) FROM yuetan_case_interviewees AS named
            JOIN yuetan_post AS post ON post.id = named.post_id
            JOIN yuetan_user AS person ON person.id = post.holder_id WHERE named.case_id = one.id),
        (SELECT string_agg(paper.prefix || paper.year || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.case_id = one.id),
        CASE WHEN side.is_inner THEN '约谈' || one.register_year || one.register_serial || '号' END,
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
    ))
    FROM yuetan_case AS one
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    CROSS JOIN LATERAL (SELECT EXISTS (
        SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id AND paper.kind = 'minutes') AS yes
    ) AS minutes_issued
    WHERE side.is_inner OR EXISTS (SELECT FROM yuetan_document AS paper WHERE paper.case_id = one.id)
    UNION ALL
    SELECT NULL::uuid, letter.id, letter.unit_id, side.is_inner, letter.created_at, yuetan_search_words(concat_ws(E'\n',
        letter.matter, letter.lead_matter, letter.problems, letter.requirements,
        (SELECT string_agg(paper.prefix || paper.year || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.letter_id = letter.id)))
    FROM yuetan_letter AS letter
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR letter.state = 'issued'
$$
"""
FILL = """
INSERT INTO yuetan_searchentry (case_id, letter_id, unit_id, is_inner, words)
SELECT case_id, letter_id, unit_id, is_inner, words FROM yuetan_search_source()
ORDER BY created_at, case_id, letter_id, is_inner
"""


class Migration(migrations.Migration):

    dependencies = [
        ('yuetan', '0025_rule_version'),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION yuetan_search_words"),
        migrations.RunSQL(BIGRAMS, "DROP FUNCTION yuetan_bigrams"),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_inner', models.BooleanField()),
                ('words', models.TextField()),
                ('bigrams', models.GeneratedField(db_persist=True, expression=models.Func(models.F('words'), function='yuetan_bigrams'), output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None))),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='yuetan.case')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='search_entries', to='yuetan.letter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='yuetan.unit')),
            ],
            options={
                'ordering': ('-pk',),
                'default_permissions': (),
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['bigrams'], name='search_by_bigrams')],
                'constraints': [models.CheckConstraint(condition=models.Q(('case', None), ('letter', None), _connector='XOR'), name='search_entry_of_a_case_or_a_letter'), models.UniqueConstraint(fields=('case', 'letter', 'is_inner'), name='one_search_entry_a_side', nulls_distinct=False)],
            },
        ),
        migrations.RunSQL(SOURCE, "DROP FUNCTION yuetan_search_source"),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
