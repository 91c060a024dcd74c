"""THE table of what is multiplied."""

from __future__ import annotations

from typing import cast

from django.db.models import Model

from yuetan import grants, pending_steps
from yuetan.models import (
    AccountabilityMeasure,
    Case,
    Meeting,
    ProposalVersion,
    ReceivedLetter,
    Subject,
    SupervisionRound,
)
from yuetan.rules.text.canonical_text import canonical
from yuetan.scenarios.bulk import (
    case_plans,
    measure_plans,
    meeting_stories,
    received_stories,
    round_stories,
    veto_stories,
)
from yuetan.scenarios.bulk.case_stories import CaseStory
from yuetan.scenarios.bulk.measure_stories import MeasureStory, decided_text
from yuetan.scenarios.bulk.meeting_stories import MeetingStory
from yuetan.scenarios.bulk.received_stories import ReceivedStory
from yuetan.scenarios.bulk.room import Room, RowsOf
from yuetan.scenarios.bulk.round_stories import RoundStory
from yuetan.scenarios.bulk.veto_stories import VetoStory, consulted_text
from yuetan.vocabulary import REGISTER


def _follow(played: Model) -> None:
    """Its grants as they are today, and all that it waits for and that time will bring."""
    subject = cast(Subject, played)
    grants.follow(subject)
    pending_steps.follow(subject)


def _follow_given(played: Model) -> None:
    """Of a meeting, what it gave units to do."""
    for given in cast(Meeting, played).assignments.all():
        _follow(given)


def _nothing_waits(played: Model) -> None:
    """Nobody is granted it by a row, and what it waits for is asked of it."""


def _texts_of_proposal(played: Model, rows: RowsOf) -> list[tuple[str, str]]:
    return [(row["sha256"], canonical(row["text"]["bound"])) for row in rows[ProposalVersion]]


def _text_of_measure(played: Model, rows: RowsOf) -> list[tuple[str, str]]:
    return decided_text(cast(AccountabilityMeasure, played))


def _text_of_veto(played: Model, rows: RowsOf) -> list[tuple[str, str]]:
    return consulted_text(cast(AccountabilityMeasure, played))


ROOMS = (
    Room(Case, 100, case_plans.SHARES, case_plans.plans, CaseStory, _follow, _texts_of_proposal, REGISTER),
    Room(
        *(AccountabilityMeasure, 30, measure_plans.SHARES, measure_plans.measure_plans),
        *(MeasureStory, _follow, _text_of_measure),
    ),
    Room(
        *(AccountabilityMeasure, 4, veto_stories.SHARES, veto_stories.veto_plans),
        *(VetoStory, _follow, _text_of_veto),
        companions={Meeting: "items__measure_laid"},
    ),
    Room(ReceivedLetter, 10, received_stories.SHARES, received_stories.received_plans, ReceivedStory, _nothing_waits),
    Room(SupervisionRound, 4, round_stories.SHARES, round_stories.round_plans, RoundStory, _nothing_waits),
    Room(
        *(Meeting, 5, meeting_stories.SHARES, meeting_stories.meeting_plans, MeetingStory, _follow_given),
        excluded_units=meeting_stories.keys_of_guests,
    ),
)
