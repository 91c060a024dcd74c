"""How each step of a measure of a 责任制 is taken: the action, whose step it is, and lawful keywords."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import cast

from yuetan.actions.ladder import (
    consultation,
    delisting,
    draft,
    measure,
    meeting_decision,
    paper_decision,
    referral,
    work_team,
)
from yuetan.actions.ladder.open_interview import open_interview
from yuetan.models import AccountabilityMeasure, AgendaItem, Case, Consultation, Unit, User
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import head, in_office, liaison
from yuetan.scenarios.drivers import DRIVERS
from yuetan.scenarios.driving import MeasureDriver
from yuetan.scenarios.files import blank_scan
from yuetan.scenarios.plea_drivers import PLEA_DRIVERS
from yuetan.vocabulary import DecisionKind, DoorKind, MeasureState, ReferralOutcome, RungKind, Verb

DAYS_TO_PUT_RIGHT, DAYS_TO_ANSWER = 60, 7
TEAM = (
    {"name": "赵某", "title": "市公安局副局长", "leads": True},
    {"name": "钱某", "title": "市司法局科长", "leads": False},
)


def circular(unit: Unit, /, **changed: object) -> dict[str, object]:
    """What `draft_measure` is called with for a 通报: on the first ground, every circumstance answered with no."""
    return of_rung(RungKind.CIRCULAR, DoorKind.GROUND, unit, **changed)


def listed_supervision(unit: Unit, /, **changed: object) -> dict[str, object]:
    """What `draft_measure` is called with for a 挂牌督办, through gravity."""
    words = {"door_words": "三个重点村连续发生群体性械斗，在全市影响特别重大。"}
    return of_rung(RungKind.LISTED_SUPERVISION, DoorKind.GRAVITY, unit, **words | changed)


def after_interview(case: Case, /, **changed: object) -> dict[str, object]:
    """What `draft_measure` is called with for a 挂牌督办 after an interview that was not met in time."""
    about = {"case": case, "matter": case.matter}
    return of_rung(RungKind.LISTED_SUPERVISION, DoorKind.NOT_IN_TIME, case.unit, **about | changed)


def of_rung(kind: RungKind, door: DoorKind, unit: Unit, /, **changed: object) -> dict[str, object]:
    """What `draft_measure` is called with for one rung and door of the text that is carried out today."""
    text = draft.accountability_today()
    rung = text.rungs.get(kind=kind)
    answers = [
        {"circumstance": one, "applies": False, "reason": "经核查，没有这一情节。"} for one in text.circumstances.all()
    ]
    return {
        "unit": unit,
        "further_units": [],
        "rung": rung,
        "door": rung.doors.get(kind=door),
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
    """What `draft_measure` is called with for a 一票否决: by gravity, with no limit and nothing demanded."""
    rung = draft.accountability_today().rungs.get(kind=RungKind.VETO)
    door = {"rung": rung, "door": rung.doors.get(kind=DoorKind.GRAVITY), "door_words": GRAVITY}
    return circular(unit, **{**door, "limit": None, "demands": "", **changed})


def begin(
    unit: Unit, *, by: User | None = None, text: Callable[..., dict[str, object]] = circular, **changed: object
) -> AccountabilityMeasure:
    """A 通报, or what another `text` says, as a draft; raises whatever drafting raises."""
    return draft.draft_measure(by=by or in_office("officer"), **text(unit, **changed))  # type: ignore[arg-type]


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


def _as_it_stands(about: AccountabilityMeasure) -> dict[str, object]:
    fresh = of_rung(RungKind(about.rung.kind), DoorKind(about.door.kind), about.unit)
    return fresh | {"door_words": about.door_words, "case": about.case, "further_units": about.further_units}


def _drafter(about: AccountabilityMeasure) -> User:
    return about.drafter


def _reviewer(about: AccountabilityMeasure) -> User:
    return in_office("director" if about.state == MeasureState.IN_REVIEW else "group_leader")


def _who_listed(about: AccountabilityMeasure) -> User:
    return in_office("group_leader" if about.endorser_id else "director")


def _no_keywords(about: AccountabilityMeasure) -> dict[str, object]:
    return {}


def _opinion(words: str) -> Callable[[AccountabilityMeasure], dict[str, object]]:
    return lambda about: {"opinion": words, "seen": about.digest}


def _open(about: AccountabilityMeasure) -> Consultation | None:
    return next((one for one in about.consultations.all() if one.is_open), None)


def _department_answer(about: AccountabilityMeasure) -> dict[str, object]:
    return {
        "consultation": _open(about),
        "opinion": "同意实行一票否决权制。",
        "answered_by": "办公室主任吴七",
        "answered_on": clock.today(),
        "scan": blank_scan("部门意见"),
    }


def _compared(about: AccountabilityMeasure) -> dict[str, object]:
    paper = about.paper_registration
    return {"seen": paper.shown_as if paper is not None else str(about.decision_item_id), "compared": True}


def _signed_paper(about: AccountabilityMeasure) -> dict[str, object]:
    """What the office registers of a 签批件 of today."""
    return {
        "decision": DecisionKind.APPROVED,
        "approver": in_office("group_leader"),
        "given_on": clock.today(),
        "opinion": "同意。",
        "seen": about.digest,
        "proof": blank_scan("签批件"),
    }


def _receipt_of_body(about: AccountabilityMeasure) -> dict[str, object]:
    handed = next((one for one in about.referrals.all() if one.waits_for_receipt), None)
    scan = blank_scan("签收回执")
    return {"referral": handed, "received_by": "案管室郑八", "received_on": clock.today(), "scan": scan}


def _outcome_of_body(about: AccountabilityMeasure) -> dict[str, object]:
    return {
        "referral": next((one for one in about.referrals.all() if one.waits_for_outcome), None),
        "outcome": ReferralOutcome.DISCIPLINED,
        "outcome_organ": "市纪委监委机关",
        "outcome_on": clock.today(),
        "outcome_words": "给予主要领导党内警告处分。",
        "scan": blank_scan("处分决定"),
    }


MEASURE_DRIVERS: dict[Verb, MeasureDriver] = {
    Verb.REVISE_MEASURE: MeasureDriver(draft.revise_measure, _drafter, _as_it_stands),
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
        lambda about: {"departments": "\n".join(DEPARTMENTS), "due_on": clock.today() + timedelta(days=DAYS_TO_ANSWER)},
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
    Verb.REGISTER_MEASURE_PAPER: MeasureDriver(
        paper_decision.register_measure_paper, lambda about: in_office("officer"), _signed_paper
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
        lambda about: {"reason": "引用的会议不对。" if about.decision_item_id else "审定日期与签批件不符。"},
    ),
    Verb.SET_WORK_TEAM: MeasureDriver(
        work_team.set_work_team,
        lambda about: in_office("director"),
        lambda about: {"since": clock.today(), "members": TEAM, "reason": "整改进展缓慢，派驻督办。"},
    ),
    Verb.RECORD_TEAM_REPORT: MeasureDriver(
        work_team.record_team_report,
        lambda about: in_office("supervisor"),
        lambda about: {"reported_on": clock.today(), "words": "已到三个村核查，两个村方案没有落实。", "papers": []},
    ),
    Verb.ASK_DELISTING: MeasureDriver(
        delisting.ask_delisting,
        lambda about: head(about.unit),
        lambda about: {"words": "三个重点村的整治已全部完成，台账齐全。", "papers": []},
    ),
    Verb.PROPOSE_DELISTING: MeasureDriver(
        delisting.propose_delisting,
        lambda about: in_office("supervisor"),
        lambda about: {"words": "经逐项核查，整改目标已经完成。", "papers": []},
    ),
    Verb.GRANT_DELISTING: MeasureDriver(
        delisting.grant_delisting, _who_listed, lambda about: {"opinion": "同意摘牌。"}
    ),
    Verb.REFUSE_DELISTING: MeasureDriver(
        delisting.refuse_delisting, _who_listed, lambda about: {"opinion": "台账缺第三季度的记录，补齐后再申请。"}
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
        measure.acknowledge_measure,
        lambda about: liaison(about.unit),
        lambda about: {"seen": str(about.paper_to_sign.pk) if about.paper_id else ""},
    ),
    **PLEA_DRIVERS,
}
