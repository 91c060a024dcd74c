"""回头看: whether the problems of a closed case stay solved; a relapse is counted, and lets it begin anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from yuetan.actions.files.attachment import Offer, examine_files
from yuetan.actions.rectification.team import InspectorRow, record_team, team_problems
from yuetan.actions.step import refuse_if_any, step
from yuetan.models import Case, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text import official_text
from yuetan.rules.text.empty_words import require_words
from yuetan.vocabulary import Verb


def record_revisit(
    case: Case,
    *,
    by: User,
    visited_on: date | None,
    inspectors: Sequence[InspectorRow],
    findings: str,
    outcome: str,
    scan: Offer | None,
) -> Case:
    """记录回头看: who went when, what was found; a relapse lets the case be taken up again once all have signed it.

    Raises StateChanged unless the case is closed, NotYours for anybody but a supervisor, Refused where no 回头看 is
    planned, without findings or a day, for a day ahead or before the case ended, for fewer than two persons or one who
    may not inspect (回避), and for a file that is not accepted.
    """
    facts: dict[str, Any] = {"outcome": outcome, "visited_on": visited_on}
    sheet = examine_files(case, [scan] if scan else [], "scan")
    with step(case, Verb.RECORD_REVISIT, by=by, opinion=findings, facts=facts) as case:
        refuse_if_any(
            case, [*_revisit_problems(case, visited_on, findings), *team_problems(case, inspectors, visited_on)]
        )
        assert visited_on is not None
        revisit = case.revisits.select_for_update(of=("self",)).get(outcome="")
        revisit.team = record_team(case, None, inspectors, visited_on, by=by, sheet=sheet)
        revisit.visited_on, revisit.inspectors, revisit.findings = visited_on, revisit.team.names, findings
        revisit.outcome, revisit.recorded_by = outcome, by
        revisit.save()
    return case


def _revisit_problems(case: Case, visited_on: date | None, findings: str) -> Iterator[Finding]:
    if visited_on is None:
        yield finding("revisit_visit_missing", "visited_on")
    elif visited_on > clock.today():
        yield finding("revisit_visit_ahead", "visited_on")
    elif case.closed_on is not None and visited_on < case.closed_on:
        yield finding("revisit_before_end", "visited_on", closed=official_text.chinese_date(case.closed_on))
    yield from require_words(findings, finding("revisit_findings_missing", "findings"))
