"""The rows by which every subject is found, kept equal to what it is about; nobody else writes them.

Which words they hold stands in one place, the function `yuetan_search_source` of the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from yuetan.models import SUBJECTS, AccountabilityMeasure, Assignment, Case, SearchEntry, Subject, User
from yuetan.models.office.read_once import was_written

KEYS = ", ".join(f"{name}_id" for name in SUBJECTS)
COLUMNS = f"{KEYS}, unit_id, is_inner, words"
FOLLOW = f"""
    INSERT INTO yuetan_searchentry ({COLUMNS}) SELECT {COLUMNS} FROM yuetan_search_source() AS source WHERE {{which}}
    ON CONFLICT ({KEYS}, is_inner) DO UPDATE
    SET unit_id = EXCLUDED.unit_id, words = EXCLUDED.words
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
    ORDER BY created_at, {KEYS}, is_inner
"""  # nosec B608
_AMONG = " OR ".join(f"{name}_id = ANY(%s)" for name in SUBJECTS)
DIFFERENT = """
    SELECT DISTINCT coalesce(source.{of}, entry.{of})
    FROM (SELECT * FROM yuetan_search_source() AS source WHERE {of} = ANY(%s)) AS source
    FULL JOIN (SELECT * FROM yuetan_searchentry AS entry WHERE {of} = ANY(%s)) AS entry
        ON entry.is_inner = source.is_inner AND entry.{of} = source.{of}
    WHERE (source.unit_id, source.words) IS DISTINCT FROM (entry.unit_id, entry.words)
"""  # nosec B608


def follow(subject: Subject) -> None:
    """Make the rows of a subject equal to what it says now, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW.format(which=f"{subject.ABOUT}_id = %s"), [subject.pk])


def follow_keys(model: type[Subject], keys: Sequence[UUID]) -> None:
    """Make the rows of some subjects of one kind equal to what they say now, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW.format(which=f"{model.ABOUT}_id = ANY(%s)"), [list(keys)])


def own_words(subject: Subject) -> tuple[object, ...]:
    """What a subject itself adds to its rows: compared before and after a step."""
    if isinstance(subject, Case):
        return subject.unit_id, subject.matter, subject.register_year, subject.register_serial
    if isinstance(subject, AccountabilityMeasure):
        return subject.unit_id, subject.state, subject.matter, subject.facts, subject.demands
    if isinstance(subject, Assignment):
        return subject.unit_id, subject.matter
    texts = subject.matter, subject.lead_matter, subject.problems, subject.requirements
    return subject.unit_id, subject.state, *texts


def follow_step(subject: Subject, before: tuple[object, ...]) -> None:
    """Make a subject's rows equal at the end of a step that changed `own_words` or another source of them."""
    if own_words(subject) != before or was_written(SOURCES):
        follow(subject)


def follow_person(person: User) -> None:
    """Make the rows equal of every case in which a person is named to be interviewed, once the name was corrected."""
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW.format(which=OF_INTERVIEWEE), [person.pk])


def texts(entries: Sequence[SearchEntry]) -> dict[int, str]:
    """What each of some rows says, as it was written, by the key of the row; in one query."""
    if not entries:
        return {}
    keys = {name: [key for each in entries if (key := getattr(each, f"{name}_id"))] for name in SUBJECTS}
    sides = {(each.subject_id, each.is_inner): each.pk for each in entries}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce({KEYS}), is_inner, words FROM yuetan_search_text() WHERE {_AMONG}",  # nosec B608 - made of what stands here
            list(keys.values()),
        )
        return {sides[key, inner]: text for key, inner, text in cursor.fetchall() if (key, inner) in sides}


@transaction.atomic
def rebuild() -> int:
    """Write every row anew, in the order in which the cases and letters were begun; returns how many."""
    SearchEntry.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(REBUILD)
        return int(cursor.rowcount)


def different(model: type[Subject], keys: Sequence[UUID]) -> list[UUID]:
    """Those of some subjects of one kind of which the rows hold other words than they say, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT.format(of=f"{model.ABOUT}_id"), [list(keys), list(keys)])
        return [key for (key,) in cursor.fetchall()]
