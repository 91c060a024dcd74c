"""What the database itself holds of a case, and the indexes by which cases are listed and counted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from yuetan.models.case.decision import DECISION_CONSTRAINTS, INDEXES_BY_DAY
from yuetan.models.case.retention import RETENTION_CONSTRAINTS, RETENTION_INDEXES
from yuetan.vocabulary import ENDED_STATES

DOOR_CONSTRAINTS = (
    models.CheckConstraint(
        condition=Q(door=None, door_words="") | Q(door__isnull=False) & ~Q(door_words=""),
        name="case_by_gravity_says_why",
    ),
    models.CheckConstraint(condition=Q(door=None) | Q(rung_laid=None), name="case_by_one_door"),
)
CASE_CONSTRAINTS = (*DECISION_CONSTRAINTS, *RETENTION_CONSTRAINTS, *DOOR_CONSTRAINTS)
# Few are narrowed (知悉范围).
READER_INDEXES = (models.Index(fields=("unit",), condition=~Q(readers=None), name="case_narrowed"),)
# What a unit has before it, as its home lists it: twenty rows are read, and not all its open cases sorted.
UNIT_INDEXES = (
    models.Index(
        fields=("unit", "due_on", "id"),
        condition=Q(opened_on__isnull=False) & ~Q(state__in=[state.value for state in ENDED_STATES]),
        name="case_before_unit",
    ),
)
CASE_INDEXES = (*INDEXES_BY_DAY, *RETENTION_INDEXES, *READER_INDEXES, *UNIT_INDEXES)
