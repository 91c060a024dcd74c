"""表彰奖励 of units and leaders, recorded by the office with their paper; withdrawn where recorded by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from yuetan.actions.dossier.dossier_rows import AWARDED_UNITS, COMMENDATIONS
from yuetan.actions.files.attachment import ExaminedFile, Offer
from yuetan.actions.files.readable_scan import PAPER_KINDS, scan_problems
from yuetan.actions.room_step import RoomStep, room_step
from yuetan.actions.step import refuse_uncited
from yuetan.models import Commendation, DossierPaper, Post, Unit, User
from yuetan.rules.dates import clock
from yuetan.rules.refusals import Finding, finding
from yuetan.rules.text.empty_words import missing_of
from yuetan.rules.text.official_text import chinese_date
from yuetan.rules.text.written_text import reason_problems

RECORD, WITHDRAW = "record_commendation", "withdraw_commendation"


@dataclass(frozen=True)
class Award:
    """What was awarded: its name, by whom, when, and by which paper."""

    honour: str
    awarded_by: str
    awarded_on: date | None
    paper_number: str


def record_commendation(
    unit: Unit,
    *,
    by: User,
    post: Post | None,
    honour: str,
    awarded_by: str,
    awarded_on: date | None,
    paper_number: str,
    paper: Sequence[Offer],
) -> Commendation:
    """登记表彰奖励 of a unit, or with `post` of who held it that day.

    Raises NotYours without the right or for one's own unit (回避); Refused with what is missing, for a day ahead, a
    post not held that day, and what is recorded already. Effect: it stands in the dossier of unit and leader.
    """
    award = Award(honour, awarded_by, awarded_on, paper_number)
    with room_step(RECORDING, unit, by=by, paper=paper) as held:
        unit, files = held.row, held.files["paper"]
        refuse_uncited(_incomplete_commendation(award, files))
        refuse_uncited([*_commendation_problems(unit, post, award), *scan_problems(files, "paper", kinds=PAPER_KINDS)])
        own = {"unit": unit, "post": post, "recorded_by": by, "recorded_at": clock.now()}
        made = Commendation.objects.create(**own, **asdict(award))
        held.keep("paper", DossierPaper, commendation=made)
        held.facts["words"], held.made = f"{made.whose}：{made}", made
    return made


def withdraw_commendation(commendation: Commendation, *, by: User, reason: str) -> Commendation:
    """撤销 what was recorded by mistake; it stays for the office to see. Raises NotYours, Refused without a reason."""
    with room_step(WITHDRAWING, commendation, by=by) as held:
        one = held.row
        refuse_uncited(reason_problems(reason, "撤销"))
        one.withdrawn_by, one.withdrawn_at, one.withdrawal_reason = by, clock.now(), reason
        one.save()
        held.facts["reason"] = reason
    return one


def _withdrawn(commendation: Commendation, *_by: User) -> Iterator[Finding]:
    if commendation.withdrawn_by is not None:
        yield finding("commendation_withdrawn", "", name=commendation.withdrawn_by.name)


def _incomplete_commendation(award: Award, files: Sequence[ExaminedFile]) -> list[Finding]:
    needed = {
        "honour": ("名称", award.honour),
        "awarded_by": ("授予机关", award.awarded_by),
        "awarded_on": ("授予日期", award.awarded_on),
        "paper_number": ("文号", award.paper_number),
        "paper": ("文件", files),
    }
    return missing_of("commendation_incomplete", needed)


def _commendation_problems(unit: Unit, post: Post | None, award: Award) -> Iterator[Finding]:
    assert award.awarded_on is not None
    if award.awarded_on > clock.today():
        yield finding("commendation_ahead", "awarded_on")
    if post is not None and post.unit_id != unit.pk:
        yield finding("commendation_of_other_unit", "post", name=post.holder.name, unit=unit.full_name)
    elif post is not None and not post.is_held_on(award.awarded_on):
        words = {"name": post.holder.name, "title": post.full_title, "day": chinese_date(award.awarded_on)}
        yield finding("commendation_post_not_held", "post", **words)
    same = {"unit": unit, "post": post, "honour": award.honour, "paper_number": award.paper_number}
    if Commendation.objects.in_force().filter(**same).exists():
        yield finding("commendation_known", "paper_number", unit=unit.full_name, number=award.paper_number)


RECORDING = RoomStep(RECORD, AWARDED_UNITS)
WITHDRAWING = RoomStep(WITHDRAW, COMMENDATIONS, (_withdrawn,))
