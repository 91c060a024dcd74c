"""What the awaited steps of a case look at, by its state: read with it when its 待办 are derived."""

from __future__ import annotations

from yuetan.vocabulary import CaseState as State

_PROPOSAL = frozenset({"proposal_versions", "case_grounds", "case_grounds__evidence", "interviewees"})
_RECORDS = frozenset(
    {"inspection_teams__members__person", "consequences", "rework_requests", "corrections", "paper_filings"}
)
_TASKS = frozenset(f"tasks__{rows}" for rows in ("extensions", "pauses", "chases", "reports"))
_RULES = frozenset({"regulation__interviewer_rules"})

# Relations that a state does not name are read when they are asked for after all.
READ_WITH = {
    State.DRAFTED: _PROPOSAL | _RULES,
    State.IN_REVIEW: _PROPOSAL | _RULES,
    State.PROPOSED: _PROPOSAL | _RULES | {"registrations__registered_by"},
    State.APPROVED: _PROPOSAL | _RULES,
    State.NOTIFIED: frozenset({"interviewees", "documents", "submissions", "leaves", "absences", "paper_filings"}),
    State.INTERVIEWED: frozenset({"interview__measures"}),
    State.MINUTED: frozenset({"corrections"}),
    State.RECTIFYING: _TASKS | _RECORDS | {"documents"},
    State.INSPECTING: _TASKS | _RECORDS | {"documents", "inspections__team__members__person"},
    State.CLOSED: _RECORDS | {"revisits__team__members__person"},
}
# What the interviewed unit's own obligations look at, whatever the state.
OF_UNIT = frozenset(
    {"interviewees", "documents", "submissions", "leaves", "tasks__pauses", "tasks__chases", "tasks__reports"}
)
