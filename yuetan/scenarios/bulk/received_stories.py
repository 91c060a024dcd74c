"""三书一函 told by the real actions: registered, replied to, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from yuetan.actions.received.closing import close_received_letter
from yuetan.actions.received.letter import register_received_letter
from yuetan.actions.received.reply import enter_reply, return_received_reply
from yuetan.models import ReceivedLetter
from yuetan.rules.dates import clock
from yuetan.scenarios.actors import in_office
from yuetan.scenarios.bulk import words
from yuetan.scenarios.bulk.plan import Plan, Shares, routes
from yuetan.scenarios.bulk.story import Story
from yuetan.scenarios.files import blank_scan
from yuetan.vocabulary import ReceivedKind, ReceivedStanding

S = ReceivedStanding
REGISTER, REPLY, RETURN, CLOSE = "register", "reply", "return", "close"
SHARES: Shares = {S.OPEN: (20, 3), S.RETURNED: (5, 1), S.REPLIED: (10, 2), S.CLOSED: (65, 4)}
STEPS = {
    S.OPEN: (REGISTER,),
    S.RETURNED: (REGISTER, REPLY, RETURN),
    S.REPLIED: (REGISTER, REPLY),
    S.CLOSED: (REGISTER, REPLY, CLOSE),
}
KINDS = (
    (ReceivedKind.PROCURATORIAL, "江门市人民检察院", "江检建"),
    (ReceivedKind.JUDICIAL, "江门市中级人民法院", "江法建"),
    (ReceivedKind.SUPERVISORY, "江门市监察委员会", "江监建"),
    (ReceivedKind.POLICE, "江门市公安局", "江公提"),
)
SERIAL = 7000000  # stands for the number of a letter, and is like no other
DUE_DAYS, LATE = 20, 4


def received_plans(seed: int, lead_days: int, letters: int) -> list[Plan]:
    """The ways of a seed for so many letters; every fourth reply comes late."""
    made = []
    for number, (standing, variant) in enumerate(routes(SHARES, letters)):
        lots = Random(f"{seed}:{number}:received")  # nosec B311
        steps = [(each, 0) for each in STEPS[S(standing)]]
        replied = DUE_DAYS + LATE if variant == LATE - 1 else lots.randint(5, 15)
        offsets = [0, replied, replied + lots.randint(2, 5)][: len(steps)]
        days_since = None if standing == S.CLOSED else 40
        made.append(Plan(number, standing, variant, 0, steps, offsets, 0, DUE_DAYS, days_since))
    return made


class ReceivedStory(Story):
    """One letter."""

    root = ReceivedLetter

    def play(self) -> ReceivedLetter:
        """Take every step of a received letter; raises Refused or NotYours where the plan is not lawful."""
        moments = self.moments()
        with clock.at(next(moments)[0]):
            letter = self._register_letter()
        for moment, step, _ in moments:
            with clock.at(moment):
                NEXT[step](self, letter)
            letter = ReceivedLetter.objects.with_relations().get(pk=letter.pk)
        return letter

    def _register_letter(self) -> ReceivedLetter:
        kind, organ, prefix = KINDS[self.plan.number % len(KINDS)]
        today = clock.today()
        return register_received_letter(
            by=in_office("officer"),
            unit=self.side.unit,
            kind=kind,
            organ=organ,
            number=f"{prefix}〔{today.year}〕{SERIAL}号",
            dated_on=today - timedelta(days=2),
            received_on=today,
            matter=words.MATTER,
            asked=f"就{words.MATTER}的问题查明原因，明确责任人和整改措施，书面回复。",
            reply_due=self.day_in(DUE_DAYS),
            scan=[blank_scan("来函扫描件")],
        )


def _reply(story: ReceivedStory, letter: ReceivedLetter) -> None:
    enter_reply(
        letter,
        by=story.side.liaison.holder,
        replied_on=clock.today(),
        number="函〔2026〕6号",
        words=story.lots.choice(words.REPORTS),
        scan=[blank_scan("回复扫描件")],
    )


def _return(story: ReceivedStory, letter: ReceivedLetter) -> None:
    assert letter.reply is not None
    again = clock.today() + timedelta(days=14)
    return_received_reply(
        letter.reply, by=in_office("officer"), reason=story.lots.choice(words.REASONS), again_by=again
    )


def _close(story: ReceivedStory, letter: ReceivedLetter) -> None:
    assert letter.reply is not None
    close_received_letter(letter.reply, by=in_office("supervisor"), opinion="措施具体，同意办结。")


NEXT: dict[str, Callable[[ReceivedStory, ReceivedLetter], None]] = {REPLY: _reply, RETURN: _return, CLOSE: _close}
