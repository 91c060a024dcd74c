"""The rows by which cases and letters are found, kept equal to what they are about; nobody else writes them.

Which words they hold stands in one place, the function `yuetan_search_source` of the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from yuetan.models import Case, Letter, SearchEntry, User
from yuetan.models.office.read_once import was_written

COLUMNS = "case_id, letter_id, unit_id, is_inner, words"
FOLLOW = f"""
    INSERT INTO yuetan_searchentry ({COLUMNS}) SELECT {COLUMNS} FROM yuetan_search_source() AS source WHERE {{which}}
    ON CONFLICT (case_id, letter_id, is_inner) DO UPDATE SET unit_id = EXCLUDED.unit_id, words = EXCLUDED.words
    WHERE (yuetan_searchentry.unit_id, yuetan_searchentry.words) IS DISTINCT FROM (EXCLUDED.unit_id, EXCLUDED.words)
"""  # nosec B608 - made of what stands here
# Whatever `yuetan_search_source` looks at, but the case or letter itself and the names of people.
OF_CASE = "case_interviewees", "caseground", "document", "minutes", "measure", "interview"
SOURCES = frozenset(f"yuetan_{table}" for table in OF_CASE)
# What the person's name is part of: they were named to be interviewed.
OF_INTERVIEWEE = """case_id IN (SELECT named.case_id FROM yuetan_case_interviewees AS named
    JOIN yuetan_post AS post ON post.id = named.post_id WHERE post.holder_id = %s)"""
REBUILD = f"""
    INSERT INTO yuetan_searchentry ({COLUMNS}) SELECT {COLUMNS} FROM yuetan_search_source()
    ORDER BY created_at, case_id, letter_id, is_inner
"""  # nosec B608
DIFFERENT = """
    SELECT DISTINCT coalesce(source.case_id, entry.case_id), coalesce(source.letter_id, entry.letter_id)
    FROM (SELECT * FROM yuetan_search_source() AS source WHERE {source}) AS source
    FULL JOIN (SELECT * FROM yuetan_searchentry AS entry WHERE {entry}) AS entry
        ON entry.is_inner = source.is_inner AND coalesce(entry.case_id, entry.letter_id)
            = coalesce(source.case_id, source.letter_id)
    WHERE (source.unit_id, source.words) IS DISTINCT FROM (entry.unit_id, entry.words)
"""


def follow(subject: Case | Letter) -> None:
    """Make the rows of a case or letter equal to what it says now, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW.format(which=f"{subject.ABOUT}_id = %s"), [subject.pk])


def own_words(subject: Case | Letter) -> tuple[object, ...]:
    """What a case or a letter itself adds to its rows: compared before and after a step."""
    if isinstance(subject, Case):
        return subject.unit_id, subject.matter, subject.register_year, subject.register_serial
    texts = subject.matter, subject.lead_matter, subject.problems, subject.requirements
    return subject.unit_id, subject.state, *texts


def follow_step(subject: Case | Letter, before: tuple[object, ...]) -> None:
    """The same at the end of a step, where it changed `own_words` or wrote something else the words come from."""
    if own_words(subject) != before or was_written(SOURCES):
        follow(subject)


def follow_person(person: User) -> None:
    """The same for every case in which the person is named to be interviewed, once their name was corrected."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW.format(which=OF_INTERVIEWEE), [person.pk])


def texts(entries: Sequence[SearchEntry]) -> dict[int, str]:
    """What each of some rows says, as it was written, by the key of the row; in one query."""
    if not entries:
        return {}
    subjects = {(each.case_id or each.letter_id, each.is_inner): each.pk for each in entries}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(case_id, letter_id), is_inner, words FROM yuetan_search_text()"
            " WHERE case_id = ANY(%s) OR letter_id = ANY(%s)",
            [
                [each.case_id for each in entries if each.case_id],
                [each.letter_id for each in entries if each.letter_id],
            ],
        )
        return {subjects[key, inner]: text for key, inner, text in cursor.fetchall() if (key, inner) in subjects}


@transaction.atomic
def rebuild() -> int:
    """Write every row anew, in the order in which the cases and letters were begun; returns how many."""
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(REBUILD)
        return int(cursor.rowcount)


def different(case: Case | None = None) -> list[tuple[UUID | None, UUID | None]]:
    """Keys of cases and of letters, one of the two each, of which the rows hold other words than they say."""
    sides = {"source": "source.case_id = %s", "entry": "entry.case_id = %s"}
    with connection.cursor() as cursor:
        if case:
            cursor.execute(DIFFERENT.format(**sides), [case.pk, case.pk])
        else:
            cursor.execute(DIFFERENT.format(source="true", entry="true"))
        return list(cursor.fetchall())
