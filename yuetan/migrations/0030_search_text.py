"""The text that can be found, as it is written, so that a page can show where the words stand."""

from django.db import migrations

# The one list of what can be found. Outer: what the unit reads, and only once it is a party.
TEXT = r"""
CREATE FUNCTION yuetan_search_text()
RETURNS TABLE (case_id uuid, letter_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT one.id, NULL::uuid, one.unit_id, side.is_inner, one.created_at, concat_ws(E'\n',
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
    SELECT NULL::uuid, letter.id, letter.unit_id, side.is_inner, letter.created_at, concat_ws(E'\n',
        letter.matter, letter.lead_matter, letter.problems, letter.requirements,
        (SELECT string_agg(paper.prefix || '〔' || paper.year || '〕' || paper.serial || '号', E'\n' ORDER BY paper.issued_at, paper.id)
            FROM yuetan_document AS paper WHERE paper.letter_id = letter.id))
    FROM yuetan_letter AS letter
    CROSS JOIN (VALUES (true), (false)) AS side (is_inner)
    WHERE side.is_inner OR letter.state = 'issued'
$$
"""
SOURCE = r"""
CREATE OR REPLACE FUNCTION yuetan_search_source()
RETURNS TABLE (case_id uuid, letter_id uuid, unit_id bigint, is_inner boolean, created_at timestamptz, words text)
LANGUAGE sql STABLE AS $$
    SELECT case_id, letter_id, unit_id, is_inner, created_at, yuetan_search_words(words) FROM yuetan_search_text()
$$
"""


class Migration(migrations.Migration):
    dependencies = [("yuetan", "0029_prepared_files")]
    operations = [
        migrations.RunSQL(TEXT, "DROP FUNCTION yuetan_search_text"),
        migrations.RunSQL(SOURCE, migrations.RunSQL.noop),
    ]
