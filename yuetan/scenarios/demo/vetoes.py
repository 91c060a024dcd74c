"""一票否决 of the demonstration (第三十至三十三条): by gravity, departments asked, decided by a meeting, and 移送.

The same meeting finds that a unit of the province should bear one too: its superior gets a 书面建议.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from yuetan.actions.meeting.agenda import add_agenda_item
from yuetan.actions.meeting.conclusions import conclude_agenda_item, conclusion_shown
from yuetan.actions.meeting.convening import convene_meeting
from yuetan.actions.meeting.meetings import Planned, call_meeting
from yuetan.actions.meeting.minutes import digest_of_meeting, issue_meeting_minutes
from yuetan.actions.people.unit import change_unit
from yuetan.models import Accountability, AccountabilityMeasure, Invitation, Meeting, OfficeSetting, Unit, User
from yuetan.models.ladder.referral_requirements import UPPER
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios import measure_drivers
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.demo.ladder_days import AFTERNOON, on, walk, working_day
from yuetan.scenarios.demo.meetings import PLACE, attend, post_of
from yuetan.scenarios.files import written_scan
from yuetan.vocabulary import DecisionKind, MeetingKind, ReferralOutcome, Verb

V = Verb
UNIT, MATTER = "440783001", "辖区连续发生聚众斗殴案件"
GRAVITY = "一个月内连续发生三起聚众斗殴案件，其中一起在医院门前持械斗殴，致多人受伤，在全市影响特别重大。"
FACTS = (
    "三起案件均由同一娱乐场所的纠纷引起；街道此前两次收到线索没有核查，第三起发生后迟报五个小时，隐瞒了前两起。（演示）"
)
HEAVIER = "第三起案件发生后迟报五个小时，并隐瞒了前两起。"
ANSWERS = (("市委组织部", "干部监督科科长袁某"), ("市公安局", "指挥中心主任史某"))
AT_THE_TABLE = ("first_deputy", "deputy", "director")
CONCLUSION = "会议听取了办公室的汇报和有关部门的意见，一致同意对三埠街道实行一票否决权制。"
DISCUSSION = "办公室汇报查明的情况和有关部门的意见；与会人员逐一发表意见，均同意实行一票否决权制。（演示）"
HELD, HELD_AT = 100, time(9)
BODY = "市纪委监委机关"
REGISTERED = (V.REGISTER_MEASURE_DECISION, V.CONFIRM_MEASURE_DECISION)
CONCEALED = {"article__number": 34, "number": 2}  # 瞒报漏报重大情况


STATIONED, SUPERIOR = "440700-134", "省税务局"
STATIONED_MATTER = "虚开发票团伙线索不移交"
STATIONED_GRAVITY = "三起团伙线索一年内均未移交，其中一个团伙继续作案，造成特别重大损失。"
STATIONED_FACTS = "稽查中发现三起虚开发票团伙的线索，均未按规定移交；其中一起经领导小组两次督促仍未移交。（演示）"
STATIONED_ANSWERS = (("市委组织部", "干部监督科科长袁某"), ("市公安局", "经侦支队支队长俞某"))
STATIONED_CONCLUSION = "会议同意对市税务局实行一票否决权制；该局为省驻江门单位，向其上级主管单位提出书面建议。"
SUGGESTION = "建议对该局实行一票否决权制，责令其限期移交全部线索。"


def play_vetoes() -> AccountabilityMeasure:
    """The whole of both: from the draft to what the other bodies decided; returns the one that was laid."""
    veto, stationed = _before_the_meeting(), _stationed_before_the_meeting()
    _decide_by_meeting({veto: CONCLUSION, stationed: STATIONED_CONCLUSION})
    _suggested(stationed)
    measure = walk(veto, REGISTERED, 99)
    measure = walk(measure, (V.SERVE_MEASURE,), 98)
    measure = walk(measure, (V.ACKNOWLEDGE_MEASURE,), 97)
    return _referred(measure)


def _before_the_meeting() -> AccountabilityMeasure:
    unit = Unit.objects.get(code=UNIT)
    words: dict[str, Any] = {"matter": MATTER, "facts": FACTS, "door_words": GRAVITY, **of_gravity()}
    with on(108):
        measure = measure_drivers.begin(unit, text=measure_drivers.veto, **words)
    measure = walk(measure, (V.SUBMIT_MEASURE,), 108)
    measure = walk(measure, (V.ENDORSE_MEASURE,), 107, opinion="事实清楚，情节严重，同意商有关部门后提请会议研究。")
    return consulted(measure, ANSWERS, 106)


def _stationed_before_the_meeting() -> AccountabilityMeasure:
    """A 一票否决 of a unit of the province before its meeting; only what it is says that none can be laid here."""
    unit = Unit.objects.get(code=STATIONED)
    with on(109):
        names: dict[str, Any] = {"code": unit.code, "name": unit.name, "parent": unit.parent}
        change_unit(unit, by=User.objects.get(username="sysadmin"), superior=SUPERIOR, **names)
    words: dict[str, Any] = {"matter": STATIONED_MATTER, "facts": STATIONED_FACTS, "door_words": STATIONED_GRAVITY}
    with on(108, AFTERNOON):
        measure = measure_drivers.begin(unit, text=measure_drivers.veto, **words)
    measure = walk(measure, (V.SUBMIT_MEASURE, V.ENDORSE_MEASURE), 107)
    return consulted(measure, STATIONED_ANSWERS, 105)


def _suggested(measure: AccountabilityMeasure) -> None:
    """书面建议 (第三十二条): each of two bodies takes it; the superior did as it was asked, the other agreed to it."""
    measure = walk(walk(measure, REGISTERED, 99), (V.PROPOSE_VETO,), 98, reason=SUGGESTION)
    for number, by in enumerate(("机关党委副书记柏某", "综合组副组长汪某")):
        receipt = {"received_by": by, "received_on": working_day(96 - number), "scan": written_scan(f"{by}签收的回执")}
        measure = walk(measure, (V.RECORD_REFERRAL_RECEIPT,), 95 - number, **receipt)
    answers = (
        (SUPERIOR, "已对该局实行一票否决权制，责令一个月内移交全部线索。（演示）"),
        (OfficeSetting.objects.words(UPPER), "已督促省税务局处理，同意其处理结果。（演示）"),
    )
    for number, (organ, words) in enumerate(answers):
        decided = {
            "outcome": ReferralOutcome.ADOPTED,
            "outcome_organ": organ,
            "outcome_on": working_day(66 - number),
            "outcome_words": words,
            "scan": written_scan(f"{organ}的复函"),
        }
        measure = walk(measure, (V.RECORD_REFERRAL_OUTCOME,), 64 - number, **decided)


def of_gravity() -> dict[str, object]:
    """The circumstance of 瞒报 holds, no other does; the ground is that of several cases in a short time."""
    text = Accountability.objects.carried_out(clock.today())
    assert text is not None
    rows = [
        {"circumstance": one, "applies": False, "reason": "经核查，没有这一情节。"} for one in text.circumstances.all()
    ]
    circumstance = text.circumstances.get(**CONCEALED)
    concealed = next(row for row in rows if row["circumstance"] == circumstance)
    concealed |= {"applies": True, "reason": HEAVIER}
    return {"circumstances": rows, "grounds": list(text.grounds_article.grounds.filter(number=2))}


def consulted(measure: AccountabilityMeasure, answers: tuple[tuple[str, str], ...], ago: int) -> AccountabilityMeasure:
    """Departments asked on one day, and answers of two days later; who has no name has not answered."""
    names = "\n".join(name for name, _ in answers)
    measure = walk(measure, (V.ASK_CONSULTATION,), ago, departments=names)
    for number, (name, by) in enumerate(answers):
        if not by:
            continue
        asked = measure.consultations.get(department=name)
        words: dict[str, Any] = {"consultation": asked, "answered_by": by, "answered_on": working_day(ago - 2)}
        with on(ago - 2, steps=number):
            scan = written_scan(f"{name}对{measure.unit.name}的意见")
            measure = measure_drivers.take(V.RECORD_CONSULTATION, measure, **words, scan=scan)
    return measure


def _decide_by_meeting(measures: Mapping[AccountabilityMeasure, str]) -> None:
    """A meeting of the leading group, called some days before, that decided on each with these words; its minutes come
    the day after."""
    officer = in_office("officer")
    begins = datetime.combine(working_day(HELD), HELD_AT, CHINA_STANDARD_TIME)
    with on(HELD + 3, AFTERNOON):
        planned = Planned(MeetingKind.LEADING_GROUP, "", begins, PLACE, post_of("group_leader"), "")
        meeting = call_meeting(by=officer, planned=planned)
        for measure in measures:
            add_agenda_item(meeting, by=officer, title="", case=None, measure=measure, presenter="市扫黑办")
        convene_meeting(meeting, by=officer, units=[], posts=[post_of(name) for name in AT_THE_TABLE])
    with on(HELD, AFTERNOON):
        meeting = Meeting.objects.with_people().get(pk=meeting.pk)
        attend(meeting)
        for measure, conclusion in measures.items():
            _signed_by_all(meeting, measure, conclusion)
    with on(HELD - 1):
        issue_meeting_minutes(meeting, by=in_office("director"), seen=digest_of_meeting(meeting))


def _signed_by_all(meeting: Meeting, measure: AccountabilityMeasure, conclusion: str) -> None:
    """All who were there stand for it, and signed."""
    item = meeting.items.get(measure_laid=measure)
    conclude_agenda_item(
        item,
        by=in_office("officer"),
        conclusion=conclusion,
        decision=DecisionKind.APPROVED,
        decided_by=in_office("group_leader"),
        is_collective=False,
        people=[one for one in Invitation.objects.of_meeting(meeting) if one.was_there],
        discussion=DISCUSSION,
        scan=[written_scan(f"第{item.number}项议题签名页")],
        seen=conclusion_shown(item),
    )


def _referred(measure: AccountabilityMeasure) -> AccountabilityMeasure:
    """移送 under 第三十一条, signed for by the other body, whose decision is recorded."""
    why = "街道党工委主要领导迟报、瞒报重大案件，需要追究责任，移送你单位依纪依法处理。"
    measure = walk(measure, (V.REFER_MEASURE,), 96, organ=BODY, reason=why)
    receipt = {
        "received_by": "案件监督管理室副主任顾某",
        "received_on": working_day(95),
        "scan": written_scan("移送函回执"),
    }
    measure = walk(measure, (V.RECORD_REFERRAL_RECEIPT,), 94, **receipt)
    decided = {
        "outcome": ReferralOutcome.DISCIPLINED,
        "outcome_organ": BODY,
        "outcome_on": working_day(52),
        "outcome_words": "给予街道党工委主要领导党内警告处分。（演示）",
        "scan": written_scan("处分决定"),
    }
    return walk(measure, (V.RECORD_REFERRAL_OUTCOME,), 50, **decided)
