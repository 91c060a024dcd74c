"""What the database itself holds of a case, and the indexes by which cases are listed and counted."""

from __future__ import annotations

from yuetan.models.case.decision import DECISION_CONSTRAINTS, INDEXES_BY_DAY
from yuetan.models.case.retention import RETENTION_CONSTRAINTS, RETENTION_INDEXES

CASE_CONSTRAINTS = (*DECISION_CONSTRAINTS, *RETENTION_CONSTRAINTS)
CASE_INDEXES = (*INDEXES_BY_DAY, *RETENTION_INDEXES)
