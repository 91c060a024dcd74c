"""What tests of 三书一函 begin with: a letter that the office registered for a unit, and a reply to it."""

from datetime import date

from tests import cast
from tests.factories import pdf
from tests.nothing_sent_twice import copied, copied_if_again
from yuetan.actions.received.closing import close_received_letter, record_received_recall
from yuetan.actions.received.due_day import due_shown, set_received_due
from yuetan.actions.received.letter import register_received_letter, withdraw_received_letter
from yuetan.actions.received.reply import enter_reply, return_received_reply
from yuetan.actions.received.scans import add_received_scan
from yuetan.models import ReceivedClosing, ReceivedDueChange, ReceivedLetter, ReceivedPaper, ReceivedReply
from yuetan.vocabulary import ReceivedKind

MATTER = "货运市场巡查不到位"
LETTER = {
    "kind": ReceivedKind.PROCURATORIAL,
    "organ": "江门市人民检察院",
    "number": "江检建〔2026〕3号",
    "dated_on": date(2026, 11, 2),
    "received_on": date(2026, 11, 4),
    "matter": MATTER,
    "asked": "加强货运市场巡查，明确责任人，一个月内书面回复。",
    "reply_due": date(2026, 12, 4),
}
GRANTED = "同意延期。"
DONE = "已对三处货运市场逐一巡查，建立每周巡查台账，明确两名责任人。"


@copied
def received(code: str = cast.TOWN, *, by: str = "officer", **changed: object) -> ReceivedLetter:
    """A letter to a unit, by default the first to the town."""
    keywords = {**LETTER, "unit": cast.unit(code), "scan": [pdf("检察建议书.pdf")]}
    return register_received_letter(by=cast.person(by), **keywords | changed)


@copied_if_again
def replied(letter: ReceivedLetter, *, by: str = f"liaison_{cast.TOWN}", **changed: object) -> ReceivedReply:
    """A reply of the day on which the stories of the tests begin."""
    keywords = {
        "replied_on": cast.MONDAY.date(),
        "number": "棠府函〔2026〕6号",
        "words": DONE,
        "scan": [pdf("回复.pdf")],
    }
    return enter_reply(letter, by=cast.person(by), **keywords | changed)


@copied_if_again
def closed(reply: ReceivedReply, *, by: str = "officer") -> ReceivedClosing:
    """The 办结 of a letter on this reply."""
    return close_received_letter(reply, by=cast.person(by), opinion="整改到位，同意办结。")


@copied_if_again
def due_moved(letter: ReceivedLetter, *, by: str = "officer", **changed: object) -> ReceivedDueChange:
    """改定回复期限 of a letter as it stands, by default to the middle of December."""
    keywords = {
        "due_on": date(2026, 12, 15),
        "ground": GRANTED,
        "scan": [pdf("复函.pdf")],
        "seen": due_shown(letter),
    }
    return set_received_due(letter, by=cast.person(by), **keywords | changed)


@copied_if_again
def recalled(letter: ReceivedLetter, *, by: str = "officer", **changed: object) -> ReceivedClosing:
    """The 办结 of a letter that its organ took back."""
    keywords = {"reason": "检察机关以江检函〔2026〕1号撤回。", "scan": [pdf("撤回函.pdf")]}
    return record_received_recall(letter, by=cast.person(by), **keywords | changed)


def several() -> None:
    """Of two units: open, overdue, in time, late and closed, repeated, returned, of another year, withdrawn."""
    last_year = {"dated_on": date(2025, 11, 3), "received_on": date(2025, 11, 4), "reply_due": None}
    received(number="江检建〔2025〕1号", **last_year)
    received()  # repeated
    received(number="江检建〔2026〕4号", matter="砂石堆场扬尘", reply_due=date(2026, 11, 20))
    replied(received(number="江检建〔2026〕5号", kind="police", matter="夜间营业场所"))
    late = replied(
        received(number="江检建〔2026〕6号", kind="judicial", matter="土方运输", reply_due=date(2026, 11, 20))
    )
    close_received_letter(late, by=cast.person("officer"), opinion="整改到位。")
    back = replied(received(cast.DIVISION_TOWN, reply_due=date(2026, 11, 20)), by="supervisor")
    return_received_reply(back, by=cast.person("officer"), reason="没有写明责任人。", again_by=date(2026, 12, 1))
    wrong_unit = received(cast.COUNTY)
    withdraw_received_letter(wrong_unit, by=cast.person("officer"), reason="误登。")


@copied_if_again
def scanned_again(letter: ReceivedLetter, *, by: str = "officer", reason: str = "缺第2页。") -> list[ReceivedPaper]:
    """A further scan of a letter."""
    return add_received_scan(letter, by=cast.person(by), reason=reason, scan=[pdf("检察建议书（全）.pdf")])
