"""三书一函 of the demonstration: one to reply to, one overdue, one replied to late and closed, and a matter again."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from yuetan.actions.received.closing import close_received_letter
from yuetan.actions.received.hand_out_tasks import StatedTask, hand_out_received
from yuetan.actions.received.letter import register_received_letter
from yuetan.actions.received.reply import enter_reply
from yuetan.models import ReceivedLetter, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import CHINA_STANDARD_TIME
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import PostKind, ReceivedKind

TOWN, MEMBER_UNIT = "440703101", "440700-120"
MATTER = "货运市场经营秩序巡查不到位"


def play_received_letters() -> None:
    """Four letters over two units, as the weeks have passed."""
    late = _received(MEMBER_UNIT, ReceivedKind.JUDICIAL, 90, due=45, number=11, matter="土方运输行业准入审查不严")
    _replied_late_and_closed(late, days_ago=41)
    overdue = _received(TOWN, ReceivedKind.PROCURATORIAL, 50, due=6, number=23, matter=MATTER)
    _handed_out(overdue, days_ago=20)
    _received(MEMBER_UNIT, ReceivedKind.SUPERVISORY, 5, due=-20, number=8, matter="工程项目招投标监管存在漏洞")
    _received(TOWN, ReceivedKind.POLICE, 3, due=None, number=41, matter=f"{MATTER}，夜间扰序警情未减少")


ORGANS = {
    ReceivedKind.JUDICIAL: ("江门市中级人民法院", "江法建"),
    ReceivedKind.PROCURATORIAL: ("江门市人民检察院", "江检建"),
    ReceivedKind.SUPERVISORY: ("江门市监察委员会", "江监建"),
    ReceivedKind.POLICE: ("江门市公安局", "江公提"),
}


def _received(
    code: str, kind: ReceivedKind, days_ago: int, *, due: int | None, number: int, matter: str
) -> ReceivedLetter:
    """Registered by the officer on the day on which it came; its day lies so many days before today."""
    organ, prefix = ORGANS[kind]
    came = clock.today() - timedelta(days=days_ago)
    reply_due = None if due is None else clock.today() - timedelta(days=due)
    with clock.at(_morning(came)):
        return register_received_letter(
            by=User.objects.get(username="officer"),
            unit=Unit.objects.select_related("parent").get(code=code),
            kind=kind,
            organ=organ,
            number=f"{prefix}〔{came.year}〕{number}号（演示）",
            dated_on=came - timedelta(days=2),
            received_on=came,
            matter=matter,
            asked=f"就{matter}的问题查明原因，明确责任人和整改措施，书面回复。（演示）",
            reply_due=reply_due,
            scan=[blank_scan("来函扫描件")],
        )


def _handed_out(letter: ReceivedLetter, *, days_ago: int) -> None:
    """The supervisor gives the unit two things to do, one of which falls due soon."""
    today = clock.today()
    with clock.at(_morning(today - timedelta(days=days_ago))):
        tasks = [
            StatedTask("对辖区货运市场逐一巡查，建立巡查台账。（演示）", "", today + timedelta(days=4)),
            StatedTask("明确货运市场的责任人，公布监督电话。（演示）", "", today + timedelta(days=25)),
        ]
        hand_out_received(letter, by=User.objects.get(username="supervisor"), tasks=tasks)


def _replied_late_and_closed(letter: ReceivedLetter, *, days_ago: int) -> None:
    """The liaison replies after the day, and the supervisor closes it three days later."""
    replied_on = clock.today() - timedelta(days=days_ago)
    liaison = letter.unit.posts.current().filter(kind=PostKind.LIAISON).select_related("holder")[0].holder
    with clock.at(_morning(replied_on)):
        reply = enter_reply(
            letter,
            by=liaison,
            replied_on=replied_on,
            number=f"江函〔{replied_on.year}〕6号（演示）",
            words="已复核全部准入材料，清退资质不符的两家企业，建立联合审查制度。（演示）",
            scan=[blank_scan("回复扫描件")],
        )
    with clock.at(_morning(replied_on + timedelta(days=3))):
        supervisor = User.objects.get(username="supervisor")
        close_received_letter(reply, by=supervisor, opinion="逾期4天回复；措施具体，已现场核对，同意办结。")


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA_STANDARD_TIME)
