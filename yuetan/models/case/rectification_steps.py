"""The rows of the table of steps from 交办 to 回头看; steps.py puts them with the others."""

from __future__ import annotations

from yuetan.vocabulary import CaseState as State

UNDER_RECTIFICATION = (State.RECTIFYING, State.INSPECTING)

RECTIFICATION = (State.RECTIFYING, State.INSPECTING)
MINUTES_ISSUED = (State.MINUTED, *UNDER_RECTIFICATION)
WITH
