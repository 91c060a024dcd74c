"""补录 as a scenario tells it: each step of then with the lawful keywords of its driver, on the day of then."""

from __future__ import annotations

from datetime import date
from typing import Any

from yuetan.actions.rectification.earlier_case import record_earlier_case
from yuetan.actions.rectification.earlier_step import issued_by, on_the_day, people_of_then, record_earlier_step
from yuetan.models import Case, Unit, User
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.drivers import DRIVERS
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import Verb


def begin(unit: Unit, drafted_on: date) -> Case:
    """A matter of before, begun by the first case officer as a draft of that day."""
    officer = in_office("officer")
    reason = "系统启用前已约谈，整改中；纸质卷宗2026年第3卷。"
    return record_earlier_case(by=officer, unit=unit, drafted_on=drafted_on, drafter=officer, reason=reason)


def enter(verb: Verb, case: Case, day: date, *, by: User | None = None, **changed: object) -> Case:
    """Enter one step of then as the first case officer; what is not said is lawful. Raises what the action raises."""
    recorder, case = by or in_office("officer"), Case.objects.select_related("unit").get(pk=case.pk)
    person = next(iter(people_of_then(case, verb, day, recorder=recorder)), None)
    entry: dict[str, Any] = {"person": person, "number": f"江扫黑办〔{day.year}〕901号" if issued_by(verb) else ""}
    entry |= {"original": blank_scan("原件")}
    entry |= {name: changed.pop(name) for name in list(entry) if name in changed}
    with on_the_day(case, verb, day, recorder=recorder, facts={}):
        keywords = DRIVERS[verb].keywords(Case.objects.select_related("unit").get(pk=case.pk)) | changed
    action = DRIVERS[verb].action
    return record_earlier_step(
        case, by=recorder, verb=verb, day=day, ordinary_action=action, keywords=keywords, **entry
    )
