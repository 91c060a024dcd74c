"""What is asked of the installation after each round: whether all that was acknowledged is there, once and whole."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, close_old_connections, connection
from django.db.models import Count

from fault_rounds.people import Story
from fault_rounds.site import PATIENCE
from yuetan.actions.record.check_records import disagreements
from yuetan.models import Case, Event, NumberEntry


@dataclass
class Verdict:
    """How many steps were lost, done twice or by half, numbers given twice, and what disagrees with what."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    numbers: int = 0
    disorder: int = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing is amiss."""
        return not (self.lost or self.doubled or self.half or self.numbers or self.disorder)


def judge(stories: Sequence[Story]) -> Verdict:
    """Read the installation and compare; writes nothing."""
    close_old_connections()
    _await_database()
    verdict = Verdict()
    for story in stories:
        _judge_story(story, verdict)
    named = ("prefix", "year", "serial")
    verdict.numbers = NumberEntry.objects.values(*named).annotate(given=Count("pk")).filter(given__gt=1).count()
    verdict.half += [str(each) for each in disagreements()]
    verdict.disorder = _events_before_what_they_follow()
    connection.close()
    return verdict


def _await_database() -> None:
    """Until it takes connections; raises OperationalError if it does not within PATIENCE seconds.

    The site may answer by a connection from before while the database begins to recover from what was broken last.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.ensure_connection()
        except OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(1)
        else:
            return


def _judge_story(story: Story, verdict: Verdict) -> None:
    cases = list(Case.objects.filter(matter=story.matter))
    verdict.acknowledged += len(story.acknowledged)
    if len(cases) > 1:
        verdict.doubled.append(f"{story.matter}: {len(cases)} cases")
    if not cases:
        verdict.lost += [f"{story.matter}: {verb}" for verb in story.acknowledged]
        return
    kept = Counter(Event.objects.filter(case=cases[0]).values_list("verb", flat=True))
    verdict.lost += [f"{story.matter}: {verb}" for verb in story.acknowledged if not kept[verb]]
    verdict.doubled += [f"{story.matter}: {verb} {number} times" for verb, number in kept.items() if number > 1]
    papers = cases[0].documents.filter(kind="interview_notice").count()
    if papers != kept["serve_notice"]:
        verdict.half.append(f"{story.matter}: {kept['serve_notice']} notices served, {papers} papers")


def _events_before_what_they_follow() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM "
            "(SELECT created_at, lag(created_at) OVER (PARTITION BY case_id ORDER BY id) AS before "
            "FROM yuetan_event WHERE case_id IS NOT NULL) AS events WHERE created_at < before"
        )
        return int(cursor.fetchone()[0])
