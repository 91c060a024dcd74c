"""How each step of a measure of a 责任制 is taken: the action, whose step it is, and lawful keywords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple, cast

from yuetan.actions.ladder import consultation, draft, measure, meeting_decision, referral
from yuetan.actions.ladder.open_interview import open_interview
from yuetan.models import AccountabilityMeasure, AgendaItem, Consultation, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office, liaison
from yuetan.scenarios.drivers import DRIVERS
from yuetan.scenarios.files import page
from yuetan.vocabulary import DoorKind, MeasureState, ReferralOutcome, RungKind, Verb

DAYS_TO_PUT_RIGHT = 60


class MeasureDriver(NamedTuple):
    """One step of a measure."""

    action: Callable[..., AccountabilityMeasure]
    who: Callable[[AccountabilityMeasure], User]
    keywords: Callable[[AccountabilityMeasure], dict[str, object]]


def circular(unit: Unit, /, **changed: object) -> dict[str, object]:
    """What `draft_measure` is called with for a 通报: on the first ground, every circumstance answered with no."""
    text = draft.accountability_today()
    rung = text.rungs.get(kind=RungKind.CIRCULAR)
    answers = [
        {"circumstance": one, "applies": False, "reason": "经核查，没有这一情节。"} for one in text.circumstances.all()
    ]
    return {
        "unit": unit,
        "rung": rung,
        "door": rung.doors.get(),
        "door_words": "",
        "case": None,
        "matter": "治安重点地区整治推进缓慢",
        "grounds": list(text.grounds_article.grounds.filter(number=1)),
        "facts": "三个重点村的整治方案至今没有启动。",
        "demands": "倒排工期，月底前启动三个重点村的整治。\n建立台账，每周更新一次。",
        "limit": clock.today() + timedelta(days=DAYS_TO_PUT_RIGHT),
        "circumstances": answers,
        **changed,
    }


GRAVITY = "两个月内连续发生三起恶性案件，造成特别重大影响。"
DEPARTMENTS = ("市委组织部", "市纪委监委机关")


def veto(unit: Unit, /, **changed: object) -> dict[str, object]:
    """The same for a 一票否决: by gravity, with no limit and nothing demanded."""
    rung = draft.accountability_today().rungs.get(kind=RungKind.VETO)
    door = {"rung": rung, "door": rung.doors.get(kind=DoorKind.GRAVITY), "door_words": GRAVITY}
    return circular(unit, **{**door, "limit": None, "demands": "", **changed})


def begin(unit: Unit, *, by: User | None = None, **changed: object) -> AccountabilityMeasure:
    """A 通报 as a draft; raises whatever drafting raises."""
    return draft.draft_measure(by=by or in_office("officer"), **circular(unit, **changed))  # type: ignore[arg-type]


def take(
    verb: str, about: AccountabilityMeasure, *, by: User | None = None, **changed: object
) -> AccountabilityMeasure:
    """Take a step now, as the person whose step it is, with lawful keywords; both may be changed.

    Raises whatever the action raises.
    """
    about = AccountabilityMeasure.objects.for_step().get(pk=about.pk)
    driver = MEASURE_DRIVERS.get(Verb(verb)) or of_tasks(Verb(verb))
    return driver.action(about, by=by or driver.who(about), **driver.keywords(about) | changed)


def of_tasks(verb: Verb) -> MeasureDriver:
    """A step about tasks, which is taken as one of a case is; raises KeyError for what is none."""
    driver = cast(MeasureDriver, DRIVERS[verb])  # of whatever hands tasks over
    return MeasureDriver(driver.action, driver.who, driver.keywords)


def put_right(about: AccountabilityMeasure) -> AccountabilityMeasure:
    """Every task of a measure reported on and accepted, now."""
    for _ in about.tasks.unfinished():
        for verb in (Verb.PREPARE_REPORT, Verb.HAND_IN_REPORT, Verb.ACCEPT_TASK):
            about = take(verb, about)
    return about


def _drafter(about: AccountabilityMeasure) -> User:
    return about.drafter


def _reviewer(about: AccountabilityMeasure) -> User:
    return in_office("director" if about.state == MeasureState.IN_REVIEW else "group_leader")


def _no_keywords(about: AccountabilityMeasure) -> dict[str, object]:
    return {}


def _opinion(words: str) -> Callable[[AccountabilityMeasure], dict[str, object]]:
    return lambda about: {"opinion": words, "seen": about.digest}


def _open(about: AccountabilityMeasure) -> Consultation | None:
    return next((one for one in about.consultations.all() if one.is_open), None)


def _department_answer(about: AccountabilityMeasure) -> dict[str, object]:
    asked = _open(about)
    return {
        "consultation": asked,
        "opinion": "同意实行一票否决权制。",
        "answered_by": "办公室主任吴七",
        "answered_on": clock.today(),
        "scan": page("部门意见", f"{asked}：同意。"),
    }


def _compared(about: AccountabilityMeasure) -> dict[str, object]:
    return {"seen": str(about.decision_item_id), "compared": True}


def _receipt_of_body(about: AccountabilityMeasure) -> dict[str, object]:
    handed = next((one for one in about.referrals.all() if one.waits_for_receipt), None)
    scan = page("签收回执", "已收到。")
    return {"referral": handed, "received_by": "案管室郑八", "received_on": clock.today(), "scan": scan}


def _outcome_of_body(about: AccountabilityMeasure) -> dict[str, object]:
    return {
        "referral": next((one for one in about.referrals.all() if one.waits_for_outcome), None),
        "outcome": ReferralOutcome.DISCIPLINED,
        "outcome_organ": "市纪委监委机关",
        "outcome_on": clock.today(),
        "outcome_words": "给予主要领导党内警告处分。",
        "scan": page("处分决定", "给予党内警告处分。"),
    }


MEASURE_DRIVERS: dict[Verb, MeasureDriver] = {
    Verb.REVISE_MEASURE: MeasureDriver(draft.revise_measure, _drafter, lambda about: circular(about.unit)),
    Verb.SUBMIT_MEASURE: MeasureDriver(measure.submit_measure, _drafter, _no_keywords),
    Verb.RETURN_MEASURE: MeasureDriver(
        measure.return_measure, _reviewer, lambda about: {"reason": "第二项要求请写明由谁负责。"}
    ),
    Verb.ENDORSE_MEASURE: MeasureDriver(
        measure.endorse_measure, lambda about: in_office("director"), _opinion("同意，报审定。")
    ),
    Verb.DECIDE_MEASURE: MeasureDriver(measure.decide_measure, _reviewer, _opinion("同意。")),
    Verb.DECLINE_MEASURE: MeasureDriver(measure.decline_measure, _reviewer, _opinion("已另行部署整治。")),
    Verb.WITHDRAW_MEASURE: MeasureDriver(
        measure.withdraw_measure,
        lambda about: in_office("director") if about.state == MeasureState.DECIDED else about.drafter,
        lambda about: {"reason": "情况已有变化。"},
    ),
    Verb.SERVE_MEASURE: MeasureDriver(measure.serve_measure, lambda about: in_office("officer"), _no_keywords),
    Verb.CONCLUDE_MEASURE: MeasureDriver(
        measure.conclude_measure,
        lambda about: in_office("director"),
        lambda about: {"met_on": clock.today(), "opinion": "经逐项核查，三个重点村的整治均已完成。"},
    ),
    Verb.ASK_CONSULTATION: MeasureDriver(
        consultation.ask_consultation,
        lambda about: about.drafter,
        lambda about: {"departments": "\n".join(DEPARTMENTS)},
    ),
    Verb.RECORD_CONSULTATION: MeasureDriver(
        consultation.record_consultation, lambda about: in_office("officer"), _department_answer
    ),
    Verb.EXCUSE_CONSULTATION: MeasureDriver(
        consultation.excuse_consultation,
        lambda about: in_office("group_leader"),
        lambda about: {"consultation": _open(about), "reason": "两次商请，至今没有答复。"},
    ),
    Verb.REGISTER_MEASURE_DECISION: MeasureDriver(
        meeting_decision.register_measure_decision,
        lambda about: in_office("officer"),
        lambda about: {"item": AgendaItem.objects.deciding(about).first()},
    ),
    Verb.CONFIRM_MEASURE_DECISION: MeasureDriver(
        meeting_decision.confirm_measure_decision, lambda about: in_office("director"), _compared
    ),
    Verb.CONFIRM_MEASURE_DECLINED: MeasureDriver(
        meeting_decision.confirm_measure_declined, lambda about: in_office("director"), _compared
    ),
    Verb.RETURN_MEASURE_REGISTRATION: MeasureDriver(
        meeting_decision.return_measure_registration,
        lambda about: in_office("director"),
        lambda about: {"reason": "引用的会议不对。"},
    ),
    Verb.PROPOSE_VETO: MeasureDriver(
        referral.propose_veto,
        lambda about: in_office("officer"),
        lambda about: {"reason": "建议对该单位实行一票否决权制。"},
    ),
    Verb.REFER_MEASURE: MeasureDriver(
        referral.refer_measure,
        lambda about: in_office("director"),
        lambda about: {"organ": "市纪委监委机关", "reason": "主要领导长期不研究、不部署，需要追究责任。"},
    ),
    Verb.RECORD_REFERRAL_RECEIPT: MeasureDriver(
        referral.record_referral_receipt, lambda about: in_office("officer"), _receipt_of_body
    ),
    Verb.RECORD_REFERRAL_OUTCOME: MeasureDriver(
        referral.record_referral_outcome, lambda about: in_office("officer"), _outcome_of_body
    ),
    Verb.OPEN_INTERVIEW: MeasureDriver(open_interview, lambda about: in_office("officer"), _no_keywords),
    Verb.ACKNOWLEDGE_MEASURE: MeasureDriver(
        measure.acknowledge_measure, lambda about: liaison(about.unit), _no_keywords
    ),
}
