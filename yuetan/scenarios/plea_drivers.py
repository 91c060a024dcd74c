"""How each step of a plea (申述) and of the answer to it is taken."""

from __future__ import annotations

from yuetan.actions.ladder import plea, plea_answer
from yuetan.models import AccountabilityMeasure, AgendaItem, User
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import head, in_office, liaison
from yuetan.scenarios.driving import MeasureDriver
from yuetan.scenarios.files import page
from yuetan.vocabulary import PleaOutcome, Verb

PLEA = "三个重点村的整治方案已于上月启动，有会议记录和照片，请予核对。"


def _who_decides_the_plea(about: AccountabilityMeasure) -> User:
    if about.decision_item_id is not None or about.decider is None:
        return in_office("director")
    return about.decider


def _plea_paper(about: AccountabilityMeasure) -> dict[str, object]:
    return {
        "words": PLEA,
        "signer": about.unit.heads()[0],
        "brought_by": "吕某",
        "brought_by_title": "党政办主任",
        "received_at": clock.now(),
        "scan": page("申述", PLEA),
    }


def _plea_answer(about: AccountabilityMeasure) -> dict[str, object]:
    items = AgendaItem.objects.deciding(about).filter(is_of_plea=True)
    item = items.first() if about.decision_item_id is not None else None
    return {"outcome": PleaOutcome.UPHELD, "grounds": "经核对台账，三个重点村的整治确未启动。", "item": item}


def _plea_decided(about: AccountabilityMeasure) -> dict[str, object]:
    waiting = about.plea_waiting
    seen = waiting.answer_digest if waiting is not None else ""
    return {"opinion": "同意。", "seen": seen, "compared": True}


PLEA_DRIVERS: dict[Verb, MeasureDriver] = {
    Verb.PREPARE_PLEA: MeasureDriver(
        plea.prepare_plea, lambda about: liaison(about.unit), lambda about: {"words": PLEA}
    ),
    Verb.STATE_PLEA: MeasureDriver(plea.state_plea, lambda about: head(about.unit), lambda about: {"words": PLEA}),
    Verb.REGISTER_PLEA: MeasureDriver(plea.register_plea, lambda about: in_office("officer"), _plea_paper),
    Verb.WITHDRAW_PLEA: MeasureDriver(
        plea.withdraw_plea, lambda about: head(about.unit), lambda about: {"reason": "情况已经说清。"}
    ),
    Verb.DRAFT_PLEA_ANSWER: MeasureDriver(
        plea_answer.draft_plea_answer, lambda about: in_office("officer"), _plea_answer
    ),
    Verb.RETURN_PLEA_ANSWER: MeasureDriver(
        plea_answer.return_plea_answer, _who_decides_the_plea, lambda about: {"reason": "请逐条回应。"}
    ),
    Verb.UPHOLD_MEASURE: MeasureDriver(plea_answer.uphold_measure, _who_decides_the_plea, _plea_decided),
    Verb.REVOKE_MEASURE: MeasureDriver(plea_answer.revoke_measure, _who_decides_the_plea, _plea_decided),
}
