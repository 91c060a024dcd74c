"""回头看: whether the problems of a closed case stay solved; a relapse is counted, and lets it begin anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from yuetan.actions.rectification.inspection import MIN_INSPECTORS
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.vocabulary import Verb


def record_revisit(
    case: Case, *, by: User, visited_on: date | None, inspectors: str, findings: str, outcome: str
) -> Case:
    """记录回头看: who went when, what was found; a relapse lets the case be taken up again."""
    facts: dict[str, Any] = {"outcome": outcome, "visited_on": visited_on}
    with step(case, Verb.RECORD_REVISIT, by=by, opinion=findings, facts=facts) as case:
        refuse_if_any(case, _revisit_problems(visited_on, inspectors, findings))
        revisit = case.revisits.select_for_update(of=("self",)).get(outcome="")
        revisit.visited_on, revisit.inspectors, revisit.findings = visited_on, inspectors, findings
        revisit.outcome, revisit.recorded_by = outcome, by
        revisit.save()
    return case


def _revisit_problems(visited_on: date | None, inspectors: str, findings: str) -> Iterator[Finding]:
    if visited_on is None:
        yield finding("revisit_visit_missing", "visited_on")
    elif visited_on > clock.today():
        yield finding("revisit_visit_ahead", "visited_on")
    if len(set(official_text.names(inspectors))) < MIN_INSPECTORS:
        yield finding("inspectors_too_few", "inspectors")
    if not findings.strip():
        yield finding("revisit_findings_missing", "findings")
