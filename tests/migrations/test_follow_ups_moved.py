"""Migration 0148: what followed a visit, and the measures that a scheme's name was found in, move into one table."""

from importlib import import_module

from django.db import connection

from tests import cast
from tests.factories import letter_in
from tests.ladder import measure_in
from tests.reporting import TITLE, scheme_of
from tests.rounds import informed_visit
from yuetan.models import FollowUp
from yuetan.vocabulary import LetterState, MeasureState

MOVED = import_module("yuetan.migrations.0148_follow_ups").MOVED
BEFORE = """
    CREATE TEMP TABLE yuetan_roundfollowup (
        id bigint, visit_id uuid, case_id uuid, letter_id uuid, measure_laid_id uuid, linked_by_id bigint,
        linked_at timestamptz
    );
    INSERT INTO yuetan_roundfollowup VALUES (7, %s, NULL, %s, NULL, %s, '2026-11-20 09:00+08');
"""


def test_what_followed_keeps_its_row_and_what_was_found_by_words_gets_one(office):
    visit, letter = informed_visit(), letter_in(LetterState.ISSUED, to=cast.unit(cast.TOWN))
    scheme, other = scheme_of(), scheme_of("另一项")
    measure = measure_in(MeasureState.DRAFTED, matter=f"未按规定报送“{TITLE}”")
    measure_in(MeasureState.DRAFTED, matter="与报送无关的事项")
    with connection.cursor() as cursor:
        cursor.execute(BEFORE, [visit.pk, letter.pk, cast.person("officer").pk])
        cursor.execute(MOVED)
    moved, found = FollowUp.objects.all()
    assert (moved.pk, moved.source, moved.subject) == (7, visit, letter)
    assert (found.source, found.subject, found.linked_by) == (scheme, measure, measure.drafter)
    assert found.linked_at == measure.created_at
    assert not other.follow_ups.exists()
    assert found.pk > moved.pk
