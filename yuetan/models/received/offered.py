"""What a 提醒函, a 通报 or a proposal says of a unit that replies late, or is written to again about the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from yuetan.models.case.offered_facts import OfferedFacts
from yuetan.models.office.office import OfficeSetting
from yuetan.models.people.unit import Unit
from yuetan.models.received.letter import ReceivedLetter
from yuetan.models.received.repeats import RECALLED, REPEAT_YEARS, within_years
from yuetan.rules.dates import clock
from yuetan.rules.text.official_text import chinese_date, joined
from yuetan.vocabulary import ReceivedClosingKind

MAX_NAMED = 5  # earlier letters in the facts


def alike(letter: ReceivedLetter) -> QuerySet[ReceivedLetter]:
    """The other letters to the unit about the same, so many years before and after it, the last first.

    Those that came to a unit for which it goes on are among them, but for the same paper.
    """
    others = alike_at([letter.unit], letter.matter_key, letter.received_on).exclude(paper_key=letter.paper_key)
    return others.exclude(pk=letter.pk).order_by("-received_on", "-pk")


def alike_at(units: Iterable[Unit], matter_key: str, day: date) -> QuerySet[ReceivedLetter]:
    """Those about a matter that came to units so many years before and after a day, with the unit that got them."""
    letters = ReceivedLetter.objects.in_force().exclude(RECALLED).with_standing()
    near = within_years(letters, [unit.pk for unit in units], matter_key, day)
    return near.select_related("unit__parent", "first_unit__parent")


def earlier_of(letter: ReceivedLetter) -> list[ReceivedLetter]:
    """Those of them that came before, the last first; no more than are named."""
    same_day = Q(registered_at__lt=letter.registered_at) | Q(registered_at=letter.registered_at, pk__lt=letter.pk)
    earlier = Q(received_on__lt=letter.received_on) | Q(same_day, received_on=letter.received_on)
    return list(alike(letter).filter(earlier).order_by("-received_on", "-registered_at", "-pk")[:MAX_NAMED])


def offered_by_letter(letter: ReceivedLetter) -> OfferedFacts | None:
    """The facts and their paper, where the reply is overdue or the matter came before; none where neither is so,
    nor of what was withdrawn or taken back by its organ."""
    is_recalled = letter.closing is not None and letter.closing.kind == ReceivedClosingKind.RECALLED
    earlier = earlier_of(letter) if letter.withdrawn_at is None and not is_recalled else []
    if not earlier and not letter.days_overdue:
        return None
    came = f"{chinese_date(letter.received_on)}收到{letter}"
    sentences = [f"{_who_got(letter)}{came}，指出：{letter.matter}。"]
    if letter.days_overdue:
        assert letter.due_on is not None
        due = chinese_date(letter.due_on)
        sentences.append(f"回复期限为{due}，至{chinese_date(clock.today())}已逾期{letter.days_overdue}天未回复。")
    if earlier:
        sentences.append(_repeated(letter, earlier))
    matter = f"{letter.matter}问题重复发生" if earlier else f"{letter.matter}，{letter.get_kind_display()}逾期未回复"
    return OfferedFacts(
        letter.unit,
        matter,
        "".join(sentences),
        "按来函的建议整改并回复。",
        reference_number=letter.number or f"{chinese_date(letter.dated_on)}来函",
        reference_summary=f"{letter}：{letter.asked}",
    )


def _who_got(letter: ReceivedLetter) -> str:
    """蓬江区棠下镇, or as it is named that has ended since: 蓬江区棠下镇（现由新会区司前镇承接）."""
    first, unit = letter.first_unit, letter.unit.full_name
    return f"{first.full_name}（现由{unit}承接）" if first else unit


def _repeated(letter: ReceivedLetter, earlier: Sequence[ReceivedLetter]) -> str:
    """Which letters came before; of one that came to another unit, to which."""
    went_over = any(one.first_unit_id for one in (letter, *earlier))
    who = f"{letter.unit.full_name}及其承接的单位" if went_over else "该单位"
    papers = joined(f"{chinese_date(one.received_on)}的{one}{_first_got_by(one)}" for one in earlier)
    years = OfficeSetting.objects.number(REPEAT_YEARS)
    return f"{who}近{years}年内已就同类事项收到{papers}，问题重复发生。"


def _first_got_by(letter: ReceivedLetter) -> str:
    return f"（原由{letter.first_unit.full_name}收到）" if letter.first_unit else ""
